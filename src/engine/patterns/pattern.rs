//! Patterns as the engine holds them, and the last word on whether one stands in a line.

use crate::pack::{Anchor, TemplatePart, TemplateParts};
use crate::text::{Case, after_list_marks, before_decoration, folded};

use super::opening::LineOpening;
use super::template;
use crate::engine::patterns::boundaries::is_boundary;

/// What a match of a pattern means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum PatternRole {
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
    /// A pack is activated.
    Signature,
}

/// Whose a pattern is.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Owner {
    /// The rule's index, or the pack's for a signature.
    pub(in crate::engine) index: u32,
    pub(in crate::engine) role: PatternRole,
    /// A longer line, in characters, does not match.
    pub(in crate::engine) max_chars: Option<u32>,
}

/// One pattern, compiled, without its owners: several rules may have the same.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct CompiledPattern<'t> {
    pub(in crate::engine) anchor: Anchor,
    pub(in crate::engine) text: PatternText<'t>,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::engine) enum PatternText<'t> {
    /// Most patterns: one fixed text without case.
    Fixed(&'t [u8]),
    /// Placeholders, or case that matters.
    Template { parts: TemplateParts<'t>, case: Case },
}

/// A folded line and where its text begins and ends without marks.
#[derive(Clone, Copy)]
pub(in crate::engine) struct Folded<'f> {
    pub(in crate::engine) text: &'f [u8],
    /// After list marks.
    pub(in crate::engine) head: usize,
    /// Before decoration.
    pub(in crate::engine) tail: usize,
    /// Between both.
    pub(in crate::engine) core: (usize, usize),
}

impl<'f> Folded<'f> {
    pub(in crate::engine) fn new(text: &'f [u8]) -> Folded<'f> {
        Folded::between(text, after_list_marks(text), before_decoration(text))
    }

    /// A line of which it is known where list marks end and decoration begins.
    #[inline]
    pub(in crate::engine) fn between(text: &'f [u8], head: usize, tail: usize) -> Folded<'f> {
        let core = if head < tail { (head, tail) } else { (0, text.len()) };
        Folded { text, head, tail, core }
    }
}

impl CompiledPattern<'_> {
    /// Where the pattern stands in the line, in bytes of its folded text, if it does; `hint` is
    /// where its key was found, which for a fixed text is where it begins.
    pub(in crate::engine) fn confirm<'r>(
        &self,
        line: Folded<'_>,
        raw: &impl Fn() -> &'r [u8],
        hint: usize,
    ) -> Option<(usize, usize)> {
        match self.text {
            PatternText::Fixed(text) => {
                let end = hint + text.len();
                let stands = line.text.get(hint..end) == Some(text) && self.is_in_place(line, hint, end);
                stands.then_some((hint, end))
            }
            PatternText::Template { parts, case: Case::Folded } => self.match_template(parts, line),
            PatternText::Template { parts, case: Case::Exact } => {
                self.match_template(parts, Folded::new(&folded(raw(), Case::Exact)))
            }
        }
    }

    /// How the line was folded in which [`confirm`](Self::confirm) found a place.
    pub(in crate::engine) fn case(&self) -> Case {
        match self.text {
            PatternText::Fixed(_) => Case::Folded,
            PatternText::Template { case, .. } => case,
        }
    }

    /// The length in bytes of a fixed text.
    pub(in crate::engine) fn fixed_len(&self) -> usize {
        match self.text {
            PatternText::Fixed(text) => text.len(),
            PatternText::Template { .. } => 0,
        }
    }

    /// What a line begins with, after list marks, in which the pattern stands.
    pub(in crate::engine) fn opening(&self) -> LineOpening {
        match self.text {
            PatternText::Template { parts, .. } if self.anchor == Anchor::Is => match parts.first() {
                Some(TemplatePart::Number | TemplatePart::Time) => LineOpening::Number,
                _ => LineOpening::Any,
            },
            _ => LineOpening::Any,
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

    fn match_template(&self, parts: TemplateParts<'_>, line: Folded<'_>) -> Option<(usize, usize)> {
        let end = match self.anchor {
            Anchor::Is => line.core.1,
            Anchor::EndsWith => line.tail,
            Anchor::StartsWith | Anchor::Contains => line.text.len(),
        };
        let text = &line.text[..end];
        let bound_to_end = matches!(self.anchor, Anchor::Is | Anchor::EndsWith);
        // Sooner than what stands before it is tried.
        if bound_to_end && parts.last().and_then(TemplatePart::literal).is_some_and(|last| !text.ends_with(last)) {
            return None;
        }
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
fn starts<'p>(parts: TemplateParts<'p>, text: &'p [u8]) -> Box<dyn Iterator<Item = usize> + 'p> {
    match parts.first() {
        Some(TemplatePart::Literal(literal)) => Box::new(template::places(text, literal)),
        Some(TemplatePart::Any) => Box::new(std::iter::once(0)),
        _ => Box::new(0..text.len()),
    }
}
