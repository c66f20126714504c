//! The scanner: goes over JSON byte by byte and says where it stops being JSON.
//!
//! It accepts what RFC 8259 does, with any bytes above 0x1F inside strings, so that text which is not UTF-8 passes.
//! Numbers are read by their grammar alone: how large they are is no matter of ours.

mod scalars;

use std::ops::Range;

use super::fault::{JsonFault, JsonKind, JsonMistake};

/// Arrays and objects may be nested so deep: one bit of a `u128` each.
const MAX_DEPTH: u32 = u128::BITS;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A place in a line that is read as JSON.
#[derive(Debug)]
pub(super) struct Scanner<'l> {
    bytes: &'l [u8],
    at: usize,
    depth: u32,
    /// The open arrays (0) and objects (1), the innermost in the lowest bit.
    open: u128,
}

impl<'l> Scanner<'l> {
    /// Stands at the first byte of the line's value.
    pub(super) fn new(bytes: &'l [u8]) -> Scanner<'l> {
        let mut scanner = Scanner { bytes, at: 0, depth: 0, open: 0 };
        scanner.skip_space();
        scanner
    }

    /// Stands inside a string, of which `bytes` is all.
    pub(super) fn within_string(bytes: &'l [u8]) -> Scanner<'l> {
        Scanner { bytes, at: 0, depth: 0, open: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes over one value, with all that it holds. Recurses nowhere.
    pub(super) fn value(&mut self) -> Result<JsonKind, JsonFault> {
        let outside = self.depth;
        let outer = self.kind()?;
        loop {
            let opened = match self.kind()? {
                JsonKind::Array | JsonKind::Object => self.open()?,
                kind => self.scalar(kind)?,
            };
            let mut another = opened;
            while !another && self.depth > outside {
                another = self.more()?;
            }
            if !another {
                return Ok(outer);
            }
            if self.in_object() {
                self.key()?;
            }
        }
    }

    /// The line must hold nothing more.
    pub(super) fn end(&mut self) -> Result<(), JsonFault> {
        self.skip_space();
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.fault(JsonMistake::Trailing)),
        }
    }

    /// What sort of value begins here.
    pub(super) fn kind(&self) -> Result<JsonKind, JsonFault> {
        self.peek().and_then(JsonKind::of).ok_or_else(|| self.unexpected("a value"))
    }

    /// Goes into the array or object that begins here. Whether it holds anything; if not, it is closed again.
    pub(super) fn open(&mut self) -> Result<bool, JsonFault> {
        if self.depth == MAX_DEPTH {
            return Err(self.fault(JsonMistake::TooDeep));
        }
        self.depth += 1;
        self.open = self.open << 1 | u128::from(self.peek() == Some(b'{'));
        self.at += 1;
        self.skip_space();
        Ok(!self.closes())
    }

    /// Goes from after a value to the next one in the same array or object. Whether there is one; if not, the
    /// array or object is closed.
    pub(super) fn more(&mut self) -> Result<bool, JsonFault> {
        self.skip_space();
        if self.peek() == Some(b',') {
            self.at += 1;
            self.skip_space();
            return Ok(true);
        }
        match self.closes() {
            true => Ok(false),
            false if self.in_object() => Err(self.unexpected("`,` or `}`")),
            false => Err(self.unexpected("`,` or `]`")),
        }
    }

    /// Reads a key and its colon: the bytes between the key's quotes.
    pub(super) fn key(&mut self) -> Result<Range<usize>, JsonFault> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a key in quotes"));
        }
        let key = self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.at += 1;
        self.skip_space();
        Ok(key)
    }

    /// Goes over the bracket that closes the innermost array or object, if it stands here.
    fn closes(&mut self) -> bool {
        let closing = if self.in_object() { b'}' } else { b']' };
        let closes = self.peek() == Some(closing);
        if closes {
            self.at += 1;
            self.depth -= 1;
            self.open >>= 1;
        }
        closes
    }

