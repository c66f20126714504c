//! Damage: bytes that are not what they were.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Bytes that failures show as text.
#[derive(Clone)]
pub(super) struct Bytes(pub(super) Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// One change.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Byte(Index, u8),
    /// A piece between two places is taken out, or stands there twice.
    Without(Index, Index),
    Twice(Index, Index),
    /// Two lines change places.
    Lines(Index, Index),
    Put(Index, &'static str),
    End(Index),
}

/// What parsers stumble over.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\0",
    "\u{c}",
    "\u{feff}",
    "\u{a0}",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    "[[",
    "]]",
    ",",
    ":",
    "=",
    "#",
    "'''",
    "\"\"\"",
    "{number}",
    "{any}",
    "{date}",
    "{time}",
    "{{",
    "text",
    "null",
    "-1",
    "1e999",
    "18446744073709551616",
    "../../x",
    "/",
    "WARC/1.0\r\n",
    "Content-Length: 99\r\n",
    "\r\n\r\n",
    "=====\n",
    "Share\n",
    "(ad)",
    "include = [\"mine\"]\n",
    "weak = true\n",
    "max-chars = 4\n",
    "first = 1\n",
    "to = \"end\"\n",
];

pub(super) fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Change::Without(from, to)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Change::Twice(from, to)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Change::Lines(one, other)),
        3 => (any::<Index>(), select(PIECES)).prop_map(|(at, piece)| Change::Put(at, piece)),
        1 => any::<Index>().prop_map(Change::End),
    ]
}

/// Up to so many changes, often none.
pub(super) fn changes(most: usize) -> impl Strategy<Value = Vec<Change>> {
    prop_oneof![1 => Just(Vec::new()), 4 => vec(change(), 1..=most)]
}

/// The bytes after these changes.
pub(super) fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let place = |at: &Index, bytes: &[u8]| at.index(bytes.len() + 1);
        match change {
            Change::Byte(at, byte) if !bytes.is_empty() => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Change::Byte(..) => {}
            Change::Without(from, to) => {
                let (from, to) = in_order(place(from, &bytes), place(to, &bytes));
                // Short pieces, or else nothing would be left soon.
                bytes.drain(from..to.min(from + 40));
            }
            Change::Twice(from, to) => {
                let (from, to) = in_order(place(from, &bytes), place(to, &bytes));
                let piece = bytes[from..to.min(from + 200)].to_vec();
                bytes.splice(from..from, piece);
            }
            Change::Lines(one, other) => {
                let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
                if !lines.is_empty() {
                    let (one, other) = (one.index(lines.len()), other.index(lines.len()));
                    lines.swap(one, other);
                }
                bytes = lines.concat();
            }
            Change::Put(at, piece) => {
                let at = place(at, &bytes);
                bytes.splice(at..at, piece.bytes());
            }
            Change::End(at) => {
                let end = place(at, &bytes);
                bytes.truncate(end);
            }
        }
    }
    bytes
}

fn in_order(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}
