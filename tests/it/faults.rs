//! Bad input and faults, through the command: what is strange passes, what fails is said and leaves nothing half done.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::place::{PACK, Place, SmallDisk, names_below, signal, status_of, stderr, wait_until};

// ---- strange input

#[test]
fn text_that_is_not_utf8_is_cleaned_and_its_bytes_survive() {
    let place = Place::new();
    let page = b"\xff\xfe The council \xe9t\xe9.\nRead more \xff\n\xc3\nRead more\nShare\xe2\x80\nThe end \x80\x81\n";
    assert_eq!(place.clean(page), b"\xff\xfe The council \xe9t\xe9.\n\xc3\nShare\xe2\x80\nThe end \x80\x81\n");
}

#[test]
fn every_byte_that_is_no_zero_passes() {
    let place = Place::new();
    let page: Vec<u8> = (1..=255).collect();
    assert_eq!(place.clean(&page), page);
    let page: Vec<u8> = (1..=255).flat_map(|byte| [byte, b'x', b'\n']).collect();
    assert_eq!(place.clean(&page), page);
}

#[test]
fn a_binary_file_is_copied_untouched_and_counted() {
    let place = Place::new();
    let binary = b"PK\0\x01\nRead more\nShare\n";
    place.write("tree/data.bin", binary);
    place.write("tree/page.txt", "One.\nRead more\n");
    let figures = place.figures(["clean", "tree", "-o", "out"]);
    assert_eq!(place.read("out/data.bin"), binary);
    assert_eq!(place.read("out/page.txt"), b"One.\n");
    assert_eq!((&figures["documents"], &figures["changed"], &figures["binary"]), (&2.into(), &1.into(), &1.into()));
    assert_eq!(place.quiet(["clean", "tree/data.bin"]), binary);
    let figures = place.figures(["clean", "tree/data.bin"]);
    assert_eq!((&figures["documents"], &figures["binary"]), (&1.into(), &1.into()));
    let figures = place.figures(["clean", "tree/data.bin", "--check"]);
    assert_eq!((&figures["changed"], &figures["binary"]), (&0.into(), &1.into()));
}

#[test]
fn a_zero_byte_far_behind_the_beginning_makes_no_binary_file() {
    let place = Place::new();
    let mut page = "A line of text.\n".repeat(1000).into_bytes();
    page.extend_from_slice(b"a\0b\nRead more\nEnd.\n");
    let left = place.clean(&page);
    assert!(left.ends_with(b"a\0b\nEnd.\n"));
}

#[test]
fn an_empty_file_stays_empty_and_counts_as_a_document() {
    let place = Place::new();
    assert_eq!(place.clean(""), b"");
    place.write("tree/empty.txt", "");
    let figures = place.figures(["clean", "tree", "-o", "out"]);
    assert_eq!(place.read("out/empty.txt"), b"");
    assert_eq!((&figures["documents"], &figures["bytes"]), (&1.into(), &0.into()));
    assert_eq!(place.quiet(["clean"]), b"", "standard input may be empty too");
    assert_eq!(place.quiet(["clean", "tree", "--diff"]), b"");
}

#[test]
fn an_empty_folder_is_no_error() {
    let place = Place::new();
    fs::create_dir(place.path("tree")).unwrap();
    assert_eq!(place.quiet(["clean", "tree"]), b"");
    place.quiet(["clean", "tree", "-o", "out"]);
    assert!(place.path("out").is_dir());
}

#[test]
fn a_missing_line_end_at_the_end_stays_missing() {
    let place = Place::new();
    for (page, left) in [
        ("One.\nRead more", "One.\n"),
        ("Read more\nOne.", "One."),
        ("One.\nRead more\nTwo.", "One.\nTwo."),
        ("Read more", ""),
        ("One.", "One."),
        ("Share", ""),
    ] {
        assert_eq!(String::from_utf8(place.clean(page)).unwrap(), left, "{page:?}");
    }
}

