//! Lines: what stands between line feeds. The terminator (`\n`, `\r\n`) is no part of a line.

use memchr::memchr;
use wide::i8x16;

use super::fold_char::folds_to_nothing;
use super::marks::first_char;
use super::vectors::{MASKED, above, each_bit, equal_to, mask, signed};

/// A line that holds more than white space, by byte offsets into its document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Where it begins.
    pub(crate) start: u32,
    /// Where it ends, its terminator included.
    pub(crate) end: u32,
}

impl Line {
    /// The line's bytes without terminator.
    pub(crate) fn text(self, document: &[u8]) -> &[u8] {
        trim_terminator(&document[self.start as usize..self.end as usize])
    }
}

/// Walks over the lines of a text that are not blank.
pub(crate) struct LineScanner<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> LineScanner<'t> {
    pub(crate) fn new(text: &'t [u8]) -> Self {
        debug_assert!(u32::try_from(text.len()).is_ok(), "windows bound the text");
        LineScanner { text, at: 0 }
    }
}

impl Iterator for LineScanner<'_> {
    type Item = Line;

    #[inline]
    fn next(&mut self) -> Option<Line> {
        while self.at < self.text.len() {
            let start = self.at;
            let rest = &self.text[start..];
            let len = memchr(b'\n', rest).map_or(rest.len(), |i| i + 1);
            self.at += len;
            if !is_blank(&rest[..len]) {
                return Some(Line { start: start as u32, end: self.at as u32 });
            }
        }
        None
    }
}

/// Calls `found` with where each line feed stands in a text, in bytes.
#[inline]
pub(crate) fn each_line_feed(text: &[u8], mut found: impl FnMut(usize)) {
    // Most lines are shorter than what is worth a search of its own.
    let (blocks, rest) = text.as_chunks::<MASKED>();
    for (block, at) in blocks.iter().zip((0..).step_by(MASKED)) {
        each_bit(mask(block, |bytes| equal_to(bytes, b'\n')), |place| found(at + place));
    }
    let at = text.len() - rest.len();
    memchr::memchr_iter(b'\n', rest).for_each(|feed| found(at + feed));
}

/// The line without its terminator.
pub(crate) fn trim_terminator(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Characters of a line, ASCII white space at its ends apart.
pub(crate) fn chars(line: &[u8]) -> usize {
    let (vectors, rest) = line.trim_ascii().as_chunks();
    // Each byte of a vector counts for itself, as far as it can.
    let count = |vectors: &[[u8; 16]]| {
        // Bytes that go on are the lowest ones with a sign; for each other one -1 is taken off.
        let counts = vectors.iter().fold(i8x16::ZERO, |counts, bytes| counts - above(signed(bytes), 0xBF));
        counts.to_array().iter().map(|&count| usize::from(count as u8)).sum::<usize>()
    };
    let begins_one = |byte: &&u8| **byte & 0xC0 != 0x80;
    vectors.chunks(usize::from(u8::MAX)).map(count).sum::<usize>() + rest.iter().filter(begins_one).count()
}

/// Whether nothing in the line would be left when folded.
#[inline]
pub(crate) fn is_blank(line: &[u8]) -> bool {
    // Decided by the first byte nearly always.
    match line.iter().find(|byte| !matches!(byte, b'\t'..=b'\r' | b' ')) {
        None => true,
        // No character that begins so is a space or vanishes in the fold.
        Some(0..=0x7F | 0xC3..=0xD7 | 0xE4..=0xED) => false,
        Some(_) => is_blank_beyond_ascii(line),
    }
}

fn is_blank_beyond_ascii(line: &[u8]) -> bool {
    let mut rest = line;
    while !rest.is_empty() {
        match first_char(rest) {
            Some(c) if folds_to_nothing(c) => rest = &rest[c.len_utf8()..],
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        LineScanner::new(text.as_bytes()).map(|line| std::str::from_utf8(line.text(text.as_bytes())).unwrap()).collect()
    }

    #[test]
    fn lines_end_at_line_feeds_and_lose_their_terminators() {
        assert_eq!(texts("a\nb\r\n\n \u{a0}\u{200b}\t\nc\rd\n\r\ne"), ["a", "b", "c\rd", "e"]);
        assert_eq!(texts(""), [""; 0]);
        assert_eq!(texts("\n\n"), [""; 0]);
    }

    #[test]
    fn a_long_row_of_no_break_spaces_is_blank() {
        assert!(is_blank("\u{a0}".repeat(200).as_bytes()));
        assert!(is_blank("\u{3000}".repeat(200).as_bytes()));
        assert!(!is_blank(format!("{}x", "\u{a0}".repeat(200)).as_bytes()));
        assert!(!is_blank(b"\xff"));
    }
}
