//! Tables of which a part cannot be read.

use std::collections::BTreeSet;
use std::fs;

use super::logs::restored;
use super::{PAGES, ended, wrapped};
use crate::parquet::files::{TEXT, file_of, metadata, properties, rows};
use crate::place::{Place, is_quiet, stderr};
use crate::wrapped::Wrap;

/// Three row groups of ten rows; the texts of the last rows of the second one cannot be read.
fn table_with_a_bad_page() -> Vec<u8> {
    damaged(whole_table(), 1)
}

/// The last rows' texts of that row group cannot be read.
fn damaged(mut table: Vec<u8>, row_group: usize) -> Vec<u8> {
    let (start, length) = metadata(&table).row_group(row_group).column(TEXT).byte_range();
    table[(start + length * 3 / 4) as usize..][..20].fill(0xAA);
    table
}

/// The bytes of a row group's texts.
fn text_chunk(table: &[u8], row_group: usize) -> Vec<u8> {
    let (start, length) = metadata(table).row_group(row_group).column(TEXT).byte_range();
    table[start as usize..(start + length) as usize].to_vec()
}

fn table(texts: &[String], group_rows: usize) -> Vec<u8> {
    let texts: Vec<Option<&str>> = texts.iter().map(|text| Some(text.as_str())).collect();
    let codec = parquet::basic::Compression::GZIP(Default::default());
    file_of(&texts, group_rows, properties().set_compression(codec).set_dictionary_enabled(false))
}

