//! Bytes that are not what they were.

use dechrome::io::parquet::{ParquetFault, ParquetSink, RowPolicy, SinkOptions};
use parquet::basic::Compression;
use proptest::prelude::*;

use super::files::*;

/// Three row groups; a byte in the middle of the second one's texts is another one.
fn with_a_bad_page() -> (Vec<u8>, Vec<u8>) {
    let texts: Vec<String> = (0..60).map(|row| format!("Row {row} is about row {row}")).collect();
    let texts: Vec<Option<&str>> = texts.iter().map(|text| Some(text.as_str())).collect();
    let properties = properties().set_compression(Compression::GZIP(Default::default())).set_dictionary_enabled(false);
    let file = file_of(&texts, 20, properties);
    let chunk = metadata(&file);
    let (start, length) = chunk.row_group(1).column(TEXT).byte_range();
    let mut damaged = file.clone();
    damaged[(start + length / 2) as usize..][..40].fill(0xAA);
    (file, damaged)
}

#[test]
fn a_bad_page_is_named_and_its_row_group_passed_on_unchanged() {
    let (file, damaged) = with_a_bad_page();
    for (policy, change) in [(RowPolicy::KeepAll, true), (RowPolicy::MayDrop, true), (RowPolicy::KeepAll, false)] {
        let mut source = open(&damaged, "text").unwrap();
        let mut sink =
            ParquetSink::create(&source, Vec::new(), &SinkOptions { rows: policy, added_column: None }).unwrap();
        let mut faults = Vec::new();
        loop {
            match source.next_batch(200) {
                Ok(None) => break,
                Ok(Some(mut batch)) => {
                    if change {
                        batch.rows_mut().iter_mut().for_each(|row| row.replace(b"new".to_vec()));
                    }
                    sink.write_batch(batch).unwrap();
                }
                Err(fault) => {
                    sink.splice_row_group_unchanged(fault.bad_row_group().unwrap()).unwrap();
                    faults.push(fault);
                }
            }
        }
        let [ParquetFault::BadPage { row_group: 1, column, row, .. }] = faults.as_slice() else { panic!("{faults:?}") };
        assert_eq!(column, "text");
        assert!((1..20).contains(row), "{row}");
        let cleaned = sink.finish().unwrap();
        for column in 0..6 {
            assert_eq!(pages(&damaged, 1, column), pages(&cleaned, 1, column));
        }
        // With the good pages put back all can be read: nothing else was touched.
        let (start, length) = metadata(&cleaned).row_group(1).column(TEXT).byte_range();
        let mut repaired = cleaned.clone();
        repaired[start as usize..(start + length) as usize].copy_from_slice(&pages(&file, 1, TEXT));
        let (old, new) = (rows(&file), rows(&repaired));
        assert_eq!(old[20..40], new[20..40]);
        assert_eq!(new[59].contains("text: \"new\""), change);
    }
}

#[test]
fn a_bad_page_of_another_column_matters_only_where_rows_are_dropped() {
    let (_, damaged) = with_a_bad_page();
    let kept = rewritten(&damaged, "doc.body", (RowPolicy::KeepAll, 200), replacing(|_| "new".to_owned()));
    assert!(kept.is_ok());
    let dropped = rewritten(&damaged, "doc.body", (RowPolicy::MayDrop, 200), |row| row.drop_row());
    // Of a row group that goes as a whole nothing is decoded.
    assert!(dropped.is_ok());
    let mut first = true;
    let dropped = rewritten(&damaged, "doc.body", (RowPolicy::MayDrop, 1 << 20), |row| {
        if std::mem::replace(&mut first, false) || row.text() == Some(b"Row 21 is about row 21") {
            row.drop_row();
        }
    });
    assert_eq!(dropped.unwrap_err().bad_row_group(), Some(1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_damage_makes_it_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in proptest::option::weighted(0.1, any::<prop::sample::Index>()),
        may_drop: bool,
    ) {
        let texts: Vec<Option<&str>> = [Some("one text"), None, Some("another text"), Some("")].repeat(6);
        let mut file = file_of(&texts, 10, properties());
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        file.truncate(cut.map_or(file.len(), |cut| cut.index(file.len())));
        let policy = if may_drop { RowPolicy::MayDrop } else { RowPolicy::KeepAll };
        let mut row_number = 0;
        let _ = rewritten(&file, "text", (policy, 30), |row| {
            row_number += 1;
            if may_drop && row_number % 3 == 0 {
                row.drop_row();
            }
            row.replace(b"new".to_vec());
        });
    }
}
