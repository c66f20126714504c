//! What lines begin and end with: a few looks, without a guess that a core could get wrong, say of most lines that no text is
//! all of the line, its head or its tail.

use serde::{Deserialize, Serialize};

use crate::engine::ends::beginnings::Beginnings;
use crate::engine::lookup::bloom_filter::BloomFilter;
use crate::engine::lookup::first_bytes::FirstBytes;
use crate::engine::patterns::pattern::Folded;
use crate::text::{FoldBuffer, FoldedLine, mix, word_at};

/// Texts of so many bytes are long.
const LONG: usize = 8;

/// Filters for texts that are a whole line, or stand at the head or tail of one.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct LineEnds {
    beginnings: Beginnings,
    short_heads: FirstBytes,
    short_tails: FirstBytes,
    long_tails: BloomFilter,
}

/// What may stand at the ends of a line, as bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::engine) struct AtEnds(pub(in crate::engine) u32);

impl AtEnds {
    pub(in crate::engine) const WHOLE: AtEnds = AtEnds(1);
    pub(in crate::engine) const HEAD: AtEnds = AtEnds(2);
    pub(in crate::engine) const TAIL: AtEnds = AtEnds(4);
    /// The line begins with a number, or patterns with hardly any text may be all of it.
    pub(in crate::engine) const NUMBER: AtEnds = AtEnds(8);

    #[inline]
    pub(in crate::engine) fn when(self, holds: bool) -> AtEnds {
        AtEnds(self.0 * u32::from(holds))
    }

    #[inline]
    pub(in crate::engine) fn or(self, other: AtEnds) -> AtEnds {
        AtEnds(self.0 | other.0)
    }

    #[inline]
    pub(in crate::engine) fn has(self, other: AtEnds) -> bool {
        self.0 & other.0 != 0
    }
}

impl LineEnds {
    pub(in crate::engine) fn new<'t>(
        whole: impl ExactSizeIterator<Item = &'t [u8]>,
        heads: impl ExactSizeIterator<Item = &'t [u8]> + Clone,
        tails: impl ExactSizeIterator<Item = &'t [u8]> + Clone,
    ) -> LineEnds {
        let long_tails = tails.clone().filter(|text| text.len() >= LONG).map(|text| mix(tail_word(text)));
        LineEnds {
            beginnings: Beginnings::new(whole, heads.clone()),
            short_heads: FirstBytes::new(heads.filter_map(|text| short(word_at(text, 0), text.len()))),
            long_tails: BloomFilter::new(tails.len(), long_tails),
            short_tails: FirstBytes::new(tails.filter_map(|text| short(tail_word(text), text.len()))),
        }
    }

    /// Whether a text may be all of a line, its head or its tail.
    #[inline]
    pub(in crate::engine) fn may_match(&self, words: EndWords) -> AtEnds {
        let EndWords { head, tail, core, core_len } = words;
        let may_be_whole = self.beginnings.may_hold_whole(core, core_len as usize);
        let may_be_head = self.beginnings.may_hold_head(head) | may_hold_short(&self.short_heads, head);
        let may_be_tail = self.long_tails.may_hold(mix(tail)) | may_hold_short(&self.short_tails, tail);
        AtEnds::WHOLE.when(may_be_whole).or(AtEnds::HEAD.when(may_be_head)).or(AtEnds::TAIL.when(may_be_tail))
    }
}

/// What a line begins and ends with. Gathered for many lines before any is looked up: so a core need not wait for one look at
/// memory before the next.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct EndWords {
    /// Eight bytes after list marks.
    pub(in crate::engine) head: u64,
    /// Eight bytes before decoration, the last one lowest.
    tail: u64,
    /// Eight bytes of the core, or all where it has fewer.
    core: u64,
    core_len: u32,
}

impl EndWords {
    #[inline]
    pub(in crate::engine) fn of(text: &FoldBuffer, line: FoldedLine) -> EndWords {
        let start = line.start as usize;
        let folded = Folded::new(&text.text()[start..line.end as usize]);
        let (core_start, core_end) = folded.core;
        let core = match core_end - core_start {
            // What follows is decoration, or the next line.
            len @ 0..LONG => text.word(start + core_start) & ((1 << (8 * len)) - 1),
            _ => text.word(start + core_start),
        };
        EndWords {
            head: text.word(start + folded.head),
            tail: text.word_before(start + folded.tail),
            core,
            core_len: (core_end - core_start) as u32,
        }
    }
}

/// What a short text is looked up by: its one, two or four bytes at the edge.
fn short(word: u64, len: usize) -> Option<u32> {
    match len {
        1 => Some(word as u32 & 0xFF),
        2..4 => Some(word as u32 & 0xFFFF),
        4..LONG => Some(word as u32),
        _ => None,
    }
}

#[inline]
fn may_hold_short(texts: &FirstBytes, word: u64) -> bool {
    texts.may_hold(word as u32 & 0xFF) | texts.may_hold(word as u32 & 0xFFFF) | texts.may_hold(word as u32)
}

/// The last eight bytes of a text, the last one lowest.
fn tail_word(text: &[u8]) -> u64 {
    match text.len().checked_sub(LONG) {
        Some(at) => word_at(text, at).swap_bytes(),
        None => word_at(text, 0).swap_bytes() >> (8 * (LONG - text.len())),
    }
}
