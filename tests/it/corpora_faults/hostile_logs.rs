//! Logs that somebody wrote to do harm: nothing is read or written outside of the folders, and figures do not run over.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::logs::restored;
use crate::jsonl::cases;
use crate::place::{Place, stderr};

/// A log of one removal, from an input of that name.
fn log_of(input: &str) -> String {
    let removal =
        json!({ "input": input, "document": 1, "start": 0, "end": 5, "rule": "r", "kind": "k", "text": "evil\n" });
    format!("{removal}\n")
}

/// A place with a cleaned tree, and around it what must neither be read nor changed.
fn guarded() -> Place {
    let place = Place::new();
    place.write("outer/cleaned/page.txt", "One.\n");
    place.write("outer/cleaned/sub/page.txt", "Two.\n");
    place.write("outer/secret.txt", "A secret.\n");
    place.write("secret.txt", "A secret.\n");
    place
}

/// All files but those below the output, and no output that holds a secret.
fn around(place: &Place, output: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let (outputs, around): (BTreeMap<_, _>, BTreeMap<_, _>) =
        place.files(".").into_iter().partition(|(name, _)| name.starts_with(output));
    for (name, bytes) in outputs {
        assert!(memchr::memmem::find(&bytes, b"secret").is_none(), "{} was read from outside", name.display());
    }
    around
}

/// Labels made of all that can lead somewhere else.
fn label() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &["..", ".", "", "secret.txt", "page.txt", "sub", "cleaned", "outer", "\0", "~", "é"];
    (proptest::collection::vec(select(PARTS), 1..6), any::<bool>())
        .prop_map(|(parts, has_root)| format!("{}{}", if has_root { "/" } else { "" }, parts.join("/")))
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn no_name_in_a_log_leads_out_of_the_folders(label in label(), is_absolute in any::<bool>()) {
        let place = guarded();
        let folder = place.folder.path().to_str().unwrap();
        let label = if is_absolute { format!("{folder}/{label}") } else { label };
        place.write("gone.jsonl", log_of(&label));
        let before = around(&place, "outer/back");
        restored(&place, &["outer/cleaned", "--removed", "gone.jsonl", "-o", "outer/back"]);
        prop_assert_eq!(around(&place, "outer/back"), before, "{:?}", label);
    }
}

