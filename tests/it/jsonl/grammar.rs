//! The scanner accepts what `serde_json` accepts where it only checks, and nothing else.

use dechrome::io::jsonl::{FieldPath, Fields, JsonFault, JsonMistake, Located, locate};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::de::IgnoredAny;

use super::records::{self, Manner, cases};

const ACCEPTED: [&[u8]; 44] = [
    b"{}",
    b"[]",
    b" [ ] ",
    b"{ }\r\n",
    b"\t\"\"\r",
    b"0",
    b"-0",
    b"0.0",
    b"1e1",
    b"1E+01",
    b"1e-0",
    b"-1.5e+999",
    b"1e999999999999999999999",
    b"12345678901234567890123",
    b"0.000000000000000000000000000000000000000000000001",
    b"true",
    b"false",
    b"null",
    b"[null,1,\"1\",{},[]]",
    b"{\"a\":1,\"a\":2}",
    b"{\"\":{\"\":0}}",
    b"\"\\u0000\"",
    b"\"\\ud800\"",
    b"\"\\udc00\\ud800\"",
    b"\"\\uD83D\\u0041\"",
    b"\"\\ud83d\\n\"",
    b"{\"\\ud800\":1}",
    b"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    b"\"\x7f\"",
    b"\"\xff\"",
    b"\"\xC0\x80\"",
    b"\"\xED\xA0\x80\"",
    b"{\"\xff\":1}",
    b"\"\xEF\xBB\xBF\"",
    b"\"\xE2\x80\xA8\"",
    b"\"/*\"",
    b"\"'\"",
    b"\"\\\\\"",
    b"\"\\\\\\\\\\\"\"",
    b"[[[[[[]]]]]]",
    b"{\"a\":[{\"b\":[{}]}]}",
    b"-1",
    b"10",
    b"\"\\uABCDef\"",
];

const REFUSED: [&[u8]; 106] = [
    b"",
    b" ",
    b"\n",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"{]",
    b"[}",
    b"[1",
    b"[1,",
    b"[,1]",
    b"[,]",
    b"[1,]",
    b"[1,,2]",
    b"[1 2]",
    b"[1:2]",
    b"[]]",
    b"[][]",
    b"{}}",
    b"{},",
    b"{\"a\"}",
    b"{\"a\":}",
    b"{\"a\":1,}",
    b"{,}",
    b"{\"a\" 1}",
    b"{\"a\",1}",
    b"{\"a\"::1}",
    b"{\"a\":1 \"b\":2}",
    b"{\"a\":1,,\"b\":2}",
    b"{a:1}",
    b"{'a':1}",
    b"{1:1}",
    b"{null:1}",
    b"{\"a\":1;}",
    b"{[]:1}",
    b"{\"a\":1]",
    b"[\"a\":1]",
    b"'a'",
    b"\"a",
    b"a\"",
    b"\"a\"\"",
    b"\"\\\"",
    b"\"\\",
    b"\"\\a\"",
    b"\"\\'\"",
    b"\"\\x41\"",
    b"\"\\U0041\"",
    b"\"\\u\"",
    b"\"\\u004\"",
    b"\"\\u00G0\"",
    b"\"\\u-123\"",
    b"\"\\u 123\"",
    b"\"\\ud800\\u12\"",
    b"\"\\\xff\"",
    b"\"\\\n\"",
    b"\"\n\"",
    b"\"\t\"",
    b"\"\0\"",
    b"\"\x1f\"",
    b"\0",
    b"[\0]",
    b"{}\0",
    b"+1",
    b".5",
    b"1.",
    b"-",
    b"--1",
    b"-.5",
    b"- 1",
    b"00",
    b"01",
    b"-01",
    b"0x1",
    b"1e",
    b"1e+",
    b"1e1.5",
    b"1.5.5",
    b"1.e1",
    b"1_000",
    b"1,000",
    b"0e",
    b"Infinity",
    b"-Infinity",
    b"NaN",
    b"nan",
    b"tru",
    b"truee",
    b"True",
    b"TRUE",
    b"nul",
    b"nulll",
    b"falsE",
    b"undefined",
    b"// c\n1",
    b"/**/1",
    b"1 // c",
    b"#1",
    b"\xEF\xBB\xBF{}",
    b"{\xC2\xA0}",
    b"\x0B1",
    b"\x0C1",
    b"\xff",
];

fn checked(line: &[u8]) -> Result<Located<'_>, JsonFault> {
    let fields = Fields { text: FieldPath::parse("a.0").unwrap(), url: Some(FieldPath::parse("text").unwrap()) };
    locate(line, &fields)
}

