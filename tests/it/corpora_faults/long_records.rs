//! Records that are too long to be held.

use dechrome::io::RECORD_LIMIT;
use dechrome::run::{RemovalLog, restore};

use crate::documents::HOSTILE_CLEANER;
use crate::doors;
use crate::wrapped::Wrap;

/// Cleans and restores what is in `parts`, of which one is too long.
#[track_caller]
fn comes_back(wrap: Wrap, parts: &[&[u8]], drops: bool) {
    let original = parts.concat();
    let mut options = wrap.options();
    options.log_removed = true;
    options.policy.drop_empty = drops;
    let run = doors::corpus(&HOSTILE_CLEANER, doors::stream(original.clone()), &options);
    assert!(run.left.len() < original.len(), "something goes");
    assert_eq!(run.stats.faults, 1, "it is one fault: {:?}", run.said);
    assert!(run.said[0].contains("record 3: longer than 128 MiB"), "{:?}", run.said);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("cleaned"), &run.left).unwrap();
    std::fs::write(path("gone.jsonl"), &run.log).unwrap();
    let log = RemovalLog::open(&path("gone.jsonl")).unwrap();
    let restored = restore(&path("cleaned"), &log, std::path::Path::new("-"), &options, Vec::new()).unwrap();
    assert!(restored == original, "{} bytes of {}", restored.len(), original.len());
}

#[test]
fn what_stands_around_a_long_line_of_json_comes_back() {
    let record = b"{\"text\":\"The mill.\\nAlpha\\n\"}\n";
    let empty = b"{\"text\":\"Alpha\\n\"}\n";
    let long = [b"{\"text\":\"", &vec![b'x'; RECORD_LIMIT + (1 << 20)][..], b"\"}\n"].concat();
    comes_back(Wrap::Jsonl, &[record, empty, &long, empty, record, empty], true);
}

#[test]
fn what_stands_around_a_long_document_comes_back() {
    let document = b"The mill.\nAlpha\n=====\n";
    let line = [&[b'x'; 999][..], b"\n"].concat();
    let long = [&line.repeat(RECORD_LIMIT / 1000 + 2000)[..], b"Alpha\n=====\n"].concat();
    comes_back(Wrap::Separated, &[document, b"Alpha\n=====\n", &long, document, b"The end.\nAlpha\n"], false);
}