#[test]
fn every_kept_line_keeps_its_own_line_end() {
    let place = Place::new();
    for (page, left) in [
        ("One.\r\nRead more\r\nTwo.\r\n", "One.\r\nTwo.\r\n"),
        ("One.\r\nRead more\nTwo.\nRead more\r\nThree.\r\n", "One.\r\nTwo.\nThree.\r\n"),
        ("One.\r\n\r\nRead more\r\n\r\nTwo.\r\n", "One.\r\n\r\nTwo.\r\n"),
        ("One.\r\n\nRead more\r\n\nTwo.\n", "One.\r\n\nTwo.\n"),
        ("One.\r\n\r\nRead more\r\n", "One.\r\n"),
        // A carriage return alone ends no line.
        ("One.\rRead more\nTwo.\n", "One.\rRead more\nTwo.\n"),
    ] {
        assert_eq!(String::from_utf8(place.clean(page)).unwrap(), left, "{page:?}");
    }
}

// ---- large input

#[test]
fn one_line_of_a_gibibyte_passes_through_a_pipe() {
    const CHUNK: usize = 1 << 20;
    let place = Place::new();
    let mut child = place.command(["clean"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        let chunk = vec![b'x'; CHUNK];
        for _ in 0..1024 {
            stdin.write_all(&chunk).unwrap();
        }
        stdin.write_all(b"\nRead more\nEnd.\n").unwrap();
    });
    let mut stdout = child.stdout.take().unwrap();
    let (mut read, mut tail, mut buffer) = (0, Vec::new(), vec![0; CHUNK]);
    loop {
        let got = stdout.read(&mut buffer).unwrap();
        if got == 0 {
            break;
        }
        read += got;
        tail.extend_from_slice(&buffer[got.saturating_sub(64)..got]);
        tail.drain(..tail.len().saturating_sub(64));
    }
    writer.join().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(read, (1 << 30) + "\nEnd.\n".len());
    assert!(tail.ends_with(b"xx\nEnd.\n"), "what follows the line is cleaned");
}

#[test]
fn a_line_longer_than_the_limit_is_left_alone_and_its_neighbours_are_not() {
    let place = Place::new();
    let long = format!("Read more {}", "x".repeat(2 << 20));
    let page = format!("One.\nRead more\n{long}\nRead more\nTwo.\n");
    assert!(place.clean(&page) == format!("One.\n{long}\nTwo.\n").into_bytes());
}

#[test]
fn a_million_empty_lines_stay_and_a_line_among_them_goes() {
    let place = Place::new();
    let blank = "\n".repeat(500_000);
    assert!(place.clean(format!("{blank}{blank}")) == format!("{blank}{blank}").into_bytes());
    // The blank lines behind it go too, as one stands before it.
    let left = place.clean(format!("One.\n{blank}Read more\n{blank}Two.\n"));
    assert!(left == format!("One.\n{blank}Two.\n").into_bytes());
    // At the document's end those before it go.
    let left = place.clean(format!("One.\n{blank}Read more\n{blank}"));
    assert!(left == b"One.\n", "{} bytes", left.len());
}

#[test]
fn a_hundred_thousand_chrome_lines_go() {
    let place = Place::new();
    let page = format!("One.\n{}Two.\n", "Read more\n\nShare\nSave\n".repeat(25_000));
    assert_eq!(place.clean(page), b"One.\nTwo.\n");
}

#[test]
fn a_pack_of_a_hundred_thousand_patterns_loads_and_takes_its_lines() {
    let place = Place::new();
    let patterns: String = (0..100_000).map(|i| format!("  \"Invented phrase {i} of a large pack\",\n")).collect();
    place.write("pack.toml", format!("{PACK}\n[[rule]]\nid = \"large\"\nkind = \"share\"\nis = [\n{patterns}]\n"));
    let page = "One.\nInvented phrase 0 of a large pack\nInvented phrase 99999 of a large pack\n\
                Invented phrase 100000 of a large pack\nTwo.\n";
    assert_eq!(place.clean(page), b"One.\nInvented phrase 100000 of a large pack\nTwo.\n");
}

