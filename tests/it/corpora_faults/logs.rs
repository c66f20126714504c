//! Logs that are damaged, or that are not of what they are said to be of.

use std::process::{Command, Output, Stdio};

use super::{CLEAN_PAGES, PAGES, ended, wrapped};
use crate::place::{Place, stderr};
use crate::wrapped::Wrap;

fn place_with(wrap: Wrap, name: &str, texts: &[&str]) -> Place {
    let place = Place::new();
    place.write(name, wrapped(wrap, texts));
    place
}

pub(super) fn restored(place: &Place, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dechrome"));
    command.arg("restore").args(arguments).current_dir(place.folder.path()).stdin(Stdio::null()).output().unwrap()
}

/// Makes the log one of an old version, which did not tell what inputs held.
fn make_old(place: &Place) {
    let log = String::from_utf8(place.read("gone.jsonl")).unwrap();
    place.write(
        "gone.jsonl",
        log.split_inclusive('\n').filter(|line| !line.contains("\"before\":")).collect::<String>(),
    );
}

#[test]
fn a_log_of_another_file_is_told_and_nothing_is_written() {
    for (wrap, name) in [(Wrap::Jsonl, "pages.jsonl"), (Wrap::Wet, "pages.wet"), (Wrap::Parquet, "pages.parquet")] {
        let place = place_with(wrap, name, &PAGES);
        place.quiet(["clean", name, "-o", "out", "--removed", "gone.jsonl"]);
        // The texts are shorter than what went of them stood behind.
        place.write(format!("out/{name}"), wrapped(wrap, &["x", "y", "z", ""]));
        for what in ["it is not what cleaning left, having ", "record 1: "] {
            let output = restored(&place, &[&format!("out/{name}"), "--removed", "gone.jsonl", "-o", "back"]);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(2), "{name}: {said}");
            assert!(said.contains("is this what was cleaned, and its log?") && said.contains(what), "{said}");
            assert!(!place.path("back").join(name).exists(), "{name}");
            make_old(&place);
        }
    }
}

#[test]
fn a_file_that_was_not_cleaned_is_told_from_one_that_was() {
    let place = place_with(Wrap::Jsonl, "pages.jsonl", &PAGES);
    place.quiet(["clean", "pages.jsonl", "-o", "out", "--removed", "gone.jsonl"]);
    let output = restored(&place, &["pages.jsonl", "--removed", "gone.jsonl", "-o", "back"]);
    assert!(output.status.success(), "it is the original: {output:?}");
    assert_eq!(place.read("back/pages.jsonl"), place.read("pages.jsonl"));
    make_old(&place);
    let output = restored(&place, &["pages.jsonl", "--removed", "gone.jsonl", "-o", "old"]);
    assert_eq!(output.status.code(), Some(2), "what went would stand there twice: {output:?}");
}

#[test]
fn a_plain_text_that_is_not_the_one_that_was_cleaned_is_told() {
    let place = place_with(Wrap::Jsonl, "pages.jsonl", &PAGES);
    place.write("page.txt", PAGES[0]);
    place.quiet(["clean", "page.txt", "-o", "out", "--removed", "gone.jsonl"]);
    let left = place.read("out/page.txt");
    assert_eq!(left, CLEAN_PAGES[0].as_bytes());
    for other in [&b"Ono.\n"[..], b"One..\n", b"One.", b"", b"Another page.\n", &left.repeat(2)] {
        place.write("out/page.txt", other);
        for target in [&["-o", "back"][..], &[]] {
            let output = restored(&place, &[&["out/page.txt", "--removed", "gone.jsonl"], target].concat());
            let said = stderr(&output);
            assert!(output.status.code() == Some(2) && said.contains("it is not what cleaning left"), "{said}");
            assert!(output.stdout.is_empty() && !place.path("back/page.txt").exists(), "nothing is written");
        }
    }
    place.write("out/page.txt", &left);
    restored(&place, &["out/page.txt", "--removed", "gone.jsonl", "-o", "back"]);
    assert_eq!(place.read("back/page.txt"), PAGES[0].as_bytes());
    let output = restored(&place, &["back/page.txt", "--removed", "gone.jsonl"]);
    assert_eq!((output.status.code(), &output.stdout[..]), (Some(0), PAGES[0].as_bytes()), "once more is no harm");
}

#[test]
fn what_comes_through_a_pipe_is_looked_at_when_it_is_through() {
    use std::io::Write;
    let place = Place::new();
    place.write("page.txt", PAGES[0]);
    place.quiet(["clean", "page.txt", "-o", "out", "--removed", "gone.jsonl"]);
    for (text, status) in [(CLEAN_PAGES[0], 0), ("Ono.\n", 2)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dechrome"));
        command.args(["restore", "/dev/stdin", "--removed", "gone.jsonl", "-o", "back"]);
        command.current_dir(place.folder.path()).stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{output:?}");
    }
}

#[test]
fn a_log_that_knows_more_records_than_there_are_is_told() {
    told_of_missing_records(&[(Wrap::Jsonl, "pages.jsonl"), (Wrap::Wet, "pages.wet")]);
}

