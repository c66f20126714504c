//! A Parquet file that was opened: its footer, checked as far as that goes without reading pages.

use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::reader::ChunkReader;

use super::columns::find_text_column;
use super::guarded::guarded;
use super::positioned::PositionedFile;
use super::thrift::{Struct, ThriftValue};
use super::{Columns, ParquetFault};

/// Magic number, length of the footer, magic number.
const SHORTEST_FILE: u64 = 12;
const MAGIC: &[u8] = b"PAR1";
const ENCRYPTED_MAGIC: &[u8] = b"PARE";

/// Numbers of the fields of the footer's structs, by the Parquet format.
pub(super) mod field {
    pub(in super::super) const FILE_SCHEMA: i16 = 2;
    pub(in super::super) const FILE_NUM_ROWS: i16 = 3;
    pub(in super::super) const FILE_ROW_GROUPS: i16 = 4;
    pub(in super::super) const FILE_KEY_VALUES: i16 = 5;
    pub(in super::super) const FILE_COLUMN_ORDERS: i16 = 7;
    pub(in super::super) const FILE_ENCRYPTION: i16 = 8;

    pub(in super::super) const GROUP_COLUMNS: i16 = 1;
    pub(in super::super) const GROUP_TOTAL_BYTES: i16 = 2;
    pub(in super::super) const GROUP_NUM_ROWS: i16 = 3;
    pub(in super::super) const GROUP_SORTING: i16 = 4;
    pub(in super::super) const GROUP_FILE_OFFSET: i16 = 5;
    pub(in super::super) const GROUP_COMPRESSED_BYTES: i16 = 6;
    pub(in super::super) const GROUP_ORDINAL: i16 = 7;

    pub(in super::super) const CHUNK_FILE_PATH: i16 = 1;
    pub(in super::super) const CHUNK_FILE_OFFSET: i16 = 2;
    pub(in super::super) const CHUNK_META: i16 = 3;
    pub(in super::super) const CHUNK_OFFSET_INDEX: i16 = 4;
    pub(in super::super) const CHUNK_OFFSET_INDEX_BYTES: i16 = 5;
    pub(in super::super) const CHUNK_COLUMN_INDEX: i16 = 6;
    pub(in super::super) const CHUNK_COLUMN_INDEX_BYTES: i16 = 7;
    pub(in super::super) const CHUNK_CRYPTO: i16 = 8;
    pub(in super::super) const CHUNK_ENCRYPTED_META: i16 = 9;

    pub(in super::super) const META_PLAIN_BYTES: i16 = 6;
    pub(in super::super) const META_COMPRESSED_BYTES: i16 = 7;
    pub(in super::super) const META_KEY_VALUES: i16 = 8;
    pub(in super::super) const META_DATA_PAGE: i16 = 9;
    pub(in super::super) const META_INDEX_PAGE: i16 = 10;
    pub(in super::super) const META_DICTIONARY_PAGE: i16 = 11;
    pub(in super::super) const META_BLOOM_FILTER: i16 = 14;
    pub(in super::super) const META_BLOOM_FILTER_BYTES: i16 = 15;
}

/// What the reading and the writing half share.
#[derive(Debug)]
pub(super) struct OpenedFile {
    pub(super) file: PositionedFile,
    /// The footer as the decoder needs it.
    pub(super) metadata: ParquetMetaData,
    /// The footer as it stands; row groups are left encoded.
    pub(super) footer: Struct,
    /// Index of the text's leaf column.
    pub(super) text: usize,
    /// Index of the address's leaf column.
    pub(super) url: Option<usize>,
}

impl OpenedFile {
    pub(super) fn open(file: File, columns: &Columns) -> Result<OpenedFile, ParquetFault> {
        let file = PositionedFile::new(file).map_err(ParquetFault::Read)?;
        let bytes = read_footer(&file)?;
        let damaged = || ParquetFault::Footer("it is not encoded as it must be".to_owned());
        let footer = Struct::decode_but(&bytes, field::FILE_ROW_GROUPS).map_err(|_| damaged())?;
        check_row_groups(&footer)?;
        let metadata = guarded(|| ParquetMetaDataReader::decode_metadata(&bytes)).map_err(ParquetFault::Footer)?;
        let schema = metadata.file_metadata().schema_descr();
        let text = find_text_column(schema, &columns.text)?;
        let url = columns.url.as_deref().map(|url| find_text_column(schema, url)).transpose()?;
        let opened = OpenedFile { file, metadata, footer, text, url };
        opened.check_chunks()?;
        Ok(opened)
    }

    /// Number of rows of a row group.
    pub(super) fn rows(&self, row_group: usize) -> u64 {
        // Checked when the file was opened: not negative.
        self.metadata.row_group(row_group).num_rows() as u64
    }

    /// Dotted path of a column.
    pub(super) fn column_name(&self, column: usize) -> String {
        self.metadata.file_metadata().schema_descr().column(column).path().string()
    }

    /// A row group of the footer as it stands.
    pub(super) fn row_group(&self, row_group: usize) -> Result<Struct, ParquetFault> {
        let row_groups = self.footer.list(field::FILE_ROW_GROUPS).unwrap_or_default();
        match row_groups.get(row_group) {
            Some(ThriftValue::Encoded(bytes)) => Struct::decode(bytes).ok(),
            _ => None,
        }
        .ok_or_else(|| ParquetFault::Footer(format!("row group {row_group} cannot be read")))
    }

