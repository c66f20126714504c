//! Where words begin in a line, and what stands around there: all that a look inside of a line needs, most often
//! without folding it.

use wide::u8x16;

use super::padded::{CONTEXT, PaddedChunk, PaddedLine, WINDOW};
use super::word::LOWER_HALVES;

/// What stands around the start of a word, so as fingerprints that case does not matter: eight bytes before it and eight from
/// it on, the lower half of each, and zero for the first byte of a longer character and beyond the ends of the line. Of
/// ASCII, western Latin and Cyrillic text this is the same before and after folding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    pub(crate) before: u64,
    pub(crate) after: u64,
}

impl Around {
    /// What is around the start of a word in a folded text.
    pub(crate) fn of_folded(text: &[u8], at: usize) -> Around {
        let mut bytes = [0; 2 * WINDOW];
        let before = &text[at.saturating_sub(WINDOW)..at];
        let after = &text[at..text.len().min(at + WINDOW)];
        bytes[WINDOW - before.len()..WINDOW].copy_from_slice(before);
        bytes[WINDOW..WINDOW + after.len()].copy_from_slice(after);
        Around::of(&fingerprint(u8x16::new(bytes)).to_array())
    }

    /// Of ASCII, or of as fingerprints bytes.
    #[inline]
    fn of(bytes: &[u8; 2 * WINDOW]) -> Around {
        let word = |at: usize| bytes[at..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
        Around { before: word(0) & LOWER_HALVES, after: word(WINDOW) & LOWER_HALVES }
    }
}

/// Bytes of a word that is not short.
const LONG_WORD: usize = 4;

/// Which words are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Words {
    /// Those of four bytes and more, and some shorter ones.
    Long,
    All,
}

/// The start of a word in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordStart {
    /// In bytes of the text.
    pub(crate) at: usize,
    pub(crate) is_long: bool,
}

/// The words of a folded text that begin so that they are found in each line that holds the text: [`surely_without`]
/// and [`each_word_start`] come by there. `begins_word` says whether a letter before the text would not let it stand
/// there.
pub(crate) fn word_starts(text: &[u8], begins_word: bool) -> Vec<WordStart> {
    let is_letter = |byte: u8| matches!(byte, b'a'..=b'z' | 0x80..);
    let mut starts = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let len = text[at..].iter().take_while(|byte| is_letter(**byte)).count();
        if len > 0 && text[at] != 0xC2 && (at > 0 || begins_word) {
            starts.push(WordStart { at, is_long: len >= LONG_WORD });
        }
        at += len + 1;
    }
    starts
}

/// Whether these bytes of a folded text come from as many raw bytes, of a line whose raw bytes decide: no quote, dash or
/// dots of an ellipsis is among them, which may stand for wider typography.
pub(crate) fn has_no_twin(text: &[u8]) -> bool {
    let is_dots =
        text.windows(2).any(|pair| pair == b"..") || text.first() == Some(&b'.') || text.last() == Some(&b'.');
    !is_dots && !text.iter().any(|byte| matches!(byte, b'"' | b'\'' | b'-'))
}

/// Whether a folded text holds a character that only comes from raw bytes that do not decide what they fold to: no
/// line that holds the text is [ruled out](surely_without).
pub(crate) fn is_never_decidable(text: &[u8]) -> bool {
    let is_decidable = |c: char| matches!(c, '\0'..='\x7F' | '«' | '»' | 'À'..='ÿ' | 'Ѐ'..='џ');
    String::from_utf8_lossy(text).chars().any(|c| !is_decidable(c))
}

/// Whether a line's raw bytes decide what it folds to, and that `may_stand` is true of no start of a word in it; that is
/// told where the word starts, in bytes. The line has no white space at its ends.
#[inline]
pub(crate) fn surely_without(
    line: &PaddedLine,
    words: Words,
    mut may_stand: impl FnMut(Around, usize) -> bool,
) -> bool {
    for (at, chunk) in line.chunks() {
        let changed;
        let (starts, chunk) = if chunk.is_ascii() {
            let (letters, spaces) = (chunk.letters(), chunk.equal_to(b' '));
            if spaces & spaces << 1 != 0 {
                return false;
            }
            (Starts::new(letters & !(letters << 1), letters, words), chunk)
        } else {
            let Some(starts) = decidable_starts(chunk, words) else { return false };
            changed = chunk.map(fingerprint);
            (starts, PaddedChunk(&changed))
        };
        for start in starts {
            if may_stand(Around::of(chunk.around(start)), at + start - CONTEXT) {
                return false;
            }
        }
    }
    true
}