#[test]
fn a_log_that_knows_more_rows_than_there_are_is_told() {
    told_of_missing_records(&[(Wrap::Parquet, "pages.parquet")]);
}

fn told_of_missing_records(corpora: &[(Wrap, &str)]) {
    for &(wrap, name) in corpora {
        let place = place_with(wrap, name, &PAGES);
        place.quiet(["clean", name, "-o", "out", "--removed", "gone.jsonl"]);
        place.write(format!("out/{name}"), wrapped(wrap, &CLEAN_PAGES[..2]));
        for what in ["it is not what cleaning left, having ", "record 3: "] {
            let output = restored(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(2), "{name}: {said}");
            assert!(said.contains(what) && !place.path("back").join(name).exists(), "{name}: {said}");
            make_old(&place);
        }
    }
}

#[test]
fn a_log_whose_last_line_is_cut_off_is_told_with_the_line() {
    let place = place_with(Wrap::Jsonl, "pages.jsonl", &PAGES);
    place.quiet(["clean", "pages.jsonl", "-o", "out", "--removed", "gone.jsonl"]);
    let log = place.read("gone.jsonl");
    place.write("gone.jsonl", &log[..log.len() - 10]);
    let output = restored(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.starts_with("dechrome: gone.jsonl: line 4 is cut off"), "{said}");
    assert!(said.contains("what would come out is not what was cleaned"), "{said}");
    assert!(place.files("back").is_empty());
    // A log that does not tell what there was is of no use without its end.
    make_old(&place);
    let output = restored(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.starts_with("dechrome: gone.jsonl: no log of removals: the log, at 3: "), "{said}");
}

#[test]
fn what_is_no_log_is_told() {
    let place = place_with(Wrap::Jsonl, "pages.jsonl", &PAGES);
    let output = restored(&place, &["pages.jsonl", "--removed", "missing.jsonl"]);
    ended(&output, 2, "dechrome: missing.jsonl: no log of removals: No such file or directory (os error 2)\n");
    let output = restored(&place, &["pages.jsonl", "--removed", "pack.toml"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.starts_with("dechrome: pack.toml: no log of removals: ") && said.lines().count() == 1, "{said}");
}

#[test]
fn a_file_among_several_that_the_log_does_not_know_is_told() {
    let place = Place::new();
    place.write("tree/a.txt", PAGES[0]);
    place.write("tree/b.txt", PAGES[2]);
    place.quiet(["clean", "tree", "-o", "out", "--removed", "gone.jsonl"]);
    place.write("other.txt", CLEAN_PAGES[0]);
    let output = restored(&place, &["other.txt", "--removed", "gone.jsonl"]);
    let what = "the log knows several inputs, and none of this name; restore the folder they are in";
    ended(&output, 2, &format!("dechrome: other.txt: {what}\n"));
}

#[test]
fn a_log_that_would_be_written_over_an_input_is_refused() {
    let place = place_with(Wrap::Jsonl, "tree/pages.jsonl", &PAGES);
    let before = place.read("tree/pages.jsonl");
    for arguments in [
        &["clean", "tree/pages.jsonl", "--removed", "tree/pages.jsonl"][..],
        &["clean", "tree/pages.jsonl", "-o", "out", "--removed", "tree/pages.jsonl"],
        &["clean", "tree", "-o", "out", "--removed", "tree/../tree/pages.jsonl"],
    ] {
        let output = place.run(arguments);
        assert!(place.read("tree/pages.jsonl") == before, "{arguments:?}: the input was overwritten");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_log_that_would_get_no_place_or_no_meaning_is_refused() {
    let place = place_with(Wrap::Wet, "pages.wet", &PAGES);
    for arguments in [
        &["clean", "pages.wet", "--removed", "gone.jsonl", "--to", "jsonl"][..],
        &["clean", "pages.wet", "pack.toml", "--removed", "gone.jsonl"],
        &["clean", "pages.wet", "--removed", "gone.jsonl", "--check"],
        &["clean", "pages.wet", "--removed", "gone.jsonl", "--diff"],
        &["clean", "pages.wet", "--removed", "gone.jsonl", "--annotate"],
    ] {
        let output = place.run(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}: {output:?}");
        assert!(!place.path("gone.jsonl").exists(), "{arguments:?}");
    }
}

#[test]
fn rows_that_would_be_left_out_of_a_table_without_a_way_back_are_refused() {
    let place = place_with(Wrap::Parquet, "pages.parquet", &PAGES);
    let output = place.run(["clean", "pages.parquet", "-o", "out", "--drop-empty", "--removed", "gone.jsonl"]);
    let what = "rows that are left out of a table are not logged; log removals, or leave rows out";
    ended(&output, 2, &format!("dechrome: pages.parquet: {what}\n"));
    assert!(place.files("out").is_empty());
    let left = place.quiet(["clean", "pages.parquet", "--drop-empty"]);
    assert_eq!(crate::wrapped::table_content(&left).1.len(), 3);
}
