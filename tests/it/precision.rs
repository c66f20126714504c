//! Ordinary content that holds words of chrome stays, byte for byte (`tests/precision/LANG.txt`).

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dechrome::{CleanOptions, Cleaner, Document, Pack, PackSet};

use crate::doors;

/// Paragraphs that no rule of any language matches, before and behind what is tested.
const BEFORE: &str = "4 7 11 18 29 47 76, 123 199 322 521 843 1364 2207 3571 5778 9349 15127 24476 39603 64079 103682.";
const BEHIND: &str = "2 3 5 8 13 21 34, 55 89 144 233 377 610 987 1597 2584 4181 6765 10946 17711 28657 46368 75025.";

/// The built-in packs, each active whatever the document: families and sites without what they wait for.
static ALL_AWAKE: LazyLock<Cleaner> = LazyLock::new(|| {
    let built_in = PackSet::built_in();
    let mut active = PackSet::empty();
    for pack in built_in.packs().iter().filter(|pack| pack.sites().is_empty()) {
        let mut table: toml::Table = pack.source().parse().unwrap();
        table["pack"].as_table_mut().unwrap().remove("signature");
        // Examples show signatures at work.
        table.remove("example");
        let source = toml::to_string(&table).unwrap();
        active.insert(Pack::parse(pack.name(), pack.name(), &source).unwrap_or_else(|error| panic!("{error}")));
    }
    Cleaner::new(&active, &CleanOptions::default()).unwrap()
});

/// The built-in packs as they are.
static BUILT_IN: LazyLock<Cleaner> =
    LazyLock::new(|| Cleaner::new(&PackSet::built_in(), &CleanOptions::default()).unwrap());

/// A file of content, by name.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/precision");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let read =
        |path: PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap());
    paths.into_iter().map(read).collect()
}

/// Tells what a document loses, and by which rules.
fn note_losses(cleaner: &Cleaner, place: &str, document: &Document<'_>, losses: &mut String) {
    for removal in cleaner.clean(document).removals() {
        let gone = String::from_utf8_lossy(&document.text()[removal.span.clone()]).into_owned();
        writeln!(losses, "{place}: {} takes {gone:?}", cleaner.rule(removal.rule).full_id()).unwrap();
    }
}

fn note_losses_between_paragraphs(cleaner: &Cleaner, place: &str, content: &str, losses: &mut String) {
    let text = format!("{BEFORE}\n\n{content}\n\n{BEHIND}\n");
    note_losses(cleaner, place, &Document::new(&text), losses);
}

#[test]
fn each_line_between_paragraphs_stays() {
    let mut losses = String::new();
    for (file, text) in files() {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            note_losses_between_paragraphs(&ALL_AWAKE, &format!("{file}:{}", number + 1), line, &mut losses);
        }
    }
    assert!(losses.is_empty(), "content is lost\n{losses}");
}

#[test]
fn each_group_of_lines_between_paragraphs_stays() {
    let mut losses = String::new();
    for (file, text) in files() {
        for group in text.split("\n\n").filter(|group| !group.trim().is_empty()) {
            let place = format!("{file}, from {:?} on", group.lines().next().unwrap_or_default());
            note_losses_between_paragraphs(&ALL_AWAKE, &place, group.trim_end(), &mut losses);
        }
    }
    assert!(losses.is_empty(), "content is lost\n{losses}");
}

#[test]
fn each_file_as_one_document_stays() {
    let mut losses = String::new();
    for (file, text) in files() {
        note_losses(&ALL_AWAKE, &file, &Document::new(&text), &mut losses);
        note_losses(&BUILT_IN, &file, &Document::new(&text), &mut losses);
    }
    assert!(losses.is_empty(), "content is lost\n{losses}");
}

#[test]
fn each_file_as_a_document_of_each_site_stays() {
    let mut losses = String::new();
    let built_in = PackSet::built_in();
    for site in built_in.packs().iter().filter_map(|pack| pack.sites().first()) {
        for (file, text) in files() {
            let document = doors::document(text.as_bytes(), Some(site));
            note_losses(&BUILT_IN, &format!("{file} on {site}"), &document, &mut losses);
        }
    }
    assert!(losses.is_empty(), "content is lost\n{losses}");
}

#[test]
fn files_hold_lines_enough_and_none_twice() {
    for (file, text) in files() {
        let mut lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let number = lines.len();
        lines.sort_unstable();
        lines.dedup();
        assert!(number >= 40, "{file} holds {number} lines");
        assert!(lines.len() == number, "{file} holds a line twice");
    }
}
