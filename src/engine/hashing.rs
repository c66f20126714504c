//! Hashes, bitmaps that say "surely not here" in a few instructions, and maps from hashes to patterns.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;

/// Packs are trusted, so one fixed seed will do.
const SEED: u64 = 0x5EED_DEC4;

/// A hash of the bytes, for keys of any length.
#[inline]
pub(super) fn hash_bytes(bytes: &[u8]) -> u64 {
    FixedState::with_seed(SEED).hash_one(bytes)
}

/// A hash of few bytes: of up to eight, or of a multiple of eight. Its upper bits are good.
#[inline]
pub(super) fn hash_words(bytes: &[u8]) -> u64 {
    match bytes.len() {
        0..8 => mix(short_word(bytes)),
        _ => bytes.as_chunks().0.iter().fold(0, |hash, word| mix(hash.rotate_right(29) ^ u64::from_le_bytes(*word))),
    }
}

/// Up to seven bytes as a word, without a loop over them; those of longer texts are not told apart.
#[inline]
fn short_word(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes) {
        (Some(word), _) => u64::from(u32::from_le_bytes(*word)),
        (None, [first, second, ..]) => u64::from(u16::from_le_bytes([*first, *second])),
        (None, [first]) => u64::from(*first),
        (None, []) => 0,
    }
}

/// Spreads a word over 64 bits, all of them good: both halves of a wide product, as in wyhash.
#[inline]
pub(super) fn mix(word: u64) -> u64 {
    let product = u128::from(word ^ SEED) * 0x9E37_79B9_7F4A_7C15;
    product as u64 ^ (product >> 64) as u64
}

/// Up to eight bytes from `at` on as a word; missing ones are zero.
#[inline]
pub(super) fn word_at(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(word) => u64::from_le_bytes(*word),
        None => {
            let mut word = [0; 8];
            let rest = bytes.get(at..).unwrap_or_default();
            word[..rest.len()].copy_from_slice(rest);
            u64::from_le_bytes(word)
        }
    }
}

/// A set of hashes that may claim to hold one it does not, and never the other way round: a Bloom filter of
/// three bits for each, which lie in one word.
#[derive(Debug)]
pub(super) struct Gate {
    words: Vec<u64>,
    shift: u32,
}

impl Gate {
    /// A gate for about so many hashes: with 16 bits for each or more, at most one stranger in 60 passes.
    pub(super) fn for_count(count: usize) -> Gate {
        let words = (count.max(8) / 4).next_power_of_two();
        Gate { words: vec![0; words], shift: 64 - words.trailing_zeros() }
    }

    pub(super) fn insert(&mut self, hash: u64) {
        let word = self.word_of(hash);
        self.words[word] |= bits_of(hash);
    }

    #[inline]
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        !self.words[self.word_of(hash)] & bits_of(hash) == 0
    }

    #[inline]
    fn word_of(&self, hash: u64) -> usize {
        (hash >> self.shift) as usize
    }
}

/// Three bits of a word, by the lower bits of the hash: the upper ones say in which word.
#[inline]
fn bits_of(hash: u64) -> u64 {
    1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63)
}

/// Where the entries of a table that is sorted by hash begin and end.
#[derive(Debug)]
pub(super) struct Buckets {
    /// Where the entries of each bucket begin; one more says where the last ones end.
    starts: Vec<u32>,
    shift: u32,
}

impl Buckets {
    /// Sorts the entries by bucket; those of one bucket stay in their order.
    pub(super) fn sort<T: Copy>(entries: &mut Vec<T>, hash: impl Fn(&T) -> u64) -> Buckets {
        let count = (2 * entries.len()).next_power_of_two().max(2);
        let mut buckets = Buckets { starts: vec![0; count + 1], shift: 64 - count.trailing_zeros() };
        let bucket_of = |entry: &T| (hash(entry) >> buckets.shift) as usize;
        entries.iter().for_each(|entry| buckets.starts[bucket_of(entry) + 1] += 1);
        (0..count).for_each(|bucket| buckets.starts[bucket + 1] += buckets.starts[bucket]);
        entries.sort_by_key(bucket_of);
        buckets
    }

    /// Where the entries stand among which those of that hash are.
    #[inline]
    pub(super) fn range(&self, hash: u64) -> Range<usize> {
        let bucket = (hash >> self.shift) as usize;
        self.starts[bucket] as usize..self.starts[bucket + 1] as usize
    }
}

/// Patterns by the hash of what they are looked up by, behind a gate.
#[derive(Debug)]
pub(super) struct HashedPatterns {
    gate: Gate,
    buckets: Buckets,
    /// The lower half of each hash, and the pattern.
    entries: Vec<(u32, u32)>,
}

impl HashedPatterns {
    pub(super) fn new(hashed: impl Iterator<Item = (u64, u32)>) -> HashedPatterns {
        let mut hashed: Vec<(u64, u32)> = hashed.collect();
        let mut gate = Gate::for_count(hashed.len());
        hashed.iter().for_each(|(hash, _)| gate.insert(*hash));
        let buckets = Buckets::sort(&mut hashed, |(hash, _)| *hash);
        let entries = hashed.iter().map(|&(hash, pattern)| (hash as u32, pattern)).collect();
        HashedPatterns { gate, buckets, entries }
    }

    /// The patterns of that hash, and hardly ever another one.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> impl Iterator<Item = u32> {
        let range = if self.gate.may_hold(hash) { self.buckets.range(hash) } else { 0..0 };
        self.entries[range].iter().filter(move |(lower, _)| *lower == hash as u32).map(|&(_, pattern)| pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_holds_what_was_put_in_and_few_others() {
        let mut gate = Gate::for_count(1000);
        (0..1000).for_each(|i| gate.insert(mix(i)));
        assert!((0..1000).all(|i| gate.may_hold(mix(i))));
        let strangers = (1000..11_000).filter(|&i| gate.may_hold(mix(i))).count();
        assert!(strangers < 200, "{strangers} of 10000 pass");
    }
}
