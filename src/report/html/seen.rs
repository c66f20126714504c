//! What a report is given of each document.

use crate::text::{Document, Markup};

/// A document that was cleaned.
#[derive(Clone, Copy, Debug)]
pub struct DocumentSeen<'d> {
    /// The input that holds it, such as a path.
    pub input: &'d str,
    /// Its number in the input, from 1.
    pub number: u64,
    /// Its address, if that is known.
    pub url: Option<&'d str>,
    /// Its host, if that is known.
    pub site: Option<&'d str>,
    /// How it is written, as far as that is known without a look at it.
    pub markup: Markup,
    /// Its bytes as they were before cleaning. They need not be UTF-8.
    pub text: &'d [u8],
}

impl<'d> DocumentSeen<'d> {
    /// The document as it was, to be cleaned or explained.
    pub(crate) fn document(&self) -> Document<'d> {
        let document = Document::new(self.text).with_markup(self.markup);
        match self.site {
            Some(site) => document.with_site(site),
            None => document,
        }
    }
}

/// What went of a document of which nothing else is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GoneText<'g> {
    /// Where it began, in bytes of the document.
    pub start: u64,
    /// What went.
    pub text: &'g [u8],
    /// The rule that took it, by its place in the list of rules.
    pub rule_index: usize,
}

/// What went of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RemovedSpan {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last one.
    pub end: usize,
    /// The rule, as an index into the rules of the [`Collector`](super::Collector).
    pub rule_index: usize,
}
