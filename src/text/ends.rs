//! The first and last folded bytes of a line, found without folding it where they are plain ASCII.

use super::fold_char::pairs_folded;
use super::marks::{is_decoration, is_list_mark, last_char};
use super::word::{fingerprint, keep_their_fingerprint, plain_ascii_folded};

/// What so many bytes of a line are but for case, as one word: the lower half of each byte, and zero for the
/// first byte of a longer character. Of ASCII, western Latin and Cyrillic text this is the same before and
/// after folding, so that a line need not be folded to be ruled out for most patterns.
pub(crate) const FINGERPRINT_BYTES: usize = 16;

/// The fingerprint of a folded text from `at` on; as if zeros followed where it ends before.
pub(crate) fn fingerprint_of_folded(text: &[u8], at: usize) -> u64 {
    let words = words_of(&padded(text.get(at..).unwrap_or_default(), 0));
    join(words)
}

/// A line's raw bytes after its list marks; nothing where its first bytes do not decide which these are. The
/// line has no white space at its ends.
#[inline]
pub(crate) fn after_marks(mut raw: &[u8]) -> Option<&[u8]> {
    while let Some(marks) = marks_before(raw)? {
        raw = &raw[marks..];
    }
    Some(raw)
}

/// The fingerprint of the folded text from `at` on, decided by the raw bytes; nothing where these do not decide. That
/// they decided the bytes before is taken for granted, or else both would not stand at the same place.
#[inline]
pub(crate) fn fingerprint_of_raw(raw: &[u8], at: usize) -> Option<u64> {
    // The digit fingerprints to zero.
    let bytes = padded(raw.get(at..).unwrap_or_default(), b'0');
    let words = words_of(&bytes);
    keep_their_fingerprint(words, bytes[FINGERPRINT_BYTES]).then(|| join(words))
}

#[inline]
fn join([first, second]: [u64; 2]) -> u64 {
    fingerprint(first) | fingerprint(second) << 4
}

/// The first bytes, and one more; `padding` stands for those that are missing.
#[inline]
fn padded(text: &[u8], padding: u8) -> [u8; FINGERPRINT_BYTES + 1] {
    match text.first_chunk() {
        Some(first) => *first,
        None => {
            let mut bytes = [padding; FINGERPRINT_BYTES + 1];
            bytes[..text.len()].copy_from_slice(text);
            bytes
        }
    }
}

#[inline]
fn words_of(bytes: &[u8; FINGERPRINT_BYTES + 1]) -> [u64; 2] {
    let word = |at: usize| bytes[at..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
    [word(0), word(8)]
}

/// Bytes of the first list mark or space, if the text begins with one; nothing where its first bytes do
/// not tell.
#[inline]
fn marks_before(raw: &[u8]) -> Option<Option<usize>> {
    match *raw.first()? {
        b' ' => Some(Some(1)),
        // The common case: these are no marks.
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Some(None),
        byte @ 0..=0x7F => Some(is_list_mark(byte as char).then_some(1)),
        // Lines of prose begin with guillemets and long dashes too.
        0xC2 if matches!(raw, [_, 0xAB | 0xBB, ..]) => Some(Some(2)),
        0xE2 if matches!(raw, [_, 0x80, 0x93 | 0x94, ..]) => Some(Some(3)),
        0xC3..=0xDF => Some(None),
        _ => None,
    }
}

/// The last eight bytes of a line's folded text before decoration, if the line, which has no white
/// space after it, ends so plainly that its raw bytes decide.
#[inline]
pub(crate) fn last_word(raw: &[u8]) -> Option<u64> {
    let word = raw.last_chunk::<8>()?;
    if !ends_undecorated(raw) {
        return None;
    }
    if let Some(folded) = plain_ascii_folded(*word) {
        return Some(folded);
    }
    // A character's last byte alone cannot be folded.
    let folded = if word[0] & 0xC0 == 0x80 {
        *pairs_folded::<9>(raw.last_chunk::<9>()?)?[1..].first_chunk()?
    } else {
        *pairs_folded::<8>(word)?.first_chunk()?
    };
    Some(u64::from_le_bytes(folded))
}

/// Whether it is certain that no decoration stands at the end of a line, which has no white space
/// after it.
#[inline]
pub(crate) fn ends_undecorated(raw: &[u8]) -> bool {
    match raw {
        // An ellipsis is decoration, a single full stop is not.
        [before @ .., b'.'] => {
            !before.ends_with(b".") && (before.last().is_some_and(u8::is_ascii) || ends_in_pair(before))
        }
        [.., last @ 0x21..=0x7E] => !is_decoration(*last as char),
        // Ideographs, kana, Hangul and their full stop; no other character of theirs is a mark, and none vanishes.
        [.., 0xE3..=0xED, _, 0x80..=0xBF] => {
            last_char(raw).is_some_and(|last| last > '\u{3000}' && !is_decoration(last))
        }
        _ => ends_in_pair(raw),
    }
}

/// Whether the last character is one of two bytes that is neither decoration nor vanishes in the fold.
fn ends_in_pair(raw: &[u8]) -> bool {
    const ARABIC_LETTER_MARK: [u8; 2] = [0xD8, 0x9C];
    matches!(raw, [.., 0xC3..=0xDF, 0x80..=0xBF]) && !raw.ends_with(&ARABIC_LETTER_MARK)
}

#[cfg(test)]
mod tests {
    use super::super::case::Case;
    use super::super::fold::folded;
    use super::super::marks::{after_list_marks, before_decoration};
    use super::*;

    const LINES: [&str; 26] = [
        "Read more about the council",
        "READ MORE »",
        "  • Share this story",
        "* * * * * * * *",
        "Читайте также на нашем сайте",
        "Читайте",
        "«Спартак» победил «Зенит»",
        "Подробнее →",
        "a  b  c  d  e  f",
        "tab\tseparated\twords",
        "Loading...........",
        "Comments:",
        "Ünïcödé lines of letters Ä",
        "続きを読むために登録してください。",
        "続きを読む・",
        "co\u{ad}oper\u{200b}ate now\u{200b}",
        "Wait for it\u{2026}.",
        "Ends in dots.\u{200b}.",
        "تابعونا على تويتر\u{61c}",
        "العربية للجميع",
        "It’s a “quoted” line”",
        "ſhort s and Kelvin K",
        "İstanbul’da hava durumu",
        "mixed Кириллица and Latin",
        "Ⱥ grows when it is folded Ⱥ",
        "ends with no-break\u{a0}\u{a0}space\u{a0}",
    ];

    #[test]
    fn what_is_decidable_is_what_folding_tells() {
        let mut decided = 0;
        for line in LINES.iter().flat_map(|line| (0..line.len()).filter_map(|at| line.get(at..))) {
            let raw = line.as_bytes().trim_ascii();
            let folded = folded(raw, Case::Folded);
            let text = &folded[after_list_marks(&folded)..];
            if let Some(raw) = after_marks(raw) {
                for at in [0, FINGERPRINT_BYTES] {
                    let Some(fingerprint) = fingerprint_of_raw(raw, at) else { break };
                    assert_eq!(fingerprint, fingerprint_of_folded(text, at), "{line:?}");
                    decided += 1;
                }
            }
            if let Some(word) = last_word(raw) {
                assert!(folded[..before_decoration(&folded)].ends_with(&word.to_le_bytes()), "{line:?}");
                decided += 1;
            }
            if ends_undecorated(raw) {
                assert_eq!(before_decoration(&folded), folded.len(), "{line:?}");
            }
        }
        assert!(decided > 200, "only {decided} ends were decided");
    }
}
