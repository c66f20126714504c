//! What is cleaned and logged is given back byte for byte, whatever stands in the corpus and was left out of it.

use std::fs;
use std::path::Path;

use dechrome::io::Compression;
use dechrome::run::{CorpusOptions, OnError, Policy, RemovalLog, restore};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::documents::{self, HOSTILE_CLEANER, Page};
use crate::doors;
use crate::jsonl::cases;
use crate::wrapped::{Doc, SEPARATOR, Wrap, compressed, decompressed, table_content};

const URL: &str = "https://www.site.example/a page?id=1";

/// What restoring makes of what cleaning left and logged, decompressed; and what was left.
fn there_and_back(original: &[u8], wrap: Option<Wrap>, options: &CorpusOptions, compression: Compression) -> Vec<u8> {
    let mut options = options.clone();
    options.log_removed = true;
    let source = doors::stream(compressed(original, compression));
    let run = doors::corpus(&HOSTILE_CLEANER, source, &options);
    let folder = tempfile::tempdir().unwrap();
    let name = wrap.map_or("page.txt".to_owned(), |wrap| wrap.file_name(compression));
    fs::write(folder.path().join(&name), &run.left).unwrap();
    fs::write(folder.path().join("gone.jsonl"), &run.log).unwrap();
    let log = RemovalLog::open(&folder.path().join("gone.jsonl")).unwrap();
    let restored = restore(&folder.path().join(&name), &log, Path::new("-"), &options, Vec::new());
    let told = |what: &dyn std::fmt::Display| {
        let (left, log) = (decompressed(&run.left, compression), &run.log);
        panic!("{what}\n  of {}\nleft {}\n log {}", original.escape_ascii(), left.escape_ascii(), log.escape_ascii())
    };
    let restored = decompressed(&restored.unwrap_or_else(|error| told(&error)), compression);
    let is_same = match wrap {
        Some(Wrap::Parquet) => table_content(&restored) == table_content(original),
        _ => restored == original,
    };
    if !is_same {
        told(&format_args!("got {}", restored.escape_ascii()));
    }
    run.left
}

fn options_of(wrap: Option<Wrap>, chosen: Chosen) -> CorpusOptions {
    let mut options = wrap.map_or_else(CorpusOptions::default, Wrap::options);
    options.format = options.format.or(Some(dechrome::io::Format::Text));
    options.policy = chosen.policy;
    options.on_error = chosen.on_error;
    options
}

#[derive(Clone, Copy, Debug)]
struct Chosen {
    policy: Policy,
    on_error: OnError,
    compression: Compression,
}

fn chosen() -> impl Strategy<Value = Chosen> {
    let min_chars = prop_oneof![2 => Just(None), 1 => (0..60usize).prop_map(Some)];
    let max_removed = prop_oneof![4 => Just(None), 1 => (10.0..90.0).prop_map(Some)];
    let policy = (any::<bool>(), min_chars, max_removed).prop_map(|(drop_empty, min_chars, max_removed)| Policy {
        drop_empty,
        min_chars,
        max_removed,
    });
    let compression = select(&[Compression::None, Compression::None, Compression::Gzip, Compression::Zstd][..]);
    (policy, select(&[OnError::Pass, OnError::Skip][..]), compression)
        .prop_map(|(policy, on_error, compression)| Chosen { policy, on_error, compression })
}

/// A text with the address of its record.
fn doc() -> impl Strategy<Value = (Page, bool)> {
    (documents::hostile(), any::<bool>())
}

fn wrapped(wrap: Wrap, (text, has_url): &(Page, bool)) -> Vec<u8> {
    wrap.wrapped(&[Doc { text, url: has_url.then_some(URL) }])
}

/// Whether texts are UTF-8.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Texts {
    Utf8,
    AnyBytes,
}

/// Lines of records, of blanks, and of what is no record.
fn jsonl(texts: Texts) -> impl Strategy<Value = Vec<u8>> {
    const ODD: &[&[u8]] = &[
        b"\n",
        b"  \t\r\n",
        b"{\"text\": 5}\n",
        b"{\"text\": null}\r\n",
        b"{\"other\": \"Alpha\\n\"}\n",
        b"{\"text\": \"Alpha\\nBet\n",
        b"Alpha\n",
        b"\xff{\"text\": \"Alpha\"}\n",
        b"[\"text\"]\n",
        b"{\"text\": \"Alpha\"} {\"text\": \"Alpha\"}\n",
    ];
    let record = move |wrap| {
        doc().prop_map(move |(text, has_url)| match texts {
            Texts::AnyBytes => wrapped(wrap, &(text, has_url)),
            Texts::Utf8 => wrapped(wrap, &(Page::from(&*String::from_utf8_lossy(&text)), has_url)),
        })
    };
    let line = prop_oneof![
        4 => record(Wrap::Jsonl),
        2 => record(Wrap::JsonlEscaped),
        1 => record(Wrap::Jsonl).prop_map(|line| [&line[..line.len() - 1], b"\r\n"].concat()),
        2 => select(ODD).prop_map(<[u8]>::to_vec),
    ];
    (vec(line, 0..8), any::<bool>()).prop_map(|(lines, ends)| {
        let mut lines = lines.concat();
        if !ends {
            lines.pop();
        }
        lines
    })
}

