//! A set of short texts, for what is asked of every line and every word: one bit each, in memory that the core's nearest cache
//! holds.

use serde::{Deserialize, Serialize};

use crate::engine::lookup::records::{Table, u64_at};

/// A set of up to eight bytes each that may claim to hold some that it does not, and never the other way round.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct FirstBytes(Table<8>);

const WORDS: usize = 1 << 10;

impl FirstBytes {
    pub(in crate::engine) fn new(all: impl Iterator<Item = u64>) -> FirstBytes {
        let mut words = vec![0_u64; WORDS];
        for bytes in all {
            let (word, bit) = place(bytes);
            words[word] |= 1 << bit;
        }
        FirstBytes(words.into_iter().map(u64::to_le_bytes).collect())
    }

    #[inline]
    pub(in crate::engine) fn may_hold(&self, bytes: u64) -> bool {
        let (word, bit) = place(bytes);
        self.0.get(word).is_some_and(|word| u64_at(word, 0) >> bit & 1 == 1)
    }
}

/// In which word, and which bit of it. Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4.
#[inline]
fn place(bytes: u64) -> (usize, u32) {
    let hash = bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48;
    ((hash >> 6) as usize, hash as u32 & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_held_and_few_others() {
        let bytes = |number: u64| 0x6161_6161 + number * 0x0001_0301;
        let set = FirstBytes::new((0..1000).map(bytes));
        assert!((0..1000).all(|number| set.may_hold(bytes(number))));
        let others = (1000..11_000).filter(|&number| set.may_hold(bytes(number))).count();
        assert!(others < 500, "{others} of 10000 pass");
    }
}
