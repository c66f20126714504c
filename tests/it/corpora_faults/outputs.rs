//! Outputs that cannot be written, or that nobody wants any more of.

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dechrome::io::Compression;
use serde_json::Value;

use super::{PAGES, encoded, ended, wrapped};
use crate::place::{Place, SmallDisk, status_of, stderr};
use crate::wrapped::{SEPARATOR, Wrap, table_content};

/// Two megabytes of each format, and a log of what goes of the records.
fn corpora() -> Place {
    let place = Place::new();
    let pages: Vec<String> = (0..4000).map(|n| format!("Page {n} of some words.\nRead more\n").repeat(12)).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    place.write("pages.jsonl", wrapped(Wrap::Jsonl, &pages));
    place.write("pages.jsonl.gz", encoded(Compression::Gzip, &wrapped(Wrap::Jsonl, &pages)));
    place.write("pages.wet", wrapped(Wrap::Wet, &pages));
    place.write("pages.txt", wrapped(Wrap::Separated, &pages));
    place.write("pages.parquet", wrapped(Wrap::Parquet, &pages[..400]));
    place
}

fn commands() -> Vec<Vec<&'static str>> {
    vec![
        vec!["clean", "pages.jsonl"],
        vec!["clean", "pages.jsonl.gz"],
        vec!["clean", "pages.jsonl", "--compress", "zstd"],
        vec!["clean", "pages.wet"],
        vec!["clean", "pages.wet", "--to", "jsonl"],
        vec!["clean", "pages.txt", "--document-separator", SEPARATOR],
        vec!["clean", "pages.parquet"],
        vec!["clean", "pages.jsonl", "--removed", "gone.jsonl"],
    ]
}

#[test]
fn a_reader_that_goes_away_ends_a_corpus_without_a_word() {
    let place = corpora();
    place.quiet(["clean", "pages.jsonl", "-o", "out", "--removed", "log.jsonl"]);
    let command = |arguments: &[&str]| match arguments {
        ["restore", ..] => restoring(&place, arguments),
        _ => place.command(arguments),
    };
    let restoring = vec!["restore", "out/pages.jsonl", "--removed", "log.jsonl"];
    for arguments in commands().into_iter().chain([restoring]) {
        let mut child = command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut beginning = [0; 8];
        BufReader::with_capacity(8, child.stdout.take().unwrap()).read_exact(&mut beginning).unwrap();
        assert_eq!(status_of(child), (Some(0), String::new()), "{arguments:?}");
    }
}

#[test]
fn a_full_standard_output_is_one_error_for_every_format() {
    let place = corpora();
    place.quiet(["clean", "pages.jsonl", "-o", "out", "--removed", "log.jsonl"]);
    let restoring_arguments = vec!["restore", "out/pages.jsonl", "--removed", "log.jsonl"];
    for arguments in commands().into_iter().chain([restoring_arguments]) {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut command =
            if arguments[0] == "restore" { restoring(&place, &arguments) } else { place.command(&arguments) };
        let output = command.stdout(full).output().unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("No space left on device") && said.lines().count() == 1, "{arguments:?}: {said}");
    }
}

/// `restore` takes no packs.
fn restoring(place: &Place, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dechrome"));
    command.args(arguments).current_dir(place.folder.path()).stdin(Stdio::null());
    command
}

