//! Texts that change, and everything else that does not.

use dechrome::io::parquet::RowPolicy::{KeepAll, MayDrop};
use dechrome::io::parquet::{Columns, ParquetSink, ParquetSource, RowPolicy};
use parquet::basic::{Compression, Encoding};
use parquet::bloom_filter::Sbbf;
use parquet::file::properties::{EnabledStatistics, WriterVersion};
use proptest::prelude::*;

use super::files::*;

const TEXTS: [Option<&str>; 10] = [
    Some("Rain fell.\nShare"),
    None,
    Some(""),
    Some("Share"),
    Some("The mill burned down."),
    Some("Grüße aus Köln\nShare"),
    None,
    Some("One"),
    Some("Two"),
    Some("Three"),
];

fn without_share(text: &str) -> String {
    text.replace("\nShare", "").replace("Share", "")
}

#[test]
fn texts_change_and_nothing_else() {
    let file = file_of(&TEXTS, 4, properties());
    let cleaned = rewritten(&file, "text", (KeepAll, 20), replacing(without_share)).unwrap();
    let rows = rows(&cleaned);
    assert_eq!(rows[0], r#"{id: 0, text: "Rain fell.", doc: null, tags: null, score: 0.25}"#);
    assert_eq!(rows[3], r#"{id: 3, text: "", doc: {body: "Share", words: 3}, tags: [], score: null}"#);
    assert_eq!(
        rows[5],
        r#"{id: 5, text: "Grüße aus Köln", doc: {body: "Grüße aus Köln
Share", words: 5}, tags: ["tag 5.0", "tag 5.1"], score: null}"#
    );
    assert_eq!(rows[6], r#"{id: 6, text: null, doc: {body: null, words: 6}, tags: [], score: 1.75}"#);
    let (before, after) = (metadata(&file), metadata(&cleaned));
    assert_eq!(before.file_metadata(), after.file_metadata());
    assert_eq!(after.num_row_groups(), 3);
    for row_group in 0..3 {
        for column in (0..before.row_group(0).num_columns()).filter(|column| *column != TEXT) {
            assert_eq!(pages(&file, row_group, column), pages(&cleaned, row_group, column), "{row_group} {column}");
        }
    }
}

#[test]
fn a_file_without_a_change_comes_out_byte_for_byte() {
    let file = file_of(&TEXTS, 4, properties());
    for policy in [KeepAll, MayDrop] {
        assert!(rewritten(&file, "text", (policy, 20), |_| {}).unwrap() == file);
        assert!(rewritten(&file, "text", (policy, 20), replacing(str::to_owned)).unwrap() == file);
    }
}

#[test]
fn a_row_group_without_a_change_keeps_the_text_columns_pages() {
    let file = file_of(&TEXTS, 4, properties());
    let cleaned = rewritten(&file, "text", (KeepAll, 20), replacing(without_share)).unwrap();
    assert_ne!(pages(&file, 0, TEXT), pages(&cleaned, 0, TEXT));
    assert_eq!(pages(&file, 2, TEXT), pages(&cleaned, 2, TEXT));
}

#[test]
fn a_field_of_a_struct_can_be_the_text() {
    let file = file_of(&TEXTS, 4, properties());
    let cleaned = rewritten(&file, "doc.body", (KeepAll, 20), replacing(without_share)).unwrap();
    let rows = rows(&cleaned);
    assert_eq!(
        rows[0],
        r#"{id: 0, text: "Rain fell.
Share", doc: null, tags: null, score: 0.25}"#
    );
    assert_eq!(rows[3], r#"{id: 3, text: "Share", doc: {body: "", words: 3}, tags: [], score: null}"#);
    assert_eq!(rows[6], r#"{id: 6, text: null, doc: {body: null, words: 6}, tags: [], score: 1.75}"#);
    assert_eq!(pages(&file, 1, TEXT), pages(&cleaned, 1, TEXT));
    assert_ne!(pages(&file, 1, BODY), pages(&cleaned, 1, BODY));
}

#[test]
fn bytes_that_are_not_utf8_pass() {
    let file = file_of(&TEXTS, 4, properties());
    let mut seen = Vec::new();
    let to_latin1 = rewritten(&file, "text", (KeepAll, 20), |row| {
        if row.text().is_some() {
            row.replace(b"Gr\xFC\xDFe".to_vec());
        }
    });
    rewritten(&to_latin1.unwrap(), "text", (KeepAll, 20), |row| seen.extend(row.text().map(<[u8]>::to_vec))).unwrap();
    assert_eq!(seen, vec![b"Gr\xFC\xDFe".to_vec(); 8]);
}

#[test]
fn the_text_column_is_encoded_as_it_was() {
    for (codec, dictionary, encoding, version) in [
        (Compression::SNAPPY, true, Encoding::PLAIN, WriterVersion::PARQUET_1_0),
        (Compression::ZSTD(Default::default()), false, Encoding::PLAIN, WriterVersion::PARQUET_2_0),
        (Compression::GZIP(Default::default()), false, Encoding::DELTA_BYTE_ARRAY, WriterVersion::PARQUET_1_0),
        (Compression::LZ4_RAW, false, Encoding::DELTA_LENGTH_BYTE_ARRAY, WriterVersion::PARQUET_2_0),
        (Compression::LZ4, true, Encoding::PLAIN, WriterVersion::PARQUET_2_0),
        (Compression::UNCOMPRESSED, false, Encoding::PLAIN, WriterVersion::PARQUET_1_0),
    ] {
        let properties = properties()
            .set_compression(codec)
            .set_dictionary_enabled(dictionary)
            .set_encoding(encoding)
            .set_writer_version(version);
        // Only columns of bytes can be encoded so.
        let properties = ["id", "score", "doc.words"].iter().fold(properties, |properties, column| {
            let path = column.split('.').map(str::to_owned).collect::<Vec<_>>();
            properties.set_column_encoding(path.into(), Encoding::PLAIN)
        });
        let file = file_of(&TEXTS, 10, properties);
        let cleaned = rewritten(&file, "text", (KeepAll, 20), replacing(without_share)).unwrap();
        assert!(rows(&cleaned)[5].contains("text: \"Grüße aus Köln\""), "{codec}");
        let (before, after) = (metadata(&file), metadata(&cleaned));
        let (before, after) = (before.row_group(0).column(TEXT), after.row_group(0).column(TEXT));
        assert_eq!(before.compression_codec(), after.compression_codec());
        assert_eq!(before.encodings_mask(), after.encodings_mask(), "{codec}");
        assert_eq!(before.dictionary_page_offset().is_some(), after.dictionary_page_offset().is_some());
        assert_eq!(before.column_index_offset().is_some(), after.column_index_offset().is_some());
    }
}

#[test]
fn statistics_are_those_of_the_new_texts_and_only_where_there_were_some() {
    let level = |level| {
        let file = file_of(&TEXTS, 10, properties().set_statistics_enabled(level));
        metadata(&rewritten(&file, "text", (KeepAll, 20), replacing(without_share)).unwrap())
    };
    let with = level(EnabledStatistics::Chunk);
    let statistics = with.row_group(0).column(TEXT).statistics().unwrap().clone();
    assert_eq!(statistics.min_bytes_opt(), Some(&b""[..]));
    assert_eq!(statistics.max_bytes_opt(), Some(&b"Two"[..]));
    assert_eq!(statistics.null_count_opt(), Some(2));
    assert!(with.row_group(0).column(TEXT).column_index_offset().is_none());
    assert!(level(EnabledStatistics::None).row_group(0).column(TEXT).statistics().is_none());
}

#[test]
fn page_indexes_point_at_the_pages() {
    let file = file_of(&TEXTS, 10, properties().set_data_page_row_count_limit(3));
    let cleaned = rewritten(&file, "text", (KeepAll, 20), replacing(without_share)).unwrap();
    let metadata = metadata(&cleaned);
    let index = metadata.page_index().unwrap();
    for column in 0..metadata.row_group(0).num_columns() {
        let chunk = metadata.row_group(0).column(column);
        let pages = index.offset_index(0, column).unwrap().page_locations();
        assert_eq!(pages[0].offset, chunk.data_page_offset(), "column {column}");
        let last = &pages[pages.len() - 1];
        let (start, length) = chunk.byte_range();
        assert_eq!(last.offset + i64::from(last.compressed_page_size), (start + length) as i64);
        assert!(index.column_index(0, column).is_some());
    }
}

#[test]
fn rows_are_no_longer_called_sorted_by_a_text_that_changed() {
    let file = file_of(&TEXTS, 4, properties().set_sorting_columns(sorted_by_text_and_id()));
    let cleaned = metadata(&rewritten(&file, "text", (KeepAll, 20), replacing(without_share)).unwrap());
    assert_eq!(cleaned.row_group(0).sorting_columns(), None);
    assert_eq!(cleaned.row_group(2).sorting_columns(), sorted_by_text_and_id().as_ref());
}

#[test]
fn bloom_filters_stay_but_for_texts_that_changed() {
    let file = file_of(&TEXTS, 4, properties().set_bloom_filter_enabled(true));
    let cleaned = rewritten(&file, "text", (KeepAll, 20), replacing(without_share)).unwrap();
    let metadata = metadata(&cleaned);
    let filter = |row_group: usize, column| {
        let chunk = metadata.row_group(row_group).column(column);
        Sbbf::read_from_column_chunk(chunk, &bytes::Bytes::copy_from_slice(&cleaned)).unwrap()
    };
    assert!(filter(0, ID).unwrap().check(&3i64));
    assert!(!filter(0, ID).unwrap().check(&4i64));
    assert!(filter(0, TEXT).is_none());
    assert!(filter(2, TEXT).unwrap().check("Two"));
}

#[test]
fn batches_stay_within_a_row_group_and_near_their_size() {
    let texts: Vec<String> = (0..1000).map(|row| "x".repeat(row % 50)).collect();
    let texts: Vec<Option<&str>> = texts.iter().map(|text| Some(text.as_str())).collect();
    let mut source = open(&file_of(&texts, 300, properties()), "text").unwrap();
    let (mut rows, mut batches) = (0, 0);
    while let Some(batch) = source.next_batch(2000).unwrap() {
        let bytes: usize = batch.rows().iter().map(|row| row.text().unwrap().len()).sum();
        assert!(bytes < 4000, "{bytes}");
        assert_eq!(batch.row_group() * 300 + batch.first_row() as usize, rows);
        rows += batch.rows().len();
        batches += 1;
    }
    assert_eq!(rows, 1000);
    assert!(batches > 10);
}

#[test]
fn the_address_comes_with_the_text() {
    let columns = Columns { text: "text".to_owned(), url: Some("doc.body".to_owned()) };
    let mut source = ParquetSource::open(on_disk(&file_of(&TEXTS, 4, properties())), &columns).unwrap();
    let batch = source.next_batch(1 << 20).unwrap().unwrap();
    let urls: Vec<_> = batch.rows().iter().map(|row| row.url()).collect();
    assert_eq!(urls, [None, None, Some(&b""[..]), Some(b"Share")]);
}

#[test]
fn a_file_without_rows_passes() {
    let file = file_of(&[], 4, properties());
    assert_eq!(rewritten(&file, "text", (KeepAll, 20), replacing(without_share)).unwrap(), file);
}

#[test]
fn both_halves_can_be_sent_to_other_threads() {
    fn is_send<T: Send>() {}
    is_send::<ParquetSource>();
    is_send::<ParquetSink<std::fs::File>>();
    is_send::<dechrome::io::parquet::TextBatch>();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_texts_become_any_others(
        pairs in proptest::collection::vec((proptest::option::of(".{0,40}"), ".{0,40}", any::<bool>()), 1..60),
        group_rows in 1..30usize,
        batch_bytes in 1..2000usize,
        may_drop: bool,
    ) {
        let texts: Vec<Option<&str>> = pairs.iter().map(|(text, ..)| text.as_deref()).collect();
        let expected: Vec<Option<&str>> =
            pairs.iter().map(|(old, new, change)| old.as_deref().map(|old| if *change { new } else { old })).collect();
        let file = file_of(&texts, group_rows, properties());
        let policy = if may_drop { RowPolicy::MayDrop } else { RowPolicy::KeepAll };
        let mut next = pairs.iter();
        let cleaned = rewritten(&file, "text", (policy, batch_bytes), |row| {
            let (_, new, change) = next.next().unwrap();
            if *change {
                row.replace(new.clone().into_bytes());
            }
        });
        // The same file with these texts from the start, but for the struct, which holds the old ones.
        let made = rows(&file_of(&expected, group_rows, properties()));
        let (old, new) = (rows(&file), rows(&cleaned.unwrap()));
        prop_assert_eq!(new.len(), made.len());
        for ((old, new), made) in old.iter().zip(&new).zip(&made) {
            let cut = |row: &str, at: &str| row.find(at).unwrap();
            prop_assert_eq!(&new[..cut(new, ", doc: ")], &made[..cut(made, ", doc: ")]);
            prop_assert_eq!(&new[cut(new, ", doc: ")..], &old[cut(old, ", doc: ")..]);
        }
    }
}
