//! What lines begin and end with: a few looks, without a guess that a core could get wrong, say of most lines that no text is
//! all of the line, its head or its tail.

use serde::{Deserialize, Serialize};

use crate::engine::ends::end_words::EndWords;
use crate::engine::ends::short_texts::ShortTexts;
use crate::engine::lookup::bloom_filter::BloomFilter;
use crate::text::{mix, word_at};

/// Texts of so many bytes are long.
pub(in crate::engine) const LONG: usize = 8;

/// Filters for texts that are a whole line, or stand at the head or tail of one.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct LineEnds {
    whole: BloomFilter,
    long_heads: BloomFilter,
    short_heads: ShortTexts,
    short_tails: ShortTexts,
    long_tails: BloomFilter,
}

/// How long texts are that may stand at an edge of a line: a bit for each of the lengths from one byte to seven, and one for
/// all longer texts.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct EdgeLens(u8);

impl EdgeLens {
    pub(in crate::engine) const ALL: EdgeLens = EdgeLens(u8::MAX);

    #[inline]
    fn new(short: u8, may_be_long: bool) -> EdgeLens {
        EdgeLens(short | u8::from(may_be_long) << (LONG - 1))
    }

    #[inline]
    pub(in crate::engine) fn has(self, len: usize) -> bool {
        self.0 >> (len.min(LONG) - 1) & 1 == 1
    }
}

/// What may stand at the ends of a line, as bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::engine) struct AtEnds(pub(in crate::engine) u32);

impl AtEnds {
    pub(in crate::engine) const NOTHING: AtEnds = AtEnds(0);
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
        let is_short = |text: &&[u8]| text.len() < LONG;
        let short_heads = heads.clone().filter(is_short).map(|text| (word_at(text, 0), text.len()));
        let short_tails = tails.clone().filter(is_short).map(|text| (tail_word(text), text.len()));
        let long_heads = heads.clone().filter(|text| !is_short(text)).map(|text| mix(word_at(text, 0)));
        let long_tails = tails.clone().filter(|text| !is_short(text)).map(|text| mix(tail_word(text)));
        LineEnds {
            // Eight bits for each are enough, as there are many: so the filter stays in the nearest caches.
            whole: BloomFilter::new(whole.len() / 2, whole.map(|text| whole_hash(word_at(text, 0), text.len()))),
            long_heads: BloomFilter::new(heads.len(), long_heads),
            short_heads: ShortTexts::new(short_heads),
            short_tails: ShortTexts::new(short_tails),
            long_tails: BloomFilter::new(tails.len(), long_tails),
        }
    }

    /// Whether a text may be all of a line, its head or its tail.
    #[inline]
    pub(in crate::engine) fn may_match(&self, words: &EndWords) -> AtEnds {
        let may_be_whole = self.whole.may_hold(whole_hash(words.core, words.core_len()));
        let may_be_head = self.long_heads.may_hold(mix(words.head)) | self.short_heads.may_hold(words.head);
        let may_be_tail = self.long_tails.may_hold(mix(words.tail)) | self.short_tails.may_hold(words.tail);
        AtEnds::WHOLE.when(may_be_whole).or(AtEnds::HEAD.when(may_be_head)).or(AtEnds::TAIL.when(may_be_tail))
    }

    /// How long the texts are that may be a line's head.
    pub(in crate::engine) fn head_lens(&self, head: u64) -> EdgeLens {
        EdgeLens::new(self.short_heads.lens_of(head), self.long_heads.may_hold(mix(head)))
    }

    /// How long the texts are that may be a line's tail.
    pub(in crate::engine) fn tail_lens(&self, tail: u64) -> EdgeLens {
        EdgeLens::new(self.short_tails.lens_of(tail), self.long_tails.may_hold(mix(tail)))
    }
}

/// A hash of a text's length and its first eight bytes.
#[inline]
fn whole_hash(first: u64, len: usize) -> u64 {
    mix(first ^ (len as u64).rotate_left(32))
}

/// The last eight bytes of a text, the last one lowest.
fn tail_word(text: &[u8]) -> u64 {
    match text.len().checked_sub(LONG) {
        Some(at) => word_at(text, at).swap_bytes(),
        None => word_at(text, 0).swap_bytes() >> (8 * (LONG - text.len())),
    }
}
