//! A line's raw bytes, blurred eight at a time: what a look inside of a line can tell without folding it.

use super::fold_block::{BLOCK, is_ascii};
use super::word::{ASCII_BLUR, blurred, keep_their_blur};

/// The blur of the eight bytes of a folded text at `at`; see [`BLUR_BYTES`](super::BLUR_BYTES).
pub(crate) fn blurred_word(folded: &[u8], at: usize) -> Option<u64> {
    let word = folded.get(at..)?.first_chunk()?;
    Some(blurred(u64::from_le_bytes(*word)))
}

/// Whether `passes` holds for the blur of each eight bytes of the line's folded text in turn, and its raw bytes
/// tell what these are: then they are the blurs of its raw bytes. Ends at the first that does not. The line has
/// no white space at its ends.
#[inline]
pub(crate) fn all_blurred_words(raw: &[u8], mut passes: impl FnMut(u64) -> bool) -> bool {
    let mut rest = raw;
    while let (Some(block), Some(after)) = (rest.first_chunk(), rest.get(1..).and_then(|rest| rest.first_chunk())) {
        let words = words_of(block);
        let blurs = if is_ascii(block, after) {
            words.map(|word| word & ASCII_BLUR)
        } else if keep_their_blur(words, after[BLOCK - 1]) {
            words.map(blurred)
        } else {
            return false;
        };
        if !passes(blurs[0]) || !passes(blurs[1]) {
            return false;
        }
        rest = &rest[BLOCK..];
    }
    // The digit is as plain as a byte can be.
    let mut last = [b'0'; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    let words = words_of(&last);
    keep_their_blur(words, b'0')
        && (rest.len() < 8 || passes(blurred(words[0])))
        && (rest.len() < BLOCK || passes(blurred(words[1])))
}

#[inline]
fn words_of(block: &[u8; BLOCK]) -> [u64; 2] {
    let word = |at: usize| block[at..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
    [word(0), word(8)]
}

#[cfg(test)]
mod tests {
    use super::super::fold::{Case, folded};
    use super::*;

    #[test]
    fn blurs_of_raw_bytes_are_those_of_the_folded_text_or_are_not_told() {
        let mut told = 0;
        for line in [
            "Read more about the council and its Fountain, 12 May 2020",
            "Читайте также на нашем сайте РОССИЯ и Ёлка",
            "«Спартак» победил «Зенит» в Кубке",
            "Ünïcödé lines of letters Ä Ö Ü and more",
            "It’s a “quoted” line that goes on",
            "two  spaces in the middle of a line",
            "tab\tseparated\twords of a long line",
            "続きを読むために登録してください。",
            "co\u{ad}oper\u{200b}ate now and for ever",
            "short",
            "sixteen bytes ok",
            "",
        ] {
            for lead in 0..20 {
                let line = format!("{}{line}", "x".repeat(lead));
                let folded = folded(line.as_bytes(), Case::Folded);
                let mut at = 0;
                let all = all_blurred_words(line.as_bytes(), |blur| {
                    assert_eq!(Some(blur), blurred_word(&folded, at), "{line:?} at {at}");
                    at += 8;
                    true
                });
                if all {
                    assert_eq!((at / 8, folded.len()), (line.len() / 8, line.len()), "{line:?}");
                    told += 1;
                }
            }
        }
        assert!(told > 80, "only {told} lines were told");
    }

    #[test]
    fn it_ends_at_the_first_word_that_does_not_pass() {
        let mut seen = 0;
        assert!(!all_blurred_words(&[b'a'; 100], |_| {
            seen += 1;
            seen < 3
        }));
        assert_eq!(seen, 3);
    }
}
