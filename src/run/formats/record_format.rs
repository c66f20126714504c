//! What a format of records is.

use std::fmt::Display;

use crate::clean::Removal;
use crate::io::{Chunk, Framing};
use crate::run::log::LogEntry;
use crate::run::restore::RestoreError;

/// A format of records that follow one another in a stream. Each is read, cleaned and written by itself.
pub(in crate::run) trait RecordFormat: Send + Sync {
    /// How a stream is cut into chunks of whole records.
    fn framing(&self) -> Framing;

    /// The records of a chunk, in order, none of them empty.
    fn records<'c>(&'c self, chunk: &'c Chunk) -> Box<dyn Iterator<Item = FramedRecord<'c>> + 'c>;

    /// Finds the text and the address of a record.
    fn read<'r>(&'r self, record: &FramedRecord<'r>, memory: &'r mut DecodeMemory) -> RecordContents<'r>;

    /// Appends the record as it was before the removals that the entries tell of.
    ///
    /// # Errors
    /// The record and the entries do not fit together.
    fn restore(&self, record: &FramedRecord<'_>, entries: &[LogEntry], out: &mut Vec<u8>) -> Result<(), RestoreError>;

    /// Whether a text of these pieces would be read as more than one document.
    fn splits(&self, _pieces: &[&[u8]]) -> bool {
        false
    }

    /// Whether each record becomes a gzip member of its own, as readers that look up single records ask for.
    fn compresses_each(&self) -> bool {
        false
    }

    /// Whether nothing is written of a last document that lost all of its text.
    fn may_end_without_a_trace(&self) -> bool {
        false
    }
}

/// A record as it stands in its stream.
#[derive(Clone, Copy, Debug)]
pub(in crate::run) struct FramedRecord<'c> {
    /// Its bytes, with what ends or parts it.
    pub(in crate::run) bytes: &'c [u8],
    /// Its number in the input, from 1.
    pub(in crate::run) number: u64,
    pub(in crate::run) kind: FramedKind,
    /// How many of its first bytes are a byte order mark, which stays even where the record is left out.
    pub(in crate::run) mark: usize,
    /// How many of its last bytes are a line that parts it from the next record.
    pub(in crate::run) separator: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::run) enum FramedKind {
    Record,
    /// Bytes that are no record.
    Fault(crate::io::wet::WarcFault),
    /// More of the bytes before, which are no record.
    More,
}

/// Memory for decoding, used again from record to record.
#[derive(Default)]
pub(in crate::run) struct DecodeMemory {
    pub(in crate::run) text: Vec<u8>,
    pub(in crate::run) url: Vec<u8>,
}

/// What a record holds.
pub(in crate::run) enum RecordContents<'r> {
    Text(Box<dyn TextRecord + 'r>),
    /// An object without a text; the names of its fields that hold texts.
    Textless(Box<dyn Fn() -> Vec<String> + 'r>),
    /// It is valid, and nothing that could have a text.
    NotAnObject,
    /// No text is looked for in it: it passes as it is.
    Other,
    /// It has no place in the output's format.
    NotWritten,
    /// It cannot be read.
    Fault(String),
}

/// A record whose text was found.
pub(in crate::run) trait TextRecord {
    /// The text, decoded.
    fn text(&self) -> &[u8];

    /// The page's address.
    fn url(&self) -> Option<&str> {
        None
    }

    /// What must be logged beside the text to restore the record.
    fn headers(&self) -> Option<&[u8]> {
        None
    }

    /// Appends the record less these removals of its text. Gives `gone` each of them, with its bytes as the record has
    /// them if these are not the text's own.
    ///
    /// # Errors
    /// The record cannot be written without them; nothing was appended.
    fn splice(
        &self,
        removals: &[Removal],
        out: &mut Vec<u8>,
        gone: &mut dyn FnMut(&Removal, Option<&[u8]>),
    ) -> Result<(), Box<dyn Display>>;

    /// Appends the record with a field more, whose value is this JSON.
    ///
    /// # Errors
    /// It has no fields, or that one already.
    fn annotate(&self, _field: &str, _json: &str, _out: &mut Vec<u8>) -> Result<(), Box<dyn Display>> {
        Err(Box::new("the format has no fields"))
    }

    /// Whether it is written otherwise even where nothing is removed of its text.
    fn is_rewritten(&self) -> bool {
        false
    }
}
