//! Makes the counts: of the phrases with which lines of `tests/precision` begin and end, and that are or fill them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::text::{Case, core, folded};

/// Words of a phrase at a line's head, and of a line, at most.
const MOST_HEAD_WORDS: usize = 2;
const MOST_LINE_WORDS: usize = 3;
/// A phrase within lines stands in so many of them.
const FEWEST_WITHIN: u32 = 3;

/// By language, place and phrase: how many lines, and the shortest.
type PhraseCounts = BTreeMap<(String, &'static str, String), (u32, u32)>;

fn count(language: &str, text: &str, counted: &mut PhraseCounts) {
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let chars = line.trim().chars().count() as u32;
        let folded = folded(line.as_bytes(), Case::Folded);
        let line = String::from_utf8(folded[core(&folded)].to_vec()).unwrap();
        for (place, phrase) in phrases(&line) {
            let entry = counted.entry((language.to_owned(), place, phrase)).or_insert((0, u32::MAX));
            *entry = (entry.0 + 1, entry.1.min(chars));
        }
    }
}

/// The phrases of a line, each once, with their places.
fn phrases(line: &str) -> BTreeSet<(&'static str, String)> {
    let words: Vec<&str> = line.split(' ').collect();
    let mut phrases = BTreeSet::new();
    let mut add = |place, words: &[&str]| {
        let phrase = words.join(" ");
        // Where a pattern ends within a line, the mark after the word is none of it.
        let phrase = if place == "line" { &phrase } else { phrase.trim_matches(|c: char| ",.;:!?\"'()".contains(c)) };
        if phrase.chars().any(char::is_alphabetic) {
            phrases.insert((place, phrase.to_owned()));
        }
    };
    if words.len() <= MOST_LINE_WORDS {
        add("line", &words);
    }
    (1..words.len().min(MOST_HEAD_WORDS + 1)).for_each(|count| add("head", &words[..count]));
    if words.len() > 1 {
        add("tail", &words[words.len() - 1..]);
    }
    words.windows(1).chain(words.windows(2)).for_each(|phrase| add("within", phrase));
    phrases
}

#[test]
fn the_counts_are_those_of_the_precision_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = fs::read_dir(root.join("tests/precision")).unwrap();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let mut counted = PhraseCounts::new();
    for file in &files {
        count(file.file_stem().unwrap().to_str().unwrap(), &fs::read_to_string(file).unwrap(), &mut counted);
    }
    counted.retain(|(_, place, _), (lines, _)| *place != "within" || *lines >= FEWEST_WITHIN);
    let row = |((language, place, phrase), (lines, shortest)): (&(String, &str, String), &(u32, u32))| {
        format!("{language}\t{place}\t{lines}\t{shortest}\t{phrase}\n")
    };
    let wanted: String = counted.iter().map(row).collect();
    let path = root.join("src/pack/common_phrases/counts.tsv");
    if std::env::var_os("DECHROME_WRITE").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "{} is not current: DECHROME_WRITE=1 cargo test --lib common_phrases", path.display());
}

#[test]
fn phrases_of_a_line_are_its_head_its_last_word_and_its_pairs() {
    let found = phrases("share prices fell, he said.");
    let of = |place| found.iter().filter(|(at, _)| *at == place).map(|(_, text)| text.as_str()).collect::<Vec<_>>();
    assert_eq!(of("head"), ["share", "share prices"]);
    assert_eq!(of("tail"), ["said"]);
    assert_eq!(of("line"), [""; 0], "five words are a sentence");
    assert!(of("within").contains(&"prices fell") && of("within").contains(&"said"));
}
