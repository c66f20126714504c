//! A stream as windows, in bounded memory.

use std::io::{self, Read};

use super::buffers::{Buffers, read_up_to};
use crate::markup::resolved;
use crate::text::{Cut, Markup, WINDOW_BYTES, is_binary, next_cut};

/// A part of a document as it is read.
#[derive(Debug)]
pub enum Segment {
    /// A window, to be cleaned.
    Window {
        /// Its bytes.
        bytes: Vec<u8>,
        /// How the document is written, by its first window; left open where that is the only one.
        markup: Markup,
        /// Whether the document begins with it.
        opens: bool,
        /// Whether the document ends with it.
        closes: bool,
    },
    /// Bytes that pass through as they are: of an endless line, or of a binary file.
    Pass {
        /// The bytes.
        bytes: Vec<u8>,
        /// Whether they are there because the document is binary.
        binary: bool,
        /// Whether the document ends with them.
        closes: bool,
    },
}

/// Reads a document segment by segment; see [`next_cut`](crate::next_cut) for where it is cut.
/// Holds at most two windows at a time.
#[derive(Debug)]
pub struct SegmentReader<'b, R> {
    source: R,
    /// What was read; what lies before `at` was given out.
    known: Vec<u8>,
    at: usize,
    complete: bool,
    begun: bool,
    inside_line: bool,
    binary: bool,
    markup: Markup,
    /// Why no more can be read; told when all that was read is out.
    failure: Option<io::Error>,
    spare: &'b Buffers,
}

/// Some bytes more than a window tell whether the document goes on after it.
const BUFFER_BYTES: usize = WINDOW_BYTES + (64 << 10);

