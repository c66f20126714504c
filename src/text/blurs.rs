//! A line's raw bytes, blurred eight at a time: what a look inside of a line can tell without folding it.

use super::fold::Case;
use super::fold_block::{is_ascii, is_simple};
use super::word::{ASCII_BLUR, HIGH, blurred, keeps_its_blur, odd_bytes, without_upper};

/// Eight bytes of a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct BlurredWord {
    /// See [`BLUR_BYTES`](super::BLUR_BYTES).
    pub(crate) blur: u64,
    /// The bytes themselves: of a folded text, or of a line's raw bytes.
    pub(crate) word: u64,
}

impl BlurredWord {
    /// The eight bytes of a folded text at `at`. Nothing where the text ends before, or where one of them may be
    /// folded from typography that is wider than it: quotes, dashes, the dots of an ellipsis.
    pub(crate) fn of_folded(text: &[u8], at: usize) -> Option<BlurredWord> {
        let bytes: &[u8; 8] = text.get(at..)?.first_chunk()?;
        let is_no_dot = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|byte| *byte != b'.');
        let has_twin = |at: usize| match text[at] {
            b'"' | b'\'' | b'-' => true,
            b'.' => !(is_no_dot(at.checked_sub(1)) && is_no_dot(Some(at + 1))),
            _ => false,
        };
        let word = u64::from_le_bytes(*bytes);
        (!(at..at + 8).any(has_twin)).then(|| BlurredWord { blur: blurred(word), word })
    }

    /// Whether most of it are letters beyond ASCII: of two or three bytes of such a letter a blur keeps half of each but
    /// the first, so that it tells little.
    pub(crate) fn is_vague(self) -> bool {
        (self.word & HIGH).count_ones() >= 6
    }

    /// Whether these raw bytes may fold to that word of the same blur.
    pub(crate) fn may_fold_to(self, folded: BlurredWord) -> bool {
        self.word & HIGH != 0 || without_upper(self.word, Case::Folded) == folded.word
    }
}

