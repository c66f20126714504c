//! The sample of a site: its documents with the smallest hashes, as many as fit.
//!
//! Hashes are of the content, so a sample is a function of the set of documents: neither their order nor how they were
//! spread over miners shows in it. Documents of one content are one document.

use std::collections::BTreeMap;

use memchr::{memchr, memrchr};

use crate::text::hash_bytes;

/// Documents of one site. What is charged for it never shrinks while documents come, so that what was left out once
/// would be left out at any later time too.
#[derive(Clone, Default, Debug)]
pub(super) struct Sample {
    /// By hash.
    documents: BTreeMap<u64, Box<[u8]>>,
    bytes: usize,
    /// The smallest hash of those that did not fit; all before it are here.
    bound: Option<u64>,
    /// How many were offered, those of one content and those left out included.
    pub(super) offered: u64,
}

impl Sample {
    /// Offers a document, of which up to `document_bytes` are kept.
    pub(super) fn offer(&mut self, text: &[u8], document_bytes: usize, most_bytes: usize) {
        self.offered += 1;
        let hash = hash_bytes(text);
        if self.bound.is_none_or(|bound| hash < bound) {
            self.insert(hash, &|| shortened(text, document_bytes));
            self.shrink(most_bytes);
        }
    }

    fn insert(&mut self, hash: u64, text: &dyn Fn() -> Box<[u8]>) {
        let bytes = &mut self.bytes;
        self.documents.entry(hash).or_insert_with(|| {
            let text = text();
            *bytes += text.len();
            text
        });
    }

    /// Takes in another sample of the same site.
    pub(super) fn merge(&mut self, other: Sample, most_bytes: usize) {
        self.offered = self.offered.saturating_add(other.offered);
        for (hash, text) in other.documents {
            self.insert(hash, &|| text.clone());
        }
        // Behind the bound of either something may be missing.
        if let Some(bound) = self.bound.into_iter().chain(other.bound).min() {
            self.bound = Some(bound);
            while self.documents.last_key_value().is_some_and(|(last, _)| *last >= bound) {
                self.drop_last();
            }
        }
        self.shrink(most_bytes);
    }

    /// Leaves the documents of the smallest hashes that fit.
    pub(super) fn shrink(&mut self, most_bytes: usize) {
        while self.bytes > most_bytes {
            self.drop_last();
        }
    }

    fn drop_last(&mut self) {
        if let Some((hash, text)) = self.documents.pop_last() {
            self.bytes -= text.len();
            self.bound = Some(self.bound.map_or(hash, |bound| bound.min(hash)));
        }
    }

    /// What it costs where a sample may have so many bytes.
    pub(super) fn charge(&self, most_bytes: usize) -> usize {
        if self.bound.is_some() { most_bytes } else { self.bytes }
    }

    /// The text that is kept of it, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Its documents, by hash.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        self.documents.values().map(|text| &**text)
    }

    /// The same, with their hashes.
    pub(super) fn documents(&self) -> impl Iterator<Item = (u64, &[u8])> {
        self.documents.iter().map(|(hash, text)| (*hash, &**text))
    }

    /// The smallest hash of the documents that did not fit.
    pub(super) fn bound(&self) -> Option<u64> {
        self.bound
    }

    /// A sample of these documents, by hash. Nothing where no sample could have them.
    pub(super) fn restored<'d>(
        documents: impl Iterator<Item = (u64, &'d [u8])>,
        bound: Option<u64>,
        offered: u64,
    ) -> Option<Sample> {
        let mut sample = Sample { bound, offered, ..Sample::default() };
        for (hash, text) in documents {
            let rises = sample.documents.last_key_value().is_none_or(|(last, _)| *last < hash);
            if !rises || bound.is_some_and(|bound| hash >= bound) {
                return None;
            }
            sample.insert(hash, &|| text.into());
        }
        (offered >= sample.documents.len() as u64).then_some(sample)
    }
}

/// The text, or its beginning and end in whole lines: what a site adds to a document stands there.
fn shortened(text: &[u8], most_bytes: usize) -> Box<[u8]> {
    if text.len() <= most_bytes {
        return text.into();
    }
    let head = &text[..most_bytes / 2];
    let head = &head[..memrchr(b'\n', head).map_or(0, |at| at + 1)];
    let tail = &text[text.len() - most_bytes / 2..];
    let tail = &tail[memchr(b'\n', tail).map_or(tail.len(), |at| at + 1)..];
    [head, tail].concat().into()
}