impl<'b, R: Read> SegmentReader<'b, R> {
    /// A reader of that document, which takes its memory from `spare`.
    pub fn new(source: R, spare: &'b Buffers) -> SegmentReader<'b, R> {
        SegmentReader {
            source,
            known: Vec::new(),
            at: 0,
            complete: false,
            begun: false,
            inside_line: false,
            binary: false,
            markup: Markup::Auto,
            failure: None,
            spare,
        }
    }

    /// The next segment; nothing at the document's end. An empty document has one empty window.
    ///
    /// # Errors
    /// The source cannot be read. All that was read before has come out.
    pub fn next_segment(&mut self) -> io::Result<Option<Segment>> {
        if self.complete && self.rest().is_empty() && (self.begun || self.failure.is_some()) {
            return self.failure.take().map_or(Ok(None), Err);
        }
        loop {
            let cut = match self.binary {
                true if self.rest().is_empty() && !self.complete => Cut::NeedMore,
                true => Cut::Pass { len: self.rest().len(), line_ends: false },
                false => next_cut(self.rest(), self.complete, self.inside_line),
            };
            match cut {
                Cut::NeedMore => {
                    self.read_more();
                    if self.failure.is_some() && self.rest().is_empty() {
                        return self.failure.take().map_or(Ok(None), Err);
                    }
                }
                Cut::Window(len) => {
                    let bytes = self.split(len);
                    let opens = !std::mem::replace(&mut self.begun, true);
                    let closes = self.closes();
                    if opens && !closes {
                        self.markup = resolved(Markup::Auto, &bytes);
                    }
                    return Ok(Some(Segment::Window { bytes, markup: self.markup, opens, closes }));
                }
                Cut::Pass { len: 0, .. } => return Ok(None),
                Cut::Pass { len, line_ends } => {
                    self.inside_line = !line_ends;
                    self.begun = true;
                    let bytes = self.split(len);
                    if self.rest().is_empty() && !self.complete {
                        self.read_more();
                    }
                    return Ok(Some(Segment::Pass { bytes, binary: self.binary, closes: self.closes() }));
                }
            }
        }
    }

    /// What was read and not yet given out.
    fn rest(&self) -> &[u8] {
        &self.known[self.at..]
    }

    /// Whether the document ends with what goes out.
    fn closes(&self) -> bool {
        self.complete && self.rest().is_empty() && self.failure.is_none()
    }

    /// Reads until the buffer is full, or the document ends or fails.
    fn read_more(&mut self) {
        let first = self.known.is_empty() && !self.begun;
        self.known.drain(..std::mem::take(&mut self.at));
        if self.known.capacity() < BUFFER_BYTES {
            let mut roomy = self.spare.take();
            roomy.extend_from_slice(&self.known);
            self.known = roomy;
        }
        let want = BUFFER_BYTES.saturating_sub(self.known.len());
        match read_up_to(&mut self.source, want, &mut self.known) {
            Ok(got) => self.complete = got < want,
            Err(error) => {
                self.failure = Some(error);
                self.complete = true;
            }
        }
        if first {
            self.binary = is_binary(&self.known);
        }
    }

    /// The next so many bytes of what was read.
    fn split(&mut self, len: usize) -> Vec<u8> {
        let end = self.at + len;
        if 2 * len < self.known.len() {
            // Of short lines a window is small: the whole buffer would go out with it.
            let mut small = self.spare.take();
            small.extend_from_slice(&self.known[self.at..end]);
            self.at = end;
            return small;
        }
        // A roomy buffer is taken when more is read; until then the one that goes out now may be back.
        let rest = self.known.split_off(end);
        let mut out = std::mem::replace(&mut self.known, rest);
        out.drain(..std::mem::take(&mut self.at));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::WINDOW_LINES;

    fn lengths(text: &[u8]) -> Vec<(char, usize)> {
        let spare = Buffers::default();
        let mut reader = SegmentReader::new(text, &spare);
        let mut lengths = Vec::new();
        let mut whole = Vec::new();
        while let Some(segment) = reader.next_segment().unwrap() {
            match segment {
                Segment::Window { bytes, opens, closes, .. } => {
                    lengths.push((
                        if opens {
                            'o'
                        } else if closes {
                            'c'
                        } else {
                            'w'
                        },
                        bytes.len(),
                    ));
                    whole.extend(bytes);
                }
                Segment::Pass { bytes, binary, .. } => {
                    lengths.push((if binary { 'b' } else { 'p' }, bytes.len()));
                    whole.extend(bytes);
                }
            }
        }
        assert!(whole == text, "every byte comes out");
        lengths
    }

    #[test]
    fn a_short_document_is_one_window() {
        assert_eq!(lengths(b"a\nb"), [('o', 3)]);
        assert_eq!(lengths(b""), [('o', 0)]);
    }

    #[test]
    fn a_long_document_is_cut_at_line_ends_and_an_endless_line_passes() {
        let line = [&[b'x'; 255][..], b"\n"].concat();
        let text = line.repeat(WINDOW_BYTES / line.len() + 10);
        assert_eq!(lengths(&text), [('o', WINDOW_BYTES), ('c', 10 * line.len())]);
        let mut endless = b"a\n".to_vec();
        endless.extend(std::iter::repeat_n(b'x', 3 * WINDOW_BYTES));
        endless.extend_from_slice(b"\nend\n");
        let kinds: String = lengths(&endless).iter().map(|(kind, _)| *kind).collect();
        assert!(kinds.starts_with("opp") && kinds.ends_with("pc"), "{kinds}");
    }

    #[test]
    fn windows_of_many_lines_take_no_more_memory_than_they_need() {
        let text = b"Share\n".repeat(WINDOW_BYTES / 4);
        let spare = Buffers::default();
        let mut reader = SegmentReader::new(&text[..], &spare);
        let (mut windows, mut whole) = (Vec::new(), Vec::new());
        while let Some(segment) = reader.next_segment().unwrap() {
            let Segment::Window { bytes, closes, .. } = segment else { panic!("it is text") };
            assert!(
                bytes.capacity() <= 3 * bytes.len().max(WINDOW_LINES),
                "{} bytes for {}",
                bytes.capacity(),
                bytes.len()
            );
            windows.push((bytes.len(), closes));
            whole.extend(bytes);
        }
        let (full, last) = windows.split_at(windows.len() - 1);
        assert!(full.iter().all(|window| *window == (6 * WINDOW_LINES, false)), "{windows:?}");
        assert!(last[0].1 && last[0].0 <= 6 * WINDOW_LINES && whole == text);
    }

    #[test]
    fn a_binary_document_passes() {
        assert_eq!(lengths(b"PK\0\x01Share\n"), [('b', 10)]);
    }
}
