//! The lines of a text, folded together: what is done to all of them one after the other takes a fraction of the time that
//! each would take alone.

use super::case::Case;
use super::fold::{fold, fold_lines};
use super::fold_sink::FoldBuffer;
use super::lines::{each_line_feed, trim_terminator};
use super::marks::after_nested_mark;

/// The lines of a text that are not blank, folded. Used again from text to text.
#[derive(Default, Debug)]
pub(crate) struct FoldedLines {
    buffer: FoldBuffer,
    lines: Vec<FoldedLine>,
    /// Where the raw lines end.
    raw_ends: Vec<u32>,
}

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FoldedLine {
    /// Where the raw line begins, and where it ends, its terminator included, in bytes of the text.
    pub(crate) raw_start: u32,
    pub(crate) raw_end: u32,
    /// Where the folded line begins, after the mark of a nested list, and ends, in bytes of the folded text.
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl FoldedLine {
    /// The raw line, its terminator included.
    pub(crate) fn raw(self, text: &[u8]) -> &[u8] {
        &text[self.raw_start as usize..self.raw_end as usize]
    }

    /// Bytes of the folded line.
    #[inline]
    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

impl FoldedLines {
    /// Folds the lines of a text, which replaces what was folded before.
    pub(crate) fn read(&mut self, raw: &[u8]) {
        let FoldedLines { buffer, lines, raw_ends } = self;
        fold_lines(raw, buffer);
        raw_ends.clear();
        each_line_feed(raw, |feed| raw_ends.push(feed as u32 + 1));
        raw_ends.push(raw.len() as u32);
        lines.clear();
        let (mut number, mut raw_start, mut start) = (0, 0, 0);
        let mut add = |end: usize| {
            let raw_end = raw_ends.get(number).copied().unwrap_or(raw_start);
            let mut line = FoldedLine { raw_start, raw_end, start, end: end as u32 };
            (number, raw_start, start) = (number + 1, raw_end, end as u32 + 1);
            if line.len() > 0 {
                if buffer.text()[line.start as usize] == b'o' && has_nested_mark(line.raw(raw)) {
                    line.start = line.end.min(line.start + "o ".len() as u32);
                }
                lines.push(line);
            }
        };
        each_line_feed(buffer.text(), &mut add);
        add(buffer.text().len());
    }

    /// Folds one line whatever it begins with, which replaces what was folded before.
    pub(crate) fn read_one(&mut self, raw: &[u8]) {
        fold(raw, Case::Folded, &mut self.buffer);
        let end = self.buffer.text().len() as u32;
        self.lines.clear();
        self.lines.push(FoldedLine { raw_start: 0, raw_end: raw.len() as u32, start: 0, end });
    }

    pub(crate) fn lines(&self) -> &[FoldedLine] {
        &self.lines
    }

    /// All lines, folded, with line feeds between them.
    #[inline]
    pub(crate) fn buffer(&self) -> &FoldBuffer {
        &self.buffer
    }

    /// Whether a line begins after the mark of a nested list.
    fn is_after_mark(&self, line: FoldedLine) -> bool {
        // The mark is as long as what it is folded to, or loses its space where nothing follows.
        line.start > 0 && !matches!(self.buffer.text().get(line.start as usize - 1), Some(b'\n'))
    }

    /// The raw bytes of a line, without terminator and the mark of a nested list.
    pub(crate) fn raw_text<'r>(&self, raw: &'r [u8], line: FoldedLine) -> &'r [u8] {
        let raw = trim_terminator(line.raw(raw));
        if self.is_after_mark(line) { after_nested_mark(raw) } else { raw }
    }

    /// A line's folded text.
    #[inline]
    pub(crate) fn of(&self, line: FoldedLine) -> &[u8] {
        &self.buffer.text()[line.start as usize..line.end as usize]
    }
}

/// Whether a raw line begins with the mark of a nested list.
fn has_nested_mark(raw: &[u8]) -> bool {
    let raw = trim_terminator(raw);
    after_nested_mark(raw).len() < raw.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_not_blank_know_where_they_are() {
        let raw = "One\r\n\n \u{a0}\n  TWO  words \nthree";
        let mut folded = FoldedLines::default();
        folded.read(raw.as_bytes());
        let lines: Vec<(&str, &str)> = folded
            .lines()
            .iter()
            .map(|line| {
                let raw = &raw[line.raw_start as usize..line.raw_end as usize];
                (raw, std::str::from_utf8(folded.of(*line)).unwrap())
            })
            .collect();
        assert_eq!(lines, [("One\r\n", "one"), ("  TWO  words \n", "two words"), ("three", "three")]);
        folded.read(b"o Share\nO Share\no \n");
        let texts: Vec<&[u8]> = folded.lines().iter().map(|line| folded.of(*line)).collect();
        assert_eq!(texts, [&b"share"[..], b"o share", b""]);
        folded.read(b"");
        assert!(folded.lines().is_empty());
    }
}