/// Calls `found` with each start of such words in a folded line, and perhaps with other places.
#[inline]
pub(crate) fn each_word_start(line: &PaddedLine, words: Words, mut found: impl FnMut(Around, usize)) {
    for (at, chunk) in line.chunks() {
        let fingerprints = chunk.map(fingerprint);
        starts(chunk, words)
            .for_each(|start| found(Around::of(PaddedChunk(&fingerprints).around(start)), at + start - CONTEXT));
    }
}

/// The positions of a chunk at which words start, those of its context apart.
struct Starts(u64);

impl Starts {
    /// The starts, or those of long words, as far as the bytes of words tell that these are.
    #[inline]
    fn new(starts: u64, in_words: u64, words: Words) -> Starts {
        let goes_on = |by: usize| in_words >> by | !(u64::MAX >> by);
        let long = match words {
            Words::Long => goes_on(1) & goes_on(2) & goes_on(LONG_WORD - 1),
            Words::All => u64::MAX,
        };
        Starts((starts & long) >> CONTEXT << CONTEXT)
    }
}

impl Iterator for Starts {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let start = self.0.trailing_zeros() as usize;
        self.0 &= self.0 - 1;
        Some(start)
    }
}

/// Letters after what is none. A letter beyond ASCII and Cyrillic counts as none here: better one place too many.
#[inline]
fn starts(chunk: PaddedChunk<'_>, words: Words) -> Starts {
    let letters = chunk.letters();
    let first = chunk.select(|bytes| bytes.simd_ge(splat(0xC0)));
    let cyrillic = chunk.equal_to(0xD0) | chunk.equal_to(0xD1);
    let beyond_ascii = chunk.select(|bytes| bytes.simd_ge(splat(0x80)));
    Starts::new((letters | first) & !((letters | cyrillic << 1) << 1), letters | beyond_ascii, words)
}

/// The same of a chunk that is not ASCII alone, if its raw bytes decide what it folds to: printable ASCII without two
/// spaces in a row, the letters of U+00C0 to U+00FF and U+0400 to U+045F, where the cases are a multiple of 16 apart,
/// and such typography as never comes into a [text's windows](has_no_twin).
#[inline(never)]
fn decidable_starts(chunk: PaddedChunk<'_>, words: Words) -> Option<Starts> {
    let plain = chunk.select(|bytes| bytes.simd_ge(splat(0x20)) & bytes.simd_lt(splat(0x80)));
    let goes_on = chunk.select(|bytes| bytes.simd_ge(splat(0x80)) & bytes.simd_lt(splat(0xC0)));
    let second_cyrillic = chunk.equal_to(0xD1);
    let pairs = chunk.equal_to(0xC3) | chunk.equal_to(0xD0) | second_cyrillic;
    // U+0460 and on is folded in other ways.
    let beyond = second_cyrillic << 1 & goes_on & chunk.select(|bytes| bytes.simd_ge(splat(0xA0)));
    let spaces = chunk.equal_to(b' ');
    let mut expected = pairs << 1;
    let mut typography = !(plain | goes_on | pairs);
    while typography != 0 {
        let start = typography.trailing_zeros() as usize;
        typography &= typography - 1;
        expected |= match chunk.from(start) {
            // Guillemets.
            [0xC2, 0xAB | 0xBB, _] => 1 << 1,
            // Dashes, curly quotes, the ellipsis.
            [0xE2, 0x80, 0x93 | 0x94 | 0x98 | 0x99 | 0x9C..=0x9E | 0xA6] => 0b11 << 1,
            _ => return None,
        } << start;
    }
    // What goes on in the context was told with the chunk before.
    let is_decidable = (goes_on ^ expected) >> CONTEXT == 0 && beyond | spaces & spaces << 1 == 0;
    is_decidable.then(|| starts(chunk, words))
}

#[inline]
fn fingerprint(bytes: u8x16) -> u8x16 {
    bytes & splat(0x0F) & bytes.simd_lt(splat(0xC0))
}

#[inline]
fn splat(byte: u8) -> u8x16 {
    u8x16::splat(byte)
}
