//! All that one line shows of itself, found once: every round asks for it.

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
}

/// What a line shows of itself.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(in super::super) struct LineShape(u16);

impl LineShape {
    /// The shape of a line, which has no terminator.
    pub(in super::super) fn of(text: &[u8]) -> LineShape {
        let mut shape = LineShape::default();
        let mut add = |shown: Trait, is_shown: bool| shape.0 |= u16::from(is_shown) << shown as u16;
        let prose = Prose::of(text);
        add(Trait::Item, !prose.ends_a_sentence && is_short(text.trim_ascii()));
        add(Trait::Sentence, prose.is_sentence);
        add(Trait::Paragraph, prose.is_paragraph);
        add(Trait::Fragment, is_fragment(text));
        add(Trait::Numbered, is_numbered(text));
        add(Trait::Indented, is_indented(text));
        if is_marked(text) {
            add(Trait::Code, is_code(text));
            add(Trait::Prompt, is_prompt(text));
            add(Trait::Fence, is_fence(text));
            add(Trait::Introduction, introduces(text));
        }
        shape
    }

    #[inline]
    pub(in super::super) fn shows(self, shown: Trait) -> bool {
        self.0 >> shown as u16 & 1 == 1
    }

    /// Whether it shows anything of those that are looked for in all lines: code, fences, introductions.
    #[inline]
    pub(in super::super) fn is_marked(self) -> bool {
        let marked = [Trait::Code, Trait::Prompt, Trait::Fence, Trait::Introduction];
        self.0 & marked.iter().fold(0, |bits, shown| bits | 1 << *shown as u16) != 0
    }
}
