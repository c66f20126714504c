//! Outputs and inputs that get into each other's way.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;

use crate::place::{Place, stderr};

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
