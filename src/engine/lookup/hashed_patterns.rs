//! Patterns by the hash of what they are looked up by.

use serde::{Deserialize, Serialize};

use crate::engine::lookup::records::{Table, record, u32_at};

/// Patterns by hash: a table of open addresses (linear probing: Knuth, The Art of Computer Programming 3, 6.4), at most half
/// full, so that a look touches one place in memory.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct HashedPatterns {
    /// The lower half of each hash, and the pattern; [`FREE`] where there is none.
    slots: Table<8>,
    shift: u32,
}

/// Stands where no pattern does.
const FREE: u32 = u32::MAX - 1;

impl HashedPatterns {
    pub(in crate::engine) fn new(hashed: &[(u64, u32)]) -> HashedPatterns {
        let count = (2 * hashed.len()).next_power_of_two().max(2);
        let shift = 64 - count.trailing_zeros();
        let mut slots = vec![record(&[], &[0, FREE]); count];
        for &(hash, pattern) in hashed {
            let mut slot = (hash >> shift) as usize;
            while u32_at(&slots[slot], 4) != FREE {
                slot = (slot + 1) % count;
            }
            slots[slot] = record(&[], &[hash as u32, pattern]);
        }
        HashedPatterns { slots: slots.into_iter().collect(), shift }
    }

    /// The patterns of that hash, and hardly ever another one.
    #[inline]
    pub(in crate::engine) fn get(&self, hash: u64) -> impl Iterator<Item = u32> {
        let slots: &[[u8; 8]] = &self.slots;
        let first = (hash >> self.shift) as usize;
        let from_first = slots[first..].iter().chain(&slots[..first]);
        let taken =
            from_first.map(|slot| (u32_at(slot, 0), u32_at(slot, 4))).take_while(|(_, pattern)| *pattern != FREE);
        taken.filter(move |(lower, _)| *lower == hash as u32).map(|(_, pattern)| pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::mix;

    #[test]
    fn all_patterns_of_a_hash_are_found_and_no_others() {
        // The last one begins where the table ends.
        let mut hashed: Vec<(u64, u32)> = (0..1000).map(|number| (mix(number / 2), number as u32)).collect();
        hashed.extend([(u64::MAX, 1000), (u64::MAX, 1001)]);
        let table = HashedPatterns::new(&hashed);
        for number in 0..500 {
            let found: Vec<u32> = table.get(mix(number)).collect();
            assert_eq!(found, [2 * number as u32, 2 * number as u32 + 1]);
        }
        assert_eq!(table.get(u64::MAX).collect::<Vec<_>>(), [1000, 1001]);
        assert_eq!((500..10_000).map(|number| table.get(mix(number)).count()).sum::<usize>(), 0);
        assert_eq!(HashedPatterns::new(&[]).get(7).count(), 0);
    }
}
