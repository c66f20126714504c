//! A prefilter at a line's first and last bytes: most lines go no further.
//!
//! What is looked up by a line's head or tail must show itself there, so a few folded bytes of each
//! end are enough to say that no such pattern stands in the line. In doubt a prefilter says "perhaps".

use serde::{Deserialize, Serialize};

use crate::text::{
    Case, FINGERPRINT_BYTES, FoldBuffer, LOWER_HALVES, ends_undecorated, fingerprint_of_folded, fingerprint_of_raw,
    fold, last_word, list_marks_len, undecorated_len,
};

use crate::engine::ends::end_words::EndWords;
use crate::engine::lookup::bloom_filter::BloomFilter;
use crate::text::{mix, word_at};

/// What all patterns begin and end with that are looked up by an edge of the line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct Prefilter {
    /// The first fingerprint of whole lines, and of line heads that are as long.
    beginnings: BloomFilter,
    /// Two fingerprints of whole lines, and of line heads that are as long.
    long_beginnings: BloomFilter,
    /// The fingerprint of line heads that have no second one.
    middling_heads: BloomFilter,
    /// Shorter line heads, as fingerprints.
    heads: EndWords,
    /// Whole lines that are shorter than a fingerprint, for lines with decoration after them.
    decorated: EndWords,
    pub(in crate::engine) tails: EndWords,
}

/// Of each edge so many raw bytes are folded where a look at fewer does not decide: enough for
/// the first two words of a line.
pub(in crate::engine) const EDGE_BYTES: usize = 44;
/// A fold of an edge may begin or end within a character, whose bytes decide nothing.
pub(in crate::engine) const SPLIT_CHARACTER: usize = 4;

impl Prefilter {
    /// A prefilter for texts that are a whole line, or stand at the head or tail of one.
    pub(in crate::engine) fn new<'t>(
        whole: impl Iterator<Item = &'t [u8]>,
        heads: impl Iterator<Item = &'t [u8]>,
        tails: impl Iterator<Item = &'t [u8]>,
    ) -> Prefilter {
        let whole: Vec<Beginning> = whole.map(Beginning::of).collect();
        let (heads, short_heads): (Vec<Beginning>, Vec<Beginning>) =
            heads.map(Beginning::of).partition(|head| head.len >= FINGERPRINT_BYTES);
        let (long_heads, middling_heads): (Vec<Beginning>, Vec<Beginning>) =
            heads.iter().partition(|head| head.len >= 2 * FINGERPRINT_BYTES);
        let short_whole = whole.iter().filter(|text| text.len < FINGERPRINT_BYTES);
        Prefilter {
            beginnings: BloomFilter::new(whole.len() + heads.len(), whole.iter().chain(&heads).map(Beginning::hash)),
            long_beginnings: BloomFilter::new(
                whole.len() + long_heads.len(),
                whole.iter().chain(&long_heads).map(Beginning::long_hash),
            ),
            middling_heads: BloomFilter::new(middling_heads.len(), middling_heads.iter().map(Beginning::hash)),
            heads: EndWords::new(short_heads.iter().map(Beginning::first_word)),
            decorated: EndWords::new(short_whole.map(Beginning::first_word)),
            tails: EndWords::new(tails.map(last_bytes)),
        }
    }
}

/// The first two fingerprints of a text.
#[derive(Clone, Copy)]
struct Beginning {
    first: u64,
    second: u64,
    /// Of the text, in bytes.
    len: usize,
}

impl Beginning {
    fn of(text: &[u8]) -> Beginning {
        Beginning {
            first: fingerprint_of_folded(text, 0),
            second: fingerprint_of_folded(text, FINGERPRINT_BYTES),
            len: text.len(),
        }
    }

    fn hash(&self) -> u64 {
        mix(self.first)
    }

    fn long_hash(&self) -> u64 {
        long_hash((self.first, self.second))
    }

    fn first_word(&self) -> (u64, usize) {
        (first_word(self.first), self.len)
    }
}

impl Prefilter {
    #[inline]
    pub(in crate::engine) fn head_may_match(&self, raw: &[u8], text: Option<&[u8]>, folded: &mut FoldBuffer) -> bool {
        let known = text.and_then(|text| Some((text, fingerprint_of_raw(text, 0)?)));
        let Some((text, fingerprint)) = known else { return self.folded_head_may_match(raw, folded) };
        // Most short lines that come so far match, and are folded whole next.
        self.may_begin(fingerprint, raw)
            && (raw.len() <= 2 * EDGE_BYTES
                || self.may_begin_long(fingerprint, fingerprint_of_raw(text, FINGERPRINT_BYTES), raw))
    }

    /// The same where the raw bytes do not decide: most often for a curly quote.
    fn folded_head_may_match(&self, raw: &[u8], folded: &mut FoldBuffer) -> bool {
        let edge = &raw[..raw.len().min(EDGE_BYTES / 2)];
        fold(edge, Case::Folded, folded);
        let text = folded.text();
        let text = &text[list_marks_len(text)..];
        text.len() < FINGERPRINT_BYTES + SPLIT_CHARACTER || self.may_begin(fingerprint_of_folded(text, 0), raw)
    }

    /// Whether something begins with this fingerprint. It is that of a whole line where the line is short.
    #[inline]
    fn may_begin(&self, fingerprint: u64, raw: &[u8]) -> bool {
        self.beginnings.may_hold(mix(fingerprint))
            || self.heads.may_hold(first_word(fingerprint))
            || !self.decorated.is_empty() && !ends_undecorated(raw) && self.decorated.may_hold(first_word(fingerprint))
    }

    /// Whether what begins with this fingerprint may go on as the line does.
    fn may_begin_long(&self, fingerprint: u64, second: Option<u64>, raw: &[u8]) -> bool {
        let goes_on = |second| self.long_beginnings.may_hold(long_hash((fingerprint, second)));
        second.is_none_or(goes_on)
            || self.middling_heads.may_hold(mix(fingerprint))
            || self.heads.may_hold(first_word(fingerprint))
            || !ends_undecorated(raw)
    }

    pub(in crate::engine) fn tail_may_match(&self, raw: &[u8], folded: &mut FoldBuffer) -> bool {
        let ending = last_word(raw).map(u64::swap_bytes).or_else(|| {
            let cut = raw.len().saturating_sub(EDGE_BYTES);
            fold(&raw[cut..], Case::Folded, folded);
            let text = folded.text();
            let text = &text[..undecorated_len(text)];
            let split = if cut > 0 { SPLIT_CHARACTER } else { 0 };
            (text.len() >= WORD + split).then(|| last_bytes(text).0)
        });
        ending.is_none_or(|word| self.tails.may_hold(word))
    }
}

const WORD: usize = 8;

/// The first eight bytes of a fingerprint.
fn first_word(fingerprint: u64) -> u64 {
    fingerprint & LOWER_HALVES
}

fn long_hash((first, second): (u64, u64)) -> u64 {
    mix(first ^ mix(second).rotate_right(29))
}

/// The last eight bytes as a word, or fewer, the last of them in its lowest byte; and how many bytes the text has.
fn last_bytes(text: &[u8]) -> (u64, usize) {
    match text.len().checked_sub(WORD) {
        Some(at) => (word_at(text, at).swap_bytes(), text.len()),
        None => (word_at(text, 0).swap_bytes() >> (8 * (WORD - text.len())), text.len()),
    }
}
