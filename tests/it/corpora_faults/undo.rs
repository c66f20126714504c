//! Trees that are given back: what stands in them beside corpora too.

use std::fs;

use dechrome::io::Compression;

use super::logs::restored;
use super::{PAGES, encoded, wrapped};
use crate::place::{Place, is_quiet, stderr};
use crate::wrapped::{Wrap, decompressed};

/// Cleans the tree, restores it, and compares; outputs are told apart by their names.
#[track_caller]
fn comes_back(place: &Place, arguments: &[&str], status: i32) {
    let cleaned =
        place.command(["clean", "tree", "-o", "out", "--removed", "gone.jsonl"]).args(arguments).output().unwrap();
    assert_eq!(cleaned.status.code(), Some(status), "{cleaned:?}");
    given_back(place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
}

#[track_caller]
pub(super) fn given_back(place: &Place, arguments: &[&str]) {
    let output = restored(place, arguments);
    assert!(output.status.success() && is_quiet(&output), "{}", stderr(&output));
    let (want, got) = (place.files("tree"), place.files("back"));
    assert_eq!(want.keys().collect::<Vec<_>>(), got.keys().collect::<Vec<_>>());
    for (name, bytes) in &want {
        let compression = Compression::of_path(name);
        let shown = |bytes: &[u8]| decompressed(bytes, compression).escape_ascii().to_string();
        if *bytes != got[name] {
            assert_eq!(shown(bytes), shown(&got[name]), "{name:?}");
        }
    }
}

/// A tree of every format.
fn mixed() -> Place {
    let place = Place::new();
    for (compression, end) in [(Compression::None, ""), (Compression::Gzip, ".gz"), (Compression::Zstd, ".zst")] {
        place.write(format!("tree/a/pages.jsonl{end}"), encoded(compression, &wrapped(Wrap::Jsonl, &PAGES)));
        place.write(format!("tree/b/pages.warc.wet{end}"), encoded(compression, &wrapped(Wrap::Wet, &PAGES)));
        place.write(format!("tree/page.txt{end}"), encoded(compression, PAGES[2].as_bytes()));
        place.write(format!("tree/gone.txt{end}"), encoded(compression, PAGES[3].as_bytes()));
    }
    place.write("tree/data.bin", b"\0Read more\n");
    place.write("tree/empty.txt", "");
    place.write("tree/name with spaces.txt", "A \"quoted\" name.\nRead more\n");
    place
}

#[test]
fn a_mixed_tree_comes_back() {
    comes_back(&mixed(), &[], 0);
}

#[test]
fn a_mixed_tree_comes_back_though_documents_were_left_out() {
    let place = mixed();
    comes_back(&place, &["--drop-empty", "--min-chars", "6"], 0);
    assert!(!place.path("out/gone.txt").exists() && !place.path("out/gone.txt.gz").exists());
}

#[test]
fn tables_in_a_tree_come_back() {
    let place = Place::new();
    place.write("tree/a.parquet", wrapped(Wrap::Parquet, &PAGES));
    place.write("tree/page.txt", PAGES[0]);
    place.quiet(["clean", "tree", "-o", "out", "--removed", "gone.jsonl"]);
    let output = restored(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
    assert!(output.status.success() && is_quiet(&output), "{}", stderr(&output));
    let content = |name: &str| crate::wrapped::table_content(&place.read(name));
    assert_eq!(content("back/a.parquet"), content("tree/a.parquet"));
    assert_eq!(place.read("back/page.txt"), PAGES[0].as_bytes());
}

#[test]
fn a_tree_with_faulty_records_that_were_left_out_comes_back() {
    let place = mixed();
    place.write("tree/faulty.jsonl", "{\"text\": \"One.\\nRead more\\n\"}\nno record\n\n{\"text\": 5}\r\n");
    comes_back(&place, &["--on-error", "skip"], 2);
}

#[test]
fn a_tree_with_a_file_that_is_cut_off_comes_back() {
    let place = mixed();
    let whole = encoded(Compression::Gzip, &wrapped(Wrap::Jsonl, &PAGES));
    place.write("tree/cut.jsonl.gz", [&whole[..], &whole[..whole.len() - 9]].concat());
    let cleaned = place.run(["clean", "tree", "-o", "out", "--removed", "gone.jsonl", "--stats=figures.json"]);
    assert_eq!(cleaned.status.code(), Some(2));
    let figures: serde_json::Value = serde_json::from_slice(&place.read("figures.json")).unwrap();
    let sound = mixed().figures(["clean", "tree", "-o", "out"]);
    assert_eq!((&figures["documents"], &figures["removed"]), (&sound["documents"], &sound["removed"]));
    let log = String::from_utf8(place.read("gone.jsonl")).unwrap();
    assert!(!log.contains("cut.jsonl"), "nothing went of it: {log}");
    restored(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
    assert!(place.path("back/cut.jsonl.gz").exists(), "it passed as it is, so it is there to be given back");
    assert!(place.read("back/cut.jsonl.gz") == place.read("tree/cut.jsonl.gz"));
}

#[test]
fn texts_that_begin_like_other_formats_come_back() {
    let place = Place::new();
    place.write("tree/json.txt", "{\"text\": of a page}\nRead more\nThe end.\n");
    place.write("tree/archive.txt", "WARC/1.0 is a format.\nRead more\nThe end.\n");
    place.write("tree/table.txt", "PAR1 is how they begin.\nRead more\nThe end.\n");
    comes_back(&place, &[], 0);
}

#[test]
fn a_compressed_file_whose_name_does_not_say_so_comes_back_byte_for_byte() {
    let place = Place::new();
    // Another level than ours.
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(1));
    std::io::Write::write_all(&mut encoder, &PAGES[2].repeat(300).into_bytes()).unwrap();
    place.write("tree/data.bin", encoder.finish().unwrap());
    place.write("tree/page.txt", PAGES[0]);
    let output = place.run(["clean", "tree", "-o", "out", "--removed", "gone.jsonl"]);
    assert!(output.status.code() == Some(2) && stderr(&output).starts_with("dechrome: tree/data.bin: a gzip stream"));
    assert!(place.read("out/data.bin") == place.read("tree/data.bin"));
    restored(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
    assert!(place.read("back/data.bin") == place.read("tree/data.bin"), "byte for byte");
}

#[test]
fn what_was_cleaned_in_place_comes_back() {
    for given in ["tree", "./tree", "tree/"] {
        let place = mixed();
        let tree = place.path("tree");
        place.quiet(["clean", given, "--in-place", "--removed", "gone.jsonl"]);
        fs::rename(&tree, place.path("out")).unwrap();
        let fresh = mixed();
        fs::rename(fresh.path("tree"), &tree).unwrap();
        given_back(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
    }
}

#[test]
fn several_inputs_come_back_from_one_folder() {
    let place = mixed();
    place.write("tree/extra.jsonl", wrapped(Wrap::Jsonl, &PAGES));
    let inputs = ["tree/a", "tree/b", "tree/extra.jsonl"];
    place.quiet(["clean"].into_iter().chain(inputs).chain(["-o", "out", "--removed", "gone.jsonl"]));
    let output = restored(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
    assert!(output.status.success() && is_quiet(&output), "{}", stderr(&output));
    assert_eq!(place.read("back/extra.jsonl"), place.read("tree/extra.jsonl"));
    assert_eq!(place.read("back/a/pages.jsonl"), place.read("tree/a/pages.jsonl"));
    assert_eq!(place.read("back/b/pages.warc.wet"), place.read("tree/b/pages.warc.wet"));
}

#[test]
fn one_file_goes_through_pipes_and_comes_back() {
    for (wrap, name) in [(Wrap::Jsonl, "pages.jsonl"), (Wrap::Wet, "pages.wet")] {
        let place = Place::new();
        let original = wrapped(wrap, &PAGES);
        let mut command = place.command(["clean", "--removed", "gone.jsonl", "--drop-empty"]);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let cleaned = crate::doors::run_with_input(&mut command, &original);
        assert!(cleaned.status.success(), "{cleaned:?}");
        place.write(name, &cleaned.stdout);
        let output = restored(&place, &[name, "--removed", "gone.jsonl"]);
        assert!(output.status.success() && output.stdout == original, "{output:?}");
    }
}

#[test]
fn names_that_differ_only_in_bytes_that_are_not_utf8_are_told_apart() {
    use std::os::unix::ffi::OsStrExt;
    for arguments in [&[][..], &["--compress", "gzip"]] {
        let place = Place::new();
        for (name, text) in
            [(&b"caf\xe9.txt"[..], PAGES[0]), (b"caf\xea.txt", PAGES[2]), ("caf\u{fffd}.txt".as_bytes(), PAGES[3])]
        {
            place.write(std::path::Path::new("tree").join(std::ffi::OsStr::from_bytes(name)), text);
        }
        comes_back(&place, arguments, 0);
    }
}

#[test]
fn json_lines_with_other_white_space_at_the_end_come_back() {
    let place = Place::new();
    let lines = "{\"text\": \"One.\\nRead more\\n\"}\u{c}\n\u{c}\n{\"text\": \"Two.\\nRead more\\n\"} \t\r\n";
    place.write("tree/pages.jsonl", lines);
    comes_back(&place, &[], 2);
    let out = String::from_utf8(place.read("out/pages.jsonl")).unwrap();
    assert_eq!(out, lines.replace("Two.\\nRead more\\n", "Two.\\n"));
}

#[test]
fn json_lines_cleaned_by_an_old_version_come_back() {
    let place = Place::new();
    place.write("pages.jsonl", "{\"text\": \"One.\\n\"}\u{c}\n");
    let entry = r#"{"input":"pages.jsonl","document":1,"document_bytes":15,"start":5,"end":15,"text":"Read more\n"}"#;
    place.write("gone.jsonl", format!("{entry}\n"));
    let output = restored(&place, &["pages.jsonl", "--removed", "gone.jsonl"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "{\"text\": \"One.\\nRead more\\n\"}\u{c}\n");
}

#[test]
fn inputs_with_one_output_name_are_told_apart_or_refused() {
    let place = Place::new();
    place.write("tree/pages.jsonl", wrapped(Wrap::Jsonl, &PAGES[..1]));
    place.write("tree/pages.jsonl.gz", encoded(Compression::Gzip, &wrapped(Wrap::Jsonl, &PAGES[1..])));
    let output = place.run(["clean", "tree", "-o", "out", "--compress", "zstd"]);
    let outputs = place.files("out").len();
    assert!(!output.status.success() || outputs == 2, "of two inputs there are {outputs} outputs, without a word");
}

#[test]
fn outputs_of_another_compression_come_back() {
    let place = Place::new();
    place.write("tree/pages.jsonl", wrapped(Wrap::Jsonl, &PAGES));
    place.quiet(["clean", "tree", "-o", "out", "--removed", "gone.jsonl", "--compress", "gzip"]);
    given_back(&place, &["out", "--removed", "gone.jsonl", "-o", "back", "--compress", "none"]);
}

#[test]
fn outputs_of_another_compression_come_back_without_a_word_about_it() {
    for compression in ["none", "gzip", "zstd"] {
        let place = Place::new();
        place.write("tree/a/pages.jsonl", wrapped(Wrap::Jsonl, &PAGES));
        place.write("tree/b/pages.jsonl.gz", encoded(Compression::Gzip, &wrapped(Wrap::Jsonl, &PAGES)));
        place.write("tree/c/pages.warc.wet.zst", encoded(Compression::Zstd, &wrapped(Wrap::Wet, &PAGES)));
        place.write("tree/d/long name.txt.gzip", encoded(Compression::Gzip, PAGES[0].as_bytes()));
        place.write("tree/e/nothing goes.txt", PAGES[1]);
        place.write("tree/f/nothing is left.txt.gz", encoded(Compression::Gzip, PAGES[3].as_bytes()));
        place.write("tree/g/empty.txt", "");
        place.write("tree/h/empty.txt.zst", encoded(Compression::Zstd, b""));
        comes_back(&place, &["--compress", compression, "--drop-empty"], 0);
        let (want, got) = (place.read("tree/h/empty.txt.zst"), place.read("back/h/empty.txt.zst"));
        assert_eq!(got, want, "an empty stream is one");
    }
}

#[test]
fn what_was_asked_for_goes_before_what_the_log_tells() {
    let place = Place::new();
    place.write("tree/pages.jsonl", wrapped(Wrap::Jsonl, &PAGES));
    place.quiet(["clean", "tree", "-o", "out", "--removed", "gone.jsonl", "--compress", "gzip"]);
    restored(&place, &["out", "--removed", "gone.jsonl", "-o", "back", "--compress", "zstd"]);
    let back = place.read("back/pages.jsonl.zst");
    assert_eq!(decompressed(&back, Compression::Zstd), place.read("tree/pages.jsonl"));
}

#[test]
fn a_stream_of_another_compression_comes_back_as_it_was() {
    let place = Place::new();
    let original = wrapped(Wrap::Jsonl, &PAGES);
    let mut command = place.command(["clean", "--removed", "gone.jsonl", "--compress", "gzip"]);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let cleaned = crate::doors::run_with_input(&mut command, &original);
    place.write("pages.jsonl.gz", &cleaned.stdout);
    let output = restored(&place, &["pages.jsonl.gz", "--removed", "gone.jsonl"]);
    assert!(output.status.success() && output.stdout == original, "{output:?}");
    let output = restored(&place, &["pages.jsonl.gz", "--removed", "gone.jsonl", "-o", "back"]);
    assert!(output.status.success() && place.read("back/pages.jsonl") == original, "{output:?}");
}

#[test]
fn what_came_of_an_archive_that_is_cut_off_comes_back_as_far_as_it_went() {
    for policy in ["pass", "skip"] {
        let place = Place::new();
        let records = wrapped(Wrap::Wet, &PAGES.repeat(20));
        let half = &records[..records.len() - 30];
        let stream = [&encoded(Compression::Gzip, half)[..], b"\x1F\x8B\x08"].concat();
        let mut command = place.command(["clean", "--removed", "gone.jsonl", "--on-error", policy]);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let cleaned = crate::doors::run_with_input(&mut command, &stream);
        assert_eq!(cleaned.status.code(), Some(2), "{cleaned:?}");
        place.write("pages.wet.gz", &cleaned.stdout);
        let output = restored(&place, &["pages.wet.gz", "--removed", "gone.jsonl"]);
        assert!(output.status.success(), "{output:?}");
        assert!(decompressed(&output.stdout, Compression::Gzip) == half, "{policy}");
    }
}
