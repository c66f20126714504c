//! One record, read.

use std::borrow::Cow;

use super::fault::WarcFault;
use super::frame::{TRAILER, surplus, whole_length};
use super::head::{Head, HeaderField};

/// A record, borrowed from its bytes.
///
/// ```
/// # use dechrome::io::wet::WarcRecord;
/// let raw = b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.com/a\r\n\
///     Content-Type: text/plain\r\nContent-Length: 6\r\n\r\nHello\n\r\n\r\n";
/// let record = WarcRecord::parse(raw)?;
/// assert!(record.is_text());
/// assert_eq!(record.target_uri().as_deref(), Some("https://example.com/a"));
/// assert_eq!(record.body(), b"Hello\n");
/// # Ok::<(), dechrome::io::wet::WarcFault>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct WarcRecord<'r> {
    raw: &'r [u8],
    head: Head<'r>,
    body: &'r [u8],
    /// The line ends after the body.
    trailer: &'r [u8],
}

impl<'r> WarcRecord<'r> {
    /// Reads a record from its bytes, all of them and no more, as
    /// [`Frame::Record`](super::Frame::Record) gives them. Cost: the header block.
    ///
    /// # Errors
    /// The bytes are not one whole record.
    pub fn parse(raw: &'r [u8]) -> Result<WarcRecord<'r>, WarcFault> {
        let head = Head::find(raw)?.ok_or(WarcFault::HeadTruncated)?;
        let declared = head.content_length()?;
        let len = whole_length(head.bytes().len(), declared)?;
        let Some(len) = usize::try_from(len).ok().filter(|&len| len <= raw.len()) else {
            return Err(WarcFault::Truncated { declared });
        };
        let (body, trailer) = raw[head.bytes().len()..].split_at(len - head.bytes().len() - TRAILER.len());
        if !trailer.starts_with(TRAILER) || surplus(&raw[len..]) < raw.len() - len {
            return Err(WarcFault::WrongLength { declared });
        }
        Ok(WarcRecord { raw, head, body, trailer })
    }

    /// All of its bytes.
    pub fn raw(&self) -> &'r [u8] {
        self.raw
    }

    /// Its header block as it is written: version line, header lines, blank line. With the body it is
    /// all that must be kept for [`restore`](super::restore).
    pub fn original_headers(&self) -> &'r [u8] {
        self.head.bytes()
    }

    /// Its block: the bytes between the header block and the line ends after it.
    pub fn body(&self) -> &'r [u8] {
        self.body
    }

    /// The line ends after its body: two, or some more where the writer put them.
    pub fn trailer(&self) -> &'r [u8] {
        self.trailer
    }

    /// The value of the first header of that name, in whatever case, without white space around it;
    /// borrowed unless it is folded over several lines. Values are bytes, for they need not be UTF-8.
    pub fn header(&self, name: &str) -> Option<Cow<'r, [u8]>> {
        self.head.value(name)
    }

    /// `WARC-Type`, as it is written: `warcinfo`, `conversion`, `response` or another.
    pub fn record_type(&self) -> Option<Cow<'r, [u8]>> {
        self.header("WARC-Type")
    }

    /// The page's URL, without the angle brackets that some writers put around it. Bytes that are not
    /// UTF-8 become U+FFFD.
    pub fn target_uri(&self) -> Option<Cow<'r, str>> {
        Some(match self.header("WARC-Target-URI")? {
            Cow::Borrowed(uri) => String::from_utf8_lossy(without_brackets(uri)),
            Cow::Owned(uri) => Cow::Owned(String::from_utf8_lossy(without_brackets(&uri)).into_owned()),
        })
    }

    /// Whether it holds the text of a page: a conversion of type `text/plain`. A part of one (segmented
    /// over several records) is not, since a length and a digest in other records speak of the whole.
    pub fn is_text(&self) -> bool {
        let is = |value: Option<Cow<'_, [u8]>>, want: &str| {
            let value = value.unwrap_or_default();
            let essence = value.split(|&byte| byte == b';').next().unwrap_or_default();
            essence.trim_ascii().eq_ignore_ascii_case(want.as_bytes())
        };
        is(self.record_type(), "conversion")
            && is(self.header("Content-Type"), "text/plain")
            && self.header("WARC-Segment-Number").is_none()
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = HeaderField<'r>> + use<'r> {
        self.head.fields()
    }
}

fn without_brackets(uri: &[u8]) -> &[u8] {
    uri.strip_prefix(b"<").and_then(|uri| uri.strip_suffix(b">")).unwrap_or(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(headers: &str, body: &str) -> Vec<u8> {
        format!("WARC/1.0\r\n{headers}Content-Length: {}\r\n\r\n{body}\r\n\r\n", body.len()).into_bytes()
    }

    #[test]
    fn a_url_in_angle_brackets_or_folded_is_the_url() {
        for (header, want) in [
            ("<http://example.org/x>", "http://example.org/x"),
            ("http://example.org/x>", "http://example.org/x>"),
            ("\r\n  <http://example.org/y>", "http://example.org/y"),
        ] {
            let raw = raw(&format!("WARC-Target-URI: {header}\r\n"), "");
            assert_eq!(WarcRecord::parse(&raw).unwrap().target_uri().unwrap(), want);
        }
        assert_eq!(WarcRecord::parse(&raw("", "")).unwrap().target_uri(), None);
    }

    #[test]
    fn only_whole_text_conversions_are_text() {
        for (headers, want) in [
            ("WARC-Type: conversion\r\nContent-Type: text/plain\r\n", true),
            ("WARC-Type: Conversion\r\nContent-Type: Text/Plain; charset=utf-8\r\n", true),
            ("WARC-Type: conversion\r\nContent-Type: text/html\r\n", false),
            ("WARC-Type: conversion\r\n", false),
            ("WARC-Type: response\r\nContent-Type: text/plain\r\n", false),
            ("WARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\n", false),
            ("WARC-Type: conversion\r\nContent-Type: text/plain\r\nWARC-Segment-Number: 1\r\n", false),
            ("", false),
        ] {
            assert_eq!(WarcRecord::parse(&raw(headers, "x")).unwrap().is_text(), want, "{headers}");
        }
    }

    #[test]
    fn bytes_that_are_more_or_fewer_than_one_record_are_refused() {
        let whole = raw("", "body");
        assert_eq!(WarcRecord::parse(&whole).unwrap().body(), b"body");
        let declared = 4;
        assert_eq!(WarcRecord::parse(&whole[..whole.len() - 1]).unwrap_err(), WarcFault::Truncated { declared });
        let more = [&whole[..], b"\n"].concat();
        assert_eq!(WarcRecord::parse(&more).unwrap().trailer(), b"\r\n\r\n\n");
        let more = [&whole[..], &whole[..]].concat();
        assert_eq!(WarcRecord::parse(&more).unwrap_err(), WarcFault::WrongLength { declared });
        let mut other = whole.clone();
        *other.last_mut().unwrap() = b' ';
        assert_eq!(WarcRecord::parse(&other).unwrap_err(), WarcFault::WrongLength { declared });
        assert_eq!(WarcRecord::parse(b"").unwrap_err(), WarcFault::HeadTruncated);
        assert_eq!(WarcRecord::parse(&whole[..12]).unwrap_err(), WarcFault::HeadTruncated);
    }
}