    fn in_object(&self) -> bool {
        self.open & 1 == 1
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.at += 1;
        }
    }

    fn fault(&self, mistake: JsonMistake) -> JsonFault {
        JsonFault::new(self.at, mistake)
    }

    fn cut_off(&self) -> JsonFault {
        JsonFault::new(self.bytes.len(), JsonMistake::CutOff)
    }

    fn unexpected(&self, wanted: &'static str) -> JsonFault {
        match self.peek() {
            None => self.cut_off(),
            Some(_) if self.bytes[self.at..].starts_with(BYTE_ORDER_MARK) => self.fault(JsonMistake::ByteOrderMark),
            Some(byte) => self.fault(JsonMistake::Unexpected { byte, wanted }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(line: &[u8]) -> (usize, JsonMistake) {
        let mut scanner = Scanner::new(line);
        let fault = scanner.value().and_then(|_| scanner.end()).unwrap_err();
        (fault.column(), fault.mistake())
    }

    #[test]
    fn faults_name_the_column_and_what_is_wrong() {
        let unexpected = |byte, wanted| JsonMistake::Unexpected { byte, wanted };
        assert_eq!(fault(b""), (1, JsonMistake::CutOff));
        assert_eq!(fault(b" \t\r\n"), (5, JsonMistake::CutOff));
        assert_eq!(fault(b"{\"a\":1"), (7, JsonMistake::CutOff));
        assert_eq!(fault(b"\"abc"), (5, JsonMistake::CutOff));
        assert_eq!(fault(b"\"abc\\"), (6, JsonMistake::CutOff));
        assert_eq!(fault(b"\"abc\\u12"), (9, JsonMistake::CutOff));
        assert_eq!(fault(b"\"\\u12x4\""), (2, JsonMistake::BadUnicodeEscape));
        assert_eq!(fault(b"\"\\u12\""), (2, JsonMistake::BadUnicodeEscape));
        assert_eq!(fault(b"\"a\\x\""), (3, JsonMistake::UnknownEscape));
        assert_eq!(fault(b"\"a\tb\""), (3, JsonMistake::ControlByte(9)));
        assert_eq!(fault(b"{\"a\" 1}"), (6, unexpected(b'1', "`:`")));
        assert_eq!(fault(b"{a:1}"), (2, unexpected(b'a', "a key in quotes")));
        assert_eq!(fault(b"{\"a\":1,}"), (8, unexpected(b'}', "a key in quotes")));
        assert_eq!(fault(b"[1 2]"), (4, unexpected(b'2', "`,` or `]`")));
        assert_eq!(fault(b"{\"a\":1]"), (7, unexpected(b']', "`,` or `}`")));
        assert_eq!(fault(b"[1,]"), (4, unexpected(b']', "a value")));
        assert_eq!(fault(b"-x"), (2, unexpected(b'x', "a digit")));
        assert_eq!(fault(b"nuLl"), (3, unexpected(b'L', "null")));
        assert_eq!(fault(b"{} {}"), (4, JsonMistake::Trailing));
        assert_eq!(fault(b"01"), (2, JsonMistake::Trailing));
        assert_eq!(fault(b"\xEF\xBB\xBF{}"), (1, JsonMistake::ByteOrderMark));
    }

    #[test]
    fn nesting_is_limited_without_recursion() {
        let nested = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
        let deep = nested(128);
        assert_eq!(Scanner::new(&deep).value(), Ok(JsonKind::Array));
        assert_eq!(fault(&nested(129)), (129, JsonMistake::TooDeep));
        assert_eq!(fault(&b"[".repeat(1_000_000)), (129, JsonMistake::TooDeep));
        assert_eq!(fault(&b"{\"a\":".repeat(1_000_000)), (5 * 128 + 1, JsonMistake::TooDeep));
        let wide = [b"[".as_slice(), &b"[[]],".repeat(1000), b"1]"].concat();
        assert_eq!(Scanner::new(&wide).value(), Ok(JsonKind::Array));
    }
}
