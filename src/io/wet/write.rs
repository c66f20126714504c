//! A record written with another body, and back.

use std::ops::Range;

use super::digest::DigestForm;
use super::fault::WarcFault;
use super::head::{Head, HeaderField};
use super::record::WarcRecord;

/// What became of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rewrite {
    /// It has the body it had, and is the same byte for byte.
    Unchanged,
    /// It has another body.
    Changed {
        /// How many digests went, because how to make them is not known.
        digests_dropped: usize,
    },
}

/// What is written in place of a header's value.
enum NewValue {
    Same,
    Other(Vec<u8>),
    /// The header goes.
    Dropped,
}

/// Appends the record to `out`, with the pieces one after the other as its body.
///
/// If that is the body it had, it comes out byte for byte. Otherwise every header stays as it is written and
/// where it is, but for these values:
///
/// * `Content-Length` is made right;
/// * `WARC-Block-Digest` is made right, in the writing it had: `sha1`, `sha256`, `sha512` or `md5`, in base32
///   or hexadecimal. Whether it was right before is not asked. In any other form, the header goes;
/// * `WARC-Payload-Digest` becomes what the block's becomes if it says the same, and is made right if it was
///   the digest of the old body. Otherwise it is that of something else, the page as it was fetched, and stays.
///
/// Cost: a copy, and each digest's hash of the new body; a payload's digest needs one of the old body too.
pub fn with_body(record: &WarcRecord<'_>, pieces: &[&[u8]], out: &mut Vec<u8>) -> Rewrite {
    if is_concatenation(record.body(), pieces) {
        out.extend_from_slice(record.raw());
        return Rewrite::Unchanged;
    }
    let head = record.original_headers();
    let body_bytes: usize = pieces.iter().map(|piece| piece.len()).sum();
    // Some bytes more, for a digest or a length that became longer.
    out.reserve(head.len() + body_bytes + record.trailer().len() + 64);
    let mut copied = 0;
    let mut digests_dropped = 0;
    let mut replace = |place: Range<usize>, by: &[u8]| {
        out.extend_from_slice(&head[copied..place.start]);
        out.extend_from_slice(by);
        copied = place.end;
    };
    for field in record.fields() {
        match new_value(&field, record, pieces, body_bytes) {
            NewValue::Same => {}
            NewValue::Other(value) => replace(field.value, &value),
            NewValue::Dropped => {
                digests_dropped += 1;
                replace(field.lines, b"");
            }
        }
    }
    replace(head.len()..head.len(), b"");
    for piece in pieces {
        out.extend_from_slice(piece);
    }
    out.extend_from_slice(record.trailer());
    Rewrite::Changed { digests_dropped }
}

fn new_value(field: &HeaderField<'_>, record: &WarcRecord<'_>, pieces: &[&[u8]], body_bytes: usize) -> NewValue {
    if field.is("Content-Length") {
        return NewValue::Other(body_bytes.to_string().into_bytes());
    }
    let is_payload = field.is("WARC-Payload-Digest");
    if !is_payload && !field.is("WARC-Block-Digest") {
        return NewValue::Same;
    }
    let form = DigestForm::read(field.raw_value);
    let is_of_block = |form: &DigestForm<'_>| form.of(&[record.body()]) == field.raw_value;
    if is_payload && !says_the_same_as_the_block(field, record) && !form.as_ref().is_some_and(is_of_block) {
        return NewValue::Same;
    }
    form.map_or(NewValue::Dropped, |form| NewValue::Other(form.of(pieces)))
}

fn says_the_same_as_the_block(payload: &HeaderField<'_>, record: &WarcRecord<'_>) -> bool {
    let mut blocks = record.fields().filter(|field| field.is("WARC-Block-Digest"));
    blocks.any(|block| block.raw_value == payload.raw_value)
}

fn is_concatenation(whole: &[u8], pieces: &[&[u8]]) -> bool {
    let rest = pieces.iter().try_fold(whole, |rest, piece| rest.strip_prefix(*piece));
    rest.is_some_and(<[u8]>::is_empty)
}

