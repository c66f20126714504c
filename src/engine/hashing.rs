//! Hashes and bitmaps that say "surely not here" in a few instructions.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

/// A map from hashes to the first of a chain of patterns.
pub(super) type ChainMap = std::collections::HashMap<u64, u32, FixedState>;

/// Packs are trusted, so one fixed seed will do.
const SEED: u64 = 0x5EED_DEC4;

pub(super) fn chain_map(count: usize) -> ChainMap {
    ChainMap::with_capacity_and_hasher(count, FixedState::with_seed(SEED))
}

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

/// Spreads a word over 64 bits, of which the upper ones are good (Fibonacci hashing).
#[inline]
pub(super) fn mix(word: u64) -> u64 {
    word.wrapping_mul(0x9E37_79B9_7F4A_7C15)
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

/// A set of hashes that may claim to hold one it does not, and never the other way round.
#[derive(Debug)]
pub(super) struct Gate {
    bits: Vec<u64>,
    shift: u32,
}

impl Gate {
    /// A gate for about so many hashes: with 16 bits for each, one stranger in 16 passes.
    pub(super) fn for_count(count: usize) -> Gate {
        let bits = (count.max(64) * 16).next_power_of_two();
        Gate { bits: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() }
    }

    pub(super) fn insert(&mut self, hash: u64) {
        let bit = self.bit(hash);
        self.bits[bit / 64] |= 1 << (bit % 64);
    }

    #[inline]
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        let bit = self.bit(hash);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }

    #[inline]
    fn bit(&self, hash: u64) -> usize {
        (hash >> self.shift) as usize
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
        assert!(strangers < 1000, "{strangers} of 10000 pass");
    }
}
