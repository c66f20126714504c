//! Values that hold no other: strings, numbers, words.

use std::ops::Range;

use super::super::cursor::{short, unit};
use super::super::decode::decode;
use super::super::plain::plain_len;
use super::{JsonFault, JsonKind, JsonMistake, Scanner};

impl Scanner<'_> {
    /// Goes over what may stand inside a string, up to a quote or the line's end.
    pub(in super::super) fn content(&mut self) -> Result<(), JsonFault> {
        loop {
            self.at += plain_len(&self.bytes[self.at..]);
            match self.peek() {
                Some(b'\\') => self.escapes()?,
                Some(b'"') | None => return Ok(()),
                Some(byte) => return Err(self.fault(JsonMistake::ControlByte(byte))),
            }
        }
    }

    /// Reads the string whose quote stands here: the bytes between its quotes.
    pub(super) fn string(&mut self) -> Result<Range<usize>, JsonFault> {
        self.at += 1;
        let start = self.at;
        self.content()?;
        let end = self.at;
        if end == self.bytes.len() {
            return Err(self.fault(JsonMistake::CutOff));
        }
        self.at += 1;
        Ok(start..end)
    }

    /// Goes over the string whose quote stands here, and writes to `buffer` what it says, if it does not say itself. How many
    /// bytes were written.
    pub(in super::super) fn text(&mut self, buffer: &mut Vec<u8>) -> Result<Option<usize>, JsonFault> {
        let content = &self.bytes[self.at + 1..];
        let plain = plain_len(content);
        let mut said = None;
        if content.get(plain) == Some(&b'\\') {
            let decoded = decode(content, plain, buffer);
            said = Some(decoded.len);
            // As if a quote stood before what ends it, or is wrong with it.
            self.at += decoded.raw;
        } else {
            self.at += plain;
        }
        self.string()?;
        Ok(said)
    }

    /// Goes over escapes that follow each other.
    fn escapes(&mut self) -> Result<(), JsonFault> {
        loop {
            let rest = &self.bytes[self.at..];
            self.at += match rest {
                [b'\\', b'u', ..] if unit(rest).is_some() => 6,
                [b'\\', byte, ..] if short(*byte).is_some() => 2,
                [b'\\'] => return Err(self.cut_off()),
                [b'\\', b'u', digits @ ..] if digits.len() < 4 && digits.iter().all(u8::is_ascii_hexdigit) => {
                    return Err(self.cut_off());
                }
                [b'\\', b'u', ..] => return Err(self.fault(JsonMistake::BadUnicodeEscape)),
                [b'\\', ..] => return Err(self.fault(JsonMistake::UnknownEscape)),
                _ => return Ok(()),
            };
        }
    }

    /// Goes over a value that holds no other. Never is another one opened.
    pub(super) fn scalar(&mut self, kind: JsonKind) -> Result<bool, JsonFault> {
        match kind {
            JsonKind::String => self.string().map(drop)?,
            JsonKind::Number => self.number()?,
            _ if self.peek() == Some(b't') => self.word("true")?,
            _ if self.peek() == Some(b'f') => self.word("false")?,
            _ => self.word("null")?,
        }
        Ok(false)
    }

    fn word(&mut self, word: &'static str) -> Result<(), JsonFault> {
        for byte in word.bytes() {
            if self.peek() != Some(byte) {
                return Err(self.unexpected(word));
            }
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), JsonFault> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    /// Goes over one digit or more.
    fn digits(&mut self) -> Result<(), JsonFault> {
        let digits = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return Err(self.unexpected("a digit"));
        }
        self.at += digits;
        Ok(())
    }
}
