//! The header block of a record: version line, header lines, blank line.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use super::fault::WarcFault;

/// With what every record begins.
pub(super) const MAGIC: &[u8] = b"WARC/";

/// A longer header block is none. Real ones have some hundred bytes, with endless URLs some thousand.
pub(super) const LONGEST_HEAD_BYTES: usize = 256 << 10;

/// A header block, blank line included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head<'r> {
    bytes: &'r [u8],
}

/// One header with its continuation lines. The ranges are bytes of the header block.
#[derive(Clone, Debug)]
pub(super) struct HeaderField<'r> {
    pub(super) name: &'r [u8],
    /// As it is written, without white space around it, with the line ends of a folded one.
    pub(super) raw_value: &'r [u8],
    /// Where that stands.
    pub(super) value: Range<usize>,
    /// Where the whole header stands, last line end included.
    pub(super) lines: Range<usize>,
}

impl<'r> Head<'r> {
    /// The header block at the beginning of `known`; nothing if more must be known to tell.
    pub(super) fn find(known: &'r [u8]) -> Result<Option<Head<'r>>, WarcFault> {
        if !known.starts_with(MAGIC) {
            return if MAGIC.starts_with(known) { Ok(None) } else { Err(WarcFault::NotARecord) };
        }
        let within = &known[..known.len().min(LONGEST_HEAD_BYTES)];
        let mut start = 0;
        for line in 1.. {
            let Some(length) = memchr(b'\n', &within[start..]) else { break };
            let Some(text) = within[start..start + length].strip_suffix(b"\r") else {
                return Err(WarcFault::BareLineFeed { line });
            };
            if line == 1 && !is_version(&text[MAGIC.len()..]) {
                return Err(WarcFault::BadVersion);
            }
            start += length + 1;
            if text.is_empty() {
                return Ok(Some(Head { bytes: &known[..start] }));
            }
        }
        match known.len() < LONGEST_HEAD_BYTES {
            true => Ok(None),
            false => Err(WarcFault::HeadTooLong { most: LONGEST_HEAD_BYTES }),
        }
    }

    pub(super) fn bytes(&self) -> &'r [u8] {
        self.bytes
    }

    /// The headers in their order. A line without a colon is a header without a value.
    pub(super) fn fields(&self) -> impl Iterator<Item = HeaderField<'r>> + use<'r> {
        let bytes = self.bytes;
        let mut at = line_end(bytes, 0);
        std::iter::from_fn(move || {
            let start = at;
            if bytes[start..].starts_with(b"\r\n") || start == bytes.len() {
                return None;
            }
            at = line_end(bytes, start);
            while matches!(bytes.get(at), Some(b' ' | b'\t')) {
                at = line_end(bytes, at);
            }
            Some(field(bytes, start..at))
        })
    }

    /// The value of the first header of that name, in whatever case, unfolded.
    pub(super) fn value(&self, name: &str) -> Option<Cow<'r, [u8]>> {
        self.fields().find(|field| field.is(name)).map(|field| unfolded(field.raw_value))
    }

    /// How many bytes of body the block says there are.
    pub(super) fn content_length(&self) -> Result<u64, WarcFault> {
        let mut lengths = self.fields().filter(|field| field.is("Content-Length"));
        let length = lengths.next().ok_or(WarcFault::NoLength)?;
        if lengths.next().is_some() {
            return Err(WarcFault::RepeatedLength);
        }
        let digits = Some(length.raw_value).filter(|value| value.iter().all(u8::is_ascii_digit));
        let number = digits.and_then(|digits| str::from_utf8(digits).ok()?.parse().ok());
        number.ok_or(WarcFault::BadLength)
    }
}

impl HeaderField<'_> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

fn field(head: &[u8], lines: Range<usize>) -> HeaderField<'_> {
    let text = &head[lines.clone()];
    let colon = memchr(b':', text).unwrap_or(text.len());
    let after = text[colon..].strip_prefix(b":").unwrap_or_default();
    let start = lines.end - after.trim_ascii_start().len();
    let raw_value = after.trim_ascii();
    HeaderField { name: text[..colon].trim_ascii_end(), raw_value, value: start..start + raw_value.len(), lines }
}

