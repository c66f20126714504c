//! Tests and changes of each byte of a word at once; for all of this see "Bit Twiddling Hacks",
//! S. E. Anderson, 2005.

use super::case::Case;

/// Every byte of a word.
const EACH: u64 = 0x0101_0101_0101_0101;
pub(super) const HIGH: u64 = 0x80 * EACH;

/// The high bit of each byte that is not printable ASCII or begins two spaces; bytes after the first
/// such one may be marked too. For all of this see "Bit Twiddling Hacks", S. E. Anderson, 2005:
/// tests of each byte of a word at once.
#[inline]
pub(super) fn odd_bytes(word: u64, next: Option<u8>) -> u64 {
    let control = word.wrapping_sub(0x20 * EACH) & !word;
    let not_space = word ^ (0x20 * EACH);
    let space = !(((not_space & !HIGH) + !HIGH) | not_space) & HIGH;
    let space_after = (space >> 8) | if next == Some(b' ') { 0x80 << 56 } else { 0 };
    (word & HIGH) | (control & HIGH) | (space & space_after)
}

/// The word with its ASCII letters in lower case; right for the bytes before one beyond ASCII.
#[inline]
pub(super) fn without_upper(word: u64, case: Case) -> u64 {
    if case == Case::Exact {
        return word;
    }
    let low = word & !HIGH;
    let from_a = low + (0x80 - u64::from(b'A')) * EACH;
    let beyond_z = low + (0x7F - u64::from(b'Z')) * EACH;
    word | ((from_a & !beyond_z & HIGH) >> 2)
}

/// Eight bytes as they are folded, if all are printable ASCII without two spaces in a row.
#[inline]
pub(super) fn plain_ascii_folded(bytes: [u8; 8]) -> Option<u64> {
    let word = u64::from_le_bytes(bytes);
    (odd_bytes(word, None) == 0).then(|| without_upper(word, Case::Folded))
}

/// The lower half of each byte: what a fingerprint keeps of it, and of a word of ASCII all of its fingerprint.
pub(crate) const LOWER_HALVES: u64 = 0x0F * EACH;

/// The lower half of each byte; zero for the first byte of a character of several.
#[inline]
pub(super) fn fingerprint(word: u64) -> u64 {
    let first = first_bytes(word);
    // 0x80 becomes 0x7F, which covers the byte but for its uppermost bit.
    word & LOWER_HALVES & !(first - (first >> 7))
}

/// Whether folding leaves two words, which `next` follows, as they are when as fingerprints: printable ASCII
/// without two spaces in a row, and the letters of U+00C0 to U+00FF and U+0400 to U+045F, where the cases are
/// a multiple of 16 apart.
#[inline]
pub(super) fn keep_their_fingerprint([first, second]: [u64; 2], next: u8) -> bool {
    let odd = odd_bytes(first, Some(second as u8)) | odd_bytes(second, Some(next));
    odd == 0 || keeps_its_fingerprint(first, second as u8) && keeps_its_fingerprint(second, next)
}

/// The same of one word, which may hold more than ASCII.
#[inline]
pub(super) fn keeps_its_fingerprint(word: u64, next: u8) -> bool {
    let odd_ascii = odd_bytes(word, Some(next)) & !(word & HIGH);
    let first = first_bytes(word);
    if odd_ascii | first == 0 {
        return true;
    }
    // The upper bit of each byte that is not zero.
    let not_zero = |word: u64| (((word & !HIGH) + !HIGH) | word) & HIGH;
    let not_latin = not_zero(word ^ (0xC3 * EACH));
    let not_cyrillic = not_zero((word ^ (0xD0 * EACH)) & (0xFE * EACH));
    // U+0460 and on: 0xD1 before a byte from 0xA0 on.
    let beyond = (first & !not_cyrillic & (word << 7)) << 8 & (word << 2) & HIGH;
    // What begins with the last byte ends in the next word.
    let split_beyond = word >> 56 == 0xD1 && next >= 0xA0;
    odd_ascii | (first & not_latin & not_cyrillic) | beyond == 0 && !split_beyond
}

/// The upper bit of each byte that begins a character of several bytes.
#[inline]
fn first_bytes(word: u64) -> u64 {
    word & (word << 1) & HIGH
}

/// The eight bytes at `at`, or as many as there are, with bytes after them that nothing is done with.
#[inline]
pub(super) fn word_to_fold(raw: &[u8], at: usize) -> (u64, usize) {
    let rest = &raw[at..];
    match (rest.first_chunk::<8>(), raw.last_chunk::<8>()) {
        (Some(word), _) => (u64::from_le_bytes(*word), 8),
        (None, Some(_)) if rest.is_empty() => (0, 0),
        (None, Some(last)) => (u64::from_le_bytes(*last) >> (8 * (8 - rest.len())), rest.len()),
        (None, None) => {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            (u64::from_le_bytes(word), rest.len())
        }
    }
}
