//! Who may read outputs, and what else is kept of a file.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::PathBuf;
use std::process::Stdio;

use crate::place::{Place, wait_until};

fn with_mode(place: &Place, name: &str, mode: u32) {
    fs::set_permissions(place.path(name), Permissions::from_mode(mode)).unwrap();
}

fn mode(place: &Place, name: &str) -> u32 {
    fs::metadata(place.path(name)).unwrap_or_else(|error| panic!("{name}: {error}")).mode() & 0o7777
}

/// The file that is being written below the folder.
fn part_below(place: &Place, folder: &str) -> Option<PathBuf> {
    let entries = walkdir::WalkDir::new(place.path(folder)).into_iter().flatten();
    entries.map(walkdir::DirEntry::into_path).find(|path| path.extension().is_some_and(|end| end == "part"))
}

#[test]
fn a_copy_of_a_private_file_is_private_while_it_is_written() {
    for arguments in [&["-o", "out"][..], &["--in-place"]] {
        let place = Place::new();
        // Of long lines, as they are read fast: eight windows, of which one is done at a time.
        let line = "This is a line of an article, and it stays. ".repeat(2000);
        place.write("tree/large.txt", format!("{line}\nRead more\n").repeat(760));
        with_mode(&place, "tree/large.txt", 0o600);
        let mut command = place.command(["clean", "tree", "-j", "1"]);
        let mut child = command.args(arguments).stderr(Stdio::null()).spawn().unwrap();
        let mut part = None;
        let folder = if arguments.len() == 2 { "out" } else { "tree" };
        wait_until("its beginning", || {
            part = part_below(&place, folder).and_then(|path| path.metadata().ok());
            part.is_some() || child.try_wait().unwrap().is_some()
        });
        let seen = part.expect("the run is too short for this test").mode() & 0o777;
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(seen & 0o077, 0, "{arguments:?}: {seen:o}");
    }
}

#[test]
fn folders_of_a_mirror_are_no_more_open_than_those_of_the_input() {
    let place = Place::new();
    place.write("tree/deep/er/a.txt", "One.\nRead more\n");
    place.write("tree/open/b.txt", "One.\n");
    place.write("tree/closed/c.txt", "One.\n");
    for (name, mode) in
        [("tree", 0o700), ("tree/deep", 0o750), ("tree/deep/er", 0o700), ("tree/open", 0o755), ("tree/closed", 0o500)]
    {
        with_mode(&place, name, mode);
    }
    fs::create_dir(place.path("other")).unwrap();
    place.quiet(["clean", "tree", "-o", "one"]);
    place.quiet(["clean", "tree", "other", "-o", "both"]);
    // What is written into must be open to the one who writes.
    let wanted = [("", 0o700), ("/deep", 0o750), ("/deep/er", 0o700), ("/open", 0o755), ("/closed", 0o700)];
    for root in ["one", "both/tree"] {
        for (below, wanted) in wanted {
            let found = mode(&place, &format!("{root}{below}"));
            assert_eq!(found, wanted, "{root}{below}: {found:o}");
        }
    }
}

#[test]
fn a_folder_that_is_there_keeps_its_mode() {
    let place = Place::new();
    place.write("tree/deep/a.txt", "One.\n");
    with_mode(&place, "tree/deep", 0o700);
    fs::create_dir_all(place.path("out/deep")).unwrap();
    with_mode(&place, "out/deep", 0o755);
    place.quiet(["clean", "tree", "-o", "out"]);
    assert_eq!(mode(&place, "out/deep"), 0o755);
}

