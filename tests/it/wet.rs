//! The promises of the part on generated records: nothing is lost, what is written is read, framing does not
//! depend on chunks, and nothing panics.

use dechrome::io::wet::{
    Frame, Piece, RecordReader, Rewrite, WarcRecord, next_record, restore, to_json_line, with_body,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// A header line, odd ones among them.
fn header_line() -> impl Strategy<Value = Vec<u8>> {
    let text = prop_oneof![
        "[A-Za-z-]{1,12}:[ \t]{0,2}[ -~]{0,20}"
            .prop_filter("another length", |line| !line.to_ascii_lowercase().starts_with("content-length")),
        "X-Folded:( [a-z]{1,5}\r\n[ \t]){1,3}[a-z]{0,5}",
        Just("WARC-Type: conversion".to_owned()),
        Just("Content-Type: text/plain".to_owned()),
        "WARC-Target-URI: <?http://[a-z.]{1,9}/>?",
        "WARC-(Block|Payload)-Digest: sha1:[A-Z2-7]{32}",
        "WARC-(Block|Payload)-Digest: md5:[0-9a-f]{32}",
        "WARC-Block-Digest: [a-z0-9]{0,6}:?[a-z]{0,4}",
        "x[A-Za-z ]{1,9}",
    ];
    let bytes = vec(any::<u8>().prop_filter("a line end", |byte| !b"\r\n".contains(byte)), 0..9);
    prop_oneof![
        9 => text.prop_map(String::into_bytes),
        1 => bytes.prop_map(|bytes| [b"X-Bytes: ", &bytes[..]].concat()),
    ]
}

/// A body, some of them with what looks like records inside.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        4 => vec(any::<u8>(), 0..20),
        2 => Just(b"\r\n\r\nWARC/1.0\r\n".to_vec()),
        1 => Just(b"WARC/1.0\r\nContent-Length: 3\r\n\r\n".to_vec()),
        1 => Just(b"\r\n\r\n".to_vec()),
        1 => Just("Grüße, und mehr.\n".as_bytes().to_vec()),
    ];
    vec(part, 0..5).prop_map(|parts| parts.concat())
}

fn record() -> impl Strategy<Value = Vec<u8>> {
    let surplus = prop_oneof![8 => Just(""), 1 => Just("\r\n"), 1 => Just("\n\r\n")];
    (vec(header_line(), 0..6), any::<prop::sample::Index>(), body(), surplus).prop_map(
        |(mut lines, place, body, surplus)| {
            let length = format!("Content-Length: {}", body.len()).into_bytes();
            lines.insert(place.index(lines.len() + 1), length);
            lines.insert(0, b"WARC/1.0".to_vec());
            [&lines.join(&b"\r\n"[..]), &b"\r\n\r\n"[..], &body, b"\r\n\r\n", surplus.as_bytes()].concat()
        },
    )
}

/// Records with damage among them.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        6 => record(),
        1 => vec(any::<u8>(), 0..40),
        1 => Just(b"\r\n\r\n".to_vec()),
        1 => Just(b"WARC/1.0\r\n".to_vec()),
        1 => (record(), any::<prop::sample::Index>()).prop_map(|(raw, at)| raw[..at.index(raw.len())].to_vec()),
        1 => "W{1,20}ARC/1\\.0\r\n".prop_map(String::into_bytes),
        1 => "WARC/1\\.0\r\nContent-Length: [0-9]{1,20}\r\n\r\n[a-z]{0,9}(\r\n\r\n)?".prop_map(String::into_bytes),
    ];
    vec(part, 0..6).prop_map(|parts| parts.concat())
}

/// What frames say, with the parts of one junk joined: whether it is a record, its bytes, its fault.
type Framed = Vec<(bool, Vec<u8>, String)>;

/// Frames with as many bytes known as `steps` say, over and over, whatever is asked for.
fn framed(stream: &[u8], steps: &[usize]) -> Framed {
    let mut steps = steps.iter().cycle();
    let (mut at, mut known, mut inside_junk) = (0, 0, false);
    let mut framed = Framed::new();
    loop {
        let complete = known == stream.len();
        match next_record(&stream[at..known], complete) {
            Frame::End => return framed,
            Frame::NeedMore { at_least } => {
                assert!(!complete && at_least > known - at, "{at_least} where {} are known", known - at);
                known = (known + steps.next().unwrap()).min(stream.len());
            }
            Frame::Record(len) => {
                framed.push((true, stream[at..at + len].to_vec(), String::new()));
                at += len;
            }
            Frame::Junk { len, why, ends } => {
                assert!(len > 0);
                match framed.last_mut().filter(|_| inside_junk) {
                    Some(last) => last.1.extend_from_slice(&stream[at..at + len]),
                    None => framed.push((false, stream[at..at + len].to_vec(), why.to_string())),
                }
                inside_junk = !ends;
                at += len;
            }
            Frame::Long { why, .. } => {
                framed.push((false, stream[at..].to_vec(), why.to_string()));
                return framed;
            }
        }
    }
}

