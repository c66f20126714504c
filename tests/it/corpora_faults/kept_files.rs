//! Files that no output is written over: inputs, and what is of another kind.

use std::fs;
use std::os::unix::fs::FileTypeExt;

use super::PAGES;
use crate::place::{PACK, Place, stderr};

fn place() -> Place {
    let place = Place::new();
    place.write("tree/a.txt", PAGES[0]);
    place.write("tree/figures.json", "{\"documents\": 1, \"removed\": {}, \"removals\": {}}\n");
    place.write("tree/report.html", "<!doctype html>\n<title>dechrome report</title>\n");
    place.write("notes.json", "{\"important\": true}\n");
    place.write("page.html", "<!doctype html>\n<title>A page of a site</title>\n");
    place.write("data.jsonl", "{\"input\": \"What is a mill?\", \"output\": \"A machine.\"}\n");
    place.write("mill.example.toml", PACK.replace("[pack]", "[pack]\nsites = [\"mill.example\"]"));
    place
}

#[test]
fn nothing_is_written_over_an_input_or_a_file_of_another_kind() {
    let cases: &[(&str, &[&str])] = &[
        ("notes.json", &["clean", "tree", "--removed", "notes.json", "-o", "out"]),
        ("notes.json", &["clean", "tree", "--removed", "notes.json", "-o", "out", "--resume"]),
        ("notes.json", &["clean", "tree", "--removed", "notes.json", "--in-place"]),
        ("data.jsonl", &["clean", "tree/a.txt", "--removed", "data.jsonl"]),
        ("pack.toml", &["clean", "tree/a.txt", "--removed", "pack.toml"]),
        ("notes.json", &["clean", "tree", "--stats=notes.json"]),
        ("page.html", &["clean", "tree", "--stats=page.html"]),
        ("tree/a.txt", &["clean", "tree", "--stats=tree/a.txt"]),
        ("tree/figures.json", &["clean", "tree", "-o", "out", "--stats=tree/figures.json"]),
        ("tree/figures.json", &["clean", "tree/figures.json", "--check", "--stats=tree/../tree/figures.json"]),
        ("notes.json", &["report", "tree", "-o", "notes.json"]),
        ("page.html", &["report", "tree", "-o", "page.html"]),
        ("tree/a.txt", &["report", "tree", "-o", "tree/a.txt"]),
        ("tree/report.html", &["report", "tree", "-o", "tree/report.html"]),
        ("gone.jsonl", &["report", "--removed", "gone.jsonl", "-o", "gone.jsonl"]),
    ];
    for (name, arguments) in cases {
        let place = place();
        place.quiet(["clean", "tree/a.txt", "-o", "before", "--removed", "gone.jsonl"]);
        let files = place.files(".");
        let output = place.run(*arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(name) && said.contains("would be written over"), "{arguments:?}: {said}");
        assert!(place.files(".") == files, "{arguments:?}: something was written");
    }
}

#[test]
fn packs_that_were_mined_are_written_over_packs_alone() {
    let place = place();
    let crawl = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/mine.in/crawl.jsonl");
    place.write("candidates/mill.example.toml", "mine = [1,\n");
    let output = place.run(["mine", crawl, "-o", "candidates", "--overwrite"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("mill.example.toml: a file that is no pack is there"), "{said}");
    let files = place.files("candidates");
    assert!(files.len() == 1 && files.values().all(|bytes| bytes == b"mine = [1,\n"), "nothing is written");
}

#[test]
fn a_review_is_written_over_no_pack_and_a_pack_over_no_other_file() {
    for (name, arguments) in [
        ("mill.example.toml", &["mill.example.toml", "-o", "mill.example.toml"][..]),
        ("notes.json", &["mill.example.toml", "-o", "notes.json"]),
        ("tree/a.txt", &["mill.example.toml", "tree", "-o", "tree/a.txt"]),
        ("page.html", &["mill.example.toml", "--kind", "share", "-o", "page.html"]),
    ] {
        let place = place();
        let files = place.files(".");
        let output =
            crate::doors::command(["review"].iter().chain(arguments)).current_dir(place.folder.path()).output();
        let output = output.unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(name) && said.contains("would be written over"), "{arguments:?}: {said}");
        assert!(place.files(".") == files, "{arguments:?}: something was written");
    }
}

#[test]
fn a_log_and_figures_in_one_file_are_refused() {
    let place = place();
    for figures in ["--stats=gone.json", "--stats=./tree/../gone.json"] {
        let output = place.run(["clean", "tree/a.txt", "--removed", "gone.json", figures]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(!place.path("gone.json").exists());
    }
}

#[test]
fn files_of_their_own_kind_are_written_anew() {
    let place = place();
    for _ in 0..2 {
        place.quiet(["clean", "tree/a.txt", "-o", "out", "--removed", "gone.jsonl"]);
        place.figures(["clean", "tree/a.txt"]);
        place.quiet(["report", "tree/a.txt", "-o", "report.html"]);
    }
    assert!(place.read("gone.jsonl").starts_with(b"{\"input\":\"a.txt\","));
    place.write("gone.jsonl", "");
    place.quiet(["clean", "tree/a.txt", "-o", "out", "--removed", "gone.jsonl"]);
}

#[test]
fn a_device_is_written_to_and_not_replaced() {
    let place = place();
    let read = place.quiet(["report", "tree/a.txt", "-o", "/dev/stdout"]);
    assert!(read.starts_with(b"<!doctype html>"));
    place.quiet(["clean", "tree/a.txt", "--in-place", "--removed", "/dev/null"]);
    let output = place.run(["clean", "tree/a.txt", "--stats=/dev/null"]);
    assert!(output.status.success(), "{output:?}");
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}
