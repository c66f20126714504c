//! Texts that are left as they are: noted on, or suspect.

use serde_json::{Value, json};

use super::{PAGES, encoded, wrapped};
use crate::place::{Place, stderr};
use crate::wrapped::Wrap;

fn noted(place: &Place, arguments: &[&str]) -> Vec<Value> {
    let left = place.quiet(arguments.iter().copied());
    String::from_utf8(left).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn noting_leaves_texts_alone_and_tells_spans_in_bytes_with_rules() {
    let place = Place::new();
    let text = "Grüße.\nRead more here\nThe end.\nRead more\n";
    place.write("pages.jsonl", format!("{}\n{}\n", json!({"text": text, "id": 1}), json!({"text": "Stays.\n"})));
    for (argument, field) in [("--annotate", "dechrome"), ("--annotate=gone", "gone")] {
        let records = noted(&place, &["clean", "pages.jsonl", argument]);
        let span = |gone: &str| {
            let start = text.rfind(gone).unwrap();
            json!({"start": start, "end": start + gone.len(), "rule": "pack/read-more", "kind": "related"})
        };
        let want = json!({"text": text, "id": 1, field: [span("Read more here\n"), span("Read more\n")]});
        assert_eq!(records, [want, json!({"text": "Stays.\n"})]);
    }
}

#[test]
fn notes_of_an_earlier_run_are_replaced() {
    let place = Place::new();
    place.write("pages.jsonl", format!("{}\n", json!({"dechrome": "old", "text": "One.\nRead more\n"})));
    let once = place.quiet(["clean", "pages.jsonl", "--annotate"]);
    place.write("again.jsonl", &once);
    assert_eq!(place.quiet(["clean", "again.jsonl", "--annotate"]), once);
    assert_eq!(String::from_utf8(once).unwrap().matches("dechrome").count(), 1);
}

#[test]
fn notes_go_to_a_column_of_their_own_in_a_table() {
    let place = Place::new();
    place.write("pages.parquet", wrapped(Wrap::Parquet, &PAGES));
    place.quiet(["clean", "pages.parquet", "-o", "out", "--annotate=gone"]);
    let rows = crate::parquet::files::rows(&place.read("out/pages.parquet"));
    let note = r#"gone: "[{"start":5,"end":15,"rule":"pack/read-more","kind":"related"}]""#;
    assert!(rows[0].contains("Read more") && rows[0].contains(note), "{}", rows[0]);
    assert!(rows[1].contains("gone: null"), "{}", rows[1]);
}

#[test]
fn where_notes_have_no_place_nothing_is_taken_out() {
    for (name, corpus) in [
        ("page.txt", PAGES[0].as_bytes().to_vec()),
        ("pages.wet", wrapped(Wrap::Wet, &PAGES)),
        ("pages.wet.gz", encoded(dechrome::io::Compression::Gzip, &wrapped(Wrap::Wet, &PAGES))),
    ] {
        let place = Place::new();
        place.write(name, &corpus);
        let output = place.run(["clean", name, "--annotate", "-o", "out"]);
        // To refuse is right too.
        if output.status.success() || place.path("out").join(name).exists() {
            let compression = dechrome::io::Compression::of_path(name.as_ref());
            let content = |bytes: &[u8]| crate::wrapped::decompressed(bytes, compression).escape_ascii().to_string();
            assert_eq!(content(&place.read(format!("out/{name}"))), content(&corpus), "{name}: texts are left alone");
        } else {
            assert!(stderr(&output).contains("annotate"), "{output:?}");
        }
    }
}

#[test]
fn a_document_that_would_lose_too_much_stays_and_is_counted() {
    // The second page would lose 24 of 34 bytes, which are 70.6 percent.
    let pages = ["One stays for its own.\nRead more\n", "Two stays\nRead more and still more\n", "Read more\n"];
    for (wrap, name) in [(Wrap::Jsonl, "pages.jsonl"), (Wrap::Wet, "pages.wet"), (Wrap::Parquet, "pages.parquet")] {
        let place = Place::new();
        place.write(name, wrapped(wrap, &pages));
        for (most, suspect) in [("70", 2), ("72%", 1), ("100", 0), ("10", 3)] {
            let figures = place.figures(["clean", name, "-o", "out", "--max-removed", most]);
            let counted = (figures["suspect"].as_u64(), figures["changed"].as_u64());
            assert_eq!(counted, (Some(suspect), Some(3 - suspect)), "{name}, {most}: {figures}");
        }
        place.quiet(["clean", name, "-o", "out", "--max-removed", "70"]);
        let left = wrapped(wrap, &["One stays for its own.\n", pages[1], pages[2]]);
        if wrap == Wrap::Parquet {
            let content = |table: &[u8]| crate::wrapped::table_content(table).1.into_iter().map(|row| row[1].clone());
            assert!(content(&place.read(format!("out/{name}"))).eq(content(&left)));
        } else {
            assert_eq!(place.read(format!("out/{name}")).escape_ascii().to_string(), left.escape_ascii().to_string());
        }
    }
}

#[test]
fn a_percentage_that_is_none_is_refused() {
    let place = Place::new();
    for percent in ["-1", "101", "much", "NaN", ""] {
        let output = place.run(["clean", "page.txt", &format!("--max-removed={percent}")]);
        assert_eq!(output.status.code(), Some(2), "{percent}");
        assert!(stderr(&output).contains("give a percentage from 0 to 100"), "{output:?}");
    }
}
