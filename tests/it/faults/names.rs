//! Names and modes of files.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use crate::place::Place;

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
