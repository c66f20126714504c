//! The cursor: walks the inside of a JSON string and counts in bytes of what it says.

use std::num::NonZero;

use super::fault::SpliceFault;
use super::plain::{BLOCK, before_backslash};

/// What one escape says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Escape {
    /// How many bytes it has in the string: 2, 6, or 12 for a pair of surrogates.
    pub(super) raw_len: usize,
    /// The code point, or the code of a surrogate that is alone.
    pub(super) code: u32,
}

impl Escape {
    /// Reads the escape with which `raw` begins; nothing if it does not begin with one.
    #[inline]
    pub(super) fn read(raw: &[u8]) -> Option<Escape> {
        match *raw {
            [b'\\', b'u', ..] => Escape::read_units(raw),
            [b'\\', byte, ..] => short(byte).map(|byte| Escape { raw_len: 2, code: u32::from(byte.get()) }),
            _ => None,
        }
    }

    /// The same where it begins with `\u`.
    #[inline]
    pub(super) fn read_units(raw: &[u8]) -> Option<Escape> {
        let unit = unit(raw)?;
        if is_high(unit)
            && let Some(low) = raw.get(6..).and_then(self::unit).filter(|&low| is_low(low))
        {
            return Some(Escape { raw_len: 12, code: 0x1_0000 + ((unit - 0xD800) << 10 | (low - 0xDC00)) });
        }
        Some(Escape { raw_len: 6, code: unit })
    }

    /// How many bytes of text it says.
    pub(super) fn len(&self) -> usize {
        match self.code {
            0..0x80 => 1,
            0x80..0x800 => 2,
            0x800..0x1_0000 => 3,
            _ => 4,
        }
    }

    /// What it says as UTF-8, and how many bytes that are; a lone surrogate in the same manner, so that it is not lost.
    #[inline]
    pub(super) fn utf8(&self) -> ([u8; 4], usize) {
        let code = self.code;
        let tail = |shift: u32, place: u32| (code >> shift & 0x3F) << (8 * place);
        let (word, len) = match code {
            0..0x80 => (code, 1),
            0x80..0x800 => (0x80C0 | code >> 6 | tail(0, 1), 2),
            0x800..0x1_0000 => (0x80_80E0 | code >> 12 | tail(6, 1) | tail(0, 2), 3),
            _ => (0x8080_80F0 | code >> 18 | tail(12, 1) | tail(6, 2) | tail(0, 3), 4),
        };
        (word.to_le_bytes(), len)
    }
}

/// The character that a backslash and this byte stand for.
#[inline]
pub(super) fn short(byte: u8) -> Option<NonZero<u8>> {
    NonZero::new(SHORT[usize::from(byte)])
}

/// Zero where there is none.
const SHORT: [u8; 256] = {
    let mut short = [0; 256];
    let pairs = *b"n\nt\tr\rb\x08f\x0C\"\"\\\\//";
    let mut at = 0;
    while at < pairs.len() {
        short[pairs[at] as usize] = pairs[at + 1];
        at += 2;
    }
    short
};

/// The code unit that `raw` begins with as `\u` and four digits.
#[inline]
pub(super) fn unit(raw: &[u8]) -> Option<u32> {
    let [b'\\', b'u', a, b, c, d] = *raw.first_chunk()? else { return None };
    let digit = |byte: u8| DIGITS[usize::from(byte)];
    let unit = digit(a) << 12 | digit(b) << 8 | digit(c) << 4 | digit(d);
    (unit < NO_DIGIT).then_some(unit)
}

/// Lies above every code unit, so that one look at the end tells whether all four were digits.
const NO_DIGIT: u32 = 1 << 16;

/// What each byte is worth as a hexadecimal digit. A table, because corpora that escape all but ASCII are mostly digits.
const DIGITS: [u32; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value] as usize] = value as u32;
        digits[b"0123456789ABCDEF"[value] as usize] = value as u32;
        value += 1;
    }
    digits
};

fn is_high(code: u32) -> bool {
    (0xD800..0xDC00).contains(&code)
}

fn is_low(code: u32) -> bool {
    (0xDC00..0xE000).contains(&code)
}

/// A place in a string, in bytes of the string and in bytes of its text. Each byte is gone over once.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'r> {
    raw: &'r [u8],
    at: usize,
    decoded: usize,
    /// Whether what was last gone over is the first half of a surrogate pair, alone.
    after_high: bool,
}

