//! Writes what is seen of a text, and notes where each piece of it comes from.

use std::ops::Range;

use super::piece::{PieceSource, VisiblePiece};
use crate::markup::unseen::{Shown, Unseen};

/// Writes what is seen.
pub(super) struct Writer<'w> {
    raw: &'w [u8],
    unseen: &'w Unseen,
    text: &'w mut Vec<u8>,
    pieces: &'w mut Vec<VisiblePiece>,
    /// How many of what is hidden lie behind.
    hidden: usize,
    /// Up to where nothing more is seen.
    covered: usize,
}

impl<'w> Writer<'w> {
    pub(super) fn new(
        raw: &'w [u8],
        unseen: &'w Unseen,
        (text, pieces): (&'w mut Vec<u8>, &'w mut Vec<VisiblePiece>),
    ) -> Writer<'w> {
        text.clear();
        pieces.clear();
        Writer { raw, unseen, text, pieces, hidden: 0, covered: 0 }
    }

    /// How many bytes are seen so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Ends a line.
    pub(super) fn end_line(&mut self) {
        self.text.push(b'\n');
    }

    /// Writes what is seen of a part of a line; after a space, if it goes on with what is there.
    pub(super) fn line(&mut self, part: Range<usize>, goes_on: bool) {
        let before = self.text.len();
        if goes_on {
            self.add(b" ", part.start..part.start, PieceSource::Stays);
        }
        let begun = self.text.len();
        let mut at = part.start.max(self.covered);
        while let Some(hidden) =
            self.unseen.hidden.get(self.hidden).filter(|hidden| (hidden.raw.start as usize) < part.end)
        {
            self.hidden += 1;
            let (start, end) = (hidden.raw.start as usize, hidden.raw.end as usize);
            // It lies within another that is hidden, or before the text.
            if start < at {
                if end > at && start >= part.start {
                    at = end;
                    self.covered = self.covered.max(end);
                }
                continue;
            }
            self.add_raw(at..start);
            match hidden.shown {
                Shown::Nothing => {}
                Shown::Char(c) => self.add(c.encode_utf8(&mut [0; 4]).as_bytes(), start..end, PieceSource::Whole),
                Shown::CellBorder => self.add(b" | ", start..end, PieceSource::Stays),
            }
            at = end;
            self.covered = end;
        }
        if at < part.end {
            self.add_raw(at..part.end);
        }
        self.trim(begun);
        if self.text.len() == begun {
            self.cut(before);
        }
    }

    fn add_raw(&mut self, part: Range<usize>) {
        if !part.is_empty() {
            let bytes = &self.raw[part.clone()];
            let (start, raw_start, raw_len) = (self.text.len() as u32, part.start as u32, part.len() as u32);
            self.pieces.push(VisiblePiece { start, raw_start, raw_len, source: PieceSource::Copied });
            self.text.extend_from_slice(bytes);
        }
    }

    fn add(&mut self, shown: &[u8], raw: Range<usize>, source: PieceSource) {
        let (start, raw_start, raw_len) = (self.text.len() as u32, raw.start as u32, raw.len() as u32);
        self.pieces.push(VisiblePiece { start, raw_start, raw_len, source });
        self.text.extend_from_slice(shown);
    }

    /// Leaves no white space at the end of a line.
    fn trim(&mut self, from: usize) {
        let len = from + self.text[from..].trim_ascii_end().len();
        self.cut(len);
    }

    fn cut(&mut self, len: usize) {
        self.text.truncate(len);
        while self.pieces.pop_if(|last| last.start as usize >= len).is_some() {}
        if let Some(last) = self.pieces.last_mut().filter(|last| last.source == PieceSource::Copied) {
            last.raw_len = last.raw_len.min(len as u32 - last.start);
        }
    }
}