fn judged(line: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(line).is_ok()
}

#[test]
fn what_is_json_is_accepted() {
    for line in ACCEPTED {
        let shown = line.escape_ascii();
        assert!(judged(line), "the judge refuses {shown}");
        assert!(checked(line).is_ok(), "{shown}: {}", checked(line).unwrap_err());
    }
}

#[test]
fn what_is_not_json_is_refused() {
    for line in REFUSED {
        let shown = line.escape_ascii();
        assert!(!judged(line), "the judge accepts {shown}");
        assert!(checked(line).is_err(), "{shown}");
    }
}

#[test]
fn both_judge_alike_inside_an_array_an_object_and_a_text() {
    let frames: [(&[u8], &[u8]); 4] =
        [(b"[", b"]"), (b"{\"a\":[", b"]}"), (b"{\"a\":", b",\"text\":\"b\"}"), (b"{\"text\":\"", b"\"}")];
    for line in ACCEPTED.iter().chain(&REFUSED) {
        for (before, behind) in frames {
            let framed = [before, line, behind].concat();
            assert_eq!(checked(&framed).is_ok(), judged(&framed), "{}", framed.escape_ascii());
        }
    }
}

#[test]
fn both_judge_alike_every_short_line_of_an_alphabet() {
    const ALPHABET: &[u8] = b"{}[]\",:\\0-1.e tn\x01";
    let mut lines = vec![Vec::new()];
    for _ in 0..4 {
        let longer =
            |line: &Vec<u8>| ALPHABET.iter().map(|&byte| [line.as_slice(), &[byte]].concat()).collect::<Vec<_>>();
        lines = lines.iter().flat_map(longer).collect();
        for line in &lines {
            assert_eq!(checked(line).is_ok(), judged(line), "{}", line.escape_ascii());
        }
    }
}

/// A record in which some bytes were changed.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![select(b"{}[]\",:\\u0123-+.eE tfn\n\x00\x1f\xff\xEF".to_vec()), any::<u8>()];
    let change = (any::<Index>(), 0..3_usize, prop::collection::vec(byte, 0..3));
    (records::value(Manner::Hostile), prop::collection::vec(change, 1..4)).prop_map(|(mut line, changes)| {
        for (at, gone, new) in changes {
            let start = at.index(line.len() + 1);
            let end = line.len().min(start + gone);
            line.splice(start..end, new);
        }
        line
    })
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn every_record_is_accepted(line in records::value(Manner::Hostile)) {
        prop_assert!(judged(&line));
        prop_assert!(checked(&line).is_ok(), "{}", checked(&line).unwrap_err());
    }

    #[test]
    fn both_judge_mutated_records_alike(line in mutated()) {
        prop_assert_eq!(checked(&line).is_ok(), judged(&line), "{}", line.escape_ascii());
    }

    #[test]
    fn both_judge_any_bytes_alike(line in prop::collection::vec(any::<u8>(), 0..40)) {
        prop_assert_eq!(checked(&line).is_ok(), judged(&line), "{}", line.escape_ascii());
    }

    #[test]
    fn a_record_that_is_cut_anywhere_is_said_to_be_cut_off(line in records::object(Manner::Hostile), at in any::<Index>()) {
        let record = line.trim_ascii_end();
        let cut = &record[..at.index(record.len())];
        let fault = checked(cut).unwrap_err();
        prop_assert_eq!(fault.mistake(), JsonMistake::CutOff, "{}", fault);
        prop_assert_eq!(fault.column(), cut.len() + 1);
    }
}

#[test]
fn hostile_sizes_are_read_or_refused_without_harm() {
    let long = [b"{\"text\":\"".as_slice(), &b"abcdefg\\n".repeat(1_200_000), b"\"}"].concat();
    let text = checked(&long).unwrap().url.text().unwrap();
    assert_eq!(text.span().len(), 10_800_000);
    let mut buffer = Vec::new();
    assert_eq!(text.decode(&mut buffer), b"abcdefg\n".repeat(1_200_000));
    for open in [b"[".as_slice(), b"{\"a\":", b"[{\"a\":[", b" [ "] {
        let fault = checked(&open.repeat(2_000_000)).unwrap_err();
        assert_eq!(fault.mistake(), JsonMistake::TooDeep);
    }
    let digits = [b"[".as_slice(), &b"9".repeat(5_000_000), b"]"].concat();
    assert!(checked(&digits).is_ok());
}
