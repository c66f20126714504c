//! What runs that were killed have left in a tree is no input.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::place::{Place, RUN_MARK, stderr};

const PART: &str = ".dechrome-kIlLeD.part";

fn place_with_left_overs() -> Place {
    let place = Place::new();
    place.write("tree/a.txt", "One.\nRead more\n");
    place.write("tree/deep/b.txt", "Two.\n");
    place.write(format!("tree/deep/{PART}"), "Half.\nRead more\n");
    place.write(format!("tree/{RUN_MARK}"), "Mark.\nRead more\n");
    // These are inputs like others.
    place.write("tree/.dechrome-notes.txt", "Three.\n");
    place.write("tree/song.part", "Four.\n");
    place
}

fn named() -> String {
    let part = format!("dechrome: tree/deep/{PART}: left by a run that was killed, and no input; remove it\n");
    let mark =
        format!("dechrome: tree/{RUN_MARK}: a run into this folder is not finished, so that inputs may be missing\n");
    [mark, part].concat()
}

fn sorted(said: &str) -> String {
    let mut lines: Vec<&str> = said.split_inclusive('\n').collect();
    lines.retain(|line| !line.contains("files come one after another"));
    lines.sort_unstable_by_key(|line| !line.contains(RUN_MARK));
    lines.concat()
}

#[test]
fn marks_and_unfinished_files_are_no_inputs_and_named() {
    let place = place_with_left_overs();
    let output = place.run(["clean", "tree"]);
    assert_eq!((output.status.code(), sorted(&stderr(&output))), (Some(0), named()));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "Three.\nOne.\nTwo.\nFour.\n");
    let output = place.run(["clean", "tree", "-o", "out"]);
    assert_eq!((output.status.code(), sorted(&stderr(&output))), (Some(0), named()));
    let wanted =
        [("a.txt", "One.\n"), ("deep/b.txt", "Two.\n"), (".dechrome-notes.txt", "Three.\n"), ("song.part", "Four.\n")];
    let wanted: BTreeMap<PathBuf, Vec<u8>> =
        wanted.map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec())).into();
    assert_eq!(place.files("out"), wanted);
}

#[test]
fn in_place_marks_and_unfinished_files_are_not_touched() {
    let place = place_with_left_overs();
    let output = place.run(["clean", "tree", "--in-place"]);
    assert_eq!((output.status.code(), sorted(&stderr(&output))), (Some(0), named()));
    assert_eq!(place.read("tree/a.txt"), b"One.\n");
    assert_eq!(place.read(format!("tree/deep/{PART}")), b"Half.\nRead more\n");
    assert_eq!(place.read(format!("tree/{RUN_MARK}")), b"Mark.\nRead more\n");
}

#[test]
fn a_new_run_over_one_that_was_killed_takes_away_what_that_left() {
    let place = Place::new();
    place.write("tree/a.txt", "One.\n");
    place.write(format!("out/{RUN_MARK}"), "{\"fingerprint\":\"another\"}\n");
    place.write(format!("out/deep/{PART}"), "Half.\n");
    place.quiet(["clean", "tree", "-o", "out"]);
    assert!(!place.path(format!("out/deep/{PART}")).exists());
    assert!(!place.path("out").join(RUN_MARK).exists());
}
