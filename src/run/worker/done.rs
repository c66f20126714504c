//! What became of a part of an input.

use std::io::{self, Write};

use crate::clean::{Removal, kept_spans};
use crate::report::Stats;
use crate::run::log::ContentSums;

/// What became of a part.
#[derive(Default)]
pub(in crate::run) struct DonePart {
    /// What is to be written, and in it...
    pub(in crate::run) left: Vec<u8>,
    /// ...what is not: going around it while writing is cheaper than moving the rest together.
    pub(in crate::run) gone: Vec<Removal>,
    pub(in crate::run) stats: Stats,
    /// Lines of the log of removals.
    pub(in crate::run) log: Vec<u8>,
    pub(in crate::run) faults: Vec<RecordFault>,
    /// Documents of which hardly anything is left.
    pub(in crate::run) emptied: Vec<u64>,
    /// Bytes that went of a window of a longer document.
    pub(in crate::run) window_gone: u64,
    /// Whether anything is written otherwise than it was read.
    pub(in crate::run) changed: bool,
    /// Whether a document of plain text ends with it; records end within their part.
    pub(in crate::run) ends_document: bool,
    /// Whether it is of a binary file.
    pub(in crate::run) binary: bool,
    /// Whether the document was left out, where the part is all of it.
    pub(in crate::run) dropped: bool,
    /// The last byte of the text that is to be written; nothing if there is none.
    pub(in crate::run) last_byte: Option<u8>,
    /// Whether the input begins with it.
    pub(in crate::run) begins_input: bool,
    /// Whether the input ends with it.
    pub(in crate::run) ends_input: bool,
    /// Of the part, if there is a log.
    pub(in crate::run) sums: ContentSums,
}

/// Kept spans are brought together in pieces of so many bytes, which a cache holds.
const PIECE_BYTES: usize = 64 << 10;

impl DonePart {
    /// The last byte that is to be written, before it is compressed.
    pub(super) fn last_byte(&self) -> Option<u8> {
        let mut end = self.left.len();
        for removal in self.gone.iter().rev() {
            if removal.span.end < end {
                break;
            }
            end = removal.span.start;
        }
        self.left[..end].last().copied()
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// That of the writer.
    pub(in crate::run) fn write_to(&self, writer: &mut impl Write) -> io::Result<()> {
        if self.gone.is_empty() {
            return writer.write_all(&self.left);
        }
        let mut piece = Vec::with_capacity(PIECE_BYTES);
        for span in kept_spans(self.left.len(), &self.gone) {
            if piece.len() + span.len() > PIECE_BYTES {
                writer.write_all(&piece)?;
                piece.clear();
            }
            match span.len() {
                0..=PIECE_BYTES => piece.extend_from_slice(&self.left[span]),
                _ => writer.write_all(&self.left[span])?,
            }
        }
        writer.write_all(&piece)
    }
}

/// How a record is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::run) enum Written {
    /// As it was read; this is still to be done.
    AsItIs,
    /// In another way, or not at all; this is done.
    Otherwise,
}

/// A record that cannot be read.
#[derive(Debug)]
pub(in crate::run) struct RecordFault {
    pub(in crate::run) record: u64,
    pub(in crate::run) what: String,
}