/// Records of an archive, each of which can be read.
fn archive() -> impl Strategy<Value = Vec<u8>> {
    let info = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 7\r\n\r\nAlpha\r\n\r\n\r\n";
    let digest = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nWARC-Block-Digest: sha1:wrong\r\nContent-Length:10\r\n\r\n\
                  Alpha\nThe \r\n\r\n";
    let record = prop_oneof![
        6 => doc().prop_map(|doc| wrapped(Wrap::Wet, &doc)),
        1 => Just(info.as_bytes().to_vec()),
        1 => Just(digest.as_bytes().to_vec()),
    ];
    vec(record, 0..6).prop_map(|records| records.concat())
}

/// The same with damage between records.
fn damaged_archive() -> impl Strategy<Value = Vec<u8>> {
    const ODD: &[&[u8]] = &[
        b"junk\r\n",
        b"\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\nAlpha\n\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\nAlpha\n\r\n\r\n",
    ];
    vec(prop_oneof![3 => archive(), 1 => select(ODD).prop_map(<[u8]>::to_vec)], 0..5).prop_map(|parts| parts.concat())
}

/// Documents with separators behind them, behind the last one too.
fn separated() -> impl Strategy<Value = Vec<u8>> {
    // What would be a separator after a cut.
    let first = select(&["", "", "(ad)=====\n", "===(ad)==\r\n"][..]);
    let document = (documents::hostile(), select(&["\n", "\r\n"][..]), first);
    vec(document, 0..6).prop_map(|documents| {
        let ended = |(text, end, first): &(Page, &str, &str)| {
            let line_end: &[u8] = if text.is_empty() || text.ends_with(b"\n") { b"" } else { b"\n" };
            [first.as_bytes(), text, line_end, SEPARATOR.as_bytes(), end.as_bytes()].concat()
        };
        documents.iter().flat_map(ended).collect()
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn json_lines_of_utf8_come_back(original in jsonl(Texts::Utf8), chosen in chosen()) {
        there_and_back(&original, Some(Wrap::Jsonl), &options_of(Some(Wrap::Jsonl), chosen), chosen.compression);
    }

    #[test]
    fn json_lines_of_any_bytes_come_back(original in jsonl(Texts::AnyBytes), chosen in chosen()) {
        there_and_back(&original, Some(Wrap::Jsonl), &options_of(Some(Wrap::Jsonl), chosen), chosen.compression);
    }

    #[test]
    fn json_lines_behind_byte_order_marks_come_back(
        original in jsonl(Texts::Utf8),
        marks in (0..3usize, 0..2usize),
        chosen in chosen(),
    ) {
        let mark = b"\xEF\xBB\xBF";
        // A mark that does not stand at the beginning makes no record of its line.
        let (first, rest) = original.split_at(memchr::memchr(b'\n', &original).map_or(0, |at| at + 1));
        let original = [&mark.repeat(marks.0), first, &mark.repeat(marks.1), rest].concat();
        there_and_back(&original, Some(Wrap::Jsonl), &options_of(Some(Wrap::Jsonl), chosen), chosen.compression);
    }

    #[test]
    fn archives_come_back(original in archive(), chosen in chosen()) {
        there_and_back(&original, Some(Wrap::Wet), &options_of(Some(Wrap::Wet), chosen), chosen.compression);
    }

    #[test]
    fn damaged_archives_come_back_where_nothing_is_left_out(original in damaged_archive()) {
        there_and_back(&original, Some(Wrap::Wet), &Wrap::Wet.options(), Compression::None);
    }

    #[test]
    fn damaged_archives_come_back(original in damaged_archive(), chosen in chosen()) {
        there_and_back(&original, Some(Wrap::Wet), &options_of(Some(Wrap::Wet), chosen), chosen.compression);
    }

    #[test]
    fn separated_documents_come_back(original in separated(), chosen in chosen()) {
        let wrap = Some(Wrap::Separated);
        there_and_back(&original, wrap, &options_of(wrap, chosen), chosen.compression);
    }

    #[test]
    fn separated_documents_come_back_though_no_separator_follows_the_last(
        original in separated(),
        last in documents::hostile(),
        chosen in chosen(),
    ) {
        let wrap = Some(Wrap::Separated);
        let original = [&original[..], &last].concat();
        there_and_back(&original, wrap, &options_of(wrap, chosen), chosen.compression);
    }

    #[test]
    fn a_plain_text_comes_back(original in documents::hostile(), chosen in chosen()) {
        there_and_back(&original, None, &options_of(None, chosen), chosen.compression);
    }

    #[test]
    fn tables_come_back(docs in vec(doc(), 0..12)) {
        let docs: Vec<Doc<'_>> = docs.iter().map(|(text, has_url)| Doc { text, url: has_url.then_some(URL) }).collect();
        let table = Wrap::Parquet.wrapped(&docs);
        there_and_back(&table, Some(Wrap::Parquet), &Wrap::Parquet.options(), Compression::None);
    }
}

#[test]
fn what_is_generated_is_changed_by_cleaning_and_shortened_by_leaving_out() {
    let original = "Alpha\nThe mill stood empty.\n=====\nAlpha\n=====\n";
    let mut options = Wrap::Separated.options();
    options.policy.drop_empty = true;
    let left = there_and_back(original.as_bytes(), Some(Wrap::Separated), &options, Compression::None);
    assert_eq!(String::from_utf8(left).unwrap(), "The mill stood empty.\n=====\n");
}

#[test]
fn a_byte_order_mark_comes_back_before_a_first_record_that_was_left_out() {
    let mut options = Wrap::Jsonl.options();
    options.policy.drop_empty = true;
    let original = "\u{feff}{\"text\":\"Alpha\\n\"}\n{\"text\":\"The mill stood empty.\\nAlpha\\n\"}\n";
    let left = there_and_back(original.as_bytes(), Some(Wrap::Jsonl), &options, Compression::None);
    assert_eq!(String::from_utf8(left).unwrap(), "\u{feff}{\"text\":\"The mill stood empty.\\n\"}\n");
}

#[test]
fn damage_around_a_skipped_record_comes_back() {
    let mut options = Wrap::Wet.options();
    options.policy.drop_empty = true;
    let record = |text: &str| wrapped(Wrap::Wet, &(Page::from(text), false));
    let original =
        [b"junk\r\n\r\n", &record("Alpha\n")[..], b"more junk\r\n\r\n", &record("The mill.\nAlpha\n")].concat();
    there_and_back(&original, Some(Wrap::Wet), &options, Compression::None);
}

#[test]
fn a_long_damage_that_was_left_out_of_an_archive_comes_back() {
    let mut options = Wrap::Wet.options();
    options.on_error = OnError::Skip;
    let record = |text: &str| wrapped(Wrap::Wet, &(Page::from(text), false));
    let junk = b"junk without an end ".repeat(200_000);
    let original = [&junk[..], b"\r\n\r\n", &record("The mill.\nAlpha\n")].concat();
    for compression in [Compression::None, Compression::Gzip] {
        let left = there_and_back(&original, Some(Wrap::Wet), &options, compression);
        let wanted = record("The mill.\n").len();
        assert_eq!(decompressed(&left, compression).len(), wanted, "all of it is left out");
    }
}

#[test]
fn an_empty_compressed_file_comes_back_as_one() {
    let empty = Compression::Gzip.encode(Vec::new()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.txt.gz"), &empty).unwrap();
    fs::write(folder.path().join("gone.jsonl"), b"").unwrap();
    let log = RemovalLog::open(&folder.path().join("gone.jsonl")).unwrap();
    let cleaned = folder.path().join("page.txt.gz");
    let restored = restore(&cleaned, &log, Path::new("page.txt.gz"), &CorpusOptions::default(), Vec::new()).unwrap();
    assert_eq!(Compression::of_beginning(&restored), Compression::Gzip, "{} bytes", restored.len());
}

#[test]
fn a_last_document_of_which_nothing_is_left_comes_back() {
    let wrap = Some(Wrap::Separated);
    there_and_back(b"The mill.\n=====\nAlpha\n", wrap, &Wrap::Separated.options(), Compression::None);
}

#[test]
fn a_line_that_becomes_a_separator_by_a_cut_comes_back() {
    let original = b"The mill.\n(ad) =====\nThe end.\nAlpha\n=====\nAlpha\nMore.\n=====\n";
    let left = there_and_back(original, Some(Wrap::Separated), &Wrap::Separated.options(), Compression::None);
    let wanted = "The mill.\n(ad) =====\nThe end.\nAlpha\n=====\nMore.\n=====\n";
    assert_eq!(String::from_utf8(left).unwrap(), wanted, "the document that would be two stays as it is");
    let run = doors::corpus(&HOSTILE_CLEANER, doors::stream(original.to_vec()), &Wrap::Separated.options());
    assert_eq!((run.stats.suspect, run.stats.removed().removals), (1, 1));
}