#[test]
fn among_patterns_that_begin_alike_the_earliest_rule_is_named() {
    let place = Place::new();
    let mut pack = "[pack]\ntitle = \"Nested\"\n".to_owned();
    let heads = ["Read on and on and on", "Read on and on", "Read on"];
    for (number, head) in heads.iter().enumerate() {
        pack += &format!("[[rule]]\nid = \"starts-{number}\"\nkind = \"related\"\nstarts-with = [\"{head}\"]\n");
    }
    // The same texts once more, with other anchors and under other conditions.
    pack += "[[rule]]\nid = \"is\"\nkind = \"related\"\nis = [\"Read on\", \"Go on\", \"Go on and on\", \"Go\"]\n";
    pack += "[[rule]]\nid = \"last\"\nkind = \"related\"\nlast = 9\nis = [\"Read on\", \"Go on\"]\n";
    pack +=
        "[[rule]]\nid = \"ends\"\nkind = \"related\"\nends-with = [\"on\", \"and on\", \"go on\"]\nmax-chars = 20\n";
    place.write("pack.toml", pack);
    let page = "A first line.\nRead on\nRead on and on\nRead on and on and on\nRead on and onwards\nGo on\nGo on and on\n\
                We go on\nReading\nReadon\nA last line.\n";
    // So many short lines would else go as a menu.
    place.write("page.txt", page);
    let left = place.quiet(["clean", "page.txt", "--disable", "menu"]);
    assert_eq!(String::from_utf8(left).unwrap(), "A first line.\nReading\nReadon\nA last line.\n");
    let figures = place.figures(["clean", "page.txt", "--disable", "menu"]);
    let named: BTreeMap<String, u64> = figures["removals"]["rule"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(rule, tally)| (rule.clone(), tally["removals"].as_u64().unwrap()))
        .collect();
    let want = [("ends", 1), ("is", 2), ("starts-0", 1), ("starts-1", 1), ("starts-2", 2)];
    let want: BTreeMap<String, u64> = want.map(|(rule, count)| (format!("pack/{rule}"), count)).into();
    assert_eq!(named, want);
}