#[test]
fn names_that_lead_out_are_refused_when_the_log_is_opened() {
    for label in
        ["../secret.txt", "/secret.txt", "sub/../../secret.txt", "..", "", ".", "./page.txt", "page.txt\0", "/"]
    {
        let place = guarded();
        place.write("gone.jsonl", log_of("page.txt") + &log_of(label));
        let output = restored(&place, &["outer/cleaned", "--removed", "gone.jsonl", "-o", "outer/back"]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{label}: {said}");
        assert!(said.contains("at 2") && said.contains("is no path below a folder"), "{label}: {said}");
        assert!(!place.path("outer/back").exists(), "{label}");
    }
}

#[test]
fn the_name_that_an_original_had_leads_nowhere_else_either() {
    for name in ["../secret.txt", "/secret.txt", "..", "sub/.."] {
        let place = guarded();
        let original =
            json!({ "input": "page.txt", "document": 0, "original": { "name": name, "compression": "none" } });
        place.write("gone.jsonl", format!("{original}\n{}", log_of("page.txt")));
        let output = restored(&place, &["outer/cleaned", "--removed", "gone.jsonl", "-o", "outer/back"]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", stderr(&output));
        assert!(!place.path("outer/back").exists(), "{name}");
    }
}

#[test]
fn names_in_base64_are_held_to_the_same() {
    let place = guarded();
    let bytes = data_encoding::BASE64.encode(b"../secret.txt");
    let removal = json!({ "input": "page.txt", "input_base64": bytes, "document": 1, "start": 0, "end": 0 });
    place.write("gone.jsonl", format!("{removal}\n"));
    let output = restored(&place, &["outer/cleaned", "--removed", "gone.jsonl", "-o", "outer/back"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(!place.path("outer/back").exists());
}

#[test]
fn links_inside_the_folders_are_not_followed_out_of_them() {
    let place = guarded();
    fs::create_dir_all(place.path("outside")).unwrap();
    place.write("outside/file.txt", "A secret.\n");
    symlink(place.path("outside"), place.path("outer/cleaned/link")).unwrap();
    symlink(place.path("secret.txt"), place.path("outer/cleaned/file")).unwrap();
    fs::create_dir_all(place.path("outer/back")).unwrap();
    symlink(place.path("outside"), place.path("outer/back/sub")).unwrap();
    let labels = ["link/file.txt", "link/new.txt", "file", "sub/page.txt", "page.txt"];
    place.write("gone.jsonl", labels.map(log_of).concat());
    let before = around(&place, "outer/back");
    let output = restored(&place, &["outer/cleaned", "--removed", "gone.jsonl", "-o", "outer/back"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(around(&place, "outer/back") == before, "{said}");
    assert_eq!(place.files("outer/back").keys().collect::<Vec<_>>(), [Path::new("page.txt")], "{said}");
    assert_eq!(place.read("outer/back/page.txt"), b"evil\nOne.\n", "what stays inside is restored");
    for what in ["a link leads to it, out of outer/cleaned", "a link leads out of outer/back here"] {
        assert!(said.contains(what), "{said}");
    }
}

#[test]
fn the_log_itself_is_not_written_over() {
    let place = guarded();
    place.write("outer/back/gone.jsonl", log_of("gone.jsonl"));
    let before = place.read("outer/back/gone.jsonl");
    let output = restored(&place, &["outer/cleaned", "--removed", "outer/back/gone.jsonl", "-o", "outer/back"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("is the log"), "{}", stderr(&output));
    assert_eq!(place.read("outer/back/gone.jsonl"), before);
}

#[test]
fn numbers_that_cannot_be_added_are_told_and_not_run_over() {
    const MOST: u64 = u64::MAX;
    let page = json!({ "text": "One.\n" });
    for (start, end, document_bytes) in
        [(MOST, MOST, 0), (MOST, 0, 0), (0, MOST, 5), (5, 2, MOST), (MOST - 1, MOST, MOST)]
    {
        for (name, content) in [("page.txt", "One.\n".to_owned()), ("pages.jsonl", format!("{page}\n"))] {
            let place = Place::new();
            place.write(name, content);
            let entry = |start, document| {
                let text = "evil\n";
                json!({ "input": name, "document": document, "start": start, "end": end, "text": text,
                        "document_bytes": document_bytes, "rule": "a/r", "kind": "share" })
            };
            place.write("gone.jsonl", format!("{}\n{}\n", entry(start, 1), entry(start, 1)));
            let output = restored(&place, &[name, "--removed", "gone.jsonl"]);
            assert_eq!(output.status.code(), Some(2), "{start} {end}: {output:?}");
            assert!(!stderr(&output).contains("panicked"), "{output:?}");
            place.write("gone.jsonl", format!("{}\n{}\n{}\n", entry(start, 1), entry(start, MOST), entry(start, 2)));
            place.quiet(["report", "--removed", "gone.jsonl", "-o", "report.html"]);
        }
    }
}

#[test]
fn rows_that_were_lost_in_any_number_are_told() {
    let place = Place::new();
    place.write("pages.parquet", super::wrapped(crate::wrapped::Wrap::Parquet, &super::PAGES));
    let lost = json!({ "input": "pages.parquet", "document": u64::MAX, "dropped": true, "lost_rows": u64::MAX });
    place.write("gone.jsonl", format!("{lost}\n"));
    let output = restored(&place, &["pages.parquet", "--removed", "gone.jsonl"]);
    let said = stderr(&output);
    assert!(output.status.code() == Some(2) && said.contains("could not be read and were left out"), "{said}");
}
