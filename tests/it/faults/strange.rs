//! Input that is strange passes: bytes, line ends, files of nothing.

use std::fs;

use crate::place::Place;

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
        ("Share", "Share"),
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
