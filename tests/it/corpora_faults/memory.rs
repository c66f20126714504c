//! Memory does not grow with a corpus.
#![cfg(target_os = "linux")]

use dechrome::io::Compression;

use super::{encoded, wrapped};
use crate::windows::peak_kib;
use crate::wrapped::Wrap;

const MEGABYTES: usize = 300;
const MOST_KIB: u64 = 300 << 10;

/// About a hundred kilobytes of records, of which little goes.
fn records(wrap: Wrap) -> Vec<u8> {
    let page = format!("{}\nShare this\n", "Prose that goes on and on ".repeat(400));
    wrapped(wrap, &[&*page; 10])
}

#[test]
#[ignore = "takes a minute in a debug build"]
fn json_lines_are_cleaned_in_bounded_memory() {
    let (peak, written) = peak_kib(&["clean", "-j2"], &records(Wrap::Jsonl), MEGABYTES);
    assert!(peak < MOST_KIB, "{peak} KiB for {MEGABYTES} MB");
    assert!(written > MEGABYTES * 1_000_000, "{written} bytes came out");
}

#[test]
#[ignore = "takes a minute in a debug build"]
fn web_archives_are_cleaned_in_bounded_memory() {
    let (peak, written) = peak_kib(&["clean", "-j2"], &records(Wrap::Wet), MEGABYTES);
    assert!(peak < MOST_KIB, "{peak} KiB for {MEGABYTES} MB");
    assert!(written > MEGABYTES * 1_000_000, "{written} bytes came out");
}

#[test]
#[ignore = "takes a minute in a debug build"]
fn a_stream_of_many_members_is_cleaned_in_bounded_memory() {
    let member = encoded(Compression::Zstd, &records(Wrap::Jsonl).repeat(10));
    // A megabyte of members is a hundred of text and more.
    let (peak, written) = peak_kib(&["clean", "-j2", "--compress", "none"], &member, 2);
    assert!(peak < MOST_KIB, "{peak} KiB");
    assert!(written > MEGABYTES * 1_000_000, "{written} bytes came out");
}
