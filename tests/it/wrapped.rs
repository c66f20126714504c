//! Texts as records of corpora, written without the program's help, so that what is to come out is known byte for byte.

use std::io::Read;
use std::sync::Arc;

use dechrome::io::{Compression, Format};
use dechrome::run::CorpusOptions;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

/// Stands between documents of plain text.
pub(crate) const SEPARATOR: &str = "=====";

/// A text and the address that its record has.
#[derive(Clone, Copy)]
pub(crate) struct Doc<'d> {
    pub(crate) text: &'d [u8],
    pub(crate) url: Option<&'d str>,
}

/// What texts are wrapped in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wrap {
    /// One JSON record a line, with no more escapes than there must be.
    Jsonl,
    /// The same with each UTF-16 unit as `\uHHHH`.
    JsonlEscaped,
    /// Records of a web archive.
    Wet,
    /// Rows of a table, few to a row group.
    Parquet,
    /// Plain text with a line between documents.
    Separated,
}

impl Wrap {
    pub(crate) const ALL: [Wrap; 5] = [Wrap::Jsonl, Wrap::JsonlEscaped, Wrap::Wet, Wrap::Parquet, Wrap::Separated];

    pub(crate) fn format(self) -> Format {
        match self {
            Wrap::Jsonl | Wrap::JsonlEscaped => Format::Jsonl,
            Wrap::Wet => Format::Wet,
            Wrap::Parquet => Format::Parquet,
            Wrap::Separated => Format::Text,
        }
    }

    pub(crate) fn options(self) -> CorpusOptions {
        let mut options = CorpusOptions::default();
        options.format = Some(self.format());
        options.separator = (self == Wrap::Separated).then(|| SEPARATOR.to_owned());
        options
    }

    /// The name of a file of it.
    pub(crate) fn file_name(self, compression: Compression) -> String {
        let name = match self {
            Wrap::Jsonl | Wrap::JsonlEscaped => "pages.jsonl",
            Wrap::Wet => "pages.warc.wet",
            Wrap::Parquet => "pages.parquet",
            Wrap::Separated => "pages.txt",
        };
        let end = match compression {
            Compression::None => "",
            Compression::Gzip => ".gz",
            Compression::Zstd => ".zst",
        };
        format!("{name}{end}")
    }

    pub(crate) fn wrapped(self, docs: &[Doc<'_>]) -> Vec<u8> {
        match self {
            Wrap::Jsonl => docs.iter().flat_map(|doc| json_line(doc, raw)).collect(),
            Wrap::JsonlEscaped => docs.iter().flat_map(|doc| json_line(doc, escaped)).collect(),
            Wrap::Wet => docs.iter().flat_map(wet_record).collect(),
            Wrap::Parquet => table(docs),
            Wrap::Separated => docs.iter().flat_map(|doc| [doc.text, SEPARATOR.as_bytes(), b"\n"].concat()).collect(),
        }
    }
}

/// What stands between text and line end is odd on purpose: it stays as it is.
fn json_line(doc: &Doc<'_>, write: impl Fn(&[u8], &mut Vec<u8>)) -> Vec<u8> {
    let mut line = b"{ \"id\":1.50, \"text\" :\"".to_vec();
    write(doc.text, &mut line);
    line.extend_from_slice(b"\",\t\"more\":[null,{\"text\":\"Share\"}]");
    if let Some(url) = doc.url {
        line.extend_from_slice(format!(", \"url\": \"{}\"", url.replace('/', "\\/")).as_bytes());
    }
    line.extend_from_slice(b" }\n");
    line
}

fn raw(text: &[u8], line: &mut Vec<u8>) {
    for byte in text {
        match byte {
            b'"' => line.extend_from_slice(b"\\\""),
            b'\\' => line.extend_from_slice(b"\\\\"),
            b'\n' => line.extend_from_slice(b"\\n"),
            0..0x20 => line.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            byte => line.push(*byte),
        }
    }
}

/// Bytes that are not UTF-8 have no escapes.
fn escaped(text: &[u8], line: &mut Vec<u8>) {
    for chunk in text.utf8_chunks() {
        for unit in chunk.valid().encode_utf16() {
            line.extend_from_slice(format!("\\u{unit:04X}").as_bytes());
        }
        line.extend_from_slice(chunk.invalid());
    }
}

fn wet_record(doc: &Doc<'_>) -> Vec<u8> {
    let uri = doc.url.map_or(String::new(), |url| format!("WARC-Target-URI: {url}\r\n"));
    let bytes = doc.text.len();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n{uri}content-length:  {bytes}\r\nX-Last: 1\r\n\r\n"
    );
    [head.as_bytes(), doc.text, b"\r\n\r\n"].concat()
}

