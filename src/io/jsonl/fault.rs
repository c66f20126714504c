//! What can be wrong with a record, or with what is to be taken out of one.

use std::fmt;

/// Why a line is not one JSON value, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JsonFault {
    at: usize,
    mistake: JsonMistake,
}

/// What is wrong at a byte of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JsonMistake {
    /// The line ends inside a value, or before one.
    CutOff,
    /// Another byte should stand here.
    Unexpected {
        /// What stands here.
        byte: u8,
        /// What should.
        wanted: &'static str,
    },
    /// A string holds a byte below 0x20 as it is, which JSON wants escaped.
    ControlByte(u8),
    /// What should be the inside of a string holds a quote.
    BareQuote,
    /// A backslash is followed by something that JSON does not know.
    UnknownEscape,
    /// `\u` is not followed by four hexadecimal digits.
    BadUnicodeEscape,
    /// Arrays and objects are nested more than 128 deep.
    TooDeep,
    /// The value is over, and the line goes on.
    Trailing,
    /// A byte order mark, as it stands between files that were joined.
    ByteOrderMark,
}

/// What sort of value stands in a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number, however it is spelled.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// Why spans cannot be taken out of a text, or pieces not put back. Offsets are bytes of the decoded text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpliceFault {
    /// A span begins before the one before it ends, or ends before it begins.
    OutOfOrder {
        /// Where it begins.
        at: usize,
    },
    /// A span, or the place of a piece, lies after the text's end.
    BeyondEnd {
        /// Where that is.
        at: usize,
    },
    /// A span begins or ends inside a character that is written as an escape.
    SplitsEscape {
        /// Where it does.
        at: usize,
    },
    /// Two halves of surrogate pairs, each alone, would come together and mean another character.
    JoinsSurrogates {
        /// Where the second one begins.
        at: usize,
    },
    /// A piece that is to be put back is not the inside of a JSON string.
    BadPiece {
        /// Where it was to go.
        at: usize,
        /// What is wrong with it; the column counts in the piece.
        fault: JsonFault,
    },
}

impl JsonFault {
    pub(super) fn new(at: usize, mistake: JsonMistake) -> JsonFault {
        JsonFault { at, mistake }
    }

    /// The byte of the line where it shows, from 1.
    pub fn column(&self) -> usize {
        self.at + 1
    }

    /// What is wrong there.
    pub fn mistake(&self) -> JsonMistake {
        self.mistake
    }
}

impl SpliceFault {
    /// The same fault in a text that has `bytes` more before it.
    pub(super) fn moved(mut self, bytes: usize) -> SpliceFault {
        match &mut self {
            SpliceFault::OutOfOrder { at }
            | SpliceFault::BeyondEnd { at }
            | SpliceFault::SplitsEscape { at }
            | SpliceFault::JoinsSurrogates { at }
            | SpliceFault::BadPiece { at, .. } => *at += bytes,
        }
        self
    }
}

impl JsonKind {
    /// The kind of the value that begins with that byte.
    pub(super) fn of(first: u8) -> Option<JsonKind> {
        match first {
            b'"' => Some(JsonKind::String),
            b'{' => Some(JsonKind::Object),
            b'[' => Some(JsonKind::Array),
            b'-' | b'0'..=b'9' => Some(JsonKind::Number),
            b't' | b'f' => Some(JsonKind::Boolean),
            b'n' => Some(JsonKind::Null),
            _ => None,
        }
    }
}

impl fmt::Display for JsonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column(), self.mistake)
    }
}

impl fmt::Display for JsonMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            JsonMistake::CutOff => f.write_str("the record is not complete: was the file cut off?"),
            JsonMistake::Unexpected { byte, wanted } if byte.is_ascii_graphic() => {
                write!(f, "expected {wanted}, found `{}`", char::from(byte))
            }
            JsonMistake::Unexpected { byte, wanted } => write!(f, "expected {wanted}, found byte 0x{byte:02x}"),
            JsonMistake::ControlByte(byte) => {
                write!(f, "byte 0x{byte:02x} in a string must be written as an escape, `\\u{byte:04x}`")
            }
            JsonMistake::BareQuote => f.write_str("a quote in a string must be written as an escape, `\\\"`"),
            JsonMistake::UnknownEscape => {
                f.write_str("unknown escape in a string: a backslash of the text is written `\\\\`")
            }
            JsonMistake::BadUnicodeEscape => f.write_str("`\\u` needs four hexadecimal digits"),
            JsonMistake::TooDeep => f.write_str("arrays and objects are nested more than 128 deep"),
            JsonMistake::Trailing => f.write_str("the record is over but the line goes on: one record a line"),
            JsonMistake::ByteOrderMark => {
                f.write_str("a byte order mark stands before the record: were files with one joined?")
            }
        }
    }
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            JsonKind::Null => "null",
            JsonKind::Boolean => "a boolean",
            JsonKind::Number => "a number",
            JsonKind::String => "a string",
            JsonKind::Array => "an array",
            JsonKind::Object => "an object",
        })
    }
}

impl fmt::Display for SpliceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SpliceFault::OutOfOrder { at } => write!(f, "the span at byte {at} of the text is out of order"),
            SpliceFault::BeyondEnd { at } => write!(f, "byte {at} lies after the text's end"),
            SpliceFault::SplitsEscape { at } => write!(f, "byte {at} of the text lies inside an escaped character"),
            SpliceFault::JoinsSurrogates { at } => {
                write!(f, "at byte {at} of the text two lone surrogates would become one character")
            }
            SpliceFault::BadPiece { at, fault } => {
                write!(f, "the piece for byte {at} of the text is not the inside of a JSON string: {fault}")
            }
        }
    }
}

impl std::error::Error for JsonFault {}

impl std::error::Error for SpliceFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            SpliceFault::BadPiece { fault, .. } => Some(fault),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scanner::Scanner;

    #[test]
    fn messages_say_what_to_do() {
        let message = |line: &[u8]| {
            let mut scanner = Scanner::new(line);
            scanner.value().and_then(|_| scanner.end()).unwrap_err().to_string()
        };
        assert_eq!(message(b"{\"a\":\"b"), "column 8: the record is not complete: was the file cut off?");
        assert_eq!(message(b"[1;2]"), "column 3: expected `,` or `]`, found `;`");
        assert_eq!(message(b"[\xC3]"), "column 2: expected a value, found byte 0xc3");
        assert_eq!(message(b"\"\x01\""), "column 2: byte 0x01 in a string must be written as an escape, `\\u0001`");
    }
}
