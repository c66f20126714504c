//! By which text a pattern is looked up, and where.

use crate::engine::inside::word_shape::{InnerText, LimitedText};
use crate::pack::{Anchor, Template, TemplatePart};

/// The fixed text by which a pattern is looked up, and where.
pub(in crate::engine) enum LookupKey<'p> {
    Whole(&'p [u8]),
    Head(&'p [u8]),
    Tail(&'p [u8]),
    /// After the number that the line begins with.
    AfterNumber(&'p [u8]),
    Anywhere {
        text: &'p [u8],
        /// Whether a match begins with it.
        begins_match: bool,
    },
    /// Placeholders, with hardly any text.
    NoText,
}

impl LookupKey<'_> {
    /// Bytes of the text.
    fn len(&self) -> usize {
        match self {
            LookupKey::Whole(text) | LookupKey::Head(text) | LookupKey::Tail(text) | LookupKey::AfterNumber(text) => {
                text.len()
            }
            LookupKey::Anywhere { text, .. } => text.len(),
            LookupKey::NoText => 0,
        }
    }
}

/// A text at an edge is short below so many bytes: where there is a long one inside, that is looked up instead...
const SHORT_EDGE: usize = 8;
/// ...which has so many.
const LONG_INSIDE: usize = 12;

/// Shorter inner texts stand in many lines, in bytes.
pub(in crate::engine) const LONG_TEXT: usize = 15;

/// Chooses the cheapest way to look a pattern up, which may be one fixed text.
pub(in crate::engine) fn key<'p>(anchor: Anchor, template: &'p Template, fixed: Option<&'p [u8]>) -> LookupKey<'p> {
    if let Some(text) = fixed {
        return match anchor {
            Anchor::Is => LookupKey::Whole(text),
            Anchor::StartsWith => LookupKey::Head(text),
            Anchor::EndsWith => LookupKey::Tail(text),
            Anchor::Contains => LookupKey::Anywhere { text, begins_match: true },
        };
    }
    let parts = template.parts();
    let first = || parts.first().and_then(TemplatePart::literal).map(LookupKey::Head);
    let last = || parts.last().and_then(TemplatePart::literal).map(LookupKey::Tail);
    let after_number = || match (parts.first(), { parts }.nth(1)) {
        (Some(TemplatePart::Number), Some(TemplatePart::Literal(text))) => Some(LookupKey::AfterNumber(text)),
        _ => None,
    };
    let at_edge = match anchor {
        // The longer a text, the fewer lines hold it there by chance; the first of equals is looked up sooner.
        Anchor::Is => {
            let keys = [last(), after_number(), first()];
            keys.into_iter().flatten().max_by_key(LookupKey::len)
        }
        Anchor::StartsWith => first().or_else(after_number),
        Anchor::EndsWith => last(),
        Anchor::Contains => None,
    };
    let longest = || {
        let longest = parts.filter_map(TemplatePart::literal).max_by_key(|text| text.len())?;
        // Between placeholders that hold a digit, a short text says no more than they do.
        let is_vague = anchor == Anchor::Is
            && longest.len() < LONG_TEXT
            && !parts.into_iter().any(|part| part == TemplatePart::Any);
        let begins_match = parts.first().and_then(TemplatePart::literal) == Some(longest);
        (!is_vague).then_some(LookupKey::Anywhere { text: longest, begins_match })
    };
    match (at_edge, longest()) {
        // Lines that begin or end with a short word are many.
        (Some(edge), Some(inside)) if edge.len() < SHORT_EDGE && inside.len() >= LONG_INSIDE => inside,
        (Some(key), _) | (None, Some(key)) => key,
        (None, None) => LookupKey::NoText,
    }
}

/// A text by which a pattern is looked up, and the pattern's number.
pub(in crate::engine) type KeyedText<'p> = (&'p [u8], u32);

/// The keys of all patterns by where they are looked up.
#[derive(Default)]
pub(in crate::engine) struct LookupKeys<'p> {
    pub(in crate::engine) whole: Vec<KeyedText<'p>>,
    pub(in crate::engine) heads: Vec<KeyedText<'p>>,
    pub(in crate::engine) tails: Vec<KeyedText<'p>>,
    pub(in crate::engine) after_numbers: Vec<KeyedText<'p>>,
    pub(in crate::engine) inside: Vec<LimitedText<'p>>,
    pub(in crate::engine) no_text: Vec<u32>,
}

impl<'p> LookupKeys<'p> {
    pub(in crate::engine) fn add(&mut self, key: LookupKey<'p>, max_chars: Option<u32>, index: u32) {
        match (key, max_chars) {
            (LookupKey::Whole(text), _) => self.whole.push((text, index)),
            (LookupKey::Head(text), _) => self.heads.push((text, index)),
            (LookupKey::Tail(text), _) => self.tails.push((text, index)),
            (LookupKey::AfterNumber(text), _) => self.after_numbers.push((text, index)),
            (LookupKey::Anywhere { text, begins_match }, limit) => {
                self.inside.push((InnerText { text, pattern: index, begins_match }, limit));
            }
            (LookupKey::NoText, _) => self.no_text.push(index),
        }
    }
}
