//! Small files, made and read with the parquet crate itself.

use std::fs::File;
use std::io::{Seek, Write};
use std::sync::Arc;

use dechrome::io::parquet::{Columns, ParquetFault, ParquetSink, ParquetSource, RowPolicy, SinkOptions, TextRow};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::metadata::{KeyValue, ParquetMetaData, ParquetMetaDataReader, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

/// An id, a text, a text inside a struct, a list, and a number that is sometimes none.
const SCHEMA: &str = "message pages {
    required int64 id;
    optional binary text (STRING);
    optional group doc { optional binary body (STRING); optional int64 words; }
    optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
    optional double score;
}";

pub(crate) const ID: usize = 0;
pub(crate) const TEXT: usize = 1;
pub(crate) const BODY: usize = 2;

/// What the files of these tests have in common: small pages, and words about the file.
pub(crate) fn properties() -> WriterPropertiesBuilder {
    WriterProperties::builder()
        .set_created_by("a test of ours".to_owned())
        .set_key_value_metadata(Some(vec![KeyValue::new("origin".to_owned(), "invented".to_owned())]))
        .set_data_page_row_count_limit(7)
        .set_write_batch_size(5)
        .set_statistics_enabled(EnabledStatistics::Page)
}

/// A file of these texts, so many in a row group. The struct holds the same text, and is null where
/// the row's number divides by 4.
pub(crate) fn file_of(texts: &[Option<&str>], group_rows: usize, properties: WriterPropertiesBuilder) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build())).unwrap();
    for (group, texts) in texts.chunks(group_rows).enumerate() {
        let mut row_group = writer.next_row_group().unwrap();
        write_row_group(&mut row_group, texts, group * group_rows);
        row_group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

fn write_row_group(row_group: &mut SerializedRowGroupWriter<'_, Vec<u8>>, texts: &[Option<&str>], first: usize) {
    let numbers = first..first + texts.len();
    let bytes = |text: &str| ByteArray::from(text);
    let ids: Vec<i64> = numbers.clone().map(|number| number as i64).collect();
    let mut column = row_group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&ids, None, None).unwrap();
    column.close().unwrap();

    let values: Vec<ByteArray> = texts.iter().flatten().map(|text| bytes(text)).collect();
    let levels: Vec<i16> = texts.iter().map(|text| i16::from(text.is_some())).collect();
    let mut column = row_group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
    column.close().unwrap();

    let has_doc = |number: usize| !number.is_multiple_of(4);
    let inside = |(number, text): (usize, &Option<&str>)| match (has_doc(number), text) {
        (false, _) => 0,
        (true, None) => 1,
        (true, Some(_)) => 2,
    };
    let levels: Vec<i16> = numbers.clone().zip(texts).map(inside).collect();
    let present = numbers.clone().zip(texts).filter(|(number, _)| has_doc(*number));
    let values: Vec<ByteArray> = present.filter_map(|(_, text)| text.map(bytes)).collect();
    let mut column = row_group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
    column.close().unwrap();

    let levels: Vec<i16> = numbers.clone().map(|number| if has_doc(number) { 2 } else { 0 }).collect();
    let values: Vec<i64> = numbers.clone().filter(|number| has_doc(*number)).map(|number| number as i64).collect();
    let mut column = row_group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&values, Some(&levels), None).unwrap();
    column.close().unwrap();

    // Row n has n % 3 tags, and every seventh row no list.
    let (mut values, mut definitions, mut repetitions) = (Vec::new(), Vec::new(), Vec::new());
    for number in numbers.clone() {
        let tags = number % 3;
        if number % 7 == 0 || tags == 0 {
            definitions.push(i16::from(number % 7 != 0));
            repetitions.push(0);
            continue;
        }
        for tag in 0..tags {
            values.push(ByteArray::from(format!("tag {number}.{tag}").as_str()));
            definitions.push(3);
            repetitions.push(i16::from(tag > 0));
        }
    }
    let mut column = row_group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&values, Some(&definitions), Some(&repetitions)).unwrap();
    column.close().unwrap();

    let levels: Vec<i16> = numbers.clone().map(|number| i16::from(number % 2 == 0)).collect();
    let values: Vec<f64> = numbers.filter(|number| number % 2 == 0).map(|number| number as f64 / 4.0 + 0.25).collect();
    let mut column = row_group.next_column().unwrap().unwrap();
    column.typed::<DoubleType>().write_batch(&values, Some(&levels), None).unwrap();
    column.close().unwrap();
}

/// Says that rows are sorted by text, then by id.
pub(crate) fn sorted_by_text_and_id() -> Option<Vec<SortingColumn>> {
    let by = |column_idx| SortingColumn { column_idx, descending: false, nulls_first: true };
    Some(vec![by(TEXT as i32), by(ID as i32)])
}

pub(crate) fn on_disk(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

pub(crate) fn open(bytes: &[u8], text: &str) -> Result<ParquetSource, ParquetFault> {
    ParquetSource::open(on_disk(bytes), &Columns { text: text.to_owned(), url: None })
}

/// The file after `change` was asked about every row, in batches of about `batch_bytes`.
pub(crate) fn rewritten(
    bytes: &[u8],
    column: &str,
    (policy, batch_bytes): (RowPolicy, usize),
    mut change: impl FnMut(&mut TextRow),
) -> Result<Vec<u8>, ParquetFault> {
    let mut source = open(bytes, column)?;
    let mut sink = ParquetSink::create(&source, Vec::new(), &SinkOptions { rows: policy, added_column: None })?;
    while let Some(mut batch) = source.next_batch(batch_bytes)? {
        batch.rows_mut().iter_mut().for_each(&mut change);
        sink.write_batch(batch)?;
    }
    sink.finish()
}

/// Replaces each text by what `clean` makes of it.
pub(crate) fn replacing(clean: impl Fn(&str) -> String) -> impl FnMut(&mut TextRow) {
    move |row| {
        let text = row.text().map(|text| String::from_utf8(text.to_vec()).unwrap());
        if let Some(text) = text {
            row.replace(clean(&text).into_bytes());
        }
    }
}

/// Rows as the crate prints them.
pub(crate) fn rows(bytes: &[u8]) -> Vec<String> {
    let reader = SerializedFileReader::new(bytes::Bytes::copy_from_slice(bytes)).unwrap();
    reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect()
}

pub(crate) fn metadata(bytes: &[u8]) -> ParquetMetaData {
    let reader = ParquetMetaDataReader::new().with_page_index_policy(true.into());
    reader.parse_and_finish(&bytes::Bytes::copy_from_slice(bytes)).unwrap()
}

/// A column chunk's pages.
pub(crate) fn pages(bytes: &[u8], row_group: usize, column: usize) -> Vec<u8> {
    let (start, length) = metadata(bytes).row_group(row_group).column(column).byte_range();
    bytes[start as usize..(start + length) as usize].to_vec()
}

pub(crate) fn num_rows(bytes: &[u8]) -> i64 {
    let reader = SerializedFileReader::new(bytes::Bytes::copy_from_slice(bytes)).unwrap();
    reader.metadata().file_metadata().num_rows()
}
