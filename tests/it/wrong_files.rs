//! A file that is not the one that was cleaned is refused, whatever it holds; of logs of old versions, which do not tell
//! what inputs held, by the lengths of its texts.

use std::path::Path;

use dechrome::io::Compression;
use dechrome::run::{CorpusOptions, RemovalLog, RestoreError, restore};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::documents::{self, HOSTILE_CLEANER};
use crate::doors;
use crate::jsonl::cases;
use crate::wrapped::{Doc, Wrap, compressed, decompressed};

/// What cleaning left of an input, and the log.
struct Cleaned {
    original: Vec<u8>,
    left: Vec<u8>,
    log: Vec<u8>,
    options: CorpusOptions,
}

impl Cleaned {
    fn of(original: Vec<u8>, wrap: Option<Wrap>) -> Cleaned {
        let mut options = wrap.map_or_else(CorpusOptions::default, Wrap::options);
        options.format = options.format.or(Some(dechrome::io::Format::Text));
        options.log_removed = true;
        let run = doors::corpus(&HOSTILE_CLEANER, doors::stream(original.clone()), &options);
        Cleaned { original, left: run.left, log: run.log, options }
    }

    /// What comes of a file in the place of the cleaned one.
    fn restored(&self, file: &[u8]) -> Result<Vec<u8>, RestoreError> {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("cleaned"), file).unwrap();
        std::fs::write(path("gone.jsonl"), &self.log).unwrap();
        let log = RemovalLog::open(&path("gone.jsonl")).unwrap();
        restore(&path("cleaned"), &log, Path::new("-"), &self.options, Vec::new())
    }

    /// The same with the log as old versions wrote it.
    fn by_old_version(mut self) -> Cleaned {
        let lines = self.log.split_inclusive(|byte| *byte == b'\n');
        let is_new = |line: &&[u8]| memchr::memmem::find(line, b"\"before\":").is_some();
        self.log = lines.filter(|line| !is_new(line)).flatten().copied().collect();
        self
    }
}

/// A change that somebody makes to a file.
#[derive(Clone, Debug)]
enum Edit {
    Put(Index, u8),
    Insert(Index, u8),
    Delete(Index),
    Cut(Index),
    Twice,
    Another(Vec<u8>),
    Swap(Index),
}

impl Edit {
    fn apply(&self, file: &[u8]) -> Vec<u8> {
        let at = |index: &Index| index.index(file.len() + 1);
        let mut edited = file.to_vec();
        match self {
            Edit::Put(index, byte) => edited[at(index)..].iter_mut().take(1).for_each(|old| *old = *byte),
            Edit::Insert(index, byte) => edited.insert(at(index), *byte),
            Edit::Delete(index) => drop(edited.drain(at(index)..(at(index) + 1).min(file.len()))),
            Edit::Cut(index) => edited.truncate(at(index)),
            Edit::Twice => edited.extend_from_slice(file),
            Edit::Another(other) => edited.clone_from(other),
            Edit::Swap(index) => edited.rotate_left(at(index)),
        }
        edited
    }
}

fn edit() -> impl Strategy<Value = Edit> {
    let byte = || select(&b"x \n\"\\{}\r\xff0"[..]);
    prop_oneof![
        (any::<Index>(), byte()).prop_map(|(at, byte)| Edit::Put(at, byte)),
        (any::<Index>(), byte()).prop_map(|(at, byte)| Edit::Insert(at, byte)),
        any::<Index>().prop_map(Edit::Delete),
        any::<Index>().prop_map(Edit::Cut),
        Just(Edit::Twice),
        documents::hostile().prop_map(|text| Edit::Another(text.to_vec())),
        any::<Index>().prop_map(Edit::Swap),
    ]
}

/// Texts of which something goes at the beginning, so that there is a log.
fn original(wrap: Option<Wrap>, texts: &[documents::Page]) -> Vec<u8> {
    let texts: Vec<Vec<u8>> = texts.iter().map(|text| [b"The mill.\nAlpha\n", &text[..]].concat()).collect();
    match wrap {
        None => texts.concat(),
        Some(wrap) => wrap.wrapped(&texts.iter().map(|text| Doc { text, url: None }).collect::<Vec<_>>()),
    }
}

fn texts() -> impl Strategy<Value = Vec<documents::Page>> {
    proptest::collection::vec(documents::hostile(), 1..4)
}