#[test]
fn a_tables_row_group_with_a_bad_page_passes_and_the_others_are_cleaned() {
    let place = Place::new();
    let table = table_with_a_bad_page();
    place.write("pages.parquet", &table);
    let output = place.run(["clean", "pages.parquet", "-o", "out"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.starts_with("dechrome: pages.parquet: ") && said.lines().count() == 1, "{said}");
    assert!(said.contains("its row group passes as it is"), "{said}");
    // With the good pages in the place of the bad ones, all rows can be looked at.
    let cleaned = place.read("out/pages.parquet");
    assert!(text_chunk(&cleaned, 1) == text_chunk(&table, 1));
    let (start, length) = metadata(&cleaned).row_group(1).column(TEXT).byte_range();
    let mut repaired = cleaned.clone();
    repaired[start as usize..(start + length) as usize].copy_from_slice(&text_chunk(&whole_table(), 1));
    let changed: Vec<usize> = rows(&repaired)
        .iter()
        .enumerate()
        .filter(|(_, row)| row.contains("text: \"Row") && !row.split("doc:").next().unwrap().contains("Read more"))
        .map(|(number, _)| number)
        .collect();
    assert_eq!(changed, (0..10).chain(20..30).collect::<Vec<_>>());
}

fn whole_table() -> Vec<u8> {
    let texts: Vec<String> = (0..30).map(|row| format!("Row {row} is about row {row}.\nRead more\n")).collect();
    table(&texts, 10)
}

#[test]
fn a_fault_in_a_table_is_told_with_a_row_of_the_row_group_it_is_in() {
    let place = Place::new();
    place.write("pages.parquet", table_with_a_bad_page());
    let said = stderr(&place.run(["clean", "pages.parquet", "-o", "out"]));
    let record = said.split("record ").nth(1).and_then(|rest| rest.split(':').next()).unwrap_or_default();
    let record: usize = record.parse().unwrap_or_else(|_| panic!("{said}"));
    assert!((11..=20).contains(&record), "{said}");
}

#[test]
fn a_tables_bad_page_ends_the_run_if_that_is_asked_for() {
    let place = Place::new();
    place.write("pages.parquet", table_with_a_bad_page());
    let output = place.run(["clean", "pages.parquet", "-o", "out", "--on-error", "fail"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.starts_with("dechrome: pages.parquet: record ") && said.lines().count() == 1, "{said}");
    assert_eq!(
        fs::read_dir(place.path("out")).unwrap().flatten().filter(|e| e.file_name() != ".dechrome-run").count(),
        0
    );
}

#[test]
fn a_table_without_the_column_names_those_it_has() {
    let place = Place::new();
    place.write("pages.parquet", wrapped(Wrap::Parquet, &PAGES));
    for arguments in [["--text-field", "body"], ["--url-field", "link"]] {
        let output = place.command(["clean", "pages.parquet", "-o", "out"]).args(arguments).output().unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(arguments[1]) && said.contains("text") && said.lines().count() == 1, "{said}");
    }
}

/// Two row groups, of 20 rows and of five; the last texts of the first one cannot be read.
fn table_with_a_bad_page_behind_a_batch() -> Vec<u8> {
    // The first rows of the row group are a batch of their own.
    let filler = "The mill stood by the river, and the river was low.\n".repeat(2000);
    let long = (0..20).map(|row| format!("Row {row}.\nRead more\n{filler}"));
    let short = (20..25).map(|row| format!("Row {row}.\nRead more\n"));
    damaged(table(&long.chain(short).collect::<Vec<_>>(), 20), 0)
}

/// The numbers of the rows of which something is logged.
fn logged_rows(place: &Place) -> BTreeSet<u64> {
    let log = String::from_utf8(place.read("gone.jsonl")).unwrap();
    let number = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["document"].as_u64().unwrap();
    // The line about the whole input is no row.
    log.lines().map(number).filter(|row| *row > 0).collect()
}

#[test]
fn an_unreadable_row_group_is_left_out_on_request() {
    for threads in ["-j1", "-j3"] {
        let place = Place::new();
        place.write("pages.parquet", table_with_a_bad_page());
        let output = place.run(["clean", "pages.parquet", "-o", "out", "--on-error", "skip", threads]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("its row group is left out") && said.lines().count() == 1, "{said}");
        let left = rows(&place.read("out/pages.parquet"));
        let wanted: Vec<String> =
            rows(&whole_table()).into_iter().enumerate().filter(|(row, _)| row / 10 != 1).map(|(_, row)| row).collect();
        // The text goes from the column that is cleaned; the struct holds it too, and keeps it.
        let cleaned = |row: &String| row.replacen("\nRead more\n", "\n", 1).replacen("\\nRead more\\n", "\\n", 1);
        assert_eq!(left, wanted.iter().map(cleaned).collect::<Vec<_>>());
    }
}

#[test]
fn restoring_a_table_with_skipped_rows_names_them_and_writes_nothing() {
    let place = Place::new();
    place.write("tree/pages.parquet", table_with_a_bad_page());
    place.write("tree/page.txt", PAGES[0]);
    place.run(["clean", "tree", "-o", "out", "--on-error", "skip", "--removed", "gone.jsonl"]);
    let output = restored(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
    let what = "rows 11 to 20 could not be read and were left out (--on-error skip): \
                they are not in the log, so the table cannot be given back";
    ended(&output, 2, &format!("dechrome: out/pages.parquet: {what}\n"));
    assert!(!place.path("back/pages.parquet").exists());
    assert_eq!(place.read("back/page.txt"), PAGES[0].as_bytes(), "the others come back");
}

#[test]
fn rows_that_were_left_out_at_a_tables_end_are_told_too() {
    let place = Place::new();
    place.write("pages.parquet", damaged(whole_table(), 2));
    place.run(["clean", "pages.parquet", "-o", "out", "--on-error", "skip", "--removed", "gone.jsonl"]);
    let output = restored(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
    assert!(stderr(&output).contains(": rows 21 to 30 could not be read"), "{output:?}");
}

#[test]
fn a_row_group_that_passes_logs_nothing_of_its_first_rows() {
    let original = table_with_a_bad_page_behind_a_batch();
    for threads in ["-j1", "-j3"] {
        let place = Place::new();
        place.write("pages.parquet", &original);
        let output = place.command(["clean", "pages.parquet", "-o", "out", threads, "--removed", "gone.jsonl"]);
        let figures = figures_of(output, &place);
        assert_eq!(logged_rows(&place), (21..=25).collect());
        assert_eq!((&figures["documents"], &figures["faults"]), (&5.into(), &1.into()), "{figures}");
        let output = restored(&place, &["out", "--removed", "gone.jsonl", "-o", "back"]);
        assert!(output.status.success() && is_quiet(&output), "{output:?}");
        let back = place.read("back/pages.parquet");
        assert!(text_chunk(&back, 0) == text_chunk(&original, 0), "what cannot be read passes");
        assert!(text_chunk(&back, 1) == text_chunk(&original, 1), "the others come back");
    }
}

/// The figures of a run that met faults.
fn figures_of(mut command: std::process::Command, place: &Place) -> serde_json::Value {
    let output = command.arg("--stats=figures.json").output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    serde_json::from_slice(&place.read("figures.json")).unwrap()
}

#[test]
fn a_table_whose_end_is_missing_is_not_taken_for_one_that_was_restored() {
    let place = Place::new();
    place.write("pages.parquet", whole_table());
    place.quiet(["clean", "pages.parquet", "-o", "out", "--removed", "gone.jsonl"]);
    let cleaned = place.read("out/pages.parquet");
    place.write("out/pages.parquet", &cleaned[..cleaned.len() - 1]);
    for arguments in [&["out"][..], &["out/pages.parquet"]] {
        let output = restored(&place, &[arguments, &["--removed", "gone.jsonl", "-o", "back"]].concat());
        let what = "not a Parquet file, or its end is missing";
        ended(&output, 2, &format!("dechrome: out/pages.parquet: {what}\n"));
        assert!(!place.path("back/pages.parquet").exists(), "what went of it is not in it");
    }
}

#[test]
fn a_row_group_of_which_a_batch_was_written_is_left_out_whole() {
    let place = Place::new();
    place.write("pages.parquet", table_with_a_bad_page_behind_a_batch());
    let output =
        place.run(["clean", "pages.parquet", "-o", "out", "--on-error", "skip", "--removed", "gone.jsonl", "-j1"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let left = rows(&place.read("out/pages.parquet"));
    assert_eq!(left.len(), 5);
    assert!(left[0].contains("id: 20") && left[4].contains("id: 24"), "{left:?}");
    assert_eq!(logged_rows(&place), [1].into_iter().chain(21..=25).collect(), "that rows from the first on are lost");
}
