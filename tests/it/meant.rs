//! Commands that say what was meant: outputs, borders between files, and documents of which hardly anything is left.
#![cfg(unix)]

use dechrome::io::Compression;

use crate::place::{Place, all_stderr, signal, status_of, stderr, wait_until};

#[test]
fn an_output_that_names_a_file_is_one() {
    let place = Place::new();
    place.write("page.txt", "The ferry sails.\nRead more: here\n");
    place.quiet(["clean", "page.txt", "-o", "new/out.txt"]);
    assert_eq!(place.read("new/out.txt"), b"The ferry sails.\n");
    place.quiet(["clean", "page.txt", "-o", "out.txt.gz", "--removed", "gone.jsonl"]);
    assert_eq!(place.read("out.txt.gz"), Compression::Gzip.encode(b"The ferry sails.\n".to_vec()).unwrap());
    let back = place.restore(&["out.txt.gz", "--removed", "gone.jsonl", "--compress", "none"]);
    assert_eq!(back.stdout, place.read("page.txt"), "{back:?}");
    place.quiet(["clean", "page.txt", "-o", "folder"]);
    assert_eq!(place.read("folder/page.txt"), b"The ferry sails.\n");
    std::fs::create_dir(place.path("old.txt")).unwrap();
    place.quiet(["clean", "page.txt", "-o", "old.txt"]);
    assert_eq!(place.read("old.txt/page.txt"), b"The ferry sails.\n");
    assert!(place.quiet(["clean", "page.txt", "-o", "-"]) == b"The ferry sails.\n" && !place.path("-").exists());
}

#[test]
fn a_file_as_output_is_refused_where_it_cannot_be_what_is_meant() {
    let place = Place::new();
    place.write("page.txt", "The ferry sails.\n");
    place.write("more.txt", "It sails.\n");
    place.write("pages.jsonl", "{\"text\":\"It sails.\"}\n");
    for (arguments, what) in [
        (&["page.txt", "more.txt", "-o", "out.txt"][..], "out.txt: the name of one file, for several"),
        (&["page.txt", "-o", "page.txt"], "page.txt: the output is the input"),
        (&["page.txt", "-o", "out.jsonl"], "out.jsonl: the name says JSON lines, and what is written is plain text"),
        (&["page.txt", "-o", "out.txt.gz", "--compress", "zstd"], "out.txt.gz: the name says something else"),
        (&["page.txt", "-o", "out.txt", "--resume"], "out.txt: a single file is done again as a whole"),
        (&["page.txt", "-o", "-", "--resume"], "standard output cannot be gone on with"),
    ] {
        let output = place.run([&["clean"], arguments].concat());
        let said = stderr(&output);
        assert!(
            output.status.code() == Some(2) && said.starts_with(&format!("dechrome: {what}")),
            "{arguments:?}: {said}"
        );
    }
    assert_eq!(place.read("page.txt"), b"The ferry sails.\n");
}

#[test]
fn files_stay_apart_on_standard_output() {
    let place = Place::new();
    place.write("tree/a.txt", "One.");
    place.write("tree/b.txt", "Two.\n");
    place.write("tree/c.txt", "Three.\n");
    let warned = place.run(["clean", "tree"]);
    assert!(warned.status.success() && stderr(&warned).contains("--document-separator LINE"), "{warned:?}");
    let parted = place.quiet(["clean", "tree", "--document-separator", "====="]);
    assert_eq!(parted, b"One.\n=====\nTwo.\n=====\nThree.\n");
    place.write("a.jsonl", "{\"text\":\"One.\"}");
    place.write("b.jsonl", "{\"text\":\"Two.\"}\n");
    let records = b"{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n";
    assert_eq!(place.quiet(["clean", "a.jsonl", "b.jsonl"]), records);
    let packed = place.quiet(["clean", "a.jsonl", "b.jsonl", "--compress", "zstd"]);
    place.write("both.jsonl.zst", packed);
    assert_eq!(place.quiet(["clean", "both.jsonl.zst", "--compress", "none"]), records);
}

#[test]
fn nearly_emptied_documents_are_counted_and_ten_are_named() {
    let place = Place::new();
    let gone = "{\"text\":\"Read more: here\\n \"}\n";
    place.write("pages.jsonl", format!("{}{{\"text\":\"The ferry sails.\\nRead more\\n\"}}\n", gone.repeat(12)));
    let output = place.run(["clean", "pages.jsonl", "--stats=figures.json"]);
    assert!(output.status.success());
    let said = all_stderr(&output);
    assert_eq!(said.matches("hardly anything is left\n").count(), 10 + 1, "{said}");
    assert!(said.contains("pages.jsonl: document 10: hardly anything is left\n"), "{said}");
    assert!(said.contains("dechrome: of 2 more documents hardly anything is left\n"), "{said}");
    let figures: serde_json::Value = serde_json::from_slice(&place.read("figures.json")).unwrap();
    assert_eq!(figures["emptied"], 12);
    let dropped = place.run(["clean", "pages.jsonl", "--drop-empty"]);
    assert_eq!(all_stderr(&dropped), "", "what is left out by option is no surprise");
}

#[test]
fn of_a_long_text_all_windows_count() {
    let place = Place::new();
    let long = "Read more: here it is\n".repeat(2 * dechrome::WINDOW_BYTES / 22 + 9);
    place.write("gone.txt", &long);
    place.write("half.txt", format!("{long}{}", "The ferry sails.\n".repeat(dechrome::WINDOW_BYTES / 17)));
    let output = place.run(["clean", "gone.txt", "half.txt", "-o", "out"]);
    assert_eq!(all_stderr(&output), "dechrome: gone.txt: hardly anything is left\n");
}

#[test]
fn an_interrupted_run_says_how_to_go_on() {
    let place = Place::new();
    let text = "The ferry sails at noon.\n".repeat(4000);
    (0..4000).for_each(|number| place.write(format!("tree/{number}.txt"), &text));
    let mut command = place.command(["clean", "tree", "-o", "out", "-j", "1"]);
    let child = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    wait_until("the first output is there", || place.path("out/0.txt").exists());
    signal(&child, "-INT");
    let (status, said) = status_of(child);
    assert_eq!(status, Some(130));
    assert_eq!(said, "dechrome: interrupted; the same command with --resume goes on from here\n");
}
