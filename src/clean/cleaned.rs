//! What cleaning returns.

use std::borrow::Cow;
use std::ops::Range;

use super::Removal;

/// The spans of a text of `len` bytes that removals, in order and not overlapping, leave.
pub fn kept_spans(len: usize, removals: &[Removal]) -> impl Iterator<Item = Range<usize>> {
    let starts = std::iter::once(0).chain(removals.iter().map(|removal| removal.span.end));
    let ends = removals.iter().map(|removal| removal.span.start).chain([len]);
    starts.zip(ends).map(|(start, end)| start..end).filter(|span| !span.is_empty())
}

/// Takes removals, in order and not overlapping, out of a text where it lies.
pub fn apply(text: &mut Vec<u8>, removals: &[Removal]) {
    let mut len = 0;
    for span in kept_spans(text.len(), removals) {
        let kept = span.len();
        if span.start != len {
            text.copy_within(span, len);
        }
        len += kept;
    }
    text.truncate(len);
}

/// A document without its chrome, and what was removed.
#[derive(Clone, Debug)]
pub struct Cleaned<'t> {
    text: Cow<'t, [u8]>,
    removals: Vec<Removal>,
}

impl<'t> Cleaned<'t> {
    /// Takes `removals`, which are in order and do not overlap, out of `text`.
    pub(super) fn new(text: &'t [u8], removals: Vec<Removal>) -> Cleaned<'t> {
        if removals.is_empty() {
            return Cleaned { text: Cow::Borrowed(text), removals };
        }
        let gone: usize = removals.iter().map(|removal| removal.span.len()).sum();
        let mut left = Vec::with_capacity(text.len() - gone);
        kept_spans(text.len(), &removals).for_each(|span| left.extend_from_slice(&text[span]));
        Cleaned { text: Cow::Owned(left), removals }
    }

    /// What is left, as bytes.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// What is left; borrowed from the document if nothing went.
    pub fn into_text(self) -> Cow<'t, [u8]> {
        self.text
    }

    /// What is left, and what went.
    pub fn into_parts(self) -> (Cow<'t, [u8]>, Vec<Removal>) {
        (self.text, self.removals)
    }

    /// What is left, as a string.
    ///
    /// # Errors
    /// The document was not UTF-8; if it was, what is left is as well.
    pub fn to_str(&self) -> Result<&str, std::str::Utf8Error> {
        std::str::from_utf8(&self.text)
    }

    /// What went, in the order of the document; no removal overlaps another.
    pub fn removals(&self) -> &[Removal] {
        &self.removals
    }
}
