//! Bytes that are not what they were.

use dechrome::io::parquet::{ParquetFault, ParquetSink, RowPolicy, SinkOptions};
use parquet::basic::Compression;
use parquet::file::properties::{EnabledStatistics, WriterVersion};
use proptest::prelude::*;

use super::files::*;
use crate::in_time::in_time;

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

/// Replaces texts and drops every third row, the first ones too, so that each column is skipped, read and written.
fn dropping(file: &[u8], column: &str) -> Result<Vec<u8>, ParquetFault> {
    let mut row_number = 0;
    rewritten(file, column, (RowPolicy::MayDrop, 30), |row| {
        if row_number % 3 == 0 {
            row.drop_row();
        }
        row.replace(b"new".to_vec());
        row_number += 1;
    })
}

const TAGS: usize = 4;
const TEXTS: [Option<&str>; 8] = [Some("one"), None, Some("three"), Some(""), Some("five"), None, Some("7"), Some("8")];

#[test]
fn no_damaged_byte_of_a_nested_column_makes_dropping_go_on_for_ever() {
    for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
        let file = file_of(&TEXTS, 8, properties().set_writer_version(version).set_dictionary_enabled(false));
        assert_eq!(num_rows(&dropping(&file, "text").unwrap()), 5);
        let (start, length) = metadata(&file).row_group(0).column(TAGS).byte_range();
        for at in start as usize..(start + length) as usize {
            for byte in [0, 0x7F, 0xFF] {
                let mut damaged = file.clone();
                damaged[at] = byte;
                let _ = in_time(move || dropping(&damaged, "text"));
            }
        }
    }
}

#[test]
fn an_encoding_that_the_type_cannot_have_is_not_written() {
    let properties = properties().set_statistics_enabled(EnabledStatistics::None).set_dictionary_enabled(false);
    let file = file_of(&TEXTS, 8, properties);
    let footer = u32::from_le_bytes(file[file.len() - 8..file.len() - 4].try_into().unwrap()) as usize;
    let mut rewritten = 0;
    // The footer spells an encoding as twice its number: plain is 0, that of levels 3.
    for encoding in [5, 6, 7, 9].map(|encoding| 2 * encoding) {
        for at in (file.len() - 8 - footer..file.len() - 8).filter(|&at| matches!(file[at], 0 | 6)) {
            let mut damaged = file.clone();
            damaged[at] = encoding;
            rewritten += usize::from(in_time(move || dropping(&damaged, "doc.body")).is_ok());
        }
    }
    assert!(rewritten > 20, "in {rewritten} files the footer could still be read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_damage_makes_it_panic_or_go_on_for_ever(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in proptest::option::weighted(0.1, any::<prop::sample::Index>()),
        may_drop: bool,
        v2: bool,
        dictionary: bool,
    ) {
        let texts: Vec<Option<&str>> = [Some("one text"), None, Some("another text"), Some("")].repeat(6);
        let version = if v2 { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 };
        let properties = properties().set_writer_version(version).set_dictionary_enabled(dictionary);
        let mut file = file_of(&texts, 10, properties);
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        file.truncate(cut.map_or(file.len(), |cut| cut.index(file.len())));
        in_time(move || {
            let _ = match may_drop {
                true => dropping(&file, "text"),
                false => rewritten(&file, "text", (RowPolicy::KeepAll, 30), |row| row.replace(b"new".to_vec())),
            };
        });
    }
}
