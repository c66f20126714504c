//! What cannot be read.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::place::{Place, stderr};

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