/// Appends to `out` the record as it was before [`with_body`] gave it another body: `rewritten` is what that wrote, the
/// others are the old record's [`original_headers`](WarcRecord::original_headers) and [`body`](WarcRecord::body).
///
/// # Errors
/// The header block is none, or its `Content-Length` is not that of the body; `out` is left as it was.
pub fn restore(
    rewritten: &WarcRecord<'_>,
    original_headers: &[u8],
    original_body: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), WarcFault> {
    let head = Head::find(original_headers)?.ok_or(WarcFault::HeadTruncated)?;
    let declared = head.content_length()?;
    if head.bytes().len() != original_headers.len() || declared != original_body.len() as u64 {
        return Err(WarcFault::WrongLength { declared });
    }
    for part in [original_headers, original_body, rewritten.trailer()] {
        out.extend_from_slice(part);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(raw: &[u8], pieces: &[&[u8]]) -> (String, Rewrite) {
        let mut out = Vec::new();
        let rewrite = with_body(&WarcRecord::parse(raw).unwrap(), pieces, &mut out);
        (String::from_utf8(out).unwrap(), rewrite)
    }

    /// Digests are those of "abc" and of "a" (FIPS 180, RFC 1321).
    const OLD: &[u8] = b"WARC/1.0\r\nwarc-type:conversion\r\ncontent-length :  3 \r\nX-Odd\r\n\
        WARC-Block-Digest: sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\r\n\
        WARC-Payload-Digest: md5:900150983cd24fb0d6963f7d28e17f72\r\n\
        X-Folded: one\r\n  two\r\n\r\nabc\r\n\r\n";

    #[test]
    fn only_the_length_and_the_digests_change() {
        let want = "WARC/1.0\r\nwarc-type:conversion\r\ncontent-length :  1 \r\nX-Odd\r\n\
            WARC-Block-Digest: sha1:Q336IN72UWT7ZYK5DXOLT2XK5I3XMZ5Y\r\n\
            WARC-Payload-Digest: md5:0cc175b9c0f1b6a831c399e269772661\r\n\
            X-Folded: one\r\n  two\r\n\r\na\r\n\r\n";
        assert_eq!(rewritten(OLD, &[b"", b"a"]), (want.to_owned(), Rewrite::Changed { digests_dropped: 0 }));
    }

    #[test]
    fn a_body_that_is_the_same_gives_the_same_bytes_even_with_a_wrong_digest() {
        let raw = b"WARC/1.0\r\nWARC-Block-Digest: sha1:nonsense\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n";
        let (written, rewrite) = rewritten(raw, &[b"a", b"", b"bc"]);
        assert_eq!((written.as_bytes(), rewrite), (&raw[..], Rewrite::Unchanged));
    }

    #[test]
    fn unknown_block_digests_go_and_foreign_payload_digests_stay() {
        let raw = b"WARC/1.0\r\nWARC-Block-Digest:\r\n crc32:352441c2\r\n\
            WARC-Payload-Digest: md5:0cc175b9c0f1b6a831c399e269772661\r\n\
            Content-Length:\r\n 3\r\nX: y\r\n\r\nabc\r\n\r\n";
        let want = "WARC/1.0\r\nWARC-Payload-Digest: md5:0cc175b9c0f1b6a831c399e269772661\r\n\
            Content-Length:\r\n 0\r\nX: y\r\n\r\n\r\n\r\n";
        assert_eq!(rewritten(raw, &[]), (want.to_owned(), Rewrite::Changed { digests_dropped: 1 }));
    }

    #[test]
    fn a_digest_under_another_name_stays() {
        let raw = |length, body: &str| {
            let digest = "md5:900150983cd24fb0d6963f7d28e17f72"; // of abc
            let lines = format!("X-Digest: {digest}\r\nWARC-Block-Digest: {digest}\r\nX-Page: {digest}\r\n");
            format!("WARC/1.0\r\n{lines}Content-Length: {length}\r\n\r\n{body}\r\n\r\n")
        };
        let block = "WARC-Block-Digest: md5:";
        let want = raw(1, "a").replace(
            &format!("{block}900150983cd24fb0d6963f7d28e17f72"),
            &format!("{block}0cc175b9c0f1b6a831c399e269772661"),
        );
        assert_eq!(rewritten(raw(3, "abc").as_bytes(), &[b"a"]).0, want);
    }

    #[test]
    fn a_payload_digest_that_says_what_the_block_digest_says_shares_its_fate() {
        let raw = |digests: &str, length, body: &str| {
            format!("WARC/1.0\r\n{digests}Content-Length: {length}\r\n\r\n{body}\r\n\r\n")
        };
        let unknown = raw("WARC-Payload-Digest: crc32:1\r\nWARC-Block-Digest: crc32:1\r\n", 1, "x");
        let wrong = raw(
            "WARC-Payload-Digest: md5:0000000000000000000000000000000a\r\n\
            WARC-Block-Digest: md5:0000000000000000000000000000000a\r\n",
            1,
            "x",
        );
        let right = "WARC-Payload-Digest: md5:900150983cd24fb0d6963f7d28e17f72\r\n\
            WARC-Block-Digest: md5:900150983cd24fb0d6963f7d28e17f72\r\n";
        assert_eq!(rewritten(unknown.as_bytes(), &[b"abc"]).0, raw("", 3, "abc"));
        assert_eq!(rewritten(wrong.as_bytes(), &[b"abc"]).0, raw(right, 3, "abc"));
        assert_eq!(rewritten(unknown.as_bytes(), &[b"abc"]).1, Rewrite::Changed { digests_dropped: 2 });
    }

    #[test]
    fn what_was_rewritten_is_restored_from_its_headers_and_body() {
        let old = [OLD, b"\r\n"].concat();
        let record = WarcRecord::parse(&old).unwrap();
        let (written, _) = rewritten(&old, &[b"another"]);
        let mut out = b"before".to_vec();
        let written = WarcRecord::parse(written.as_bytes()).unwrap();
        restore(&written, record.original_headers(), record.body(), &mut out).unwrap();
        assert_eq!(out, [b"before", &old[..]].concat());
    }

    #[test]
    fn headers_and_a_body_that_do_not_belong_together_are_refused() {
        let record = WarcRecord::parse(OLD).unwrap();
        let headers = record.original_headers();
        let mut out = Vec::new();
        let wrong = Err(WarcFault::WrongLength { declared: 3 });
        assert_eq!(restore(&record, headers, b"abcd", &mut out), wrong);
        assert_eq!(restore(&record, &[headers, b"abc"].concat(), b"", &mut out), wrong);
        assert_eq!(restore(&record, &[headers, b"x"].concat(), b"abc", &mut out), wrong);
        assert_eq!(restore(&record, b"", b"", &mut out), Err(WarcFault::HeadTruncated));
        assert!(out.is_empty());
    }
}
