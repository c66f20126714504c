//! Corpora whose bytes are damaged: the command ends as it should, writes where it was told to alone, and what it left
//! with its log is what there was.

use std::panic::catch_unwind;
use std::path::Path;

use dechrome::io::Compression;
use parquet::file::properties::WriterVersion;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::child::{BACK, all_but, files, place, restore, run};
use super::mutations::{Bytes, Change, changed, changes};
use super::{campaign, found_before};
use crate::documents::{self, Page};
use crate::parquet::files as tables;
use crate::place::Place;
use crate::wrapped::{Doc, Wrap, compressed, decompressed};

/// What is cleaned, how, and with which options.
#[derive(Clone, Debug)]
struct Case {
    name: String,
    bytes: Bytes,
    options: Vec<&'static str>,
}

const OPTIONS: &[&str] = &["--drop-empty", "--min-chars=20", "--max-removed=60", "--on-error=skip", "-j1", "-j3"];

fn options() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(OPTIONS, 0..3)
}

fn corpus() -> impl Strategy<Value = Case> {
    let wrap = select(&[Wrap::Jsonl, Wrap::JsonlEscaped, Wrap::Wet, Wrap::Parquet][..]);
    let compression = select(&[Compression::None, Compression::None, Compression::Gzip, Compression::Zstd][..]);
    let documents = vec(documents::hostile(), 0..8);
    // Before it is compressed, and behind.
    let damage = (changes(3), prop_oneof![2 => Just(Vec::new()), 1 => changes(3)]);
    (wrap, compression, documents, damage, options()).prop_map(|(wrap, compression, documents, damage, options)| {
        // A table is compressed within.
        let compression = if wrap == Wrap::Parquet { Compression::None } else { compression };
        let bytes = compressed(&changed(wrapped(wrap, &documents), &damage.0), compression);
        Case { name: wrap.file_name(compression), bytes: Bytes(changed(bytes, &damage.1)), options }
    })
}

fn wrapped(wrap: Wrap, documents: &[Page]) -> Vec<u8> {
    let docs: Vec<Doc<'_>> =
        documents.iter().map(|text| Doc { text, url: Some("https://www.site.example/a page") }).collect();
    wrap.wrapped(&docs)
}

fn text() -> impl Strategy<Value = Case> {
    let compression = select(&[Compression::None, Compression::None, Compression::Gzip, Compression::Zstd][..]);
    (documents::hostile(), compression, changes(3), options()).prop_map(|(page, compression, changes, options)| {
        let name = ["page.txt", "page.txt.gz", "page.txt.zst"][compression as usize].to_owned();
        Case { name, bytes: Bytes(changed(compressed(&page, compression), &changes)), options }
    })
}

/// What a file says, if it can be read at all.
fn content(name: &str, bytes: &[u8]) -> Option<String> {
    let compression = Compression::of_path(name.as_ref());
    match name.ends_with(".parquet") {
        true => catch_unwind(|| tables::rows(bytes).join("\n")).ok(),
        false => catch_unwind(|| decompressed(bytes, compression).escape_ascii().to_string()).ok(),
    }
}

fn check(case: &Case) {
    let place = place();
    place.write(format!("in/{}", case.name), &case.bytes.0);
    let before = all_but(&place, &["out", "gone.jsonl"]);
    let arguments = [&["clean", "in", "-o", "out", "--removed", "gone.jsonl"], &case.options[..]].concat();
    let cleaned = run(&place, &arguments);
    assert!(all_but(&place, &["out", "gone.jsonl"]) == before, "only the output and the log are written");
    let outputs = files(&place, "out");
    assert!(outputs.keys().all(|name| *name == *case.name), "{:?}", outputs.keys());
    // Twice is once, where all could be read; a document that was left for its size may not be left again.
    let is_plain = !case.options.iter().any(|option| option.starts_with("--m"));
    if cleaned.status == 0 && is_plain && outputs.contains_key(Path::new(&case.name)) {
        run(&place, &[&["clean", "out", "-o", "again"], &case.options[..]].concat());
        let again = files(&place, "again").remove(Path::new(&case.name));
        let (once, twice) = (outputs.values().next().unwrap(), again.unwrap_or_default());
        assert_eq!(content(&case.name, once), content(&case.name, &twice), "cleaned twice");
    }
    give_back(&place, case, cleaned.status == 0);
}

/// Restoring gives back what there was, or refuses.
fn give_back(place: &Place, case: &Case, could_be_read: bool) {
    if !place.path("out").join(&case.name).exists() || !place.path("gone.jsonl").exists() {
        return;
    }
    let restored = restore(place).status;
    assert!(restored == 0 || !could_be_read, "what could be read and was cleaned comes back");
    let original = content(&case.name, &case.bytes.0);
    if restored == 0 && original.is_some() {
        let back = place.read(format!("{BACK}/{}", case.name));
        assert_eq!(content(&case.name, &back), original, "it is what there was");
    }
}

#[test]
#[ignore = "runs for as long as CAMPAIGN_SECONDS says"]
fn damaged_corpora() {
    campaign("damaged corpora", prop_oneof![4 => corpus(), 1 => text()], |case| check(&case));
}

#[test]
fn corpora_that_were_a_fault_once_are_none_now() {
    for (path, bytes) in found_before("corpora") {
        println!("{}", path.display());
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        for options in [vec![], vec!["--drop-empty"], vec!["--min-chars=20", "--on-error=skip"]] {
            check(&Case { name: name.clone(), bytes: Bytes(bytes.clone()), options });
        }
    }
}

#[test]
#[ignore = "runs for as long as CAMPAIGN_SECONDS says"]
fn tables_with_one_damaged_byte() {
    // Of tables most damage is refused at once: a byte at a time gets further, and one of nested columns furthest.
    let cases = (vec(documents::hostile(), 1..8), any::<[bool; 2]>(), any::<(Index, u8)>(), options());
    let cases = cases.prop_map(|(documents, [v2, dictionary], (at, byte), options)| {
        let texts: Vec<String> = documents.iter().map(|text| String::from_utf8_lossy(text).into_owned()).collect();
        let texts: Vec<Option<&str>> = texts.iter().map(|text| Some(text.as_str())).collect();
        let version = if v2 { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 };
        let properties = tables::properties().set_writer_version(version).set_dictionary_enabled(dictionary);
        let table = tables::file_of(&texts, 3, properties);
        let bytes = Bytes(changed(table, &[Change::Byte(at, byte)]));
        Case { name: Wrap::Parquet.file_name(Compression::None), bytes, options }
    });
    campaign("tables", cases, |case| check(&case));
}
