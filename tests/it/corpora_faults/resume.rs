//! Runs that were killed and are gone on with.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use dechrome::io::Compression;

use super::{encoded, ended, wrapped};
use crate::place::{PACK, Place, RUN_MARK, names_below, stderr, wait_until};
use crate::wrapped::Wrap;

const FILES: usize = 150;
const RUN: [&str; 6] = ["clean", "tree", "-o", "out", "--removed", "gone.jsonl"];

/// Files of every format, of some kilobytes each.
fn large_tree() -> Place {
    let place = Place::new();
    for number in 0..FILES {
        let pages: Vec<String> = (0..40)
            .map(|page| format!("Page {page} of {number} stands here and stays.\nRead more about {page}\nThe end.\n"))
            .collect();
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let name = |end: &str| format!("tree/{}/{number:03}.{end}", number % 5);
        match number % 6 {
            0 => place.write(name("jsonl"), wrapped(Wrap::Jsonl, &pages)),
            1 => place.write(name("jsonl.gz"), encoded(Compression::Gzip, &wrapped(Wrap::Jsonl, &pages))),
            2 => place.write(name("wet"), wrapped(Wrap::Wet, &pages)),
            3 => place.write(name("parquet"), wrapped(Wrap::Parquet, &pages[..10])),
            4 => place.write(name("jsonl.zst"), encoded(Compression::Zstd, &wrapped(Wrap::Jsonl, &pages))),
            _ => place.write(name("txt"), pages.concat()),
        }
    }
    place
}

/// Kills a run at some moment after it wrote so many outputs; says whether it was not done before.
fn killed(place: &Place, arguments: &[&str], after: usize) -> bool {
    let mut child = place.command(arguments).stderr(Stdio::piped()).spawn().unwrap();
    let mut is_done = false;
    wait_until("an output", || {
        is_done = child.try_wait().unwrap().is_some();
        is_done || finished(place).len() >= after
    });
    let random = RandomState::new().build_hasher().finish() % 30;
    std::thread::sleep(Duration::from_millis(random));
    child.kill().unwrap();
    child.wait().unwrap().code().is_none() && !is_done
}

/// The outputs that have their names, and when they got them.
pub(super) fn finished(place: &Place) -> BTreeMap<PathBuf, (SystemTime, u64)> {
    let out = place.path("out");
    let entries = walkdir::WalkDir::new(&out).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let outputs = entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with(".dechrome-"));
    outputs
        .filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            let name = entry.path().strip_prefix(&out).unwrap().to_owned();
            Some((name, (metadata.modified().unwrap(), metadata.ino())))
        })
        .collect()
}

fn lines(log: &[u8]) -> BTreeSet<Vec<u8>> {
    log.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

#[test]
fn a_run_killed_again_and_again_ends_like_an_undisturbed_one() {
    let place = large_tree();
    place.quiet(["clean", "tree", "-o", "whole", "--removed", "whole.jsonl"]);
    let (whole, whole_log) = (place.files("whole"), place.read("whole.jsonl"));
    let resuming = [&RUN[..], &["--resume"]].concat();
    let whole_lines = lines(&whole_log);
    let mut kills = 0;
    for round in 0..5 {
        let before = finished(&place);
        kills += usize::from(killed(&place, if round == 0 { &RUN } else { &resuming }, before.len() + 15));
        let after = finished(&place);
        for (name, made) in &before {
            assert_eq!(after.get(name), Some(made), "round {round}: {} was complete", name.display());
        }
        let log = lines(&place.read("gone.jsonl"));
        for line in &whole_lines {
            assert!(
                log.contains(line) || !after.contains_key(&input_of(line)),
                "round {round}: {line:?} is not logged"
            );
        }
    }
    assert!(kills > 0, "the runs are too short for this test");
    let before = finished(&place);
    place.quiet(resuming.iter().copied());
    let after = finished(&place);
    assert!(before.iter().all(|(name, made)| after[name] == *made), "what was complete is not written again");
    assert!(!place.path("out").join(RUN_MARK).exists());
    let log = place.read("gone.jsonl");
    assert_eq!(log.iter().filter(|byte| **byte == b'\n').count(), lines(&log).len(), "no line stands there twice");
    assert!(lines(&log) == whole_lines, "the log is that of an undisturbed run");
    let outputs = place.files("out").into_iter().filter(|(name, _)| name.extension().is_none_or(|end| end != "part"));
    let outputs: BTreeMap<PathBuf, Vec<u8>> = outputs.collect();
    assert!(outputs == whole, "the outputs are those of an undisturbed run");
}

/// The input that a line of a log names.
fn input_of(line: &[u8]) -> PathBuf {
    let line = line.strip_prefix(b"{\"input\":\"").unwrap();
    let end = line.iter().position(|byte| *byte == b'"').unwrap();
    PathBuf::from(String::from_utf8(line[..end].to_vec()).unwrap())
}

#[test]
fn a_resumed_run_removes_the_killed_ones_temporary_files() {
    let place = large_tree();
    // One is always being written.
    for _ in 0..3 {
        killed(&place, &RUN, 3);
    }
    place.write("out/.dechrome-killed.part", "half a");
    place.quiet(RUN.iter().copied().chain(["--resume"]));
    let names = names_below(&place.path("out"));
    let left: Vec<&String> = names.iter().filter(|name| name.ends_with(".part")).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Three short files and a long one, and a run that was killed before it was done with the long one.
pub(super) fn killed_before_the_last(arguments: &[&str]) -> Place {
    let place = Place::new();
    for name in ["a", "b", "c"] {
        place.write(format!("tree/{name}.txt"), format!("Page {name}.\nRead more\nRead on\n"));
    }
    // Long enough not to be done before the others.
    place.write("tree/z.jsonl", wrapped(Wrap::Jsonl, &vec!["A page.\nRead more\n"; 400_000]));
    let mut child = place.command(RUN).args(["-j", "2"]).args(arguments).stderr(Stdio::null()).spawn().unwrap();
    wait_until("the short ones", || finished(&place).len() == 3);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(place.path("out").join(RUN_MARK).exists() && finished(&place).len() == 3);
    place.write("tree/z.jsonl", wrapped(Wrap::Jsonl, &["A page.\nRead more\n"]));
    place
}

#[test]
fn other_packs_options_or_inputs_are_refused_and_nothing_is_touched() {
    let place = killed_before_the_last(&[]);
    let before = (finished(&place), place.read("gone.jsonl"));
    let what = "dechrome: out: the run that was ended here had other packs, options or inputs; take those, or leave out \
                --resume\n";
    let refused = |arguments: &[&str], why: &str| {
        let output = place.command(RUN).arg("--resume").args(arguments).output().unwrap();
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(2), what), "{why}");
        assert!((finished(&place), place.read("gone.jsonl")) == before, "{why}: something was touched");
    };
    refused(&["--min-chars", "3"], "options of documents");
    refused(&["--text-field", "body"], "options of formats");
    refused(&["--only", "share"], "rules");
    refused(&["--site", "mill.example"], "site");
    refused(&["pack.toml"], "inputs");
    place.write("pack.toml", PACK.replace("Read more", "Read on"));
    refused(&[], "packs");
    place.write("pack.toml", PACK);
    let output = place.run(["clean", "tree", "-o", "out", "--resume"]);
    ended(&output, 2, what);
    place.quiet(RUN.iter().copied().chain(["--resume", "-j", "5"]));
    assert_eq!(place.read("out/a.txt"), b"Page a.\nRead on\n");
}

