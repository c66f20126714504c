//! `dechrome mine` writes the same packs, whatever threads and files it is given, and in whatever order.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{page, sentence};
use crate::place::Place;

/// More than one MiB of text.
const DOCUMENTS: usize = 800;

/// Pages of three sites as JSON lines, in so many files, in the order of `number`.
fn write_corpus(place: &Place, folder: &str, files: usize, number: impl Fn(usize) -> usize) -> Vec<String> {
    let record = |n: usize| {
        let (head, tail) =
            (["Harbour of the North", "By Ada Sounding"][n % 2], format!("{n} comments\nPort authority"));
        let url = format!("https://port{}.example/{n}", n % 3);
        let story = (0..12).map(|at| sentence(2000 + 12 * n + at)).collect::<Vec<_>>().join(" ");
        serde_json::json!({ "url": url, "text": page(n, head, &story, &tail) }).to_string() + "\n"
    };
    let names: Vec<String> = (0..files).map(|file| format!("{folder}/{file}.jsonl")).collect();
    for (file, name) in names.iter().enumerate() {
        let of_file = (0..DOCUMENTS).filter(|at| at * files / DOCUMENTS == file);
        place.write(name, of_file.map(|at| record(number(at))).collect::<String>());
    }
    names
}

fn packs(place: &Place, inputs: &[String], options: &[&str]) -> BTreeMap<PathBuf, Vec<u8>> {
    place.quiet(
        ["mine", "-o", "packs"].into_iter().chain(options.iter().copied()).chain(inputs.iter().map(String::as_str)),
    );
    let found = place.files("packs");
    std::fs::remove_dir_all(place.path("packs")).unwrap();
    found
}

#[test]
fn threads_files_and_their_order_do_not_show() {
    let place = Place::new();
    let one = write_corpus(&place, "one", 1, |at| at);
    let several = write_corpus(&place, "several", 7, |at| at);
    let backwards: Vec<String> = several.iter().rev().cloned().collect();
    // 67 has no divisor in common with their number, so each comes once.
    let shuffled = write_corpus(&place, "shuffled", 4, |at| at * 67 % DOCUMENTS);
    // Once all documents fit, once not.
    for memory in ["64", "1"] {
        let expected = packs(&place, &one, &["--memory", memory, "-j", "1"]);
        assert_eq!(expected.len(), 3);
        assert!(expected.values().all(|pack| String::from_utf8_lossy(pack).contains("Port authority")));
        let ways = [("5", &one), ("5", &several), ("2", &backwards), ("1", &shuffled), ("5", &shuffled)];
        for (threads, inputs) in ways {
            let found = packs(&place, inputs, &["--memory", memory, "-j", threads]);
            assert!(found == expected, "{inputs:?} on {threads} threads, {memory} MiB");
        }
    }
}
