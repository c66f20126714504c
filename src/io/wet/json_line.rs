//! A record as a line of JSON.

use std::borrow::Cow;

use serde::Serialize;

use super::record::WarcRecord;

#[derive(Serialize)]
struct JsonLine<'t> {
    url: Option<Cow<'t, str>>,
    date: Option<Cow<'t, str>>,
    id: Option<Cow<'t, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Cow<'t, str>>,
    text: Cow<'t, str>,
}

/// Appends the record to `out` as one line of JSON, line feed included: `url` without angle brackets, `date`, `id`
/// as it is written (`<urn:uuid:…>`), `language` (`WARC-Identified-Content-Language`) if there is one, and `text`,
/// which is the body after cleaning. A header that is missing gives `null`.
///
/// JSON is UTF-8: other bytes become U+FFFD, and how many of these were put in is returned.
pub fn to_json_line(record: &WarcRecord<'_>, cleaned_body: &[u8], out: &mut Vec<u8>) -> usize {
    let mut replaced = 0;
    let line = JsonLine {
        url: record.target_uri(),
        date: header(record, "WARC-Date", &mut replaced),
        id: header(record, "WARC-Record-ID", &mut replaced),
        language: header(record, "WARC-Identified-Content-Language", &mut replaced),
        text: text(Cow::Borrowed(cleaned_body), &mut replaced),
    };
    replaced += record.header("WARC-Target-URI").map_or(0, |uri| replacements(&uri));
    serde_json::to_writer(&mut *out, &line).expect("texts are always JSON, and memory takes every byte");
    out.push(b'\n');
    replaced
}

fn header<'r>(record: &WarcRecord<'r>, name: &str, replaced: &mut usize) -> Option<Cow<'r, str>> {
    record.header(name).map(|value| text(value, replaced))
}

fn text<'t>(bytes: Cow<'t, [u8]>, replaced: &mut usize) -> Cow<'t, str> {
    match bytes {
        Cow::Owned(bytes) => Cow::Owned(text(Cow::Borrowed(&bytes), replaced).into_owned()),
        Cow::Borrowed(bytes) => str::from_utf8(bytes).map(Cow::Borrowed).unwrap_or_else(|_| {
            *replaced += replacements(bytes);
            String::from_utf8_lossy(bytes)
        }),
    }
}

/// How many U+FFFD stand for what is not UTF-8.
fn replacements(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(headers: &[u8], body: &[u8]) -> (String, usize) {
        let raw = [b"WARC/1.0\r\n", headers, b"Content-Length: 0\r\n\r\n\r\n\r\n"].concat();
        let mut out = b"before\n".to_vec();
        let replaced = to_json_line(&WarcRecord::parse(&raw).unwrap(), body, &mut out);
        (String::from_utf8(out).unwrap().strip_prefix("before\n").unwrap().to_owned(), replaced)
    }

    #[test]
    fn the_fields_of_a_page_are_one_line() {
        let headers = b"WARC-Type: conversion\r\nWARC-Target-URI: <https://example.org/>\r\n\
            WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n\
            WARC-Identified-Content-Language: eng,deu\r\n";
        let want = concat!(
            r#"{"url":"https://example.org/","date":"2026-01-02T03:04:05Z","id":"<urn:uuid:1>","#,
            r#""language":"eng,deu","text":"He said \"hello\"\n\ttwice \u0000 \\ Straße"}"#,
            "\n",
        );
        let body = "He said \"hello\"\n\ttwice \0 \\ Straße".as_bytes();
        assert_eq!(line(headers, body), (want.to_owned(), 0));
    }

    #[test]
    fn what_is_missing_is_null_and_language_is_left_out() {
        assert_eq!(line(b"", b"").0, "{\"url\":null,\"date\":null,\"id\":null,\"text\":\"\"}\n");
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_replaced_and_counted_in_text_and_headers() {
        let (written, replaced) =
            line(b"WARC-Target-URI: http://e/\xE9\r\nWARC-Date:\r\n a\xFF\r\n b\r\n", b"caf\xE9 \xF0\x9F x\xFF\xFF");
        assert_eq!(
            written,
            "{\"url\":\"http://e/\u{FFFD}\",\"date\":\"a\u{FFFD} b\",\"id\":null,\
             \"text\":\"caf\u{FFFD} \u{FFFD} x\u{FFFD}\u{FFFD}\"}\n"
        );
        assert_eq!(replaced, 6);
    }
}
