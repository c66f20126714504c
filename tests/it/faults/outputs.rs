//! Outputs that cannot be written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::place::{PACK, Place, SmallDisk, status_of, stderr};

#[test]
fn an_output_folder_that_cannot_be_made_is_one_error() {
    let place = Place::new();
    place.write("tree/a.txt", "One.\n");
    place.write("tree/b.txt", "Two.\n");
    let output = place.run(["clean", "tree", "-o", "/proc/dechrome-test"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.starts_with("dechrome: /proc/dechrome-test: ") && said.lines().count() == 1, "{said}");
}

#[test]
fn an_output_folder_that_cannot_be_written_to_is_one_error() {
    let place = Place::new();
    place.write("tree/a.txt", "One.\n");
    place.write("tree/b.txt", "Two.\n");
    // Not even root makes files here.
    let output = place.run(["clean", "tree", "-o", "/proc/self"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.starts_with("dechrome: /proc/self: ") && said.lines().count() == 1, "{said}");
}

#[test]
fn an_output_that_is_a_file_is_refused_and_stays() {
    let place = Place::new();
    place.write("tree/a.txt", "One.\n");
    place.write("out", "precious");
    let output = place.run(["clean", "tree", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("dechrome: out: "), "{output:?}");
    assert_eq!(place.read("out"), b"precious");
}

#[test]
fn an_output_whose_place_is_taken_by_a_folder_fails_alone() {
    let place = Place::new();
    place.write("tree/a.txt", "One.\n");
    place.write("tree/b.txt", "Two.\nRead more\n");
    fs::create_dir_all(place.path("out/a.txt")).unwrap();
    let output = place.run(["clean", "tree", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.starts_with("dechrome: out/a.txt: ") && said.lines().count() == 1, "{said}");
    assert_eq!(place.files("out"), BTreeMap::from([(PathBuf::from("b.txt"), b"Two.\n".to_vec())]), "no part is left");
}

#[test]
fn figures_that_cannot_be_written_are_an_error_and_the_text_is_written() {
    let place = Place::new();
    place.write("page.txt", "One.\nRead more\n");
    let output = place.run(["clean", "page.txt", "--stats=/proc/figures.json"]);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), b"One.\n".as_slice()));
    assert!(stderr(&output).contains("dechrome: /proc/figures.json: "), "{output:?}");
}

#[test]
fn a_full_standard_output_is_one_error_for_every_command() {
    let place = Place::new();
    place.write("page.txt", "One.\nRead more\n");
    for arguments in [
        &["clean", "page.txt"][..],
        &["clean", "page.txt", "--dry-run"],
        &["clean", "page.txt", "--diff"],
        &["clean", "page.txt", "--check"],
        &["explain", "page.txt"],
        &["explain", "page.txt", "--json"],
        &["pack", "list"],
        &["pack", "show", "pack"],
        &["pack", "show", "pack/read-more"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = place.command(arguments).stdout(full).output().unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.starts_with("dechrome: ") && said.contains("No space left on device"), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
    }
    for arguments in
        [&["generate", "schema"][..], &["generate", "man"], &["generate", "completions", "bash"], &["pack", "check"]]
    {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_dechrome")).args(arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    }
}

#[test]
fn a_pack_without_a_last_line_end_is_shown_whole_or_fails() {
    let place = Place::new();
    place.write("pack.toml", "[pack]\ntitle = \"No line end\"");
    assert_eq!(place.quiet(["pack", "show", "pack"]), b"[pack]\ntitle = \"No line end\"");
    let full = File::options().write(true).open("/dev/full").unwrap();
    place.write("pack.toml", "pack = { title = \"One line\" }");
    let output = place.command(["pack", "show", "pack"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
#[ignore = "needs root: it mounts a file system, or gives a file away"]
fn as_root_a_full_disk_leaves_no_partial_file() {
    let place = Place::new();
    let _disk = SmallDisk::mount(&place.path("disk"));
    let line = "This is a line of an article that stays.\n";
    let page = format!("{}Read more\n", line.repeat(5000));
    let left = line.repeat(5000).into_bytes();
    for number in 0..20 {
        place.write(format!("tree/{number:02}.txt"), &page);
    }
    let output = place.run(["clean", "tree", "-o", "disk/out"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.starts_with("dechrome: disk/out") && said.contains("No space left on device"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    let written = place.files("disk/out");
    assert!(!written.is_empty() && written.len() < 20, "{} files", written.len());
    for (name, bytes) in &written {
        assert!(name.to_str().unwrap().ends_with(".txt"), "{name:?}");
        assert!(*bytes == left, "{name:?} is whole");
    }
}

#[test]
#[ignore = "needs root: it mounts a file system, or gives a file away"]
fn as_root_a_full_disk_leaves_a_file_in_place_as_it_was() {
    let place = Place::new();
    let _disk = SmallDisk::mount(&place.path("disk"));
    let page = format!("{}Read more\n", "This is a line of an article that stays.\n".repeat(16_000));
    place.write("disk/page.txt", &page);
    let output = place.run(["clean", "disk", "--in-place"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let files = place.files("disk");
    assert!(files.len() == 1 && files[Path::new("page.txt")] == page.as_bytes());
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::new();
    place.write("big.txt", "Read more\nA line of an article.\n".repeat(6000));
    place.write("pack.toml", format!("{PACK}{}", "# a comment in a pack\n".repeat(20_000)));
    for arguments in [
        &["clean", "big.txt"][..],
        &["clean", "big.txt", "big.txt", "-j", "1"],
        &["clean", "big.txt", "--diff"],
        &["explain", "big.txt"],
        &["explain", "big.txt", "--json"],
        &["pack", "show", "pack"],
    ] {
        let mut child = place.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        assert_eq!(status_of(child), (Some(0), String::new()), "{arguments:?}");
    }
}
