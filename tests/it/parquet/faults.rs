//! Files and columns that cannot be cleaned, and what is said of them.

use std::io::{self, Write};
use std::sync::Arc;

use dechrome::io::parquet::{Columns, ParquetFault, ParquetSink, ParquetSource, SinkOptions};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::files::*;

fn message(bytes: &[u8], column: &str) -> String {
    open(bytes, column).err().unwrap().to_string()
}

/// A file without rows.
fn empty(schema: &str) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let properties = Arc::new(WriterProperties::new());
    SerializedFileWriter::new(Vec::new(), schema, properties).unwrap().into_inner().unwrap()
}

#[test]
fn a_wrong_column_is_answered_with_the_columns_that_could_be_meant() {
    let file = file_of(&[Some("a")], 1, properties());
    assert_eq!(message(&file, "content"), "no column is called `content`; text columns are `text`, `doc.body`");
    assert_eq!(message(&file, "doc"), "no column is called `doc`; text columns are `text`, `doc.body`");
    assert_eq!(message(&file, "id"), "column `id` holds INT64, not text; text columns are `text`, `doc.body`");
}

#[test]
fn a_list_is_refused() {
    let file = file_of(&[Some("a")], 1, properties());
    let refused = "lies within a list or map: a row must have one text; unnest it first";
    assert_eq!(message(&file, "tags"), format!("column `tags` {refused}"));
    assert_eq!(message(&file, "tags.list.element"), format!("column `tags.list.element` {refused}"));
}

#[test]
fn bytes_of_no_declared_meaning_are_text_and_decimals_are_not() {
    let file = empty("message m { required binary raw; required binary price (DECIMAL(9, 2)); }");
    assert!(open(&file, "raw").is_ok());
    let price = message(&file, "price");
    assert!(price.starts_with("column `price` holds Decimal"), "{price}");
    assert!(price.ends_with("the only text column is `raw`"), "{price}");
}

#[test]
fn what_is_no_parquet_file_is_called_that() {
    for bytes in [&b""[..], b"PAR1", b"{\"text\": \"Rain fell.\"}\n"] {
        assert!(matches!(open(bytes, "text"), Err(ParquetFault::NotParquet)));
    }
    let file = file_of(&[Some("a")], 1, properties());
    assert!(matches!(open(&file[..file.len() - 1], "text"), Err(ParquetFault::NotParquet)));
}

#[test]
fn encrypted_files_are_refused() {
    let mut file = file_of(&[Some("a")], 1, properties());
    let end = file.len();
    file[end - 4..].copy_from_slice(b"PARE");
    assert!(matches!(open(&file, "text"), Err(ParquetFault::Encrypted)));
}

#[test]
fn a_file_that_lost_its_middle_is_refused_before_anything_is_written() {
    let file = file_of(&[Some("a text that is longer than nothing"); 40], 40, properties());
    // Footer and magic number stay, the pages go.
    let length = u32::from_le_bytes(file[file.len() - 8..file.len() - 4].try_into().unwrap()) as usize;
    let footer = &file[file.len() - 8 - length..];
    let message = message(&[b"PAR1", footer].concat(), "text");
    assert!(message.contains("the file is truncated: column `"), "{message}");
}

#[test]
fn a_footer_longer_than_the_file_is_damaged() {
    let message = message(b"PAR1....\xFF\xFF\xFF\x7FPAR1", "text");
    assert_eq!(message, "the Parquet footer is damaged: it is longer than the file");
}

#[test]
fn batches_that_come_twice_or_not_at_all_are_noticed() {
    let file = file_of(&[Some("a"), Some("b")], 1, properties());
    let columns = Columns::default();
    let mut source = ParquetSource::open(on_disk(&file), &columns).unwrap();
    let sink = ParquetSink::create(&source, Vec::new(), &SinkOptions::default()).unwrap();
    assert!(matches!(sink.finish(), Err(ParquetFault::Misordered(_))));
    let mut sink = ParquetSink::create(&source, Vec::new(), &SinkOptions::default()).unwrap();
    source.next_batch(1).unwrap();
    let second = source.next_batch(1).unwrap().unwrap();
    assert!(matches!(sink.write_batch(second), Err(ParquetFault::Misordered(_))));
}

#[test]
fn an_output_that_is_full_is_a_fault_of_writing() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let long = "x".repeat(1 << 16);
    let file = file_of(&[Some(&long)], 1, properties());
    for change in [false, true] {
        let mut source = open(&file, "text").unwrap();
        let mut sink = ParquetSink::create(&source, Full, &SinkOptions::default()).unwrap();
        let mut batch = source.next_batch(1).unwrap().unwrap();
        if change {
            batch.rows_mut()[0].replace((0..=255).cycle().take(1 << 16).collect());
        }
        let error = sink.write_batch(batch).and_then(|()| sink.finish().map(drop)).unwrap_err();
        assert!(matches!(&error, ParquetFault::Write(error) if error.kind() == io::ErrorKind::StorageFull), "{error}");
    }
}