/// Whether a line's raw bytes tell that its folded form holds nothing of what `may_hold` and, more exactly,
/// `holds` know the words of: those of eight bytes in a row, one of which is looked up wherever they lie.
/// `may_hold` takes a blur; `holds` is told where in the line the word stands. The line has no white space at its
/// ends.
#[inline]
pub(crate) fn surely_without(
    raw: &[u8],
    may_hold: impl Fn(u64) -> bool,
    holds: impl Fn(BlurredWord, usize) -> bool,
) -> bool {
    let Some(last) = raw.len().checked_sub(CHUNK + 1) else {
        return short_surely_without(raw, |word, at| may_hold(word.blur) && holds(word, at));
    };
    let mut at = 0;
    loop {
        let Some((chunk, after)) = chunk_at(raw, at) else { return false };
        let word = |at: usize| chunk[at..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
        let words = [word(0), word(8), word(16), word(24)];
        let blurs = if is_ascii(chunk, after) {
            words.map(|word| word & ASCII_BLUR)
        } else if are_told_letters(raw, at) {
            words.map(blurred)
        } else {
            return false;
        };
        // None of them nearly always.
        if may_hold(blurs[0]) | may_hold(blurs[1]) | may_hold(blurs[2]) | may_hold(blurs[3]) {
            let mut words =
                blurs.into_iter().zip(words).map(|(blur, word)| BlurredWord { blur, word }).zip((at..).step_by(8));
            if words.any(|(word, at)| may_hold(word.blur) && holds(word, at)) {
                return false;
            }
        }
        if at == last {
            return true;
        }
        // The last chunk ends with the line, and may begin within the one before.
        at = last.min(at + CHUNK);
    }
}

/// The same of a line that is shorter than a chunk.
fn short_surely_without(raw: &[u8], holds: impl Fn(BlurredWord, usize) -> bool) -> bool {
    let words = raw.len().saturating_sub(1) / 8;
    if !(0..8 * words).step_by(8).all(|at| told_word(raw, at).is_some_and(|word| !holds(word, at))) {
        return false;
    }
    let rest = &raw[8 * words..];
    // The digit is as plain as a byte can be.
    let mut last = [b'0'; 9];
    last[..rest.len()].copy_from_slice(rest);
    let word = first_word(&last);
    is_told_apart(rest, rest.len()) && (rest.len() < 8 || !holds(BlurredWord { blur: blurred(word), word }, 8 * words))
}

/// The eight bytes at `at`, which are not the last of the line, if they and what follows tell what they fold to.
#[inline]
fn told_word(raw: &[u8], at: usize) -> Option<BlurredWord> {
    let chunk = raw.get(at..)?.first_chunk::<9>()?;
    let word = first_word(chunk);
    match odd_bytes(word, Some(chunk[8])) {
        0 => Some(BlurredWord { blur: word & ASCII_BLUR, word }),
        _ if keeps_its_blur(word, chunk[8]) || is_told_apart(&raw[at..], 8) => {
            Some(BlurredWord { blur: blurred(word), word })
        }
        _ => None,
    }
}

/// Bytes that are looked at together.
const CHUNK: usize = 32;

/// The bytes at `at`, and those a byte later.
#[inline]
fn chunk_at(raw: &[u8], at: usize) -> Option<(&[u8; CHUNK], &[u8; CHUNK])> {
    let both: &[u8; CHUNK + 1] = raw.get(at..)?.first_chunk()?;
    Some((both.first_chunk()?, both.last_chunk()?))
}

/// Whether the chunk at `at`, which does not end the line, and what follows tell what it folds to. For chunks that are
/// not ASCII alone: kept apart so that the common case is short.
#[inline(never)]
fn are_told_letters(raw: &[u8], at: usize) -> bool {
    let Some((chunk, after)) = chunk_at(raw, at) else { return false };
    let mut before = [b' '; CHUNK];
    match at.checked_sub(1).and_then(|at| raw[at..].first_chunk()) {
        Some(bytes) => before = *bytes,
        None => before[1..].copy_from_slice(&chunk[..CHUNK - 1]),
    }
    is_simple(&before, chunk, after) || (at..at + CHUNK).step_by(8).all(|at| told_word(raw, at).is_some())
}

/// Whether a folded text may stand in a line so that its eight bytes at `offset` are what the line's raw bytes at `at`
/// fold to, as far as the raw bytes around these tell.
pub(crate) fn may_stand(raw: &[u8], at: usize, text: &[u8], offset: usize) -> bool {
    let lead = &text[offset.saturating_sub(8)..offset];
    if at >= 8 && told_blur(&raw[at - 8..]).is_some_and(|blur| !holds_at(blur, lead, 8 - lead.len())) {
        return false;
    }
    let mut raw = &raw[at + 8..];
    for piece in text[offset + 8..].chunks(8) {
        let Some(blur) = told_blur(raw) else { return true };
        if !holds_at(blur, piece, 0) {
            return false;
        }
        raw = &raw[8..];
    }
    true
}

/// The blur of the first eight bytes, if these fold to as many and are followed by at least one.
fn told_blur(raw: &[u8]) -> Option<u64> {
    let chunk = raw.first_chunk::<9>()?;
    let word = first_word(chunk);
    keeps_its_blur(word, chunk[8]).then(|| blurred(word))
}

/// Whether a folded text of up to eight bytes has the same blur as the bytes from `at` on.
fn holds_at(blur: u64, text: &[u8], at: usize) -> bool {
    let mut bytes = [0; 8];
    bytes[at..at + text.len()].copy_from_slice(text);
    let mut mask = [0; 8];
    mask[at..at + text.len()].fill(0xFF);
    (blur ^ blurred(u64::from_le_bytes(bytes))) & u64::from_le_bytes(mask) == 0
}

#[inline]
fn first_word(chunk: &[u8; 9]) -> u64 {
    chunk.first_chunk().map_or(0, |word| u64::from_le_bytes(*word))
}

/// Whether the first `len` bytes are printable ASCII without two spaces in a row, letters that keep their blur,
/// or typography that becomes a sign of which there are no blurred words.
fn is_told_apart(raw: &[u8], len: usize) -> bool {
    (0..len).all(|at| match raw[at..] {
        [b' ', b' ', ..] => false,
        // A byte that goes on is told by the one that it belongs to.
        [0x20..=0x7E | 0x80..=0xBF | 0xC3 | 0xD0, ..] => true,
        // U+0460 and on is folded in other ways.
        [0xD1, next, ..] => next < 0xA0,
        // Guillemets stay what they are.
        [0xC2, next, ..] => matches!(next, 0xAB | 0xBB),
        // Dashes, curly quotes, the ellipsis.
        [0xE2, 0x80, last, ..] => matches!(last, 0x93 | 0x94 | 0x98 | 0x99 | 0x9C..=0x9E | 0xA6),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::fold::{Case, folded};
    use super::*;

    const LINES: [&str; 13] = [
        "Read more about the council and its Fountain, 12 May 2020",
        "Читайте также на нашем сайте РОССИЯ и Ёлка",
        "«Спартак» победил «Зенит» в Кубке – и это все",
        "Ünïcödé lines of letters Ä Ö Ü and more",
        "It’s a “quoted” line — that goes on…and on",
        "two  spaces in the middle of a line of words",
        "tab\tseparated\twords of a long line",
        "no\u{a0}break\u{a0}spaces in a line of words",
        "続きを読むために登録してください。",
        "co\u{ad}oper\u{200b}ate now and for ever",
        "the ſhort s of a long ſentence, and Kelvin",
        "sixteen bytes ok",
        "short",
    ];

    /// Whether the raw line tells that a text does not stand in it; nothing where the text has no blurred words.
    fn is_surely_without(line: &str, text: &[u8]) -> Option<bool> {
        let words: Option<Vec<_>> = (0..8).map(|at| BlurredWord::of_folded(text, at)).collect();
        let may_be = |raw: BlurredWord, folded: BlurredWord| raw.blur == folded.blur && raw.may_fold_to(folded);
        words.map(|words| {
            let holds = |raw, at| {
                let may_stand_here = |offset: usize| may_stand(line.as_bytes(), at, text, offset);
                words.iter().enumerate().any(|(offset, &folded)| may_be(raw, folded) && may_stand_here(offset))
            };
            surely_without(line.as_bytes(), |blur| words.iter().any(|word| word.blur == blur), holds)
        })
    }

    #[test]
    fn a_text_that_stands_in_a_folded_line_is_never_ruled_out() {
        let mut asked = 0;
        for line in LINES {
            for lead in 0..20 {
                let line = format!("{}{line}", "x".repeat(lead));
                let folded = folded(line.as_bytes(), Case::Folded);
                for text in folded.windows(15).chain(folded.windows(29)) {
                    let without = is_surely_without(&line, text);
                    assert_ne!(without, Some(true), "{:?} in {line:?}", String::from_utf8_lossy(text));
                    asked += usize::from(without.is_some());
                }
            }
        }
        assert!(asked > 3000, "only {asked} texts have blurred words");
    }

    #[test]
    fn of_most_lines_the_raw_bytes_tell() {
        let told = LINES.iter().filter(|line| is_surely_without(line, b"sponsored content").unwrap());
        assert_eq!(told.count(), 7, "western Latin, Cyrillic, their quotes and dashes");
    }
}
