//! Rows that are left out.

use dechrome::io::parquet::ParquetFault;
use dechrome::io::parquet::RowPolicy::{KeepAll, MayDrop};
use parquet::file::properties::WriterVersion;
use proptest::prelude::*;

use super::files::*;

#[test]
fn a_dropped_row_goes_from_all_columns() {
    let file = file_of(&[Some("a"), Some("b"), Some("c"), Some("d"), Some("e")], 3, properties());
    let cleaned = rewritten(&file, "text", (MayDrop, 1), |row| {
        if matches!(row.text(), Some(b"b" | b"d")) {
            row.drop_row();
        }
    });
    assert_eq!(
        rows(&cleaned.unwrap()),
        [
            r#"{id: 0, text: "a", doc: null, tags: null, score: 0.25}"#,
            r#"{id: 2, text: "c", doc: {body: "c", words: 2}, tags: ["tag 2.0", "tag 2.1"], score: 0.75}"#,
            r#"{id: 4, text: "e", doc: null, tags: ["tag 4.0"], score: 1.25}"#,
        ]
    );
}

#[test]
fn a_row_group_of_which_all_rows_go_goes_itself() {
    let file = file_of(&[Some("a"), Some("b"), None, Some("d")], 2, properties());
    let first_gone = rewritten(&file, "text", (MayDrop, 1), |row| {
        if matches!(row.text(), Some(b"a" | b"b")) {
            row.drop_row();
        }
    });
    let first_gone = first_gone.unwrap();
    assert_eq!(metadata(&first_gone).num_row_groups(), 1);
    assert_eq!(rows(&first_gone), rows(&file)[2..]);
    let all_gone = rewritten(&file, "text", (MayDrop, 1), |row| row.drop_row()).unwrap();
    assert_eq!(num_rows(&all_gone), 0);
    assert_eq!(metadata(&all_gone).file_metadata().schema_descr(), metadata(&file).file_metadata().schema_descr());
}

#[test]
fn row_groups_in_which_all_rows_stay_are_copied() {
    let file = file_of(&[Some("a"), Some("b"), Some("c"), Some("d")], 2, properties());
    let cleaned = rewritten(&file, "text", (MayDrop, 1), |row| {
        if row.text() == Some(b"a") {
            row.drop_row();
        }
    });
    let cleaned = cleaned.unwrap();
    for column in 0..6 {
        assert_eq!(pages(&file, 1, column), pages(&cleaned, 1, column));
    }
}

#[test]
fn a_sink_that_keeps_all_rows_refuses_to_drop_one() {
    let file = file_of(&[Some("a")], 2, properties());
    let refused = rewritten(&file, "text", (KeepAll, 1), |row| row.drop_row());
    assert!(matches!(refused, Err(ParquetFault::Misordered(_))));
}

#[test]
fn what_is_dropped_stays_dropped() {
    let file = file_of(&[Some("a"), Some("b")], 2, properties());
    let cleaned = rewritten(&file, "text", (MayDrop, 1), |row| {
        if row.text() == Some(b"a") {
            row.drop_row();
            row.replace(b"c".to_vec());
        }
    });
    assert_eq!(rows(&cleaned.unwrap()), rows(&file)[1..]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_rows_that_stay_are_the_same_rows(
        dropped in proptest::collection::vec(any::<bool>(), 1..150),
        group_rows in 1..80usize,
        batch_bytes in 1..2000usize,
        v2: bool,
        dictionary: bool,
    ) {
        let texts: Vec<String> = (0..dropped.len()).map(|row| format!("text {row}")).collect();
        let texts: Vec<Option<&str>> =
            texts.iter().enumerate().map(|(row, text)| (row % 5 != 1).then_some(text.as_str())).collect();
        let version = if v2 { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 };
        let properties = properties().set_writer_version(version).set_dictionary_enabled(dictionary);
        let file = file_of(&texts, group_rows, properties);
        let mut next = dropped.iter();
        let cleaned = rewritten(&file, "text", (MayDrop, batch_bytes), |row| {
            if *next.next().unwrap() {
                row.drop_row();
            }
        });
        let expected: Vec<String> =
            rows(&file).into_iter().zip(&dropped).filter(|(_, dropped)| !**dropped).map(|(row, _)| row).collect();
        prop_assert_eq!(rows(&cleaned.unwrap()), expected);
    }
}
