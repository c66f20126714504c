//! Giving back what was removed: a cleaned text and what is logged of it make the original again.

use std::fmt;
use std::io::{self, Write};

use crate::io::Checksum;

use super::removed::LogEntry;
use super::sums::Contents;

/// Why an input cannot be given back.
#[derive(Debug)]
#[non_exhaustive]
pub enum RestoreError {
    /// The cleaned input or the log cannot be read, or the output not be written.
    Io(io::Error),
    /// A line of the log is no entry.
    Log {
        /// The line's number from 1, or its place in bytes once the log is read again.
        at: u64,
        /// What is wrong with it.
        what: String,
    },
    /// A record and what is logged of it do not fit together.
    Record {
        /// The record, from 1.
        record: u64,
        /// What is wrong.
        what: String,
    },
    /// The file is not the one that was cleaned.
    OtherFile {
        /// What it holds.
        holds: Checksum,
        /// What was left of the input.
        left: Checksum,
    },
    /// What comes out is not what the input held: the log is not whole.
    OtherOriginal {
        /// What comes out.
        restored: Checksum,
        /// What the input held.
        original: Checksum,
    },
    /// Rows of a table could not be read when it was cleaned, and were left out.
    LostRows {
        /// The first of them, from 1.
        first: u64,
        /// How many they are.
        rows: u64,
    },
}

impl fmt::Display for RestoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RestoreError::Io(error) => error.fmt(f),
            RestoreError::Log { at, what } => write!(f, "the log, at {at}: {what}"),
            RestoreError::Record { record, what } => {
                write!(f, "record {record}: {what}; is this what was cleaned, and its log?")
            }
            RestoreError::OtherFile { holds, left } => {
                let what = Difference(*holds, *left);
                write!(f, "it is not what cleaning left, {what}; is this what was cleaned, and its log?")
            }
            RestoreError::OtherOriginal { restored, original } => {
                let what = Difference(*restored, *original);
                write!(f, "what would come out is not what was cleaned, {what}; the log is damaged or cut off")
            }
            RestoreError::LostRows { first, rows } => {
                let last = first.saturating_add(rows.saturating_sub(1));
                write!(f, "rows {first} to {last} could not be read and were left out (--on-error skip): ")?;
                f.write_str("they are not in the log, so the table cannot be given back")
            }
        }
    }
}

/// What a content has, and should have.
struct Difference(Checksum, Checksum);

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference(is, should_be) = self;
        match is.bytes == should_be.bytes {
            true => write!(f, "though as long: its CRC-32 is {:08x}, not {:08x}", is.crc32, should_be.crc32),
            false => write!(f, "having {} bytes, not {}", is.bytes, should_be.bytes),
        }
    }
}

impl std::error::Error for RestoreError {}

impl From<io::Error> for RestoreError {
    fn from(error: io::Error) -> RestoreError {
        RestoreError::Io(error)
    }
}

/// Writes one text with what went of it.
pub(super) fn write_restored(left: &[u8], entries: &[LogEntry], out: &mut impl Write) -> Result<(), RestoreError> {
    let (mut written, mut used) = (0, 0);
    for entry in entries {
        let record = entry.document;
        let misfit = || RestoreError::Record { record, what: "the text is not as long as it should be".to_owned() };
        let kept = usize::try_from(entry.start).ok().and_then(|start| start.checked_sub(written)).ok_or_else(misfit)?;
        let kept = left[used..].get(..kept).ok_or_else(misfit)?;
        let gone = gone_text(entry)?;
        out.write_all(kept)?;
        out.write_all(&gone)?;
        used += kept.len();
        written += kept.len() + gone.len();
    }
    if let Some(entry) = entries.first() {
        check_length(entry.document, entry.document_bytes, (written + left.len() - used) as u64)?;
    }
    out.write_all(&left[used..])?;
    Ok(())
}

/// A document that was not cleaned, or cleaned otherwise, does not come out as long as it was, if that is known.
pub(super) fn check_length(record: u64, was: u64, bytes: u64) -> Result<(), RestoreError> {
    if was == 0 || was == bytes {
        return Ok(());
    }
    Err(RestoreError::Record { record, what: format!("it would have {bytes} bytes of text, and had {was}") })
}

/// What comes out must be what the input held, if the log tells that.
pub(super) fn check_original(contents: Option<Contents>, restored: Checksum) -> Result<(), RestoreError> {
    match contents {
        Some(Contents { before: original, .. }) if original != restored => {
            Err(RestoreError::OtherOriginal { restored, original })
        }
        _ => Ok(()),
    }
}

/// The bytes that went.
pub(super) fn gone(entry: &LogEntry) -> Result<Vec<u8>, RestoreError> {
    entry.raw().map_err(|error| RestoreError::Record { record: entry.document, what: error.to_string() })
}

/// The bytes that went of a text, which are as many as their span has.
pub(super) fn gone_text(entry: &LogEntry) -> Result<Vec<u8>, RestoreError> {
    let gone = gone(entry)?;
    check_span(entry, gone.len())?;
    Ok(gone)
}

/// What went is as long as the place that it stood in.
pub(super) fn check_span(entry: &LogEntry, bytes: usize) -> Result<(), RestoreError> {
    let LogEntry { document: record, start, end, .. } = *entry;
    if end.checked_sub(start) == Some(bytes as u64) {
        return Ok(());
    }
    let what = format!("of the text from {start} to {end} the log has {bytes} bytes");
    Err(RestoreError::Record { record, what })
}

/// What is logged and does not fit anywhere.
pub(super) fn left_over(entry: &LogEntry) -> RestoreError {
    if entry.lost_rows > 0 {
        return RestoreError::LostRows { first: entry.document, rows: entry.lost_rows };
    }
    RestoreError::Record { record: entry.document, what: "it is not in the cleaned file".to_owned() }
}
