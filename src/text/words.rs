//! Where words begin in a folded line, and what stands around there: all that a look inside of a line needs.

use std::ops::Range;

use wide::i8x16;

use super::fold_sink::{BLOCK_BEFORE, FoldBuffer, LINE_BLOCK};
use super::hash::{mix, word_at};
use super::vectors::{above, equal_to, mask};

/// Bytes that are looked at before the start of a word, and from it on.
pub(crate) const WORD: usize = 8;

/// Bytes of a word that is not short.
const LONG_WORD: usize = 4;

/// A block tells of so many positions whether a word starts there; of the last ones it does not tell how long that is.
const TOLD: usize = LINE_BLOCK - BLOCK_BEFORE - LONG_WORD;

/// Which words are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Words {
    /// Those of four bytes and more.
    Long,
    All,
}

/// What stands around the start of a word: eight bytes before it and eight from it on, zeros beyond the ends of the line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    before: u64,
    /// From the start of the word on.
    pub(crate) after: u64,
}

impl Around {
    /// What is around the start of a word in a text.
    pub(crate) fn of_text(text: &[u8], at: usize) -> Around {
        let before = match at {
            0 => 0,
            1..WORD => word_at(&text[..at], 0) << (8 * (WORD - at)),
            _ => word_at(text, at - WORD),
        };
        Around { before, after: word_at(text, at) }
    }

    #[inline]
    fn of(bytes: &[u8; 2 * WORD]) -> Around {
        let (words, _) = bytes.as_chunks();
        Around { before: u64::from_le_bytes(words[0]), after: u64::from_le_bytes(words[1]) }
    }

    /// Of all sixteen bytes one number, which others may share.
    #[inline]
    pub(crate) fn of_both_sides(self) -> u64 {
        mix(self.before) ^ self.after
    }
}

/// The start of a word in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordStart {
    /// In bytes of the text.
    pub(crate) at: usize,
    pub(crate) is_long: bool,
}

/// The words of a folded text that begin so that [`each_word_start`] comes by there in each line that holds the text.
/// `begins_word` says whether a letter before the text would not let it stand there.
pub(crate) fn word_starts(text: &[u8], begins_word: bool) -> Vec<WordStart> {
    let is_letter = |byte: u8| matches!(byte, b'a'..=b'z' | 0x80..);
    let mut starts = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let len = text[at..].iter().take_while(|byte| is_letter(**byte)).count();
        // U+0080 to U+00BF are hardly letters.
        if len > 0 && text[at] != 0xC2 && (at > 0 || begins_word) {
            starts.push(WordStart { at, is_long: len >= LONG_WORD });
        }
        at += len + 1;
    }
    starts
}

/// Calls `found` with each start of such words in a part of a folded text of whose first four bytes `may_be` is true, and
/// perhaps with other places.
#[inline]
pub(crate) fn each_word_start(
    text: &FoldBuffer,
    span: Range<usize>,
    words: Words,
    may_be: impl Fn(u32) -> bool,
    mut found: impl FnMut(Around, usize),
) {
    // What passes is kept for a while: whether a word does is hard to foresee, and a core that guesses wrong waits.
    const ROOM: usize = 2 * LINE_BLOCK;
    let mut passing = [0_u32; ROOM];
    let mut count = 0;
    for at in span.clone().step_by(TOLD) {
        let block = text.block(at);
        let mut starts = starts_in(block, words);
        while starts != 0 {
            let position = starts.trailing_zeros() as usize % LINE_BLOCK;
            starts &= starts - 1;
            passing[count % ROOM] = (at + position) as u32;
            count += usize::from(may_be(first_bytes(block, position)));
        }
        if count > ROOM - LINE_BLOCK || at + TOLD >= span.end {
            for position in &passing[..count] {
                let position = *position as usize - BLOCK_BEFORE;
                if position < span.end {
                    found(Around::of(text.around(position)), position);
                }
            }
            count = 0;
        }
    }
}

#[inline]
fn first_bytes(block: &[u8; LINE_BLOCK], at: usize) -> u32 {
    block[at..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// The positions of a block at which words start: letters after what is none. A letter beyond ASCII and Cyrillic counts as
/// none here, as signs are written in the same bytes: better one place too many.
#[inline]
fn starts_in(block: &[u8; LINE_BLOCK], words: Words) -> u64 {
    let letters = mask(block, |bytes| above(bytes, b'a' - 1) & !above(bytes, b'z'));
    let beyond_ascii = mask(block, |bytes| bytes);
    let (mut starts, in_words) = if beyond_ascii == 0 {
        (letters & !(letters << 1), letters)
    } else {
        let first = mask(block, |bytes| above(bytes, 0xBF)) & beyond_ascii;
        let cyrillic = mask(block, |bytes| equal_to(bytes | i8x16::splat(1), 0xD1));
        ((letters | first) & !((letters | cyrillic << 1) << 1), letters | beyond_ascii)
    };
    if words == Words::Long {
        starts &= in_words >> 1 & in_words >> 2 & in_words >> (LONG_WORD - 1);
    }
    const TOLD_HERE: u64 = ((1 << TOLD) - 1) << BLOCK_BEFORE;
    starts & TOLD_HERE
}

#[cfg(test)]
mod tests {
    use super::super::case::Case;
    use super::super::fold::fold;
    use super::*;

    #[test]
    fn each_word_of_a_text_is_found_in_a_line_wherever_it_lies() {
        let text = "to édition newsletter подписаться на «Ёлка» sign up";
        let words = word_starts(text.as_bytes(), true);
        assert_eq!(words.len(), 7, "what begins with a guillemet is found by what follows");
        for lead in 1..150 {
            let mut line = FoldBuffer::default();
            fold(format!("{} {text}", "x".repeat(lead)).as_bytes(), Case::Exact, &mut line);
            let (mut long, mut all) = (Vec::new(), Vec::new());
            each_word_start(
                &line,
                0..line.text().len(),
                Words::Long,
                |_| true,
                |around, at| long.push((around.after, at)),
            );
            each_word_start(
                &line,
                0..line.text().len(),
                Words::All,
                |_| true,
                |around, at| all.push((around.after, at)),
            );
            for word in &words {
                let here = (word_at(line.text(), word.at + lead + 1), word.at + lead + 1);
                assert!(all.contains(&here), "{word:?} after {lead}");
                assert!(!word.is_long || long.contains(&here), "{word:?} after {lead}");
            }
            assert!(long.len() < all.len());
        }
    }

    #[test]
    fn what_stands_around_a_word_is_the_same_in_text_and_line() {
        let mut line = FoldBuffer::default();
        fold(b"Please sign up for letters", Case::Exact, &mut line);
        each_word_start(
            &line,
            0..line.text().len(),
            Words::Long,
            |_| true,
            |around, at| {
                let of_text = Around::of_text(line.text(), at);
                assert_eq!((around.before, around.after), (of_text.before, of_text.after), "at {at}");
            },
        );
    }
}
