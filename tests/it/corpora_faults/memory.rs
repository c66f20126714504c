//! Memory does not grow with a corpus.
#![cfg(target_os = "linux")]

use dechrome::io::Compression;

use super::{encoded, wrapped};
use crate::place::Place;
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

#[test]
fn short_lines_are_cleaned_in_bounded_memory() {
    // Each line is a match, a removal, and a line of the log; by its bytes alone a window would hold 400 000 of them.
    let place = Place::new();
    place.write("pack.toml", "[pack]\ntitle = \"S\"\n[[rule]]\nid = \"s\"\nkind = \"share\"\nis = [\"S\"]\n");
    let (pack, log) = (place.path("pack.toml"), place.path("log"));
    let (pack, log) = (pack.to_str().unwrap(), log.to_str().unwrap());
    let arguments = ["clean", "-j1", "--no-builtin", "--packs", pack, "--removed", log];
    let (peak, written) = peak_kib(&arguments, format!("S{}\n", " ".repeat(18)).as_bytes(), 9);
    assert!(peak < MOST_KIB / 4, "{peak} KiB for 9 MB");
    assert_eq!(written, 0);
}

#[test]
#[ignore = "takes a minute in a debug build"]
fn lines_that_many_rules_match_are_cleaned_in_bounded_memory() {
    // Some forty megabytes a thread, for a window of lines that many rules match.
    for (threads, most) in [("-j1", MOST_KIB / 2), ("-j8", 2 * MOST_KIB)] {
        let (peak, _) = peak_kib(&["clean", threads], b"Share\n", 40);
        assert!(peak < most, "{peak} KiB for 40 MB with {threads}");
    }
}
