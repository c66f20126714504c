//! What whole lines begin with: one look, at one word of memory, says of most lines that they are none of a list's.

use serde::{Deserialize, Serialize};

use crate::engine::lookup::records::{Table, u64_at};
use crate::text::{mix, word_at};

/// A Bloom filter whose word is chosen by the first eight bytes of a text: two bits of it, which depend on its length too.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct Beginnings {
    words: Table<8>,
    shift: u32,
}

impl Beginnings {
    pub(in crate::engine) fn new<'t>(texts: impl ExactSizeIterator<Item = &'t [u8]>) -> Beginnings {
        // Seven bits for each text, and more: one other line in twenty passes, and the filter stays in the nearest caches.
        let count = (texts.len().max(8) / 9).next_power_of_two().max(2);
        let shift = 64 - count.trailing_zeros();
        let mut words = vec![0_u64; count];
        for text in texts {
            let hash = mix(word_at(text, 0));
            words[(hash >> shift) as usize] |= bits(hash, text.len());
        }
        Beginnings { words: words.into_iter().map(u64::to_le_bytes).collect(), shift }
    }

    /// Whether a text may be one that begins with these eight bytes and has so many.
    #[inline]
    pub(in crate::engine) fn may_hold(&self, beginning: u64, len: usize) -> bool {
        let hash = mix(beginning);
        let word = self.words.get((hash >> self.shift) as usize).map_or(0, |word| u64_at(word, 0));
        !word & bits(hash, len) == 0
    }
}

/// Two bits of a word, by the lower bits of the hash: the upper ones say in which word.
#[inline]
fn bits(hash: u64, len: usize) -> u64 {
    let hash = (hash >> 12) ^ (len as u64).wrapping_mul(0x9E5);
    1 << (hash & 63) | 1 << (hash >> 6 & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_pass_by_what_they_are_and_few_others_do() {
        let texts: Vec<String> = (0..1000).map(|number| format!("{number} texts of a pack {number}")).collect();
        let filter = Beginnings::new(texts.iter().map(String::as_bytes));
        let may_hold = |text: &[u8]| filter.may_hold(word_at(text, 0), text.len());
        assert!(texts.iter().all(|text| may_hold(text.as_bytes())));
        let others = (1000..11_000).filter(|number| may_hold(format!("{number} lines of it").as_bytes())).count();
        assert!(others < 2000, "{others} of 10000 pass");
    }
}