#[test]
fn explaining_takes_time_in_proportion_to_the_page() {
    let place = Place::new();
    place.write("page.txt", "Read more\nA line of an article.\n".repeat(60_000));
    let mut child = place.command(["explain", "page.txt"]).stdout(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("two megabytes take more than 20 seconds");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

// ---- outputs that cannot be written

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
fn a_full_disk_ends_the_run_with_one_error_and_no_partial_file() {
    let place = Place::new();
    let Some(_disk) = SmallDisk::mount(&place.path("disk")) else {
        println!("skipped: no file system can be mounted here");
        return;
    };
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
fn a_full_disk_leaves_a_file_cleaned_in_place_as_it_was() {
    let place = Place::new();
    let Some(_disk) = SmallDisk::mount(&place.path("disk")) else {
        println!("skipped: no file system can be mounted here");
        return;
    };
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

// ---- interruptions

const TREE_FILES: usize = 300;

fn article(number: usize) -> (String, String) {
    let line = format!("This is a line of article {number}, and it stays.\n");
    (format!("{line}Read more\n").repeat(1000), line.repeat(1000))
}

fn large_tree(place: &Place) {
    for number in 0..TREE_FILES {
        place.write(format!("tree/{}/{number}.txt", number % 7), article(number).0);
    }
}

fn number_of(name: &Path) -> usize {
    name.file_stem().unwrap().to_str().unwrap().parse().unwrap()
}

fn begin(place: &Place, arguments: &[&str]) -> Child {
    place.command(arguments).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn an_interrupted_run_over_a_tree_leaves_whole_files_alone() {
    let place = Place::new();
    large_tree(&place);
    for name in ["-INT", "-TERM"] {
        let child = begin(&place, &["clean", "tree", "-o", "out"]);
        wait_until("the first output", || names_below(&place.path("out")).iter().any(|name| name.ends_with(".txt")));
        signal(&child, name);
        assert_eq!(status_of(child), (Some(130), String::new()), "{name}");
        let written = place.files("out");
        assert!(written.len() < TREE_FILES, "{name} came too late for this test");
        for (name, bytes) in written {
            assert!(name.extension() == Some(OsStr::new("txt")), "{name:?} is left");
            assert!(bytes == article(number_of(&name)).1.into_bytes(), "{name:?} is whole");
        }
        fs::remove_dir_all(place.path("out")).unwrap();
    }
}

#[test]
fn an_interrupted_run_in_place_leaves_each_file_as_it_was_or_cleaned() {
    let place = Place::new();
    large_tree(&place);
    let child = begin(&place, &["clean", "tree", "--in-place"]);
    let is_clean =
        |number: usize| place.read(format!("tree/{}/{number}.txt", number % 7)).len() == article(number).1.len();
    wait_until("the first file", || [0, 7, 14].into_iter().any(is_clean));
    signal(&child, "-INT");
    assert_eq!(status_of(child), (Some(130), String::new()));
    let files = place.files("tree");
    assert_eq!(files.len(), TREE_FILES);
    let mut cleaned = 0;
    for (name, bytes) in files {
        let (page, left) = article(number_of(&name));
        cleaned += usize::from(bytes == left.as_bytes());
        assert!(bytes == page.into_bytes() || bytes == left.into_bytes(), "{name:?} is whole");
    }
    assert!((1..TREE_FILES).contains(&cleaned), "{cleaned} were cleaned");
}

#[test]
fn an_interrupted_large_file_is_not_there_at_all() {
    let place = Place::new();
    // Of long lines, as they are read fast: eight windows, of which one is done at a time.
    let line = "This is a line of an article, and it stays. ".repeat(2000);
    place.write("tree/large.txt", format!("{line}\nRead more\n").repeat(760));
    let child = begin(&place, &["clean", "tree", "-o", "out", "-j", "1"]);
    wait_until("its beginning", || !names_below(&place.path("out")).is_empty());
    signal(&child, "-INT");
    let (status, _) = status_of(child);
    assert_eq!(status, Some(130));
    assert!(place.files("out").is_empty(), "{:?}", place.files("out").keys());
}

#[test]
fn a_killed_run_leaves_no_partial_file_under_a_final_name() {
    let place = Place::new();
    large_tree(&place);
    let mut child = begin(&place, &["clean", "tree", "-o", "out"]);
    wait_until("the first output", || names_below(&place.path("out")).iter().any(|name| name.ends_with(".txt")));
    child.kill().unwrap();
    child.wait().unwrap();
    let finished = place.files("out").into_iter().filter(|(name, _)| name.extension() != Some(OsStr::new("part")));
    for (name, bytes) in finished {
        assert!(bytes == article(number_of(&name)).1.into_bytes(), "{name:?} is whole");
    }
}

#[test]
fn an_interrupted_filter_ends_though_its_input_does_not() {
    let place = Place::new();
    let mut command = place.command(["clean"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // More than a pipe holds: once it is taken, the command runs and reads.
    stdin.write_all(&b"A line.\n".repeat(100_000)).unwrap();
    signal(&child, "-INT");
    assert_eq!(status_of(child), (Some(130), String::new()));
    drop(stdin);
}

// ---- what cannot be read

#[test]
fn a_file_that_cannot_be_read_among_good_ones_is_named_and_counted() {
    let place = Place::new();
    place.write("a.txt", "One.\nRead more\n");
    place.write("b.txt", "Two.\n");
    // Opens, and fails when it is read.
    let unreadable = "/proc/self/mem";
    for bad in ["missing.txt", unreadable] {
        let output = place.run(["clean", "a.txt", bad, "b.txt", "--stats=figures.json"]);
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), b"One.\nTwo.\n".as_slice()), "{bad}");
        let said = stderr(&output);
        assert_eq!(said.lines().filter(|line| line.starts_with(&format!("dechrome: {bad}: "))).count(), 1, "{said}");
        let figures: Value = serde_json::from_slice(&place.read("figures.json")).unwrap();
        assert_eq!((&figures["documents"], &figures["failed"]), (&2.into(), &1.into()), "{bad}");

        let output = place.run(["clean", "a.txt", bad, "b.txt", "-o", "out"]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(stderr(&output).starts_with(&format!("dechrome: {bad}: ")), "{output:?}");
        let names: Vec<PathBuf> = place.files("out").into_keys().collect();
        assert_eq!(names, [PathBuf::from("a.txt"), PathBuf::from("b.txt")], "{bad}");

        for mode in ["--check", "--dry-run", "--diff"] {
            let output = place.run(["clean", bad, "a.txt", mode]);
            assert_eq!(output.status.code(), Some(2), "an error outweighs a finding: {output:?}");
            assert!(String::from_utf8_lossy(&output.stdout).contains("a.txt"), "{output:?}");
        }
    }
    let output = place.run(["clean", "missing.txt", "a.txt", "--in-place"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(place.read("a.txt"), b"One.\n");
}

#[test]
fn a_pack_to_check_that_is_not_there_is_an_error_and_no_finding() {
    let place = Place::new();
    for command in ["check", "test"] {
        let output = Command::new(env!("CARGO_BIN_EXE_dechrome"))
            .args(["pack", command, "missing.toml"])
            .current_dir(place.folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}: {output:?}");
    }
}

#[test]
fn a_pipe_inside_a_tree_is_not_waited_for() {
    let place = Place::new();
    place.write("tree/a.txt", "One.\nRead more\n");
    assert!(Command::new("mkfifo").arg(place.path("tree/pipe")).status().unwrap().success());
    assert_eq!(place.quiet(["clean", "tree"]), b"One.\n");
    place.quiet(["clean", "tree", "-o", "out"]);
    assert_eq!(place.files("out").len(), 1);
}

// ---- symbolic links

fn place_with_links() -> Place {
    let place = Place::new();
    place.write("outside/far.txt", "Far.\nRead more\n");
    place.write("tree/a.txt", "One.\nRead more\n");
    symlink("../outside/far.txt", place.path("tree/file-link.txt")).unwrap();
    symlink("../outside", place.path("tree/folder-link")).unwrap();
    symlink(".", place.path("tree/circle")).unwrap();
    symlink("nowhere", place.path("tree/nowhere-link")).unwrap();
    place
}

const LINK_NOTES: &str = "dechrome: tree/circle: a symbolic link, left alone
dechrome: tree/file-link.txt: a symbolic link, left alone
dechrome: tree/folder-link: a symbolic link, left alone
dechrome: tree/nowhere-link: a symbolic link, left alone
";

fn sorted_lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn links_inside_a_tree_are_left_alone_and_named() {
    let place = place_with_links();
    let output = place.run(["clean", "tree"]);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), b"One.\n".as_slice()));
    assert_eq!(sorted_lines(&stderr(&output)), sorted_lines(LINK_NOTES));
    let output = place.run(["clean", "tree", "-o", "out"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(sorted_lines(&stderr(&output)), sorted_lines(LINK_NOTES));
    let names: Vec<OsString> =
        fs::read_dir(place.path("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["a.txt"]);
}

#[test]
fn links_inside_a_tree_are_not_followed_in_place() {
    let place = place_with_links();
    let output = place.run(["clean", "tree", "--in-place"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(place.read("tree/a.txt"), b"One.\n");
    assert_eq!(place.read("outside/far.txt"), b"Far.\nRead more\n");
    for link in ["circle", "file-link.txt", "folder-link", "nowhere-link"] {
        assert!(place.path("tree").join(link).is_symlink(), "{link}");
    }
}

#[test]
fn a_link_that_is_asked_for_is_followed() {
    let place = Place::new();
    place.write("real/a.txt", "One.\nRead more\n");
    symlink("real", place.path("folder")).unwrap();
    symlink("real/a.txt", place.path("file.txt")).unwrap();
    assert_eq!(place.quiet(["clean", "folder", "file.txt"]), b"One.\nOne.\n");
    place.quiet(["clean", "folder", "-o", "out"]);
    assert_eq!(place.read("out/a.txt"), b"One.\n");
    place.quiet(["clean", "file.txt", "--in-place"]);
    assert!(place.path("file.txt").is_symlink(), "the link stays a link");
    assert_eq!(place.read("real/a.txt"), b"One.\n");
}

#[test]
fn a_file_asked_for_by_a_link_is_written_under_the_name_that_was_asked_for() {
    let place = Place::new();
    place.write("real/a.txt", "One.\nRead more\n");
    symlink("real/a.txt", place.path("b.txt")).unwrap();
    place.quiet(["clean", "b.txt", "-o", "out"]);
    assert_eq!(place.files("out"), BTreeMap::from([(PathBuf::from("b.txt"), b"One.\n".to_vec())]));
}

#[test]
fn a_link_that_leads_nowhere_or_in_a_circle_fails() {
    let place = Place::new();
    symlink("nowhere", place.path("nowhere-link")).unwrap();
    symlink("circle", place.path("circle")).unwrap();
    for link in ["nowhere-link", "circle"] {
        let output = place.run(["clean", link]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{link}: {said}");
        assert!(said.starts_with(&format!("dechrome: {link}: ")) && said.lines().count() == 1, "{said}");
    }
}

// ---- outputs and inputs that get into each other's way

#[test]
fn an_output_inside_the_input_is_refused_and_nothing_is_made() {
    let place = Place::new();
    place.write("tree/a.txt", "One.\nRead more\n");
    symlink("tree", place.path("alias")).unwrap();
    for output in ["tree", "tree/out", "tree/deep/out", "./tree/../tree/out", "alias/out"] {
        let done = place.run(["clean", "tree", "-o", output]);
        assert_eq!(done.status.code(), Some(2), "{output}");
        assert!(stderr(&done).contains("the output lies inside the input tree"), "{done:?}");
        let names: Vec<OsString> =
            fs::read_dir(place.path("tree")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["a.txt"], "{output}: nothing is made");
    }
    assert_eq!(place.read("tree/a.txt"), b"One.\nRead more\n");
}

#[test]
fn an_output_that_would_be_written_over_an_input_is_refused() {
    let page = "One.\nRead more\n";
    for arguments in [
        // The file itself.
        &["clean", "a.txt", "-o", "."][..],
        &["clean", "tree/b.txt", "-o", "tree"],
        // Each tree to its own name below the folder that it stands in.
        &["clean", "tree", "other", "-o", "."],
    ] {
        let place = Place::new();
        for name in ["a.txt", "tree/b.txt", "other/c.txt"] {
            place.write(name, page);
        }
        let output = place.run(arguments);
        for name in ["a.txt", "tree/b.txt", "other/c.txt"] {
            assert_eq!(place.read(name), page.as_bytes(), "{arguments:?}: {name} was overwritten");
        }
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    }
}

#[test]
fn an_output_beside_the_input_with_a_name_that_begins_alike_is_allowed() {
    let place = Place::new();
    place.write("tree/a.txt", "One.\nRead more\n");
    place.quiet(["clean", "tree", "-o", "tree-cleaned"]);
    assert_eq!(place.read("tree-cleaned/a.txt"), b"One.\n");
}

// ---- names and modes

#[test]
fn a_file_name_that_is_not_utf8_is_kept() {
    let place = Place::new();
    let name = OsString::from_vec(b"caf\xe9.txt".to_vec());
    place.write(Path::new("tree").join(&name), "One.\nRead more\n");
    assert_eq!(place.quiet(["clean", "tree"]), b"One.\n");
    place.quiet(["clean", "tree", "-o", "out"]);
    assert_eq!(place.read(Path::new("out").join(&name)), b"One.\n");
    place.quiet(["clean", "out", "-o", "again"]);
    let names: Vec<OsString> =
        fs::read_dir(place.path("again")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, std::slice::from_ref(&name));
    let output = place.run(["clean", "tree", "--check"]);
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stdout).lines().count()), (Some(1), 1));
    place.quiet([OsStr::new("clean"), OsStr::new("--in-place"), Path::new("tree").join(&name).as_os_str()]);
    assert_eq!(place.read(Path::new("tree").join(&name)), b"One.\n");
}

#[test]
fn names_and_text_that_would_move_a_terminals_cursor_are_spelled_out() {
    let place = Place::new();
    let name = OsStr::from_bytes(b"a\x1b[2Jb.txt");
    place.write(name, "One.\nRead more \x1b[31m\u{202e}here\nTwo.\n");
    let (clean, explain, check) = (OsStr::new("clean"), OsStr::new("explain"), OsStr::new("--check"));
    let output = place.run([clean, name, check]);
    assert_eq!(output.stdout, b"a\\u{1b}[2Jb.txt\n");
    let text = String::from_utf8(place.quiet([explain, name])).unwrap();
    assert!(text.contains("Read more \\u{1b}[31m\\u{202e}here"), "{text}");
    for arguments in [[clean, OsStr::new("\x1b[2J.txt")], [explain, OsStr::new("\x1b[2J.txt")]] {
        let output = place.run(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(!output.stderr.contains(&b'\x1b'), "{output:?}");
    }
}

#[test]
fn a_file_replaced_in_place_keeps_its_mode() {
    let place = Place::new();
    for mode in [0o600, 0o640, 0o644, 0o755, 0o444] {
        place.write("page.txt", "One.\nRead more\n");
        fs::set_permissions(place.path("page.txt"), fs::Permissions::from_mode(mode)).unwrap();
        place.quiet(["clean", "page.txt", "--in-place"]);
        assert_eq!(place.read("page.txt"), b"One.\n");
        let kept = fs::metadata(place.path("page.txt")).unwrap().permissions().mode() & 0o7777;
        assert_eq!(kept, mode, "{kept:o} for {mode:o}");
        fs::remove_file(place.path("page.txt")).unwrap();
    }
}

#[test]
fn a_mirrored_file_has_its_inputs_mode() {
    let place = Place::new();
    for (name, mode) in [("tree/a.txt", 0o640), ("tree/b.txt", 0o755)] {
        place.write(name, "One.\nRead more\n");
        fs::set_permissions(place.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    place.quiet(["clean", "tree", "-o", "out"]);
    for (name, mode) in [("out/a.txt", 0o640), ("out/b.txt", 0o755)] {
        assert_eq!(fs::metadata(place.path(name)).unwrap().mode() & 0o7777, mode, "{name}");
    }
}

#[test]
fn in_place_a_file_of_which_nothing_goes_is_not_touched() {
    let place = Place::new();
    place.write("tree/same.txt", "One.\n");
    place.write("tree/data.bin", b"\0\nRead more\n");
    place.write("tree/large.txt", "This is a line of an article, and it stays.\n".repeat(250_000));
    let identity = |name: &str| {
        let metadata = fs::metadata(place.path(name)).unwrap();
        (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
    };
    let names = ["tree/same.txt", "tree/data.bin", "tree/large.txt"];
    let before = names.map(identity);
    place.quiet(["clean", "tree", "--in-place"]);
    assert_eq!(names.map(identity), before);
    assert_eq!(place.files("tree").len(), 3, "nothing is left beside them");
}
