//! Hashes that are the same in every version and on every machine: the tables of the built-in packs are made where the
//! program is built, and samples are chosen by hash.

/// Packs are trusted, so one fixed seed will do.
const SEED: u64 = 0x5EED_DEC4;

/// A hash of the bytes, for keys of any length.
#[inline]
pub(crate) fn hash_bytes(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks();
    let add = |hash: u64, word: u64| mix(hash.rotate_right(29) ^ word);
    let hash = words.iter().fold(bytes.len() as u64, |hash, word| add(hash, u64::from_le_bytes(*word)));
    add(hash, word_at(rest, 0))
}

/// A hash of few bytes: of up to eight, or of a multiple of eight. Its upper bits are good.
#[inline]
pub(crate) fn hash_words(bytes: &[u8]) -> u64 {
    match bytes.len() {
        0..8 => mix(short_word(bytes)),
        _ => bytes.as_chunks().0.iter().fold(0, |hash, word| mix(hash.rotate_right(29) ^ u64::from_le_bytes(*word))),
    }
}

/// Up to seven bytes as a word, without a loop over them: the first ones and the last ones, which may be the same.
#[inline]
fn short_word(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>(), bytes) {
        (Some(first), Some(last), _) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
        }
        (_, _, [first, second, .., last]) => u64::from(u32::from_le_bytes([*first, *second, *last, 0])),
        (_, _, [first, second]) => u64::from(u16::from_le_bytes([*first, *second])),
        (_, _, [first]) => u64::from(*first),
        (_, _, []) => 0,
    }
}

/// Spreads a word over 64 bits, all of them good: both halves of a wide product, as in wyhash.
#[inline]
pub(crate) fn mix(word: u64) -> u64 {
    let product = u128::from(word ^ SEED) * 0x9E37_79B9_7F4A_7C15;
    product as u64 ^ (product >> 64) as u64
}

/// Up to eight bytes from `at` on as a word; missing ones are zero.
#[inline]
pub(crate) fn word_at(bytes: &[u8], at: usize) -> u64 {
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

/// A hash of several values, one after the other.
#[derive(Clone, Copy, Default)]
pub(crate) struct StableHash(u64);

impl StableHash {
    /// Adds the bytes and their number.
    pub(crate) fn bytes(self, bytes: &[u8]) -> StableHash {
        self.number(hash_bytes(bytes))
    }

    pub(crate) fn number(self, number: u64) -> StableHash {
        StableHash(mix(self.0.rotate_right(29) ^ number))
    }

    pub(crate) fn finish(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_do_not_change() {
        // Miners that were written, and the built-in tables, hold them.
        assert_eq!(hash_bytes(b"The ferry left the quay an hour late."), 5_249_992_926_049_364_282);
        assert_eq!(StableHash::default().bytes(b"a").number(7).finish(), 14_181_175_333_575_341_616);
    }

    #[test]
    fn values_are_not_taken_for_their_concatenation() {
        let hash = |first: &[u8], second: &[u8]| StableHash::default().bytes(first).bytes(second).finish();
        assert_ne!(hash(b"ab", b"c"), hash(b"a", b"bc"));
    }

    #[test]
    fn neighbours_fall_evenly_over_the_range() {
        let below_half = (0..10_000).filter(|&n| StableHash::default().number(n).finish() < u64::MAX / 2).count();
        assert!((4_800..5_200).contains(&below_half), "{below_half}");
    }
}