fn read_through(stream: &[u8]) -> Framed {
    let mut reader = RecordReader::new(stream);
    let mut framed = Framed::new();
    while let Some(piece) = reader.next_piece().unwrap() {
        match piece {
            Piece::Record(bytes) => framed.push((true, bytes, String::new())),
            Piece::Pass { bytes, why: Some(why) } => framed.push((false, bytes, why.to_string())),
            Piece::Pass { bytes, why: None } => framed.last_mut().unwrap().1.extend(bytes),
        }
    }
    framed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn records_one_after_the_other_are_framed_as_they_were_put_together(records in vec(record(), 0..5)) {
        let want: Framed = records.iter().map(|record| (true, record.clone(), String::new())).collect();
        prop_assert_eq!(framed(&records.concat(), &[usize::MAX / 2]), want);
    }

    #[test]
    fn framing_does_not_depend_on_chunks_and_loses_nothing(stream in stream(), steps in vec(1_usize..60, 1..9)) {
        let whole = framed(&stream, &[usize::MAX / 2]);
        prop_assert_eq!(whole.iter().flat_map(|frame| frame.1.clone()).collect::<Vec<u8>>(), stream.clone());
        prop_assert_eq!(&framed(&stream, &steps), &whole);
        prop_assert_eq!(&framed(&stream, &[1]), &whole);
        prop_assert_eq!(&read_through(&stream), &whole);
    }

    #[test]
    fn every_framed_record_is_read(stream in stream()) {
        for (is_record, bytes, _) in framed(&stream, &[usize::MAX / 2]) {
            prop_assert!(!is_record || WarcRecord::parse(&bytes).is_ok());
        }
    }

    #[test]
    fn a_record_with_its_own_body_is_the_same_bytes(raw in record(), cuts in vec(any::<prop::sample::Index>(), 0..4)) {
        let record = WarcRecord::parse(&raw).unwrap();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(record.body().len() + 1)).collect();
        cuts.extend([0, record.body().len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|cut| &record.body()[cut[0]..cut[1]]).collect();
        let mut out = Vec::new();
        prop_assert_eq!(with_body(&record, &pieces, &mut out), Rewrite::Unchanged);
        prop_assert_eq!(out, raw);
    }

    #[test]
    fn what_is_written_is_read_and_can_be_taken_back(raw in record(), pieces in vec(body(), 0..4)) {
        let record = WarcRecord::parse(&raw).unwrap();
        let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        let mut out = Vec::new();
        with_body(&record, &pieces, &mut out);
        prop_assert_eq!(next_record(&out, true), Frame::Record(out.len()));
        let written = WarcRecord::parse(&out).unwrap();
        prop_assert_eq!(written.body(), pieces.concat());

        // Writing the old body again differs from the old record in its digests at most.
        let mut again = Vec::new();
        with_body(&written, &[record.body()], &mut again);
        let plain = |raw: &[u8]| other_lines(WarcRecord::parse(raw).unwrap().original_headers());
        prop_assert_eq!(plain(&again), plain(&raw));

        let mut restored = Vec::new();
        restore(&written, record.original_headers(), record.body(), &mut restored).unwrap();
        prop_assert_eq!(restored, raw);
    }

    #[test]
    fn a_json_line_is_one_line_of_json_with_the_text(raw in record(), text in body()) {
        let record = WarcRecord::parse(&raw).unwrap();
        let mut out = Vec::new();
        let replaced = to_json_line(&record, &text, &mut out);
        prop_assert_eq!(out.iter().filter(|&&byte| byte == b'\n').count(), 1);
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        prop_assert_eq!(value["text"].as_str().unwrap(), String::from_utf8_lossy(&text));
        let valid = str::from_utf8(&text).is_ok() && str::from_utf8(record.original_headers()).is_ok();
        prop_assert!(!valid || replaced == 0);
    }

    #[test]
    fn no_bytes_make_anything_panic(bytes in vec(any::<u8>(), 0..200), beginning in 0_usize..3) {
        let beginning = [&b""[..], b"WARC/", b"WARC/1.0\r\nContent-Length: 7\r\n"][beginning];
        let bytes = [beginning, &bytes].concat();
        framed(&bytes, &[7]);
        let any_record = WarcRecord::parse(b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n").unwrap();
        for end in 0..bytes.len() {
            if let Ok(record) = WarcRecord::parse(&bytes[..end]) {
                to_json_line(&record, record.body(), &mut Vec::new());
            }
            let _ = restore(&any_record, &bytes[..end], &bytes[end..], &mut Vec::new());
        }
    }
}

/// The lines of a header block that do not speak of the body.
fn other_lines(head: &[u8]) -> Vec<Vec<u8>> {
    let lines = head.split(|&byte| byte == b'\n').map(<[u8]>::to_vec);
    lines.filter(|line| !line.to_ascii_lowercase().windows(7).any(|part| part == b"-digest")).collect()
}
