//! A column of our own.

use dechrome::io::parquet::{ParquetFault, ParquetSink, RowPolicy, SinkOptions, TextRow};
use parquet::schema::printer::print_schema;

use super::files::*;

fn options(rows: RowPolicy) -> SinkOptions {
    SinkOptions { rows, added_column: Some("removed".to_owned()) }
}

fn with_column(bytes: &[u8], rows: RowPolicy, change: impl FnMut(&mut TextRow) + Copy) -> Vec<u8> {
    let mut source = open(bytes, "text").unwrap();
    let mut sink = ParquetSink::create(&source, Vec::new(), &options(rows)).unwrap();
    while let Some(mut batch) = source.next_batch(10).unwrap() {
        batch.rows_mut().iter_mut().for_each(change);
        sink.write_batch(batch).unwrap();
    }
    sink.finish().unwrap()
}

fn tell_of_share(row: &mut TextRow) {
    if row.text() == Some(b"Share") {
        row.replace(Vec::new());
        row.annotate("share/generic".to_owned());
    }
}

#[test]
fn each_row_has_its_value_or_null() {
    let file = file_of(&[Some("a"), Some("Share"), None, Some("d")], 3, properties());
    let cleaned = with_column(&file, RowPolicy::KeepAll, tell_of_share);
    let rows = rows(&cleaned);
    assert_eq!(rows[0], r#"{id: 0, text: "a", doc: null, tags: null, score: 0.25, removed: null}"#);
    assert_eq!(
        rows[1],
        r#"{id: 1, text: "", doc: {body: "Share", words: 1}, tags: ["tag 1.0"], score: null, removed: "share/generic"}"#
    );
    assert!(rows[3].ends_with("score: null, removed: null}"));
    let mut schema = Vec::new();
    print_schema(&mut schema, metadata(&cleaned).file_metadata().schema());
    let schema = String::from_utf8(schema).unwrap();
    assert!(schema.ends_with("  OPTIONAL DOUBLE score;\n  OPTIONAL BYTE_ARRAY removed (STRING);\n}\n"), "{schema}");
}

#[test]
fn dropped_rows_have_no_value() {
    let file = file_of(&[Some("a"), Some("Share"), Some("c")], 3, properties());
    let cleaned = with_column(&file, RowPolicy::MayDrop, |row| match row.text() {
        Some(b"a") => row.drop_row(),
        _ => tell_of_share(row),
    });
    let ends = |row: &str, end: &str| assert!(row.ends_with(end), "{row}");
    let rows = rows(&cleaned);
    assert_eq!(rows.len(), 2);
    ends(&rows[0], r#"removed: "share/generic"}"#);
    ends(&rows[1], "removed: null}");
}

#[test]
fn a_row_group_that_is_passed_on_has_nulls() {
    let file = file_of(&[Some("Share"), Some("Share"), Some("Share")], 2, properties());
    let mut source = open(&file, "text").unwrap();
    let mut sink = ParquetSink::create(&source, Vec::new(), &options(RowPolicy::KeepAll)).unwrap();
    let mut batch = source.next_batch(1).unwrap().unwrap();
    batch.rows_mut().iter_mut().for_each(tell_of_share);
    sink.write_batch(batch).unwrap();
    sink.splice_row_group_unchanged(0).unwrap();
    sink.splice_row_group_unchanged(1).unwrap();
    let cleaned = sink.finish().unwrap();
    assert!(rows(&cleaned).iter().all(|row| row.contains("text: \"Share\"") && row.ends_with("removed: null}")));
}

#[test]
fn a_name_that_is_taken_is_refused() {
    let source = open(&file_of(&[Some("a")], 1, properties()), "text").unwrap();
    let options = SinkOptions { added_column: Some("doc".to_owned()), ..SinkOptions::default() };
    let refused = ParquetSink::create(&source, Vec::new(), &options).err().unwrap();
    assert!(matches!(refused, ParquetFault::NameTaken(_)), "{refused}");
}
