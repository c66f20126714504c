//! Runs that are interrupted or killed.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Stdio};

use crate::place::{Place, names_below, signal, status_of, wait_until};

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
        let how = "dechrome: interrupted; the same command with --resume goes on from here\n";
        assert_eq!(status_of(child), (Some(130), how.to_owned()), "{name}");
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
