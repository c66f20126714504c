//! Sets that say "surely not here" in a few instructions.

use serde::{Deserialize, Serialize};

use crate::engine::lookup::records::{Table, u64_at};

/// A set of hashes that may claim to hold one it does not, and never the other way round: a Bloom filter of
/// two bits for each, which lie in one word.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct BloomFilter {
    words: Table<8>,
    shift: u32,
}

impl BloomFilter {
    /// A bloom filter with room for about so many hashes: with 16 bits for each or more, at most one other in 50
    /// passes.
    pub(in crate::engine) fn new(room: usize, hashes: impl Iterator<Item = u64>) -> BloomFilter {
        let count = (room.max(8) / 4).next_power_of_two();
        let shift = 64 - count.trailing_zeros();
        let mut words = vec![0; count];
        hashes.for_each(|hash| words[(hash >> shift) as usize] |= bits_of(hash));
        BloomFilter { words: words.into_iter().map(u64::to_le_bytes).collect(), shift }
    }

    #[inline]
    pub(in crate::engine) fn may_hold(&self, hash: u64) -> bool {
        !u64_at(&self.words[(hash >> self.shift) as usize], 0) & bits_of(hash) == 0
    }
}

/// Two bits of a word, by the lower bits of the hash: the upper ones say in which word.
#[inline]
fn bits_of(hash: u64) -> u64 {
    1 << (hash & 63) | 1 << (hash >> 6 & 63)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::mix;

    #[test]
    fn a_gate_holds_what_was_put_in_and_few_others() {
        let filter = BloomFilter::new(1000, (0..1000).map(mix));
        assert!((0..1000).all(|i| filter.may_hold(mix(i))));
        let others = (1000..11_000).filter(|&i| filter.may_hold(mix(i))).count();
        assert!(others < 200, "{others} of 10000 pass");
    }
}