#[test]
fn an_input_that_changed_since_is_done_again() {
    let place = killed_before_the_last(&[]);
    std::thread::sleep(Duration::from_millis(20));
    place.write("tree/b.txt", "Another page.\nRead more\n");
    place.quiet(RUN.iter().copied().chain(["--resume"]));
    assert_eq!(place.read("out/b.txt"), b"Another page.\n");
    assert_eq!(place.read("out/a.txt"), b"Page a.\nRead on\n");
    let log = String::from_utf8(place.read("gone.jsonl")).unwrap();
    // What it was, and what went.
    assert_eq!(log.lines().filter(|line| line.contains("\"input\":\"b.txt\"")).count(), 2, "{log}");
}

#[test]
fn a_changed_input_is_done_again_under_another_output_name() {
    let compress = ["--compress", "zstd"];
    let place = killed_before_the_last(&compress);
    std::thread::sleep(Duration::from_millis(20));
    place.write("tree/b.txt", "Another page.\nRead more\n");
    place.quiet(RUN.iter().copied().chain(["--resume"]).chain(compress));
    super::undo::given_back(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
}

#[test]
fn outputs_of_an_earlier_run_of_other_packs_are_not_taken_for_complete() {
    let place = Place::new();
    place.write("tree/a.txt", "Page a.\nRead more\nRead on\n");
    place.write("tree/z.jsonl", wrapped(Wrap::Jsonl, &vec!["A page.\nRead more\n"; 400_000]));
    place.quiet(["clean", "tree/a.txt", "-o", "out"]);
    assert_eq!(place.read("out/a.txt"), b"Page a.\nRead on\n");
    std::thread::sleep(Duration::from_millis(20));
    // Another run into the same folder is killed before it comes to that file.
    place.write("pack.toml", PACK.replace("\"Read more\"", "\"Read on\""));
    let early = fs::metadata(place.path("out/a.txt")).unwrap();
    let mut child = place.command(RUN).args(["-j", "1"]).stderr(Stdio::null()).spawn().unwrap();
    wait_until("its mark", || place.path("out").join(RUN_MARK).exists());
    child.kill().unwrap();
    child.wait().unwrap();
    if fs::metadata(place.path("out/a.txt")).unwrap().ino() != early.ino() {
        // It was fast: as if it had not come to it.
        place.write("out/a.txt", "Page a.\nRead on\n");
        let file = fs::File::options().write(true).open(place.path("out/a.txt")).unwrap();
        file.set_modified(early.modified().unwrap()).unwrap();
    }
    place.write("tree/z.jsonl", wrapped(Wrap::Jsonl, &["A page.\nRead on\n"]));
    place.quiet(RUN.iter().copied().chain(["--resume"]));
    assert_eq!(String::from_utf8(place.read("out/a.txt")).unwrap(), "Page a.\nRead more\n");
}

#[test]
fn a_run_that_was_finished_is_done_again() {
    let place = Place::new();
    place.write("tree/a.txt", "Page a.\nRead more\n");
    place.quiet(RUN);
    place.write("out/a.txt", "Spoiled.\n");
    place.quiet(RUN.iter().copied().chain(["--resume"]));
    assert_eq!(place.read("out/a.txt"), b"Page a.\n");
    assert_eq!(String::from_utf8(place.read("gone.jsonl")).unwrap().lines().count(), 2, "what it was, and what went");
}

#[test]
fn to_go_on_needs_a_folder_of_outputs() {
    let place = Place::new();
    place.write("page.txt", "Page a.\n");
    for arguments in [&["clean", "page.txt", "--resume"][..], &["clean", "page.txt", "--in-place", "--resume"]] {
        let output = place.run(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
    }
    assert!(!Path::new(&place.path("out")).exists());
}
