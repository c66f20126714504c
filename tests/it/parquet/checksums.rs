//! Pages with a checksum, as other writers give them.

use std::sync::Arc;

use dechrome::io::parquet::RowPolicy;
use flate2::Crc;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::metadata::{ParquetMetaDataWriter, RowGroupMetaData};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::files::{metadata, rewritten};
use crate::place::{Place, stderr};
use crate::wrapped::table_content;

/// One text column, each row group one page, uncompressed and without a dictionary.
fn plain(groups: &[&[&str]]) -> Vec<u8> {
    let schema = Arc::new(parse_message_type("message pages { optional binary text (STRING); }").unwrap());
    let properties = WriterProperties::builder().set_dictionary_enabled(false).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for texts in groups {
        let values: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(*text)).collect();
        let mut row_group = writer.next_row_group().unwrap();
        let mut column = row_group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&values, Some(&vec![1; texts.len()]), None).unwrap();
        column.close().unwrap();
        row_group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

/// The same file with the checksum of each page in its header: the crate that writes it gives none.
fn with_checksums(file: &[u8]) -> Vec<u8> {
    let old = metadata(file);
    let mut bytes = b"PAR1".to_vec();
    let row_groups: Vec<RowGroupMetaData> = old
        .row_groups()
        .iter()
        .map(|row_group| {
            let chunk = row_group.column(0).clone();
            let (start, length) = chunk.byte_range();
            let at = bytes.len() as i64;
            bytes.extend(with_checksum(&file[start as usize..(start + length) as usize]));
            let length = bytes.len() as i64 - at;
            let chunk = chunk.into_builder().set_data_page_offset(at).set_total_compressed_size(length);
            let chunk = chunk.set_offset_index_offset(None).set_offset_index_length(None);
            let chunk = chunk.set_column_index_offset(None).set_column_index_length(None).build().unwrap();
            row_group.clone().into_builder().set_column_metadata(vec![chunk]).build().unwrap()
        })
        .collect();
    let new = old.into_builder().set_row_groups(row_groups).build();
    ParquetMetaDataWriter::new(&mut bytes, &new).finish().unwrap();
    bytes
}

/// A page whose header has the checksum of its body. The header is a Thrift struct: three numbers, no fourth one, which
/// the checksum would be, and the description of the data as the fifth.
fn with_checksum(page: &[u8]) -> Vec<u8> {
    const NUMBER: u8 = 0x15;
    const STRUCT_TWO_ON: u8 = 0x2C;
    const STRUCT_NEXT: u8 = 0x1C;
    let mut at = 0;
    let mut body_bytes = 0;
    for _ in 0..3 {
        assert_eq!(page[at], NUMBER);
        at += 1;
        (body_bytes, at) = varint(page, at);
    }
    assert_eq!(page[at], STRUCT_TWO_ON);
    let body = &page[page.len() - (body_bytes >> 1) as usize..];
    let mut crc = Crc::new();
    crc.update(body);
    let crc = crc.sum() as i32;
    let mut zigzag = ((crc << 1) ^ (crc >> 31)) as u32;
    let mut bytes = page[..at].to_vec();
    bytes.push(NUMBER);
    while zigzag >= 0x80 {
        bytes.push(zigzag as u8 | 0x80);
        zigzag >>= 7;
    }
    bytes.extend([zigzag as u8, STRUCT_NEXT]);
    bytes.extend(&page[at + 1..]);
    bytes
}

/// A number, and where what comes after it begins.
fn varint(bytes: &[u8], mut at: usize) -> (u64, usize) {
    let (mut value, mut shift) = (0, 0);
    loop {
        value |= u64::from(bytes[at] & 0x7F) << shift;
        shift += 7;
        at += 1;
        if bytes[at - 1] < 0x80 {
            return (value, at);
        }
    }
}

const GROUPS: [&[&str]; 3] = [
    &["First one.\nRead more\n", "First two.\n"],
    &["Second one.\nRead more\n", "Second two.\nRead more\n"],
    &["Third one.\nRead more\n"],
];

/// One letter of the second row group is another one, as a disk may leave it.
fn damaged(mut file: Vec<u8>) -> Vec<u8> {
    let at = file.windows(10).position(|window| window == b"Second two").unwrap();
    file[at] = b's';
    file
}

#[test]
fn a_page_with_its_right_checksum_is_read() {
    let place = Place::new();
    place.write("pages.parquet", with_checksums(&plain(&GROUPS)));
    place.quiet(["clean", "pages.parquet", "-o", "out"]);
    let (_, rows) = table_content(&place.read("out/pages.parquet"));
    let texts: Vec<&str> = rows.iter().map(|row| str::from_utf8(row[0].as_ref().unwrap()).unwrap()).collect();
    assert_eq!(texts, ["First one.\n", "First two.\n", "Second one.\n", "Second two.\n", "Third one.\n"]);
}

#[test]
fn a_row_group_with_a_wrong_checksum_passes_and_is_named() {
    let place = Place::new();
    let file = damaged(with_checksums(&plain(&GROUPS)));
    place.write("pages.parquet", &file);
    let output = place.run(["clean", "pages.parquet", "-o", "out", "--removed", "gone.jsonl"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("checksum") && said.contains("of row group 1 on") && said.lines().count() == 1, "{said}");
    let cleaned = place.read("out/pages.parquet");
    let has = |text: &[u8]| cleaned.windows(text.len()).any(|window| window == text);
    assert!(has(b"Second one.\nRead more\n") && has(b"second two.\nRead more\n"));
    assert!(has(b"Third one.\n") && !has(b"Third one.\nRead more"));
    let log = String::from_utf8(place.read("gone.jsonl")).unwrap();
    let removals = log.lines().filter(|line| line.contains("\"rule\":")).count();
    assert_eq!(removals, 2, "nothing is logged of the bad one: {log}");
}

#[test]
fn a_wrong_checksum_is_found_before_dropped_rows_are_decoded() {
    let file = damaged(with_checksums(&plain(&GROUPS)));
    let mut number = 0;
    let dropped = rewritten(&file, "text", (RowPolicy::MayDrop, 1 << 20), |row| {
        number += 1;
        if number == 1 {
            row.drop_row();
        }
    });
    assert_eq!(dropped.unwrap_err().bad_row_group(), Some(1));
}
