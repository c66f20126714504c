//! What went by rule.

use std::ops::Range;

use super::data::{RemovalSample, RuleInfo};
use super::excerpt::{Excerpt, shortened};
use super::least::Least;
use super::seen::DocumentSeen;
use crate::text::StableHash;

/// Names of inputs and addresses are shown up to so many characters.
const NAME_CHARS: usize = 1000;

/// The rules, and the table of their kinds.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) infos: Vec<RuleInfo>,
    pub(super) kinds: Vec<String>,
    /// The kind of each rule, as an index into `kinds`.
    pub(super) kind_of: Vec<Option<usize>>,
}

#[derive(Clone, Debug)]
pub(super) struct RuleTally {
    pub(super) removals: u64,
    pub(super) removed_bytes: u64,
    pub(super) documents: u64,
    /// The number of the last document that was counted, from 1, so that each counts once.
    pub(super) last_document: u64,
    pub(super) samples: Least<RemovalSample>,
}

impl Rules {
    pub(super) fn new(infos: Vec<RuleInfo>) -> Rules {
        let mut kinds: Vec<String> = infos.iter().filter_map(|info| info.kind.clone()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let index = |info: &RuleInfo| info.kind.as_ref().and_then(|kind| kinds.binary_search(kind).ok());
        let kind_of = infos.iter().map(index).collect();
        Rules { infos, kinds, kind_of }
    }
}

impl RuleTally {
    pub(super) fn new(samples: usize) -> RuleTally {
        RuleTally { removals: 0, removed_bytes: 0, documents: 0, last_document: 0, samples: Least::new(samples) }
    }

    /// Counts a removal from the document that was seen as number `nth`, from 1.
    /// It is the range of the document's text, and begins at byte `start` of the document.
    pub(super) fn add(
        &mut self,
        nth: u64,
        document: &DocumentSeen<'_>,
        place: StableHash,
        (start, range): (u64, Range<usize>),
    ) {
        self.removals += 1;
        self.removed_bytes += range.len() as u64;
        self.documents += u64::from(self.last_document != nth);
        self.last_document = nth;
        let bytes = range.len() as u64;
        let hash = place.number(start).number(bytes).finish();
        if self.samples.wants(|last| last.hash.cmp(&hash)) {
            let (input, url) = names(document);
            let excerpt = Excerpt::of(document.text, range);
            self.samples.add(RemovalSample { hash, input, number: document.number, start, bytes, url, excerpt });
        }
    }

    pub(super) fn merge(&mut self, other: RuleTally) {
        self.removals += other.removals;
        self.removed_bytes += other.removed_bytes;
        self.documents += other.documents;
        self.samples.merge(other.samples);
    }
}

/// Which document it is, to be hashed on with what went of it.
pub(super) fn place(document: &DocumentSeen<'_>) -> StableHash {
    StableHash::default().bytes(document.input.as_bytes()).number(document.number)
}

/// The document's input and address, as they are shown.
pub(super) fn names(document: &DocumentSeen<'_>) -> (String, Option<String>) {
    let shown = |name| shortened(name, NAME_CHARS).into_owned();
    (shown(document.input), document.url.map(shown))
}
