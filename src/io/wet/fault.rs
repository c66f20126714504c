//! What is wrong with a record.

use std::fmt;

/// Why bytes are not a record that can be cleaned. They pass through as they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum WarcFault {
    /// The bytes do not begin with `WARC/`.
    NotARecord,
    /// The first line is not `WARC/` and a version such as `1.0`.
    BadVersion,
    /// A header line ends with a line feed alone.
    BareLineFeed {
        /// Line of the record, from 1.
        line: usize,
    },
    /// No blank line ends the header block within so many bytes.
    HeadTooLong {
        /// The most bytes a header block may have.
        most: usize,
    },
    /// The input ends inside the header block.
    HeadTruncated,
    /// There is no `Content-Length`.
    NoLength,
    /// `Content-Length` is no number of bytes.
    BadLength,
    /// There is more than one `Content-Length`.
    RepeatedLength,
    /// After so many bytes of body there is no record's end.
    WrongLength {
        /// What `Content-Length` says, in bytes.
        declared: u64,
    },
    /// The input ends before the record does.
    Truncated {
        /// What `Content-Length` says, in bytes.
        declared: u64,
    },
    /// The record is longer than is held in memory.
    TooLong {
        /// What `Content-Length` says, in bytes.
        declared: u64,
    },
}

impl fmt::Display for WarcFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            WarcFault::NotARecord => f.write_str("not a WARC record: its first line should begin with \"WARC/\""),
            WarcFault::BadVersion => f.write_str("the first line of a WARC record should be like \"WARC/1.0\""),
            WarcFault::BareLineFeed { line } => {
                write!(f, "line {line} of the record ends with LF; header lines of WARC end with CRLF")
            }
            WarcFault::HeadTooLong { most } => {
                write!(f, "the record's header block is not ended by a blank line within {most} bytes")
            }
            WarcFault::HeadTruncated => f.write_str("the input ends inside a record's header block"),
            WarcFault::NoLength => f.write_str("the record has no Content-Length"),
            WarcFault::BadLength => f.write_str("the record's Content-Length is not a number of bytes"),
            WarcFault::RepeatedLength => f.write_str("the record has more than one Content-Length"),
            WarcFault::WrongLength { declared } => {
                write!(f, "the record does not end where its Content-Length of {declared} bytes says")
            }
            WarcFault::Truncated { declared } => {
                write!(f, "the input ends before the record does, whose Content-Length is {declared} bytes")
            }
            WarcFault::TooLong { declared } => {
                write!(f, "the record's {declared} bytes are more than is held in memory, so it is not cleaned")
            }
        }
    }
}

impl std::error::Error for WarcFault {}
