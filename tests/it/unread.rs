//! Inputs of formats that are not read: named with the command that helps, and lost nowhere. Texts that only begin like
//! one of them are cleaned as ever.
#![cfg(unix)]

use std::path::Path;
use std::process::Stdio;

use dechrome::io::{Compression, Format, UnreadFormat};

use crate::doors::run_with_input;
use crate::place::{Place, stderr};

const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>The ferry</title></head>\n\
                    <body><p>The ferry sails.</p></body>\n</html>\n";
const TABLE: &str = "url,text\nhttps://a.example/1,\"The ferry, it \"\"sails\"\".\nRead more: here\"\n";

fn of(name: &str, text: impl AsRef<[u8]>) -> Option<UnreadFormat> {
    UnreadFormat::of(Path::new(name), Format::of_path(Path::new(name)), text.as_ref(), true)
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn formats_are_told_by_name_and_beginning() {
    use UnreadFormat as U;
    let many_rows = format!("id;text\n{}", "7;The ferry sails.\n".repeat(9000));
    let cases: Vec<(&str, Vec<u8>, UnreadFormat)> = vec![
        ("page.html", PAGE.into(), U::Html),
        ("page.txt", PAGE.into(), U::Html),
        ("-", format!("\u{feff}  <!-- saved -->\n{PAGE}<!-- served -->").into(), U::Html),
        ("page.htm.gz", "<div><p>The ferry sails.</p></div>".into(), U::Html),
        ("page", "<HTML><BODY>The ferry sails.</BODY></HTML>".into(), U::Html),
        (
            "cut",
            format!("<!doctype html><meta charset=utf-8><title>x</title>{}", "<p>The ferry.".repeat(9)).into(),
            U::Html,
        ),
        ("feed.xml", "<?xml version=\"1.0\"?>\n<rss><title>x</title></rss>".into(), U::Xml),
        ("feed", "<?xml version=\"1.0\"?>\n<tei:text><p>x</p></tei:text>\n".into(), U::Xml),
        ("a.json", "[1, 2]".into(), U::JsonArray),
        ("a.txt", "[\n{\"text\": \"a\"},\n{\"text\": \"b\"}]\n".into(), U::JsonArray),
        ("a.jsonl", "[\n{\"text\": \"a\"},\n{\"text\": \"b\"}]\n".into(), U::JsonArray),
        ("a.json", "{\n  \"text\": \"a\"\n}\n".into(), U::Json),
        ("a.jsonl", "{ \"n\": 1,\n  \"text\": \"a\"\n}\n{ \"n\": 2,\n \"text\": \"b\"}\n".into(), U::Json),
        ("a.json", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n".into(), U::JsonLines),
        ("part-0", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n".into(), U::JsonLines),
        ("a.csv", TABLE.into(), U::Csv(',')),
        ("a.csv", "text\n\"a\"\n".into(), U::Csv(',')),
        ("a.csv", "titel;text\nx;y\n".into(), U::Csv(';')),
        ("a.tsv", "a\tb\n".into(), U::Csv('\t')),
        ("a.txt", TABLE.into(), U::Csv(',')),
        ("a.txt", many_rows.into(), U::Csv(';')),
        ("a.txt", "\"URL\"\t\"content\"\nx\ty\n".into(), U::Csv('\t')),
        ("a.pdf", b"%PDF-1.7\r%\xE2\xE3\xCF\xD3\r\n1 0 obj".to_vec(), U::Pdf),
        ("a", b"%PDF-1.4\n1 0 obj\n<< >>".to_vec(), U::Pdf),
        ("a.docx", b"PK\x03\x04\x14\0\x06\0[Content_Types].xml PK\x03\x04\x14\0word/document.xml".to_vec(), U::Docx),
        ("a.epub", b"PK\x03\x04\x0a\0\0\0mimetypeapplication/epub+zipPK".to_vec(), U::Epub),
        ("a.odt", b"PK\x03\x04\x0a\0\0\0mimetypeapplication/vnd.oasis.opendocument.textPK".to_vec(), U::Odt),
        ("pages.zip", b"PK\x03\x04\x14\0\0\0a.txt".to_vec(), U::Zip),
        ("pages.tar", [&b"a.txt\0"[..], &[0; 251], b"ustar\x0000"].concat(), U::Tar),
        ("a.txt.bz2", b"BZh91AY&SY\x01\x02".to_vec(), U::Bzip2),
        ("a.txt.xz", b"\xFD7zXZ\0\0\x04".to_vec(), U::Xz),
        ("a.rtf", br"{\rtf1\ansi The ferry}".to_vec(), U::Rtf),
        ("a.txt", [&b"\xFF\xFE"[..], &utf16("The ferry sails.\r\n", u16::to_le_bytes)].concat(), U::Encoded("UTF-16")),
        ("a.txt", [&b"\xFE\xFF"[..], &utf16("渡船开了。\n", u16::to_be_bytes)].concat(), U::Encoded("UTF-16")),
        ("a.txt", utf16("The ferry sails.", u16::to_le_bytes), U::Encoded("UTF-16LE")),
        ("a.txt", utf16("The ferry sails.", u16::to_be_bytes), U::Encoded("UTF-16BE")),
        ("part-0", Compression::Gzip.encode(b"The ferry".to_vec()).unwrap(), U::Compressed(Compression::Gzip)),
        ("part-0", Compression::Zstd.encode(b"The ferry".to_vec()).unwrap(), U::Compressed(Compression::Zstd)),
        ("part-0", b"PAR1\x15\0\x15".to_vec(), U::Misnamed(Format::Parquet)),
        ("part-0", b"WARC/1.0\r\nWARC-Type: conversion\r\n".to_vec(), U::Misnamed(Format::Wet)),
    ];
    for (name, text, format) in cases {
        assert_eq!(of(name, &text), Some(format), "{name}: {}", text[..text.len().min(200)].escape_ascii());
    }
}

#[test]
fn texts_that_only_begin_so_are_texts() {
    let example = format!("{PAGE}\nThe first line of this example says that it is HTML5.\n");
    let two_examples = format!("{PAGE}\nLonger:\n\n{PAGE}");
    let cases: &[(&str, &str)] = &[
        ("a.txt", ""),
        ("a.html", "The ferry sails.\n"),
        ("a.html", "<html> is the root of a page.\n"),
        ("a.txt", "<html> is the root of a page, <head> stands in it.\n"),
        ("a.txt", "<!DOCTYPE html> tells a browser which rules hold.\n"),
        (
            "a.txt",
            "<!DOCTYPE html>\n<html>\n<head>\n...\n\nThat is how each page begins, as the council has it. It goes on for long.\n",
        ),
        ("a.txt", &example),
        ("a.txt", &two_examples),
        ("a.txt", "<p align=\"center\"><img src=\"logo.png\"></p>\n\n# The ferry\n\nIt sails.\n"),
        ("README.md", "<div align=\"center\">\n<h1>The ferry</h1>\n</div>\n"),
        ("README.md", PAGE),
        ("a.txt", "<3 from the ferry\n"),
        ("a.txt", "<Anna> it sails\n<Berta> when?\n"),
        ("a.txt", "<?xml version=\"1.0\"?> stands in the first line of each file.\n"),
        ("a.txt", "{curly} text\n"),
        ("a.txt", "{ \"quoted\" } is what they say\n"),
        ("a.txt", "{\n  \"name\": \"ferry\"\n}\n\nThis is how the file looks.\n"),
        ("post.md", "{\n  \"title\": \"The ferry\"\n}\n\nIt sails.\n"),
        ("a.txt", "{\"name\": \"ferry\"}\n\nThis is how a line looks.\n"),
        ("a.txt", "[1]\n"),
        ("a.txt", "[\"Sails\"] it said, and [\"No\"].\n"),
        ("a.txt", "[{1}] Anna, The ferry.\n"),
        ("a.txt", "[[Category:Ferries]]\nThe ferry sails.\n"),
        ("a.txt", "{{Infobox ferry}}\nThe ferry sails.\n"),
        ("post.md", "---\ntitle: The ferry\n---\nIt sails.\n"),
        ("a.txt", "Anna, Berta, Carl\nThe ferry sails, they say, on Monday.\n"),
        ("a.txt", "title,text\nThat is what the first line of the file says.\n"),
        ("a.txt", "text,title\n"),
        ("a.txt", "one,two\nthree,four\nfive,six\n"),
        ("a.txt", "%PDF-1.4 is how a file of that kind begins.\n"),
        ("a.txt", "%PDF-1.4\nstands in the first line.\n"),
        ("a.txt", "WARC/1.0\nis how a record begins.\n"),
        ("a.txt", "PAR1 is a receptor.\n"),
        ("a.txt", "PK is short for Park.\n"),
        ("a.txt", "BZh91 was its number.\n"),
        ("a.txt", "ÿþ are letters.\n"),
        ("a.wet", "WARC/1.0\r\nWARC-Type: conversion\r\n"),
        ("a.jsonl", "{\"text\": \"a\"}\n"),
        ("a.jsonl", "[\"a\", \"b\"]\n[\"c\", \"d\"]\n"),
        ("a.jsonl", "{\"text\": \"cut off\n{\"text\": \"a\"}\n"),
        ("a.jsonl", "{\"text\": \"cut off"),
        ("a.jsonl", "{\"a\": [1,\n{\"text\": \"a\"}\n{\"text\": \"b\"}\n"),
    ];
    for (name, text) in cases {
        assert_eq!(of(name, text), None, "{name}: {text}");
    }
    assert_eq!(of("a.txt", b"\xFF\xFEThe ferry sails, in bytes of its own\x01\x02"), None);
    assert_eq!(of("a.bin", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 9]), None);
}

#[test]
fn a_refused_stream_names_the_command_that_helps() {
    let place = Place::new();
    let piped = |arguments: &[&str]| {
        let mut command = place.command(arguments);
        run_with_input(command.stdout(Stdio::piped()).stderr(Stdio::piped()), PAGE.as_bytes())
    };
    let refused = piped(&["clean"]);
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    let helps = "dechrome: -: HTML, not plain text (--format text insists); \
                 try: lynx -dump -nolist -force_html FILE | dechrome clean\n";
    assert_eq!(stderr(&refused), helps);
    let insisted = piped(&["clean", "--format", "text"]);
    assert!(insisted.status.success() && insisted.stdout == PAGE.as_bytes(), "{insisted:?}");
}

#[test]
fn in_a_tree_it_is_named_counted_and_copied_as_it_is() {
    let place = Place::new();
    place.write("tree/a.csv", TABLE);
    place.write("tree/a.txt", "The ferry sails.\nRead more: here\n");
    let packed = Compression::Gzip.encode(PAGE.into()).unwrap();
    place.write("tree/deep/page.html.gz", &packed);
    let output = place.run(["clean", "tree", "-o", "out", "--removed", "gone.jsonl", "--stats=figures.json"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("tree/a.csv: CSV") && said.contains("tree/deep/page.html.gz: HTML"), "{said}");
    let figures: serde_json::Value = serde_json::from_slice(&place.read("figures.json")).unwrap();
    assert_eq!((&figures["failed"], &figures["documents"]), (&2.into(), &1.into()));
    assert!(place.read("out/a.csv") == TABLE.as_bytes() && place.read("out/deep/page.html.gz") == packed);
    assert_eq!(place.read("out/a.txt"), b"The ferry sails.\n");
    let back = place.restore(&["out", "--removed", "gone.jsonl", "-o", "back"]);
    assert!(back.status.success(), "{back:?}");
    assert!(place.files("back") == place.files("tree"), "everything comes back");
    let in_place = place.run(["clean", "tree", "--in-place"]);
    assert_eq!(in_place.status.code(), Some(2));
    assert_eq!(place.read("tree/a.csv"), TABLE.as_bytes());
}

#[test]
fn the_command_for_csv_makes_json_lines_that_are_cleaned() {
    let place = Place::new();
    place.write("a.csv", TABLE);
    let refused = stderr(&place.run(["clean", "a.csv"]));
    let (_, command) = refused.trim_end().split_once("try: ").unwrap();
    let convert = command.split_once(" | ").unwrap().0.replace("FILE", "a.csv");
    let converted = std::process::Command::new("sh").args(["-c", &convert]).current_dir(place.folder.path()).output();
    let converted = converted.unwrap();
    assert!(converted.status.success(), "the tests need python3: {}", stderr(&converted));
    place.write("a.jsonl", converted.stdout);
    let cleaned = place.quiet(["clean", "a.jsonl"]);
    let record: serde_json::Value = serde_json::from_slice(&cleaned).unwrap();
    assert_eq!(record["text"], "The ferry, it \"sails\".\n");
}

#[test]
fn html_in_a_field_is_said_once() {
    let place = Place::new();
    let record = "{\"text\":\"<p>The ferry sails.</p>\"}\n";
    place.write("pages.jsonl", format!("{}{{\"text\":\"I <3 <b>\"}}\n", record.repeat(3)));
    let output = place.run(["clean", "pages.jsonl", "--stats=figures.json"]);
    assert!(output.status.success(), "it is a note");
    let said = stderr(&output);
    let notes: Vec<&str> = said.lines().filter(|line| line.contains("HTML and were")).collect();
    assert!(notes.len() == 1 && notes[0].starts_with("dechrome: 3 of 4 documents are HTML"), "{said}");
    let figures: serde_json::Value = serde_json::from_slice(&place.read("figures.json")).unwrap();
    assert_eq!(figures["html"], 3);
}

#[test]
fn records_without_text_are_counted_and_their_fields_named() {
    let place = Place::new();
    place.write("pages.jsonl", "7\n[\"a\"]\n{\"id\":\"1\",\"content\":\"The ferry sails.\"}\n{\"text\":null}\n");
    let output = place.run(["clean", "pages.jsonl", "--stats=figures.json"]);
    assert_eq!(output.status.code(), Some(2));
    let said = "dechrome: no record has a text in `text`; name the field with --text-field \
                (texts of the first record: `content`, `id`)\n";
    assert_eq!(stderr(&output), said);
    place.write("pages.jsonl", "7\n[\"a\"]\n{\"id\":\"1\"}\n{\"text\":\"a\"}\n");
    let figures = place.figures(["clean", "pages.jsonl"]);
    assert_eq!((&figures["not_objects"], &figures["textless"]), (&2.into(), &1.into()));
}
