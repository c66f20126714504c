//! Why an input cannot be restored.

use std::fmt;
use std::io;

use crate::io::Checksum;

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
