//! How a column is written that has to be written anew: as it was.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{ColumnOrder, Encoding, Type};
use parquet::column::page::PageWriter;
use parquet::column::writer::{ColumnWriter, get_column_writer};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};

use super::ParquetFault;
use super::leaves::check_codec;
use super::opened::OpenedFile;
use super::thrift::Struct;

/// A page's header has its statistics in it, which may hold two whole values.
const HEADER_BYTES: u64 = 64 << 10;

/// A writer for the column's values in this row group that encodes them as they were encoded.
pub(super) fn writer_as_before<'w>(
    opened: &OpenedFile,
    row_group: usize,
    column: usize,
    pages: Box<dyn PageWriter + 'w>,
) -> Result<ColumnWriter<'w>, ParquetFault> {
    let chunk = opened.metadata.row_group(row_group).column(column);
    check_codec(chunk)?;
    let page = FirstPage::read(opened, chunk);
    let properties = WriterProperties::builder()
        // Its level is not written down anywhere; this is the codec's usual one.
        .set_compression(chunk.compression())
        .set_dictionary_enabled(has_dictionary(chunk))
        .set_encoding(plain_or_delta(chunk))
        .set_statistics_enabled(statistics(opened, chunk, column))
        .set_write_page_header_statistics(page.has_statistics)
        .set_writer_version(page.version)
        .build();
    Ok(get_column_writer(chunk.column_descr_ptr(), Arc::new(properties), pages))
}

fn has_dictionary(chunk: &ColumnChunkMetaData) -> bool {
    chunk.dictionary_page_offset().is_some_and(|offset| offset > 0)
        || chunk.encodings().any(|encoding| matches!(encoding, Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY))
}

/// The encoding of pages that have no dictionary.
fn plain_or_delta(chunk: &ColumnChunkMetaData) -> Encoding {
    let special = [
        Encoding::DELTA_BYTE_ARRAY,
        Encoding::DELTA_LENGTH_BYTE_ARRAY,
        Encoding::DELTA_BINARY_PACKED,
        Encoding::BYTE_STREAM_SPLIT,
    ];
    // Levels and dictionaries have encodings too, which stand in the same list; these are not among them. A damaged
    // footer may list one that values of the type cannot have; the pages are what they are.
    let is_own = |encoding: &Encoding| special.contains(encoding) && can_be(chunk.column_type(), *encoding);
    chunk.encodings().find(is_own).unwrap_or(Encoding::PLAIN)
}

/// Whether values of the type are ever written so.
fn can_be(values: Type, encoding: Encoding) -> bool {
    use Type::{BYTE_ARRAY, DOUBLE, FIXED_LEN_BYTE_ARRAY, FLOAT, INT32, INT64};
    match encoding {
        Encoding::DELTA_BYTE_ARRAY => matches!(values, BYTE_ARRAY | FIXED_LEN_BYTE_ARRAY),
        Encoding::DELTA_LENGTH_BYTE_ARRAY => values == BYTE_ARRAY,
        Encoding::DELTA_BINARY_PACKED => matches!(values, INT32 | INT64),
        Encoding::BYTE_STREAM_SPLIT => matches!(values, FLOAT | DOUBLE | INT32 | INT64 | FIXED_LEN_BYTE_ARRAY),
        _ => false,
    }
}

/// Statistics of which the order is not the one the footer states would be wrong: then none are written.
fn statistics(opened: &OpenedFile, chunk: &ColumnChunkMetaData, column: usize) -> EnabledStatistics {
    let descriptor = chunk.column_descr();
    let written = ColumnOrder::column_order_for_type(
        descriptor.logical_type_ref(),
        descriptor.converted_type(),
        descriptor.physical_type(),
    );
    let orders = opened.metadata.file_metadata().column_orders();
    match orders.and_then(|orders| orders.get(column)) {
        Some(order) if *order != written => EnabledStatistics::None,
        None => EnabledStatistics::None,
        Some(_) if chunk.column_index_offset().is_some() => EnabledStatistics::Page,
        Some(_) if chunk.statistics().is_some() => EnabledStatistics::Chunk,
        Some(_) => EnabledStatistics::None,
    }
}

/// What the header of a chunk's first data page tells.
struct FirstPage {
    version: WriterVersion,
    has_statistics: bool,
}

impl FirstPage {
    fn read(opened: &OpenedFile, chunk: &ColumnChunkMetaData) -> FirstPage {
        const DATA_PAGE: i16 = 5;
        const DATA_PAGE_V2: i16 = 8;
        const V1_STATISTICS: i16 = 5;
        const V2_STATISTICS: i16 = 8;
        let header = read_header(opened, chunk).unwrap_or_default();
        let has = |page, statistics| header.child(page).is_some_and(|page: &Struct| page.get(statistics).is_some());
        match header.child(DATA_PAGE_V2) {
            Some(_) => {
                FirstPage { version: WriterVersion::PARQUET_2_0, has_statistics: has(DATA_PAGE_V2, V2_STATISTICS) }
            }
            None => FirstPage { version: WriterVersion::PARQUET_1_0, has_statistics: has(DATA_PAGE, V1_STATISTICS) },
        }
    }
}

fn read_header(opened: &OpenedFile, chunk: &ColumnChunkMetaData) -> Option<Struct> {
    let start = u64::try_from(chunk.data_page_offset()).ok()?;
    let length = opened.file.bytes().checked_sub(start)?.min(HEADER_BYTES);
    let mut bytes = vec![0; length as usize];
    opened.file.read_exact_at(&mut bytes, start).ok()?;
    Struct::decode(&Bytes::from(bytes)).ok()
}