const SCHEMA: &str = "message pages {
    optional binary id (STRING);
    optional binary text (STRING);
    optional binary url (STRING);
}";

fn table(docs: &[Doc<'_>]) -> Vec<u8> {
    const GROUP_ROWS: usize = 5;
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let properties = WriterProperties::builder().set_data_page_row_count_limit(2).set_write_batch_size(1).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for docs in docs.chunks(GROUP_ROWS) {
        let mut row_group = writer.next_row_group().unwrap();
        column(&mut row_group, docs.iter().map(|doc| Some(&doc.text[..doc.text.len().min(3)])));
        column(&mut row_group, docs.iter().map(|doc| Some(doc.text)));
        column(&mut row_group, docs.iter().map(|doc| doc.url.map(str::as_bytes)));
        row_group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

fn column<'v>(
    row_group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: impl Iterator<Item = Option<&'v [u8]>> + Clone,
) {
    let levels: Vec<i16> = values.clone().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<ByteArray> = values.flatten().map(|value| ByteArray::from(value.to_vec())).collect();
    let mut column = row_group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
    column.close().unwrap();
}

/// The schema of a table, and its rows, as bytes.
pub(crate) fn table_content(table: &[u8]) -> (String, Vec<Vec<Option<Vec<u8>>>>) {
    let reader = SerializedFileReader::new(bytes::Bytes::copy_from_slice(table)).unwrap();
    let schema = format!("{:?}", reader.metadata().file_metadata().schema());
    let mut rows = Vec::new();
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).unwrap();
        let first = rows.len();
        rows.resize(first + group.metadata().num_rows() as usize, Vec::new());
        for index in 0..group.num_columns() {
            let parquet::column::reader::ColumnReader::ByteArrayColumnReader(mut column) =
                group.get_column_reader(index).unwrap()
            else {
                panic!("only bytes stand in these tables")
            };
            let (mut values, mut levels) = (Vec::new(), Vec::new());
            column.read_records(rows.len() - first, Some(&mut levels), None, &mut values).unwrap();
            let mut values = values.into_iter();
            for (row, level) in rows[first..].iter_mut().zip(levels) {
                row.push((level > 0).then(|| values.next().unwrap().data().to_vec()));
            }
        }
    }
    (schema, rows)
}

/// The bytes as several members, which end where nothing else does.
pub(crate) fn compressed(bytes: &[u8], compression: Compression) -> Vec<u8> {
    let part = (bytes.len() / 3).max(1);
    let parts = bytes.chunks(part).chain([&b""[..]]);
    parts.flat_map(|part| compression.encode(part.to_vec()).unwrap()).collect()
}

/// The content of a stream of any number of members.
pub(crate) fn decompressed(bytes: &[u8], compression: Compression) -> Vec<u8> {
    let mut content = Vec::new();
    match compression {
        // Nothing at all is an empty stream to most readers.
        _ if bytes.is_empty() => return content,
        Compression::None => return bytes.to_vec(),
        Compression::Gzip => flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut content).unwrap(),
        Compression::Zstd => zstd::Decoder::new(bytes).unwrap().read_to_end(&mut content).unwrap(),
    };
    content
}
