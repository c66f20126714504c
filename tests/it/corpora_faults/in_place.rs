//! Runs in place, whose log is the only way back.

use std::fs;

use dechrome::io::Compression;

use super::logs::restored;
use super::{PAGES, encoded, wrapped};
use crate::place::{Place, stderr};
use crate::wrapped::Wrap;

const RUN: [&str; 5] = ["clean", "tree", "--in-place", "--removed", "gone.jsonl"];

fn tree() -> Place {
    let place = Place::new();
    place.write("tree/a.txt", PAGES[0]);
    place.write("tree/b.txt", PAGES[2]);
    place.write("tree/pages.jsonl", wrapped(Wrap::Jsonl, &PAGES));
    place.write("tree/pages.jsonl.gz", encoded(Compression::Gzip, &wrapped(Wrap::Jsonl, &PAGES)));
    place.write("tree/pages.wet", wrapped(Wrap::Wet, &PAGES));
    place.write("tree/table.parquet", wrapped(Wrap::Parquet, &PAGES));
    place
}

#[test]
fn a_second_run_does_not_write_over_the_log_of_the_first() {
    let place = tree();
    let original = place.files("tree");
    place.quiet(RUN);
    let (cleaned, log) = (place.files("tree"), place.read("gone.jsonl"));
    place.write("pack.toml", crate::place::PACK.replace("Read more", "The end"));
    let output = place.run(RUN);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("gone.jsonl: it holds what an earlier run took"), "{said}");
    assert!(place.read("gone.jsonl") == log && place.files("tree") == cleaned, "nothing is touched");
    // With a log for each, both are undone, the last one first.
    place.quiet(["clean", "tree", "--in-place", "--removed", "second.jsonl"]);
    assert!(place.files("tree") != cleaned);
    for (from, log, to) in [("tree", "second.jsonl", "first"), ("first", "gone.jsonl", "back")] {
        let output = restored(&place, &[from, "--removed", log, "-o", to]);
        assert!(output.status.success() && output.stderr.is_empty(), "{}", stderr(&output));
    }
    assert!(place.read("back/b.txt") == original[std::path::Path::new("b.txt")]);
    assert!(place.read("back/pages.wet") == original[std::path::Path::new("pages.wet")]);
}

#[test]
fn a_log_that_is_empty_yet_is_taken() {
    let place = tree();
    place.write("gone.jsonl", "");
    place.quiet(RUN);
    assert!(!place.read("gone.jsonl").is_empty());
}

/// A run that was killed when its log was written and these files had not been replaced.
fn killed_before_replacing(names: &[&str]) -> Place {
    let place = tree();
    let original = place.files("tree");
    place.quiet(RUN);
    for name in names {
        place.write(format!("tree/{name}"), &original[std::path::Path::new(name)]);
    }
    place
}

#[track_caller]
fn comes_back(place: &Place, said: &str) {
    let original = tree().files("tree");
    let output = restored(place, &["tree", "--removed", "gone.jsonl", "-o", "back"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), said));
    for (name, bytes) in original {
        let back = place.read(std::path::Path::new("back").join(&name));
        let content = |bytes: &[u8]| crate::wrapped::decompressed(bytes, Compression::of_path(&name));
        match name.extension().is_some_and(|end| end == "parquet") {
            true => assert_eq!(crate::wrapped::table_content(&back), crate::wrapped::table_content(&bytes)),
            false => assert!(content(&back) == content(&bytes), "{}", name.display()),
        }
    }
}

#[test]
fn files_not_replaced_by_a_killed_run_come_back_as_they_are() {
    let names = ["b.txt", "pages.jsonl", "pages.jsonl.gz", "pages.wet", "table.parquet"];
    for name in names {
        comes_back(&killed_before_replacing(&[name]), "");
    }
    comes_back(&killed_before_replacing(&names), "");
}

#[test]
fn a_log_cut_off_by_a_kill_gives_the_files_back() {
    let sound = tree();
    sound.quiet(["clean", "tree", "--in-place", "--removed", "gone.jsonl", "-j", "1"]);
    let log = sound.read("gone.jsonl");
    let lines: Vec<&[u8]> = log.split_inclusive(|byte| *byte == b'\n').collect();
    let last = serde_json::from_slice::<serde_json::Value>(lines[lines.len() - 1]).unwrap();
    let last = last["input"].as_str().unwrap();
    let of_last = lines.iter().rev().take_while(|line| input_of(line) == last).map(|line| line.len()).sum::<usize>();
    // Wherever what was logged of the last file is cut off, that had not been replaced.
    for cut in [1, 2, 30, of_last / 2, of_last - 40, of_last - 1] {
        let place = killed_before_replacing(&[last]);
        place.write("gone.jsonl", &log[..log.len() - cut]);
        let kept = &log[..log.len() - cut];
        let number = kept.split_inclusive(|byte| *byte == b'\n').count();
        let what = "is cut off and left out: the run was ended while it wrote it";
        // Without its line end alone the last line is whole.
        let said = if cut == 1 { String::new() } else { format!("dechrome: gone.jsonl: line {number} {what}\n") };
        comes_back(&place, &said);
    }
}

fn input_of(line: &[u8]) -> String {
    serde_json::from_slice::<serde_json::Value>(line).unwrap()["input"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_missing_in_a_log_is_found_to_be_missing() {
    let place = tree();
    place.quiet(RUN);
    let log = String::from_utf8(place.read("gone.jsonl")).unwrap();
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    for gone in 0..lines.len() {
        if lines[gone].contains("\"document\":0,") {
            continue;
        }
        let damaged: String = lines.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, line)| *line).collect();
        place.write("damaged.jsonl", damaged);
        let _ = fs::remove_dir_all(place.path("back"));
        let output = restored(&place, &["tree", "--removed", "damaged.jsonl", "-o", "back"]);
        let input = input_of(lines[gone].as_bytes());
        assert_eq!(output.status.code(), Some(2), "without line {}", gone + 1);
        assert!(stderr(&output).contains(&input) && !place.path("back").join(&input).exists(), "{}", stderr(&output));
        assert_eq!(place.files("back").len(), 5, "the others come back");
    }
}

#[test]
fn logs_of_two_runs_in_one_are_refused() {
    let place = tree();
    place.quiet(RUN);
    let log = place.read("gone.jsonl");
    place.write("both.jsonl", [&log[..], &log].concat());
    let output = restored(&place, &["tree", "--removed", "both.jsonl", "-o", "back"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("undo one run after the other"), "{}", stderr(&output));
}