#[test]
fn logs_and_pages_are_no_more_open_than_the_inputs_they_hold_text_of() {
    let place = Place::new();
    fs::write(place.path("usual"), "").unwrap();
    let usual = mode(&place, "usual");
    let closed_by_file: &[(&str, u32)] = &[("tree/deep", 0o755), ("tree/deep/a.txt", 0o600)];
    let closed_by_folder: &[(&str, u32)] = &[("tree/deep", 0o700), ("tree/deep/a.txt", 0o644)];
    let open: &[(&str, u32)] = &[("tree/deep", 0o755), ("tree/deep/a.txt", 0o644)];
    for (modes, wanted) in [(closed_by_file, 0o600), (closed_by_folder, 0o600), (open, usual & 0o644)] {
        place.write("tree/b.txt", "One.\nRead more\n");
        place.write("tree/deep/a.txt", "One.\nRead more\n");
        modes.iter().for_each(|(name, mode)| with_mode(&place, name, *mode));
        for output in ["gone.jsonl", "page.html"] {
            let _ = fs::remove_file(place.path(output));
        }
        place.quiet(["clean", "tree", "-o", "out", "--removed", "gone.jsonl"]);
        place.quiet(["report", "tree", "-o", "page.html"]);
        for output in ["gone.jsonl", "page.html"] {
            let found = mode(&place, output);
            assert_eq!(found, wanted, "{output} of {modes:?}: {found:o}");
        }
    }
}

#[test]
fn an_existing_log_gets_no_wider_mode_and_a_closer_one_if_private() {
    let place = Place::new();
    place.write("a.txt", "One.\nRead more\n");
    for (input, there, wanted) in [(0o600, 0o644, 0o600), (0o644, 0o600, 0o600), (0o644, 0o640, 0o640)] {
        place.write("gone.jsonl", "");
        with_mode(&place, "a.txt", input);
        with_mode(&place, "gone.jsonl", there);
        place.quiet(["clean", "a.txt", "-o", "out", "--removed", "gone.jsonl"]);
        assert_eq!(mode(&place, "gone.jsonl"), wanted, "{input:o} {there:o}");
    }
}

#[test]
fn a_page_of_a_log_is_no_more_open_than_the_log() {
    let place = Place::new();
    place.write("a.txt", "One.\nRead more\n");
    with_mode(&place, "a.txt", 0o600);
    place.quiet(["clean", "a.txt", "-o", "out", "--removed", "gone.jsonl"]);
    place.quiet(["report", "--removed", "gone.jsonl", "-o", "page.html"]);
    assert_eq!(mode(&place, "page.html"), 0o600);
}

#[test]
fn set_user_and_set_group_bits_go_with_the_text() {
    let place = Place::new();
    for folder in ["there", "tree"] {
        place.write(format!("{folder}/a.txt"), "One.\nRead more\n");
        with_mode(&place, &format!("{folder}/a.txt"), 0o6755);
    }
    place.quiet(["clean", "there", "--in-place"]);
    place.quiet(["clean", "tree", "-o", "out"]);
    for name in ["there/a.txt", "out/a.txt"] {
        assert_eq!((place.read(name).as_slice(), mode(&place, name)), (&b"One.\n"[..], 0o755), "{name}");
    }
}

#[test]
#[ignore = "needs root: it mounts a file system, or gives a file away"]
fn as_root_in_place_owner_and_group_stay() {
    let place = Place::new();
    place.write("a.txt", "One.\nRead more\n");
    chown(place.path("a.txt"), Some(12_345), Some(23_456)).unwrap();
    with_mode(&place, "a.txt", 0o640);
    place.quiet(["clean", "a.txt", "--in-place"]);
    let metadata = fs::metadata(place.path("a.txt")).unwrap();
    assert_eq!(place.read("a.txt"), b"One.\n");
    assert_eq!((metadata.uid(), metadata.gid(), metadata.mode() & 0o7777), (12_345, 23_456, 0o640));
}

#[test]
fn in_place_extended_attributes_stay() {
    let place = Place::new();
    place.write("a.txt", "One.\nRead more\n");
    let path = place.path("a.txt");
    xattr::set(&path, "user.origin", b"a mill\0").expect("the tests need a file system with extended attributes");
    place.quiet(["clean", "a.txt", "--in-place"]);
    assert_eq!(place.read("a.txt"), b"One.\n");
    assert_eq!(xattr::get(&path, "user.origin").unwrap().as_deref(), Some(&b"a mill\0"[..]));
}

#[test]
fn in_place_another_name_of_the_same_file_keeps_the_text() {
    let place = Place::new();
    place.write("a.txt", "One.\nRead more\n");
    fs::hard_link(place.path("a.txt"), place.path("other-name.txt")).unwrap();
    place.quiet(["clean", "a.txt", "--in-place"]);
    assert_eq!(place.read("a.txt"), b"One.\n");
    assert_eq!(place.read("other-name.txt"), b"One.\nRead more\n");
}
