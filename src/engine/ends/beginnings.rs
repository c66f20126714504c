//! What whole lines and line heads begin with: one look, at one word of memory, says of most lines that they are neither.

use serde::{Deserialize, Serialize};

use crate::engine::lookup::records::{Table, u64_at};
use crate::text::{mix, word_at};

/// Bytes with which a line begins that are looked at.
const BEGINNING: usize = 8;

/// A Bloom filter whose word is chosen by the first eight bytes alone: two bits of it for a line head, two for a whole line,
/// which depend on its length too.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct Beginnings {
    words: Table<8>,
    shift: u32,
}

impl Beginnings {
    /// A filter for texts that are a whole line, and for heads of eight bytes and more.
    pub(in crate::engine) fn new<'t>(
        whole: impl ExactSizeIterator<Item = &'t [u8]>,
        heads: impl ExactSizeIterator<Item = &'t [u8]>,
    ) -> Beginnings {
        // Seven bits for each text, and more: one other line in twenty passes, and the filter stays in the nearest caches.
        let count = ((whole.len() + heads.len()).max(8) / 9).next_power_of_two().max(2);
        let shift = 64 - count.trailing_zeros();
        let mut words = vec![0_u64; count];
        let whole = whole.map(|text| (mix(word_at(text, 0)), Some(text.len())));
        let heads = heads.filter(|text| text.len() >= BEGINNING).map(|text| (mix(word_at(text, 0)), None));
        for (hash, len) in whole.chain(heads) {
            words[(hash >> shift) as usize] |= bits(hash, len);
        }
        Beginnings { words: words.into_iter().map(u64::to_le_bytes).collect(), shift }
    }

    /// Whether a line may be a text whose core begins with these eight bytes and has so many.
    #[inline]
    pub(in crate::engine) fn may_hold_whole(&self, core: u64, core_len: usize) -> bool {
        self.may_hold(mix(core), Some(core_len))
    }

    /// Whether a line may begin with a text of eight bytes and more whose text, without list marks, begins with these.
    #[inline]
    pub(in crate::engine) fn may_hold_head(&self, head: u64) -> bool {
        self.may_hold(mix(head), None)
    }

    #[inline]
    fn may_hold(&self, hash: u64, len: Option<usize>) -> bool {
        !self.word(hash) & bits(hash, len) == 0
    }

    #[inline]
    fn word(&self, hash: u64) -> u64 {
        self.words.get((hash >> self.shift) as usize).map_or(0, |word| u64_at(word, 0))
    }
}

/// Two bits of a word, by the lower bits of the hash: the upper ones say in which word.
#[inline]
fn bits(hash: u64, len: Option<usize>) -> u64 {
    let hash = len.map_or(hash, |len| (hash >> 12) ^ (len as u64).wrapping_mul(0x9E5));
    1 << (hash & 63) | 1 << (hash >> 6 & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_pass_by_what_they_are_and_few_others_do() {
        let texts: Vec<String> = (0..1000).map(|number| format!("{number} texts of a pack {number}")).collect();
        let all = || texts.iter().map(String::as_bytes);
        let none = || [].into_iter();
        let (whole, heads) = (Beginnings::new(all(), none()), Beginnings::new(none(), all()));
        let is_whole = |text: &[u8]| whole.may_hold_whole(word_at(text, 0), text.len());
        let is_head = |text: &[u8]| heads.may_hold_head(word_at(text, 0));
        assert!(all().all(is_whole) && all().all(is_head));
        let others: Vec<String> = (1000..11_000).map(|number| format!("{number} lines of it")).collect();
        assert!(others.iter().filter(|other| is_whole(other.as_bytes())).count() < 2000);
        assert!(others.iter().filter(|other| is_head(other.as_bytes())).count() < 2000);
    }
}
