//! Generated records: honest ones, which every parser reads alike, and hostile ones, which are JSON all the same.

use proptest::prelude::*;
use proptest::sample::select;

/// So many cases, or as many as the environment's `PROPTEST_CASES` asks for.
pub(crate) fn cases(usual: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_some() { default } else { ProptestConfig { cases: usual, ..default } }
}

/// What is in a record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// UTF-8, whole characters, numbers that fit.
    Honest,
    /// Also lone surrogates, bytes that are not UTF-8, numbers beyond all bounds.
    Hostile,
}

const HONEST_UNITS: [&[u8]; 22] = [
    b"a",
    b" ",
    b"Share",
    b"text",
    "й".as_bytes(),
    "😀".as_bytes(),
    "\u{2028}".as_bytes(),
    b"\x7f",
    b"\\n",
    b"\\t",
    b"\\b",
    b"\\\"",
    b"\\\\",
    b"\\/",
    b"\\u0000",
    b"\\u0041",
    b"\\u00e9",
    b"\\u0439",
    b"\\uFfFf",
    b"\\ud83d\\ude00",
    b"A sentence of some length, so that whole words of it are looked at.",
    b"\\u2028",
];
const HOSTILE_UNITS: [&[u8]; 10] = [
    b"\\ud800",
    b"\\ud83d",
    b"\\uDBFF",
    b"\\udc00",
    b"\\ude00",
    b"\\uDFFF",
    b"\xff",
    b"\xC3",
    b"\xED\xA0\x80",
    b"\x80\x80\x80\x80\x80\x80\x80\x80",
];
const HONEST_NUMBERS: [&str; 9] = ["0", "-0", "1.0", "1E+2", "1e-7", "-0.50", "12345678901234567890123", "7", "1.10"];
const HOSTILE_NUMBERS: [&str; 3] = ["1e999", "-1E+400", "0.1e99999999999999999999"];
const KEYS: [&str; 9] = ["text", "url", "a", "0", "1", "", "\\u0074ext", "te\\u0078\\u0074", "a\\/b"];
const SPACES: [&str; 7] = ["", "", "", " ", "\t", " \r\n ", "  "];

/// The pieces of a string's inside, each one character or byte at least; joined they may mean something else.
pub(crate) fn units(manner: Manner, most: usize) -> impl Strategy<Value = Vec<&'static [u8]>> {
    let mut units = HONEST_UNITS.to_vec();
    if manner == Manner::Hostile {
        units.extend(HOSTILE_UNITS);
        units.extend(HOSTILE_UNITS);
    }
    prop::collection::vec(select(units), 0..=most)
}

/// A value, written.
pub(crate) fn value(manner: Manner) -> impl Strategy<Value = Vec<u8>> {
    let mut words: Vec<&str> = HONEST_NUMBERS.into_iter().chain(["true", "false", "null"]).collect();
    if manner == Manner::Hostile {
        words.extend(HOSTILE_NUMBERS);
    }
    let leaf = prop_oneof![
        select(words).prop_map(|word| word.as_bytes().to_vec()),
        units(manner, 6).prop_map(|units| [b"\"".as_slice(), &units.concat(), b"\""].concat()),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(spaced(inner.clone()), 0..6).prop_map(|items| enclosed(b'[', &items, b']')),
            fields(inner).prop_map(|fields| enclosed(b'{', &fields, b'}')),
        ]
    })
}

/// A record that is an object.
pub(crate) fn object(manner: Manner) -> impl Strategy<Value = Vec<u8>> {
    spaced(fields(value(manner)).prop_map(|fields| enclosed(b'{', &fields, b'}')))
}

/// A path that may lead somewhere.
pub(crate) fn path() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(select(vec!["text", "text", "url", "a", "0", "1", "a/b"]), 1..4)
}

fn fields(value: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<Vec<u8>>> {
    let key = spaced(select(KEYS.to_vec()).prop_map(|key| format!("\"{key}\"").into_bytes()));
    let field = (key, spaced(value)).prop_map(|(key, value)| [key, value].join(b":".as_slice()));
    prop::collection::vec(field, 0..6)
}

fn spaced(inner: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let space = || select(SPACES.to_vec());
    (space(), inner, space())
        .prop_map(|(before, inner, behind)| [before.as_bytes(), &inner, behind.as_bytes()].concat())
}

fn enclosed(open: u8, items: &[Vec<u8>], close: u8) -> Vec<u8> {
    let inside = if items.is_empty() { b" ".to_vec() } else { items.join(b",".as_slice()) };
    [&[open], inside.as_slice(), &[close]].concat()
}