const WRAPS: [Option<Wrap>; 5] =
    [None, Some(Wrap::Jsonl), Some(Wrap::JsonlEscaped), Some(Wrap::Wet), Some(Wrap::Separated)];

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_file_that_was_edited_is_refused(wrap in select(&WRAPS[..]), texts in texts(), edit in edit()) {
        let cleaned = Cleaned::of(original(wrap, &texts), wrap);
        // Of a file of which nothing went the log knows nothing.
        prop_assume!(!cleaned.log.is_empty());
        let file = edit.apply(&cleaned.left);
        match cleaned.restored(&file) {
            Ok(restored) => {
                prop_assert!(file == cleaned.left || file == cleaned.original, "{:?}", wrap);
                prop_assert_eq!(restored, cleaned.original);
            }
            Err(RestoreError::OtherFile { .. }) => prop_assert!(file != cleaned.left),
            Err(error) => prop_assert!(false, "{}", error),
        }
    }

    #[test]
    fn a_compressed_file_is_known_by_its_content(
        wrap in select(&WRAPS[..]), texts in texts(), edit in edit(),
        compression in select(&[Compression::Gzip, Compression::Zstd][..]),
    ) {
        let original = original(wrap, &texts);
        let cleaned = Cleaned::of(compressed(&original, compression), wrap);
        prop_assume!(!cleaned.log.is_empty());
        let left = decompressed(&cleaned.left, compression);
        let file = edit.apply(&left);
        match cleaned.restored(&compressed(&file, compression)) {
            Ok(restored) => {
                prop_assert!(file == left || file == original, "{:?}", wrap);
                prop_assert_eq!(decompressed(&restored, compression), original);
            }
            Err(_) => prop_assert!(file != left),
        }
    }

    #[test]
    fn a_table_with_other_texts_is_refused(texts in texts(), others in texts()) {
        let wrap = Some(Wrap::Parquet);
        let cleaned = Cleaned::of(original(wrap, &texts), wrap);
        let other = Cleaned::of(original(wrap, &others), wrap);
        prop_assume!(!cleaned.log.is_empty());
        let content = crate::wrapped::table_content;
        for file in [&other.left, &other.original] {
            match cleaned.restored(file) {
                Ok(restored) => {
                    let is_known = [&cleaned.left, &cleaned.original].iter().any(|known| content(known) == content(file));
                    prop_assert!(is_known);
                    prop_assert_eq!(content(&restored), content(&cleaned.original));
                }
                Err(error) => prop_assert!(matches!(error, RestoreError::OtherFile { .. }), "{}", error),
            }
        }
    }

    #[test]
    fn what_old_versions_logged_comes_back(wrap in select(&WRAPS[..]), texts in texts()) {
        let cleaned = Cleaned::of(original(wrap, &texts), wrap).by_old_version();
        prop_assert_eq!(cleaned.restored(&cleaned.left).unwrap(), cleaned.original.clone());
    }

    #[test]
    fn by_an_old_log_no_text_of_another_length_comes_out(texts in texts(), edit in edit()) {
        let cleaned = Cleaned::of(original(None, &texts), None).by_old_version();
        prop_assume!(!cleaned.log.is_empty());
        let file = edit.apply(&cleaned.left);
        if let Ok(restored) = cleaned.restored(&file) {
            prop_assert_eq!(restored.len(), cleaned.original.len());
        }
    }
}

#[test]
fn by_an_old_log_the_original_is_refused_and_its_lines_are_not_doubled() {
    for wrap in WRAPS.into_iter().chain([Some(Wrap::Parquet)]) {
        let cleaned = Cleaned::of(original(wrap, &[documents::Page::from("The end.\n")]), wrap).by_old_version();
        let refused = cleaned.restored(&cleaned.original);
        assert!(matches!(refused, Err(RestoreError::Record { record: 1, .. })), "{wrap:?}: {refused:?}");
    }
}

#[test]
fn what_went_must_fit_the_place_that_it_stood_in() {
    for wrap in WRAPS {
        let mut cleaned = Cleaned::of(original(wrap, &[documents::Page::from("The end.\n")]), wrap);
        let log = String::from_utf8(cleaned.log).unwrap();
        let shifted = log.replace("\"start\":10,\"end\":16", "\"start\":10,\"end\":17");
        assert!(shifted != log, "{wrap:?}: {log}");
        cleaned.log = shifted.into_bytes();
        let refused = cleaned.restored(&cleaned.left);
        assert!(matches!(refused, Err(RestoreError::Record { record: 1, .. })), "{wrap:?}: {refused:?}");
    }
}