/// Folded lines joined by one space, as they are meant.
fn unfolded(value: &[u8]) -> Cow<'_, [u8]> {
    if memchr(b'\n', value).is_none() {
        return Cow::Borrowed(value);
    }
    let lines: Vec<&[u8]> = value.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).collect();
    Cow::Owned(lines.join(&b' '))
}

/// Where the line that begins at `start` ends, line feed included.
fn line_end(bytes: &[u8], start: usize) -> usize {
    memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |length| start + length + 1)
}

fn is_version(text: &[u8]) -> bool {
    let mut numbers = text.splitn(2, |&byte| byte == b'.');
    let is_number = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    numbers.next().is_some_and(is_number) && numbers.next().is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(bytes: &[u8]) -> Head<'_> {
        Head::find(bytes).unwrap().unwrap()
    }

    #[test]
    fn names_are_found_in_any_case_and_folded_values_are_joined() {
        let head = head(b"WARC/1.0\r\nwarc-TYPE:conversion\r\nX-Long: one\r\n two\r\n\tthree \r\nEmpty:\r\n\r\nbody");
        assert_eq!(head.value("WARC-Type").unwrap(), &b"conversion"[..]);
        assert_eq!(head.value("x-long").unwrap(), &b"one two three"[..]);
        assert_eq!(head.value("empty").unwrap(), &b""[..]);
        assert_eq!(head.value("missing"), None);
    }

    #[test]
    fn a_field_knows_where_its_value_and_its_lines_stand() {
        let bytes = b"WARC/1.0\r\nA:  one\r\n two \r\nno colon\r\n\r\n";
        let fields: Vec<_> = head(bytes).fields().collect();
        assert_eq!(&bytes[fields[0].value.clone()], b"one\r\n two");
        assert_eq!(&bytes[fields[0].lines.clone()], b"A:  one\r\n two \r\n");
        assert_eq!((fields[1].name, fields[1].raw_value), (&b"no colon"[..], &b""[..]));
        assert_eq!(fields.len(), 2);
    }

    #[test]
    fn lengths_are_digits_once() {
        for (lines, want) in [
            ("Content-Length: 12\r\n", Ok(12)),
            ("content-length:\r\n 012\r\n", Ok(12)),
            ("X: 1\r\n", Err(WarcFault::NoLength)),
            ("Content-Length: \r\n", Err(WarcFault::BadLength)),
            ("Content-Length: +5\r\n", Err(WarcFault::BadLength)),
            ("Content-Length: -5\r\n", Err(WarcFault::BadLength)),
            ("Content-Length: 5 5\r\n", Err(WarcFault::BadLength)),
            ("Content-Length: 18446744073709551616\r\n", Err(WarcFault::BadLength)),
            ("Content-Length: 5\r\nContent-length: 5\r\n", Err(WarcFault::RepeatedLength)),
        ] {
            let block = format!("WARC/1.0\r\n{lines}\r\n");
            assert_eq!(head(block.as_bytes()).content_length(), want, "{lines}");
        }
    }

    #[test]
    fn a_block_is_found_once_its_blank_line_is_known() {
        let block = b"WARC/1.1\r\nA: b\r\n\r\n";
        for known in 0..block.len() {
            assert!(Head::find(&block[..known]).unwrap().is_none(), "{known}");
        }
        assert_eq!(head(block).bytes(), block);
    }

    #[test]
    fn what_is_no_block_is_named() {
        let endless = [b"WARC/1.0\r\nA: ".to_vec(), vec![b'x'; LONGEST_HEAD_BYTES]].concat();
        for (bytes, want) in [
            (&b"HTTP/1.1 200 OK\r\n"[..], WarcFault::NotARecord),
            (b"WARX", WarcFault::NotARecord),
            (b"WARC/\r\n", WarcFault::BadVersion),
            (b"WARC/1\r\n", WarcFault::BadVersion),
            (b"WARC/1.x\r\n", WarcFault::BadVersion),
            (b"WARC/1.0\nA: b\n\n", WarcFault::BareLineFeed { line: 1 }),
            (b"WARC/1.0\r\nA: b\n\r\n", WarcFault::BareLineFeed { line: 2 }),
            (&endless, WarcFault::HeadTooLong { most: 262_144 }),
        ] {
            assert_eq!(Head::find(bytes).unwrap_err(), want);
        }
    }
}
