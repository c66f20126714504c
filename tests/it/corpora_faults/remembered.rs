//! What a run remembers for the one that goes on with it: inputs, outputs, and the log.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use super::resume::{finished, killed_before_the_last};
use super::{PAGES, ended, wrapped};
use crate::place::{Place, RUN_MARK, status_of, stderr, wait_until};
use crate::wrapped::Wrap;

fn resumed(place: &Place, log: &str) -> Output {
    place.run(["clean", "tree", "-o", "out", "--removed", log, "--resume"])
}

/// How many lines there are about documents of an input.
fn log_lines_of(place: &Place, input: &str) -> usize {
    let log = String::from_utf8(place.read("gone.jsonl")).unwrap();
    let of_input = log.lines().filter(|line| line.contains(&format!("\"input\":\"{input}\"")));
    of_input.filter(|line| !line.contains("\"document\":0")).count()
}

#[test]
fn resuming_with_another_log_or_none_is_refused() {
    let place = killed_before_the_last(&[]);
    let before = (finished(&place), place.read("gone.jsonl"));
    place.write("another.jsonl", "{\"input\":\"else.txt\",\"document\":1,\"start\":0,\"end\":1,\"text\":\"x\"}\n");
    place.write("empty.jsonl", "");
    for log in ["another.jsonl", "empty.jsonl", "missing.jsonl"] {
        let there = fs::read(place.path(log)).ok();
        let output = resumed(&place, log);
        let what = "not the log of the run that was ended here, or no longer: what went of 3 complete outputs is not in \
                    it. That run logged to gone.jsonl; give its log, or begin anew without --resume";
        ended(&output, 2, &format!("dechrome: {log}: {what}\n"));
        assert!((finished(&place), place.read("gone.jsonl")) == before, "{log}: something was touched");
        assert_eq!(fs::read(place.path(log)).ok(), there, "{log}");
    }
    place.write("notes.txt", "No log at all.\n");
    assert_eq!(resumed(&place, "notes.txt").status.code(), Some(2));
    assert_eq!(place.read("notes.txt"), b"No log at all.\n");
    // The log may be called otherwise by then.
    fs::rename(place.path("gone.jsonl"), place.path("renamed.jsonl")).unwrap();
    let output = resumed(&place, "renamed.jsonl");
    ended(&output, 0, "");
    fs::rename(place.path("renamed.jsonl"), place.path("gone.jsonl")).unwrap();
    super::undo::given_back(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
}

#[test]
fn what_is_no_longer_whole_in_the_log_is_done_again() {
    let place = killed_before_the_last(&[]);
    let log = String::from_utf8(place.read("gone.jsonl")).unwrap();
    let kept: Vec<&str> = log.split_inclusive('\n').filter(|line| !line.contains("\"b.txt\"")).collect();
    place.write("gone.jsonl", kept.concat());
    ended(&resumed(&place, "gone.jsonl"), 0, "");
    assert_eq!((log_lines_of(&place, "a.txt"), log_lines_of(&place, "b.txt")), (1, 1));
    super::undo::given_back(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
}

#[test]
fn a_log_under_an_outputs_name_is_refused_and_nothing_is_made() {
    let place = Place::new();
    place.write("tree/gone.jsonl", wrapped(Wrap::Jsonl, &PAGES));
    place.write("tree/deep/page.txt", PAGES[0]);
    let compress: &[&str] = &["--compress", "gzip"];
    for (log, options) in [
        ("out/gone.jsonl", &[][..]),
        ("out/deep/page.txt", &[]),
        ("out/deep/page.txt.gz", compress),
        ("out/.dechrome-run", &[]),
    ] {
        let output = place.command(["clean", "tree", "-o", "out", "--removed", log]).args(options).output().unwrap();
        ended(&output, 2, &format!("dechrome: {log}: the log would be an output; choose another place\n"));
        assert!(!place.path("out").exists(), "{log}");
    }
    let output = place.run(["clean", "tree/gone.jsonl", "-o", "out", "--removed", "out/gone.jsonl"]);
    ended(&output, 2, "dechrome: out/gone.jsonl: the log would be an output; choose another place\n");
    fs::create_dir_all(place.path("out/deep")).unwrap();
    let output = place.run(["clean", "tree", "-o", "out", "--removed", "out/deep/../deep/page.txt"]);
    ended(&output, 2, "dechrome: out/deep/../deep/page.txt: the log would be an output; choose another place\n");
    place.quiet(["clean", "tree", "-o", "out", "--removed", "out/deep/log.jsonl"]);
}

#[test]
fn an_input_that_was_replaced_by_an_older_file_is_done_again() {
    let place = killed_before_the_last(&[]);
    let time = place.path("tree/b.txt").metadata().unwrap().modified().unwrap();
    for (text, age) in
        [("Older.\nRead more\n", Duration::from_secs(3600)), ("Page x.\nRead more\nRead on\n", Duration::ZERO)]
    {
        let name = if age.is_zero() { "c" } else { "b" };
        // Of one the size is another one, of the other one the time alone.
        place.write(format!("tree/{name}.txt"), text);
        let age = if age.is_zero() { Duration::from_nanos(1) } else { age };
        let file = fs::File::options().write(true).open(place.path(format!("tree/{name}.txt"))).unwrap();
        let before = if name == "c" { time } else { time - Duration::from_secs(60) };
        file.set_modified(before - age).unwrap();
    }
    ended(&resumed(&place, "gone.jsonl"), 0, "");
    assert_eq!(String::from_utf8(place.read("out/b.txt")).unwrap(), "Older.\n");
    assert_eq!(String::from_utf8(place.read("out/c.txt")).unwrap(), "Page x.\nRead on\n");
    super::undo::given_back(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
}

#[test]
fn an_output_that_is_no_longer_what_was_written_is_made_again() {
    let place = killed_before_the_last(&[]);
    place.write("out/a.txt", "Spoiled afterwards.\n");
    ended(&resumed(&place, "gone.jsonl"), 0, "");
    assert_eq!(place.read("out/a.txt"), b"Page a.\nRead on\n");
    assert_eq!(log_lines_of(&place, "a.txt"), 1);
}

#[test]
fn outputs_of_inputs_that_are_gone_go_too_and_are_named() {
    let place = killed_before_the_last(&[]);
    fs::remove_file(place.path("tree/b.txt")).unwrap();
    fs::remove_file(place.path("tree/c.txt")).unwrap();
    place.write("out/c.txt", "Somebody wrote into this one.\n");
    let output = resumed(&place, "gone.jsonl");
    let said = "dechrome: out/b.txt: removed, as its input is gone\n\
                dechrome: out/c.txt: its input is gone; left, as it was changed since it was written\n";
    ended(&output, 0, said);
    assert!(!place.path("out/b.txt").exists());
    assert_eq!(place.read("out/c.txt"), b"Somebody wrote into this one.\n");
    assert_eq!(
        (log_lines_of(&place, "a.txt"), log_lines_of(&place, "b.txt"), log_lines_of(&place, "c.txt")),
        (1, 0, 0)
    );
}

#[test]
fn an_input_that_was_left_out_is_not_done_again() {
    let place = Place::new();
    place.write("tree/short.txt", "S.\nRead more\n");
    place.write("tree/page.txt", "A page that is long enough to stay.\nRead more\n");
    let pipe = place.path("tree-pipe.txt");
    let arguments = ["clean", "tree", "tree-pipe.txt", "-o", "out", "--removed", "gone.jsonl", "--min-chars", "10"];
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut child = place.command(arguments).stderr(Stdio::null()).spawn().unwrap();
    wait_until("both", || {
        let mark = fs::read_to_string(place.path("out").join(RUN_MARK)).unwrap_or_default();
        place.path("out/tree/page.txt").exists() && mark.contains("short.txt")
    });
    child.kill().unwrap();
    child.wait().unwrap();
    fs::remove_file(&pipe).unwrap();
    place.write("tree-pipe.txt", "The last one, which stays.\n");
    let log = place.read("gone.jsonl");
    let figures = place.figures(arguments.iter().copied().chain(["--resume"]));
    assert_eq!(figures["documents"], 1, "the last one alone");
    assert_eq!(place.read("gone.jsonl"), log);
    assert!(!place.path("out/tree/short.txt").exists());
}

/// A run that waits for its last input, a pipe that nobody writes to yet.
fn waiting(place: &Place, arguments: &[&str]) -> Child {
    let pipe = place.path("pipe.txt");
    if !pipe.exists() {
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    }
    place.command(arguments).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn a_second_run_into_the_same_folder_says_so_and_touches_nothing() {
    let place = Place::new();
    place.write("tree/a.txt", PAGES[0]);
    let mut first = waiting(&place, &["clean", "tree", "pipe.txt", "-o", "out", "--removed", "gone.jsonl"]);
    wait_until("its first output", || place.path("out/tree/a.txt").exists());
    let before = (finished(&place), place.read("gone.jsonl"));
    let what = "another run writes into this folder; wait for its end, or choose another folder";
    for arguments in [
        &["clean", "tree", "-o", "out"][..],
        &["clean", "tree", "pipe.txt", "-o", "out", "--removed", "gone.jsonl"],
        &["clean", "tree", "pipe.txt", "-o", "out", "--removed", "gone.jsonl", "--resume"],
    ] {
        ended(&place.run(arguments), 2, &format!("dechrome: out: {what}\n"));
        assert!((finished(&place), place.read("gone.jsonl")) == before, "{arguments:?}");
        assert!(first.try_wait().unwrap().is_none(), "the first run goes on");
    }
    fs::File::options().write(true).open(place.path("pipe.txt")).unwrap().write_all(PAGES[0].as_bytes()).unwrap();
    assert_eq!(status_of(first), (Some(0), String::new()));
    assert!(!place.path("out").join(RUN_MARK).exists());
    assert_eq!(place.read("out/pipe.txt"), b"One.\n");
    place.quiet(["clean", "tree", "-o", "out"]);
}

#[test]
fn a_mark_that_is_a_link_is_not_written_through() {
    let place = Place::new();
    place.write("tree/a.txt", PAGES[0]);
    place.write("precious.txt", "Precious.\n");
    fs::create_dir(place.path("out")).unwrap();
    std::os::unix::fs::symlink("../precious.txt", place.path("out").join(RUN_MARK)).unwrap();
    let output = place.run(["clean", "tree", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(RUN_MARK), "{output:?}");
    assert_eq!(place.read("precious.txt"), b"Precious.\n");
    assert!(!Path::new(&place.path("out/a.txt")).exists());
}
