//! All that one line shows of itself, found once: every round asks for it.

use crate::markup::{LineKind, MarkupLine};
use crate::text::Prose;

use super::code::{is_code, is_fence, is_indented, is_prompt};
use super::introduction::{introduces, is_marked, is_numbered};
use super::item::{is_fragment, is_short};

/// What a line shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) enum Trait {
    Item,
    Sentence,
    Paragraph,
    /// It goes on with a sentence.
    Fragment,
    /// It begins with a number as entries of contents do.
    Numbered,
    /// It introduces what stands below it.
    Introduction,
    Code,
    /// A command was typed there.
    Prompt,
    Fence,
    Indented,
    /// Code, or what else markup sets apart: nothing takes it.
    Protected,
    /// It begins with the mark of a list, which is not seen.
    Listed,
    /// The mark is a number.
    NumberedItem,
    /// All that is seen of it are links.
    OnlyLinks,
    Heading,
}

/// What a line shows of itself. Of most lines nothing is asked but whether they are marked.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(in super::super) struct LineShape(u16);

/// Stands beside the traits where all are known.
const KNOWN: u16 = 1 << 15;

/// What markup says of a line, whatever is seen of it.
const OF_MARKUP: [Trait; 5] = [Trait::Protected, Trait::Listed, Trait::NumberedItem, Trait::OnlyLinks, Trait::Heading];

impl LineShape {
    /// All of the shape of a line, which has no terminator, of which this is known from its markup.
    pub(in super::super) fn completed(self, text: &[u8]) -> LineShape {
        let of_markup = self.0 & OF_MARKUP.iter().fold(0, |bits, shown| bits | 1 << *shown as u16);
        if self.shows(Trait::Protected) {
            return LineShape(of_markup | KNOWN);
        }
        let prose = Prose::of(text);
        let traits = [
            (Trait::Item, !prose.ends_a_sentence && is_short(text.trim_ascii())),
            (Trait::Sentence, prose.is_sentence),
            (Trait::Paragraph, prose.is_paragraph),
            (Trait::Fragment, is_fragment(text) && !self.shows(Trait::Listed)),
            (Trait::Numbered, is_numbered(text) || self.shows(Trait::NumberedItem)),
            (Trait::Indented, is_indented(text)),
        ];
        LineShape(LineShape::of_marks(text).with(&traits).0 | of_markup | KNOWN)
    }

    /// The marks of a line with what its markup says of it.
    pub(in super::super) fn of_markup(self, line: &MarkupLine) -> LineShape {
        let is_protected = line.kind == LineKind::Protected;
        let marks = if is_protected { LineShape::default() } else { self };
        marks.with(&[
            (Trait::Protected, is_protected),
            (Trait::Listed, line.is_item()),
            (Trait::NumberedItem, line.is_numbered()),
            (Trait::OnlyLinks, line.only_links()),
            (Trait::Heading, line.is_heading()),
        ])
    }

    /// Of the shape of a line what is asked of all: code, fences, introductions.
    pub(in super::super) fn of_marks(text: &[u8]) -> LineShape {
        if !is_marked(text) {
            return LineShape::default();
        }
        LineShape::default().with(&[
            (Trait::Code, is_code(text)),
            (Trait::Prompt, is_prompt(text)),
            (Trait::Fence, is_fence(text)),
            (Trait::Introduction, introduces(text)),
        ])
    }

    pub(in super::super) fn with_only_links(self, only_links: bool) -> LineShape {
        LineShape(self.0 & !(1 << Trait::OnlyLinks as u16)).with(&[(Trait::OnlyLinks, only_links)])
    }

    fn with(self, traits: &[(Trait, bool)]) -> LineShape {
        LineShape(traits.iter().fold(self.0, |bits, (shown, is_shown)| bits | u16::from(*is_shown) << *shown as u16))
    }

    /// Whether all of the shape is known, not only the marks.
    #[inline]
    pub(in super::super) fn is_known(self) -> bool {
        self.0 & KNOWN != 0
    }

    #[inline]
    pub(in super::super) fn shows(self, shown: Trait) -> bool {
        self.0 >> shown as u16 & 1 == 1
    }

    /// Whether it shows anything of what is asked of all lines.
    #[inline]
    pub(in super::super) fn is_marked(self) -> bool {
        let marks = [Trait::Code, Trait::Prompt, Trait::Fence, Trait::Introduction, Trait::Protected];
        self.0 & marks.iter().fold(0, |bits, shown| bits | 1 << *shown as u16) != 0
    }
}