    /// Bytes of the file that are a column chunk's pages.
    pub(super) fn chunk_span(&self, row_group: usize, column: usize) -> Result<Range<u64>, ParquetFault> {
        let chunk = self.metadata.row_group(row_group).column(column);
        let length = u64::try_from(chunk.compressed_size()).ok();
        let start = u64::try_from(chunk_start(chunk)).ok();
        let end = start.zip(length).and_then(|(start, length)| start.checked_add(length));
        match (start, end) {
            (Some(start), Some(end)) if end <= self.file.bytes() => Ok(start..end),
            _ => Err(ParquetFault::Truncated { row_group, column: self.column_name(column) }),
        }
    }

    /// Bytes of the file that are a column chunk's Bloom filter, if it has one that can be read.
    pub(super) fn bloom_filter_span(&self, row_group: usize, column: usize) -> Option<Range<u64>> {
        /// The header's field with the length of what comes after it.
        const BITSET_BYTES: i16 = 1;
        const HEADER_BYTES: u64 = 64;
        let chunk = self.metadata.row_group(row_group).column(column);
        let start = u64::try_from(chunk.bloom_filter_offset()?).ok()?;
        let length = match chunk.bloom_filter_length() {
            Some(length) => u64::try_from(length).ok()?,
            None => {
                let length = self.file.bytes().checked_sub(start)?.min(HEADER_BYTES);
                let header = Struct::decode(&self.file.get_bytes(start, length as usize).ok()?).ok()?;
                let mut encoded = Vec::new();
                header.encode(&mut encoded);
                u64::try_from(header.int(BITSET_BYTES)?).ok()? + encoded.len() as u64
            }
        };
        let end = start.checked_add(length).filter(|end| *end <= self.file.bytes())?;
        Some(start..end)
    }

    /// What the decoder is told about a chunk: the same, but a dictionary at byte 0 is none.
    pub(super) fn chunk(&self, row_group: usize, column: usize) -> Result<ColumnChunkMetaData, ParquetFault> {
        let chunk = self.metadata.row_group(row_group).column(column).clone();
        let dictionary = chunk.dictionary_page_offset().filter(|offset| *offset > 0);
        let chunk = chunk.into_builder().set_dictionary_page_offset(dictionary).build();
        chunk.map_err(|error| ParquetFault::Footer(error.to_string()))
    }

    /// Refuses a file of which a chunk could not be copied, before anything is written.
    fn check_chunks(&self) -> Result<(), ParquetFault> {
        let columns = self.metadata.file_metadata().schema_descr().num_columns();
        for (index, row_group) in self.metadata.row_groups().iter().enumerate() {
            if row_group.num_columns() != columns || row_group.num_rows() < 0 {
                return Err(ParquetFault::Footer(format!("row group {index} does not fit the schema")));
            }
            for column in 0..columns {
                self.chunk_span(index, column)?;
            }
        }
        Ok(())
    }
}

/// Where a chunk's first page stands. Some writers give a dictionary they have not as byte 0.
fn chunk_start(chunk: &ColumnChunkMetaData) -> i64 {
    match chunk.dictionary_page_offset() {
        Some(dictionary) if dictionary > 0 => dictionary,
        _ => chunk.data_page_offset(),
    }
}

fn read_footer(file: &PositionedFile) -> Result<Bytes, ParquetFault> {
    if file.bytes() < SHORTEST_FILE {
        return Err(ParquetFault::NotParquet);
    }
    let mut tail = [0; 8];
    file.read_exact_at(&mut tail, file.bytes() - 8).map_err(ParquetFault::Read)?;
    let [a, b, c, d, magic @ ..] = tail;
    match magic.as_slice() {
        MAGIC => {}
        ENCRYPTED_MAGIC => return Err(ParquetFault::Encrypted),
        _ => return Err(ParquetFault::NotParquet),
    }
    let length = u64::from(u32::from_le_bytes([a, b, c, d]));
    let start = (file.bytes() - 8).checked_sub(length);
    let start = start.ok_or_else(|| ParquetFault::Footer("it is longer than the file".to_owned()))?;
    // Its length fits, as it is less than that of the file and than 4 GiB.
    file.get_bytes(start, length as usize).map_err(|error| ParquetFault::Footer(error.to_string()))
}

/// Refuses what the decoder would overlook: encryption, and chunks that are in other files.
fn check_row_groups(footer: &Struct) -> Result<(), ParquetFault> {
    if footer.get(field::FILE_ENCRYPTION).is_some() {
        return Err(ParquetFault::Encrypted);
    }
    for row_group in footer.list(field::FILE_ROW_GROUPS).unwrap_or_default() {
        let ThriftValue::Encoded(bytes) = row_group else { continue };
        // Decoded once already, when the footer was.
        let row_group = Struct::decode(bytes).unwrap_or_default();
        for chunk in row_group.list(field::GROUP_COLUMNS).unwrap_or_default().iter().filter_map(ThriftValue::as_struct)
        {
            if chunk.get(field::CHUNK_CRYPTO).or(chunk.get(field::CHUNK_ENCRYPTED_META)).is_some() {
                return Err(ParquetFault::Encrypted);
            }
            if chunk.get(field::CHUNK_FILE_PATH).is_some() {
                return Err(ParquetFault::Footer("its columns lie in other files".to_owned()));
            }
        }
    }
    Ok(())
}

/// Shared by the two halves.
pub(super) type OpenedTable = Arc<OpenedFile>;
