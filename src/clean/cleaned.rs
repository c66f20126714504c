//! What cleaning gives back.

use std::borrow::Cow;

use super::Removal;

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
        let mut at = 0;
        for removal in &removals {
            left.extend_from_slice(&text[at..removal.span.start]);
            at = removal.span.end;
        }
        left.extend_from_slice(&text[at..]);
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