impl<'r> Cursor<'r> {
    pub(super) fn new(raw: &'r [u8]) -> Cursor<'r> {
        Cursor { raw, at: 0, decoded: 0, after_high: false }
    }

    /// The byte of the string.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The byte of the text.
    pub(super) fn decoded(&self) -> usize {
        self.decoded
    }

    pub(super) fn is_after_high(&self) -> bool {
        self.after_high
    }

    /// Whether the second half of a surrogate pair comes next.
    pub(super) fn is_before_low(&self) -> bool {
        Escape::read(&self.raw[self.at..]).is_some_and(|escape| is_low(escape.code))
    }

    /// Goes to the byte `target` of the text, which must not lie before this place.
    pub(super) fn go_to(&mut self, target: usize) -> Result<(), SpliceFault> {
        while self.decoded < target {
            let rest = &self.raw[self.at..];
            if rest.is_empty() {
                return Err(SpliceFault::BeyondEnd { at: target });
            }
            // Plain bytes count alike on both sides, so without an escape in it this leads just to the target.
            let reach = target - self.decoded;
            match rest {
                [b'\\', kind, ..] if short(*kind).is_some() => {
                    self.at += 2;
                    self.decoded += 1;
                    self.after_high = false;
                }
                [b'\\', ..] => self.go_over_escape(target)?,
                _ => {
                    // Some bytes more, so that whole blocks are looked at.
                    let near = &rest[..rest.len().min(reach.saturating_add(BLOCK))];
                    self.go_over_plain(before_backslash(near).min(reach));
                }
            }
        }
        Ok(())
    }

    /// Goes to the end.
    pub(super) fn go_to_end(&mut self) {
        while let Some(plain) = memchr::memchr(b'\\', &self.raw[self.at..]) {
            self.go_over_plain(plain);
            if self.go_over_escape(usize::MAX).is_err() {
                return;
            }
        }
        self.go_over_plain(self.raw.len() - self.at);
    }

    fn go_over_plain(&mut self, len: usize) {
        self.at += len;
        self.decoded += len;
        self.after_high &= len == 0;
    }

    fn go_over_escape(&mut self, target: usize) -> Result<(), SpliceFault> {
        match Escape::read(&self.raw[self.at..]) {
            Some(escape) if escape.len() <= target - self.decoded => {
                self.at += escape.raw_len;
                self.decoded += escape.len();
                self.after_high = is_high(escape.code);
                Ok(())
            }
            _ => Err(SpliceFault::SplitsEscape { at: target }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(raw: &str) -> Vec<u8> {
        let escape = Escape::read(raw.as_bytes()).unwrap();
        let (utf8, len) = escape.utf8();
        assert_eq!(len, escape.len());
        let (text, zeros) = utf8.split_at(len);
        assert!(zeros.iter().all(|&byte| byte == 0));
        text.to_vec()
    }

    #[test]
    fn an_escape_says_its_character() {
        let simple: Vec<u8> = [r#"\""#, r"\\", r"\/", r"\b", r"\f", r"\n", r"\r", r"\t"].map(text).concat();
        assert_eq!(simple, b"\"\\/\x08\x0C\n\r\t");
        assert_eq!(text(r"\u0000"), [0]);
        assert_eq!(text(r"\u007f\u0000"), [0x7F]);
        assert_eq!(text(r"\u0080"), "\u{80}".as_bytes());
        assert_eq!(text(r"\u07FF"), "\u{7FF}".as_bytes());
        assert_eq!(text(r"\u0800"), "\u{800}".as_bytes());
        assert_eq!(text(r"\uFfFf"), "\u{FFFF}".as_bytes());
        assert_eq!(text(r"\ud83d\uDE00x"), "😀".as_bytes());
        assert_eq!(text(r"\uDBFF\uDFFF"), "\u{10FFFF}".as_bytes());
    }

    #[test]
    fn a_lone_surrogate_keeps_its_code() {
        assert_eq!(text(r"\ud800"), [0xED, 0xA0, 0x80]);
        assert_eq!(text(r"\ud800\u0041"), [0xED, 0xA0, 0x80]);
        assert_eq!(text(r"\ud800\ud800\udc00"), [0xED, 0xA0, 0x80]);
        assert_eq!(text(r"\ud800\n"), [0xED, 0xA0, 0x80]);
        assert_eq!(text(r"\udfff\ud800"), [0xED, 0xBF, 0xBF]);
    }

    #[test]
    fn what_is_no_escape_is_none() {
        for raw in ["", "n", "\\", r"\x", r"\u", r"\u12", r"\u12g4", r"\u+123"] {
            assert_eq!(Escape::read(raw.as_bytes()), None, "{raw}");
        }
    }
}
