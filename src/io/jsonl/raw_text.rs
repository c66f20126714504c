//! A text as it stands in a record, and what it says.

use std::ops::Range;

use super::decode::decode_into;
use super::fault::{JsonFault, JsonMistake};
use super::scanner::Scanner;

/// The inside of a JSON string, which was checked, and the line it stands in.
#[derive(Clone, Copy, Debug)]
pub struct RawText<'l> {
    pub(super) line: &'l [u8],
    start: usize,
    end: usize,
}

impl<'l> RawText<'l> {
    /// Takes `raw` as the inside of a string; it is a line of its own, without quotes.
    ///
    /// # Errors
    /// A JSON string cannot hold it.
    pub fn new(raw: &'l [u8]) -> Result<RawText<'l>, JsonFault> {
        check_content(raw)?;
        Ok(RawText::inside(raw, 0..raw.len()))
    }

    /// The bytes `span` of a line, which the scanner found to be the inside of a string.
    pub(super) fn inside(line: &'l [u8], span: Range<usize>) -> RawText<'l> {
        RawText { line, start: span.start, end: span.end }
    }

    /// The text as it is written, between its quotes.
    pub fn raw(&self) -> &'l [u8] {
        &self.line[self.start..self.end]
    }

    /// Where that stands in the line, in bytes.
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The text as it is meant. A lone surrogate such as `\ud800` becomes the three bytes that UTF-8 would have for
    /// it; bytes that are not UTF-8 stay.
    ///
    /// Written to `buffer`, whose content does not matter, only if there is an escape; else it is the raw text itself.
    pub fn decode<'b>(&self, buffer: &'b mut Vec<u8>) -> &'b [u8]
    where
        'l: 'b,
    {
        decode_into(self.raw(), buffer)
    }
}

/// A JSON string must be able to hold `raw`.
pub(super) fn check_content(raw: &[u8]) -> Result<(), JsonFault> {
    let mut scanner = Scanner::within_string(raw);
    scanner.content()?;
    match scanner.peek() {
        None => Ok(()),
        Some(_) => Err(JsonFault::new(scanner.at(), JsonMistake::BareQuote)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(raw: &str) -> RawText<'_> {
        RawText::new(raw.as_bytes()).unwrap()
    }

    #[test]
    fn a_text_without_escapes_is_borrowed() {
        let line = "Привет, \u{7f}world".as_bytes();
        let mut buffer = b"before".to_vec();
        let text = RawText::new(line).unwrap().decode(&mut buffer);
        assert!(std::ptr::eq(text, line));
        assert_eq!(buffer, b"before");
    }

    #[test]
    fn escapes_are_decoded_between_what_is_plain() {
        let mut buffer = b"before".to_vec();
        assert_eq!(raw(r"\u041f\u0440a\n\nb\\n \ud83d\ude00\/").decode(&mut buffer), "Прa\n\nb\\n 😀/".as_bytes());
        let bad = RawText::new(b"\xff\\n\xC3\\u0000\\ud800").unwrap();
        assert_eq!(bad.decode(&mut buffer), b"\xff\n\xC3\0\xED\xA0\x80");
        assert_eq!(raw("").decode(&mut buffer), b"");
    }

    #[test]
    fn what_a_string_cannot_hold_is_no_raw_text() {
        let fault = |raw: &str| RawText::new(raw.as_bytes()).unwrap_err().to_string();
        assert_eq!(fault("a\"b"), "column 2: a quote in a string must be written as an escape, `\\\"`");
        assert_eq!(fault("a\nb"), "column 2: byte 0x0a in a string must be written as an escape, `\\u000a`");
        assert_eq!(fault("a\\"), "column 3: the record is not complete: was the file cut off?");
        assert_eq!(fault("\\u12"), "column 5: the record is not complete: was the file cut off?");
    }
}
