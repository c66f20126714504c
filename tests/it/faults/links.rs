//! Symbolic links.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use crate::place::{Place, stderr};

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
    assert_eq!(place.run(["clean", "folder", "file.txt"]).stdout, b"One.\nOne.\n");
    place.quiet(["clean", "folder", "-o", "out"]);
    assert_eq!(place.read("out/a.txt"), b"One.\n");
    place.quiet(["clean", "file.txt", "--in-place"]);
    assert!(place.path("file.txt").is_symlink(), "the link stays a link");
    assert_eq!(place.read("real/a.txt"), b"One.\n");
}

#[test]
fn a_file_named_by_a_link_is_written_under_the_links_name() {
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
