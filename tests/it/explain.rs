//! `explain` reads what `clean` reads: it names the same removals in the same documents, whatever they are wrapped in.
#![cfg(unix)]

use dechrome::io::Compression;
use serde_json::Value;

use crate::place::{Place, stderr};
use crate::wrapped::{Doc, SEPARATOR, Wrap};

const TEXTS: [&str; 4] =
    ["One.\nRead more\n", "Two stays.\n", "Three \"3\".\nRead more here\nThe end.\n", "Quay.\nShare\nPier.\n"];
const URL: &str = "https://ferry.example/3";

fn docs() -> Vec<Doc<'static>> {
    let urls = [None, None, Some(URL), None];
    TEXTS.iter().zip(urls).map(|(text, url)| Doc { text: text.as_bytes(), url }).collect()
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

#[test]
fn the_removals_explained_are_those_that_are_logged() {
    for wrap in Wrap::ALL {
        for compression in [Compression::None, Compression::Gzip, Compression::Zstd] {
            if wrap == Wrap::Parquet && compression != Compression::None {
                continue;
            }
            let place = Place::new();
            let file = wrap.file_name(compression);
            place.write(&file, compression.encode(wrap.wrapped(&docs())).unwrap());
            let parted: &[&str] = if wrap == Wrap::Separated { &["--document-separator", SEPARATOR] } else { &[] };
            place.quiet([&["clean", &file, "-o", "out", "--removed", "gone.jsonl"][..], parted].concat());
            let explained = lines(&place.quiet([&["explain", &file, "--json"][..], parted].concat()));
            let gone = explained.iter().filter(|line| line["verdict"] == "gone");
            let gone: Vec<_> = gone
                .map(|line| {
                    (
                        line["document"].clone(),
                        line["removed"]["start"].clone(),
                        line["rule"]["id"].clone(),
                        line["url"].clone(),
                    )
                })
                .collect();
            let logged = lines(&place.read("gone.jsonl"));
            let logged = logged.iter().filter(|entry| entry["document"] != 0);
            let logged: Vec<_> = logged
                .map(|entry| {
                    (entry["document"].clone(), entry["start"].clone(), entry["rule"].clone(), entry["url"].clone())
                })
                .collect();
            assert_eq!(gone, logged, "{file}");
            assert_eq!(gone.len(), 2);
            let stays: Vec<_> = explained.iter().filter(|line| line["verdict"] == "stays").collect();
            assert!(stays.len() == 1 && stays[0]["text"] == "Share" && stays[0]["input"] == file.as_str(), "{stays:?}");
        }
    }
}

#[test]
fn one_document_is_explained_by_number_or_address() {
    let place = Place::new();
    place.write("pages.jsonl", Wrap::Jsonl.wrapped(&docs()));
    let third = "     2 - Read more here\n         pack/read-more (pack.toml:6)\nremovals: 1, bytes: 15 of 35\n";
    for document in ["3", URL] {
        let shown = place.quiet(["explain", "pages.jsonl", "--document", document]);
        assert_eq!(String::from_utf8(shown).unwrap(), third);
    }
    let all = String::from_utf8(place.quiet(["explain", "pages.jsonl"])).unwrap();
    assert!(all.contains(&format!("pages.jsonl: document 3, {URL}\n{third}")), "{all}");
    assert!(!all.contains("document 2"), "of which there is nothing to say");
    assert!(all.ends_with("documents: 4, removals: 2, bytes: 25 of 79\n"), "{all}");
    for document in ["5", "https://ferry.example/"] {
        let none = place.run(["explain", "pages.jsonl", "-d", document]);
        assert_eq!(none.status.code(), Some(2));
        let said =
            format!("dechrome: there is no document {document}; of 4 that were read none has this number or address\n");
        assert_eq!(stderr(&none), said);
    }
}

#[test]
fn a_tree_is_explained_and_a_long_text_whole() {
    let place = Place::new();
    place.write("tree/a.txt", TEXTS[0]);
    let long = format!("{}Read more\n", "The ferry sails.\n".repeat(dechrome::WINDOW_BYTES / 16));
    place.write("tree/b/long.txt", &long);
    let shown = String::from_utf8(place.quiet(["explain", "tree"])).unwrap();
    let number = long.lines().count();
    assert!(shown.starts_with("tree/a.txt: document 1\n     2 - Read more\n"), "{shown}");
    assert!(shown.contains(&format!("tree/b/long.txt: document 1\n{number} - Read more\n")), "{shown}");
    place.write("tree/page.html", "<!doctype html><html><body>x</body></html>");
    let output = place.run(["explain", "tree"]);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("tree/page.html: HTML"), "{output:?}");
}

#[test]
fn the_command_that_a_report_shows_explains_its_document() {
    let place = Place::new();
    place.write("my pages/p.jsonl", Wrap::Jsonl.wrapped(&docs()));
    place.quiet(["report", "my pages", "-o", "report.html"]);
    let page = String::from_utf8(place.read("report.html")).unwrap();
    let data = page.split("id=\"data\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["explain"], "dechrome explain --packs pack.toml --no-builtin");
    let first = &data["documents"][0];
    let (input, number) = (first["input"].as_str().unwrap(), first["number"].to_string());
    let shown = place.quiet(["explain", input, "--document", &number]);
    assert!(shown.ends_with(b"removals: 1, bytes: 10 of 15\n"), "{}", shown.escape_ascii());
}
