//! Records that cannot be read.

use super::{CLEAN_PAGES, PAGES, ended, wrapped};
use crate::place::{Place, stderr};
use crate::wrapped::Wrap;

const LINES: [&str; 6] = [
    "{\"text\": \"One.\\nRead more\\n\"}\n",
    "{\"text\": \"Two.\\nRead more\n",
    "{\"text\": 5}\n",
    "{\"id\": 1}\n",
    "{\"text\": null}\n",
    "{\"text\": \"Three.\\nRead more\\n\", \"id\": 6}\n",
];
const FIRST_CLEAN: &str = "{\"text\": \"One.\\n\"}\n";
const LAST_CLEAN: &str = "{\"text\": \"Three.\\n\", \"id\": 6}\n";
const FAULTS: &str = "dechrome: pages.jsonl: record 2: column 26: the record is not complete: was the file cut off?\n\
                      dechrome: pages.jsonl: record 3: `text` is a number, not a text\n";

fn place() -> Place {
    let place = Place::new();
    place.write("pages.jsonl", LINES.concat());
    place
}

#[test]
fn lines_that_are_no_records_pass_are_named_and_make_the_status_2() {
    let output = place().run(["clean", "pages.jsonl"]);
    let left = [FIRST_CLEAN, LINES[1], LINES[2], LINES[3], LINES[4], LAST_CLEAN].concat();
    assert_eq!(String::from_utf8_lossy(&output.stdout), left);
    ended(&output, 2, FAULTS);
}

#[test]
fn lines_that_are_no_records_are_left_out_if_that_is_asked_for() {
    let output = place().run(["clean", "pages.jsonl", "--on-error", "skip"]);
    let left = [FIRST_CLEAN, LINES[3], LINES[4], LAST_CLEAN].concat();
    assert_eq!(String::from_utf8_lossy(&output.stdout), left);
    ended(&output, 2, FAULTS);
}

#[test]
fn a_line_that_is_no_record_ends_the_run_if_that_is_asked_for() {
    let place = place();
    let first = FAULTS.lines().next().unwrap().to_owned() + "\n";
    ended(&place.run(["clean", "pages.jsonl", "--on-error", "fail"]), 2, &first);
    ended(&place.run(["clean", "pages.jsonl", "--on-error", "fail", "-o", "out"]), 2, &first);
    assert!(place.files("out").is_empty(), "an output that is not complete has no name");
    ended(&place.run(["clean", "pages.jsonl", "--on-error", "fail", "--in-place"]), 2, &first);
    assert_eq!(place.read("pages.jsonl"), LINES.concat().as_bytes());
}

#[test]
fn faulty_records_are_counted_whatever_becomes_of_them() {
    let place = place();
    for policy in ["pass", "skip"] {
        let output = place.run(["clean", "pages.jsonl", "--on-error", policy, "-o", "out", "--stats=figures.json"]);
        assert_eq!(output.status.code(), Some(2));
        let figures: serde_json::Value = serde_json::from_slice(&place.read("figures.json")).unwrap();
        let counted = ["documents", "changed", "faults", "textless", "failed"].map(|name| figures[name].as_u64());
        assert_eq!(counted, [Some(2), Some(2), Some(2), Some(2), Some(0)], "{policy}: {figures}");
    }
}

#[test]
fn records_of_which_none_has_the_field_are_an_error_that_names_it() {
    let place = Place::new();
    place.write("pages.jsonl", "{\"body\": \"One.\"}\n{\"body\": \"Two.\\nRead more\"}\n");
    let output = place.run(["clean", "pages.jsonl"]);
    ended(
        &output,
        2,
        "dechrome: no record has a text in `text`; name the field with --text-field (texts of the first record: `body`)\n",
    );
    let left = place.quiet(["clean", "pages.jsonl", "--text-field", "body"]);
    assert_eq!(left, b"{\"body\": \"One.\"}\n{\"body\": \"Two.\\n\"}\n");
}

#[test]
fn a_field_that_cannot_be_one_is_refused_before_anything_is_written() {
    let place = place();
    for field in ["", "a..b", "."] {
        let output = place.run(["clean", "pages.jsonl", "--text-field", field, "-o", "out"]);
        assert_eq!(output.status.code(), Some(2), "{field:?}");
        assert!(stderr(&output).lines().count() == 1 && !place.path("out/pages.jsonl").exists(), "{output:?}");
    }
}

#[test]
fn a_separator_of_hyphens_can_be_given_as_a_word_of_its_own() {
    let place = Place::new();
    place.write("pages.txt", "One.\nRead more\n---\nTwo.\n");
    let left = place.quiet(["clean", "pages.txt", "--document-separator", "---"]);
    assert_eq!(left, b"One.\n---\nTwo.\n");
}

#[test]
fn many_faults_are_not_all_told_and_all_counted() {
    let place = Place::new();
    place.write("pages.jsonl", "{\"text\": 5}\n".repeat(5000) + "{\"text\": \"\"}\n");
    let output = place.run(["clean", "pages.jsonl", "--stats=figures.json", "-o", "out"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("dechrome: more records cannot be read; --stats counts them\n"), "{said}");
    assert!(said.lines().count() < 120, "{} lines", said.lines().count());
    let figures: serde_json::Value = serde_json::from_slice(&place.read("figures.json")).unwrap();
    assert_eq!(figures["faults"], 5000);
}

#[test]
fn a_wet_record_with_a_wrong_length_passes_between_cleaned_ones() {
    let place = Place::new();
    let bad = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nTwo.\nRead more\n\r\n\r\n";
    let around = |page: &str| String::from_utf8(wrapped(Wrap::Wet, &[page])).unwrap();
    place.write("pages.warc.wet", [around(PAGES[0]).as_str(), bad, &around(PAGES[2])].concat());
    let output = place.run(["clean", "pages.warc.wet"]);
    let left = [around(CLEAN_PAGES[0]).as_str(), bad, &around(CLEAN_PAGES[2])].concat();
    assert_eq!(String::from_utf8_lossy(&output.stdout), left);
    let fault =
        "dechrome: pages.warc.wet: record 2: the record does not end where its Content-Length of 5 bytes says\n";
    ended(&output, 2, fault);
    let output = place.run(["clean", "pages.warc.wet", "--on-error", "skip"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), around(CLEAN_PAGES[0]) + &around(CLEAN_PAGES[2]));
    ended(&output, 2, fault);
    let output = place.run(["clean", "pages.warc.wet", "--on-error", "fail", "-o", "out"]);
    ended(&output, 2, fault);
    assert!(place.files("out").is_empty());
}

/// The texts of the JSON lines that an archive with a bad record in its middle becomes.
fn texts_of_json_lines(policy: &str) -> Vec<String> {
    let place = Place::new();
    let record = wrapped(Wrap::Wet, &PAGES[..1]);
    let bad =
        b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nTwo.\n\r\n\r\n";
    place.write("pages.wet", [&record[..], bad, &record].concat());
    let output = place.run(["clean", "pages.wet", "--to", "jsonl", "--on-error", policy]);
    assert_eq!(output.status.code(), Some(2));
    let lines = String::from_utf8(output.stdout).unwrap();
    let parsed =
        lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line:?}: {error}")));
    parsed.map(|record: serde_json::Value| record["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn junk_of_an_archive_that_is_skipped_makes_no_json_line() {
    assert_eq!(texts_of_json_lines("skip"), ["One.\n", "One.\n"]);
}

#[test]
fn junk_of_an_archive_that_passes_makes_no_broken_json_line() {
    assert_eq!(texts_of_json_lines("pass"), ["One.\n", "One.\n"]);
}
