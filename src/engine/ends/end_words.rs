//! The first or last eight bytes of texts.

use serde::{Deserialize, Serialize};

use crate::engine::lookup::bloom_filter::BloomFilter;
use crate::engine::lookup::records::Table;
use crate::text::mix;

const WORD: usize = 8;

/// What texts begin or end with. Texts shorter than a word are kept apart by their length, and few of these
/// lengths are looked up: a table says by the first bytes which ones there are.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct EndWords {
    filter: BloomFilter,
    /// By the lower halves of the first three bytes: for each length in bytes, from 1 to 8, whether there is a text of
    /// it that begins so.
    lengths: Table<1>,
}

impl EndWords {
    /// The words hold the byte at the text's end, the first or the last, in their lowest byte; lengths are bytes of the
    /// whole text, which is not empty.
    pub(in crate::engine) fn new(words: impl Iterator<Item = (u64, usize)>) -> EndWords {
        let own = |(word, len): (u64, usize)| (first_bytes(word, len.min(WORD)), len.min(WORD));
        let words: Vec<(u64, usize)> = words.map(own).collect();
        let filter = BloomFilter::new(2 * words.len(), words.iter().map(|(word, _)| mix(*word)));
        let mut lengths = vec![[0]; if words.is_empty() { 0 } else { 1 << 12 }];
        for (word, len) in words {
            let free = 12_usize.saturating_sub(4 * len);
            let from = opening(word);
            (from..1 << 12).step_by(1 << (12 - free)).for_each(|opening| lengths[opening][0] |= 1 << (len - 1));
        }
        EndWords { filter, lengths: lengths.into_iter().collect() }
    }

    pub(in crate::engine) fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// Whether a text may begin or end so.
    #[inline]
    pub(in crate::engine) fn may_hold(&self, word: u64) -> bool {
        let Some(&[lengths]) = self.lengths.get(opening(word)) else { return false };
        let mut left = lengths;
        while left != 0 {
            let len = left.trailing_zeros() as usize + 1;
            if self.filter.may_hold(mix(first_bytes(word, len))) {
                return true;
            }
            left &= left - 1;
        }
        false
    }
}

/// The lower halves of the first three bytes.
#[inline]
fn opening(word: u64) -> usize {
    (word & 0xF | word >> 4 & 0xF0 | word >> 8 & 0xF00) as usize
}

#[inline]
fn first_bytes(word: u64, len: usize) -> u64 {
    word & u64::MAX >> (64 - 8 * len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::word_at;

    #[test]
    fn texts_of_any_length_are_held_whatever_follows_and_few_others() {
        let texts = ["b", "by", "pag", "page", "comments", "comments and more", "мы"];
        let ends = EndWords::new(texts.iter().map(|text| (word_at(text.as_bytes(), 0), text.len())));
        for text in texts {
            assert!(ends.may_hold(word_at(format!("{text}xyz and more").as_bytes(), 0)), "{text}");
        }
        for text in ["a line", "cat", "pa", "comment on it", "мир"] {
            assert!(!ends.may_hold(word_at(text.as_bytes(), 0)), "{text}");
        }
        assert!(!EndWords::new(std::iter::empty()).may_hold(0));
    }
}
