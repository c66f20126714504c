//! Patterns as the engine holds them, and the last word on whether one stands in a line.

use serde::{Deserialize, Serialize};

use crate::pack::{Anchor, Part, Parts, Template};
use crate::text::{Case, after_list_marks, before_decoration, folded};

use super::template;
use super::words::is_boundary;

/// What a match of a pattern means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Role {
    /// The line goes by a rule.
    Line,
    /// A block's first line.
    From,
    /// A block's last line.
    To,
    /// Part of the line goes.
    Cut,
    /// The line stays.
    Keep,
    /// A pack wakes.
    Signature,
}

/// One pattern, compiled.
#[derive(Clone, Copy, Debug)]
pub(super) struct CompiledPattern<'t> {
    /// The rule's index, or the pack's for a signature.
    pub(super) owner: u32,
    pub(super) role: Role,
    pub(super) anchor: Anchor,
    /// A longer line, in characters, does not match.
    pub(super) max_chars: Option<u32>,
    pub(super) text: PatternText<'t>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum PatternText<'t> {
    /// Most patterns: one fixed text without case.
    Fixed(&'t [u8]),
    /// Placeholders, or case that matters.
    Template { parts: Parts<'t>, case: Case },
}

/// What is known of a line's first character.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) enum Opening {
    /// A digit, or the sign of a number.
    Number,
    Any,
}

impl Opening {
    /// Whether a text, without list marks, may begin so.
    #[inline]
    pub(super) fn may_begin(self, text: &[u8]) -> bool {
        self == Opening::Any || text.first().is_some_and(|first| first.is_ascii_digit() || *first == b'+')
    }
}

/// Whether two texts are the same as far as both go.
pub(super) fn begin_alike(a: &[u8], b: &[u8]) -> bool {
    let len = a.len().min(b.len());
    a[..len] == b[..len]
}

/// A folded line and where its text begins and ends without marks.
#[derive(Clone, Copy)]
pub(super) struct Folded<'f> {
    pub(super) text: &'f [u8],
    /// Behind list marks.
    pub(super) head: usize,
    /// Before decoration.
    pub(super) tail: usize,
    /// Between both.
    pub(super) core: (usize, usize),
}

impl<'f> Folded<'f> {
    pub(super) fn new(text: &'f [u8]) -> Folded<'f> {
        let (head, tail) = (after_list_marks(text), before_decoration(text));
        let core = if head < tail { (head, tail) } else { (0, text.len()) };
        Folded { text, head, tail, core }
    }
}

impl CompiledPattern<'_> {
    /// Where the pattern stands in the line, in bytes of its folded text, if it does; `hint` is
    /// where its key was found, which for a fixed text is where it begins.
    pub(super) fn confirm(&self, line: Folded<'_>, raw: &[u8], hint: usize) -> Option<(usize, usize)> {
        match self.text {
            PatternText::Fixed(text) => {
                let end = hint + text.len();
                let stands = line.text.get(hint..end) == Some(text) && self.is_in_place(line, hint, end);
                stands.then_some((hint, end))
            }
            PatternText::Template { parts, case: Case::Folded } => self.match_template(parts, line),
            PatternText::Template { parts, case: Case::Exact } => {
                self.match_template(parts, Folded::new(&folded(raw, Case::Exact)))
            }
        }
    }

    /// How the line was folded in which [`confirm`](Self::confirm) found a place.
    pub(super) fn case(&self) -> Case {
        match self.text {
            PatternText::Fixed(_) => Case::Folded,
            PatternText::Template { case, .. } => case,
        }
    }

    /// The length in bytes of a fixed text.
    pub(super) fn fixed_len(&self) -> usize {
        match self.text {
            PatternText::Fixed(text) => text.len(),
            PatternText::Template { .. } => 0,
        }
    }

    /// Whether a line may match of which this is the folded head behind list marks, at least
    /// [`LONGEST_KEY`](super::edges::LONGEST_KEY) bytes of it.
    pub(super) fn may_begin(&self, head: &[u8]) -> bool {
        match self.text {
            PatternText::Fixed(text) => begin_alike(head, text),
            PatternText::Template { parts, case: Case::Folded } => template::may_begin(parts, head),
            PatternText::Template { case: Case::Exact, .. } => true,
        }
    }

    /// Whether a line may match of which this is the folded tail before decoration.
    pub(super) fn may_end(&self, tail: &[u8]) -> bool {
        let last = match self.text {
            PatternText::Fixed(text) => Some(text),
            PatternText::Template { parts, case: Case::Folded } => parts.last().and_then(Part::literal),
            PatternText::Template { case: Case::Exact, .. } => None,
        };
        let shared = |text: &[u8]| text.len().min(tail.len());
        last.is_none_or(|text| tail.ends_with(&text[text.len() - shared(text)..]))
    }