#[test]
fn a_log_that_cannot_be_written_is_one_error_and_no_output_has_its_name() {
    for name in ["pages.jsonl", "pages.wet", "pages.parquet", "page.txt"] {
        let place = corpora();
        place.write("page.txt", PAGES[0]);
        let output = place.run(["clean", name, "-o", "out", "--removed", "/dev/full"]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(said.contains("the log of removals cannot be written: No space left on device"), "{name}: {said}");
        assert_eq!(said.lines().count(), 1, "{name}: {said}");
        assert!(place.files("out").is_empty(), "{name}: what cannot be given back is not written");
        let output = place.run(["clean", name, "--removed", "/proc/gone.jsonl"]);
        let said = stderr(&output);
        assert!(said.starts_with("dechrome: /proc/gone.jsonl: ") && said.lines().count() == 1, "{name}: {said}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    }
}

#[test]
fn in_place_a_file_whose_log_cannot_be_written_stays_as_it_is() {
    for name in ["pages.jsonl", "pages.parquet"] {
        let place = corpora();
        let before = place.read(name);
        let output = place.run(["clean", name, "--in-place", "--removed", "/dev/full"]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(place.read(name) == before, "{name}");
    }
}

/// Files of which each takes a third of a small disk, of its log or of its output.
fn large_files(place: &Place) -> usize {
    const FILES: usize = 12;
    for number in 0..FILES {
        let pages: Vec<String> = (0..2000).map(|page| format!("Page {page} of file {number}.\nRead more\n")).collect();
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        place.write(format!("tree/{number:02}.jsonl"), wrapped(Wrap::Jsonl, &pages));
    }
    FILES
}

#[test]
#[ignore = "needs root: it mounts a file system, or gives a file away"]
fn as_root_a_full_disk_leaves_no_partial_corpus() {
    let place = Place::new();
    let _disk = SmallDisk::mount(&place.path("disk"));
    let files = large_files(&place);
    place.quiet(["clean", "tree", "-o", "whole"]);
    let whole = place.files("whole");
    let output = place.run(["clean", "tree", "-o", "disk/out"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("No space left on device") && said.lines().count() == 1, "{said}");
    let written = place.files("disk/out");
    assert!(!written.is_empty() && written.len() < files, "{} files", written.len());
    assert!(written.iter().all(|(name, bytes)| whole[name] == *bytes), "each is whole");
}

#[test]
#[ignore = "needs root: it mounts a file system, or gives a file away"]
fn as_root_a_log_that_fills_its_disk_covers_all_written_outputs() {
    let place = Place::new();
    let _disk = SmallDisk::mount(&place.path("disk"));
    let files = large_files(&place);
    let output = place.run(["clean", "tree", "-o", "out", "--removed", "disk/gone.jsonl"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("the log of removals cannot be written: No space left on device"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    let log = place.read("disk/gone.jsonl");
    let whole_lines = log.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    let entries = whole_lines.map(|line| serde_json::from_slice::<Value>(line).unwrap());
    let removals = entries.filter(|entry| entry["document"] != 0);
    let inputs: Vec<PathBuf> = removals.map(|entry| entry["input"].as_str().unwrap().into()).collect();
    let written = place.files("out");
    assert!(!written.is_empty() && written.len() < files, "{} files", written.len());
    for name in written.keys() {
        assert_eq!(inputs.iter().filter(|input| *input == name).count(), 2000, "{name:?}");
    }
}

#[test]
#[ignore = "needs root: it mounts a file system, or gives a file away"]
fn as_root_a_read_only_folder_is_one_error_for_every_output() {
    let place = corpora();
    let read_only = place.path("disk");
    let _disk = SmallDisk::mount(&read_only);
    fs::write(read_only.join("pages.jsonl"), wrapped(Wrap::Jsonl, &PAGES)).unwrap();
    let remounted = Command::new("mount").args(["-o", "remount,ro"]).arg(&read_only).status();
    assert!(remounted.unwrap().success());
    place.quiet(["clean", "pages.jsonl", "-o", "out", "--removed", "log.jsonl"]);
    let told = |output: std::process::Output, what: &str| {
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{what}: {said}");
        assert!(said.starts_with("dechrome: ") && said.lines().count() == 1, "{what}: {said}");
        assert!(said.contains("disk/"), "{what}: the place is named: {said}");
    };
    told(place.run(["clean", "pages.jsonl", "-o", "disk/out"]), "output");
    told(place.run(["clean", "pages.jsonl", "--removed", "disk/gone.jsonl"]), "log");
    told(place.run(["clean", "disk/pages.jsonl", "--in-place"]), "in place");
    told(place.run(["report", "pages.jsonl", "-o", "disk/page.html"]), "page");
    let originals = ["restore", "out/pages.jsonl", "--removed", "log.jsonl", "-o", "disk/originals"];
    told(restoring(&place, &originals).output().unwrap(), "originals");
}

#[test]
fn a_table_through_a_pipe_is_a_whole_table() {
    let place = corpora();
    let cleaned = place.quiet(["clean", "pages.parquet"]);
    let (schema, rows) = table_content(&cleaned);
    assert_eq!(schema, table_content(&place.read(Path::new("pages.parquet"))).0);
    assert!(rows.iter().all(|row| !row[1].as_ref().unwrap().ends_with(b"Read more\n")) && rows.len() == 400);
}

#[test]
fn in_place_no_file_becomes_what_its_name_does_not_say() {
    for arguments in [["--compress", "gzip"], ["--to", "jsonl"]] {
        let place = Place::new();
        let original = wrapped(Wrap::Wet, &PAGES);
        place.write("pages.wet", &original);
        let output = place.command(["clean", "pages.wet", "--in-place"]).args(arguments).output().unwrap();
        let what =
            "a file that is cleaned in place keeps its name, and so what it is: --compress and --to go with -o DIR";
        ended(&output, 2, &format!("dechrome: {what}\n"));
        assert!(place.read("pages.wet") == original);
    }
}