    /// What a line begins with, behind list marks, in which the pattern stands.
    pub(super) fn opening(&self) -> Opening {
        match self.text {
            PatternText::Template { parts, .. } if self.anchor == Anchor::Is => match parts.first() {
                Some(Part::Number | Part::Time) => Opening::Number,
                _ => Opening::Any,
            },
            _ => Opening::Any,
        }
    }

    fn is_in_place(&self, line: Folded<'_>, start: usize, end: usize) -> bool {
        match self.anchor {
            Anchor::Is => (start, end) == line.core,
            Anchor::StartsWith => start == line.head && is_boundary(line.text, end),
            Anchor::EndsWith => end == line.tail && is_boundary(line.text, start),
            Anchor::Contains => is_boundary(line.text, start) && is_boundary(line.text, end),
        }
    }

    fn match_template(&self, parts: Parts<'_>, line: Folded<'_>) -> Option<(usize, usize)> {
        let end = match self.anchor {
            Anchor::Is => line.core.1,
            Anchor::EndsWith => line.tail,
            Anchor::StartsWith | Anchor::Contains => line.text.len(),
        };
        let text = &line.text[..end];
        let bound_to_end = matches!(self.anchor, Anchor::Is | Anchor::EndsWith);
        let accept = |at| if bound_to_end { at == end } else { is_boundary(text, at) };
        let match_at = |start| template::match_end(parts, text, start, &accept).map(|end| (start, end));
        match self.anchor {
            Anchor::Is => match_at(line.core.0),
            Anchor::StartsWith => match_at(line.head),
            Anchor::EndsWith | Anchor::Contains => {
                starts(parts, text).filter(|&start| is_boundary(text, start)).find_map(match_at)
            }
        }
    }
}

/// Where a template that is not bound to the line's start may begin.
fn starts<'p>(parts: Parts<'p>, text: &'p [u8]) -> Box<dyn Iterator<Item = usize> + 'p> {
    match parts.first() {
        Some(Part::Literal(literal)) => Box::new(template::places(text, literal)),
        Some(Part::Any) => Box::new(std::iter::once(0)),
        _ => Box::new(0..text.len()),
    }
}

/// The fixed text by which a pattern is looked up, and where.
pub(super) enum Key<'p> {
    Whole(&'p [u8]),
    Head(&'p [u8]),
    Tail(&'p [u8]),
    /// Behind the number that the line begins with.
    BehindNumber(&'p [u8]),
    Anywhere {
        text: &'p [u8],
        /// Whether a match begins with it.
        begins_match: bool,
    },
    /// Placeholders, with hardly any text.
    NoText,
}

/// Shorter inner texts stand in many lines, in bytes.
pub(super) const LONG_TEXT: usize = 15;

/// Chooses the cheapest way to look a pattern up, which may be one fixed text.
pub(super) fn key<'p>(anchor: Anchor, template: &'p Template, fixed: Option<&'p [u8]>) -> Key<'p> {
    if let Some(text) = fixed {
        return match anchor {
            Anchor::Is => Key::Whole(text),
            Anchor::StartsWith => Key::Head(text),
            Anchor::EndsWith => Key::Tail(text),
            Anchor::Contains => Key::Anywhere { text, begins_match: true },
        };
    }
    let parts = template.parts();
    let first = || parts.first().and_then(Part::literal).map(Key::Head);
    let last = || parts.last().and_then(Part::literal).map(Key::Tail);
    let behind_number = || match (parts.first(), { parts }.nth(1)) {
        (Some(Part::Number), Some(Part::Literal(text))) => Some(Key::BehindNumber(text)),
        _ => None,
    };
    let at_edge = match anchor {
        Anchor::Is => first().or_else(behind_number).or_else(last),
        Anchor::StartsWith => first().or_else(behind_number),
        Anchor::EndsWith => last(),
        Anchor::Contains => None,
    };
    let longest = || {
        let longest = parts.filter_map(Part::literal).max_by_key(|text| text.len())?;
        // Between placeholders that hold a digit, a short text tells no more than they do.
        let is_vague =
            anchor == Anchor::Is && longest.len() < LONG_TEXT && !parts.into_iter().any(|part| part == Part::Any);
        let begins_match = parts.first().and_then(Part::literal) == Some(longest);
        (!is_vague).then_some(Key::Anywhere { text: longest, begins_match })
    };
    at_edge.or_else(longest).unwrap_or(Key::NoText)
}
