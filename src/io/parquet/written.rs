//! What the new footer has to say of chunks: the old words with new places, or new words.

use std::sync::Arc;

use bytes::Bytes;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::Result;
use parquet::file::metadata::page_index::PageIndexBuilder;
use parquet::file::metadata::{FileMetaData, ParquetMetaDataBuilder, ParquetMetaDataWriter, RowGroupMetaData};
use parquet::schema::types::{SchemaDescriptor, Type};

use super::ParquetFault;
use super::opened::field;
use super::thrift::Struct;

/// A row group of the output.
pub(super) struct WrittenRowGroup {
    /// Number of the source's row group.
    pub(super) source: usize,
    pub(super) rows: u64,
    /// Where its first byte stands.
    pub(super) start: u64,
    /// One for each leaf column.
    pub(super) chunks: Vec<WrittenChunk>,
    /// The added column, if there is one.
    pub(super) added: Option<EncodedChunk>,
    /// Whether texts differ from the source's: then they are in no order any more.
    pub(super) has_new_texts: bool,
}

/// A column chunk of the output.
pub(super) struct WrittenChunk {
    pub(super) pages: WrittenPages,
    /// Where its Bloom filter stands, and its length in bytes.
    pub(super) bloom_filter: Option<(u64, u64)>,
}

impl WrittenChunk {
    pub(super) fn encoded(close: ColumnCloseResult) -> std::result::Result<WrittenChunk, ParquetFault> {
        let pages = WrittenPages::Encoded(Box::new(EncodedChunk::new(close)?));
        Ok(WrittenChunk { pages, bloom_filter: None })
    }
}

/// The pages of a column chunk.
pub(super) enum WrittenPages {
    /// The source's, so many bytes further on.
    Spliced(i64),
    /// New ones.
    Encoded(Box<EncodedChunk>),
}

/// What the footer says of a chunk that was encoded.
pub(super) struct EncodedChunk {
    chunk: Struct,
    pub(super) column_index: Option<Bytes>,
    pub(super) offset_index: Option<Bytes>,
}

impl EncodedChunk {
    /// Puts what the encoder tells of the chunk into the footer's terms, by letting it write a
    /// footer of this one chunk.
    pub(super) fn new(close: ColumnCloseResult) -> std::result::Result<EncodedChunk, ParquetFault> {
        let bytes = write_footer_of(close).map_err(ParquetFault::from_writing)?;
        read_footer_of(&bytes).ok_or_else(|| ParquetFault::Encode("the encoder's footer cannot be read".to_owned()))
    }

    /// The chunk, so many bytes further on.
    pub(super) fn moved(mut self, shift: i64) -> EncodedChunk {
        self.offset_index = self.offset_index.and_then(|index| shift_offset_index(&index, shift));
        if let Some(meta) = self.chunk.child_mut(field::CHUNK_META) {
            meta.shift(field::META_DATA_PAGE, shift);
            meta.shift(field::META_DICTIONARY_PAGE, shift);
        }
        self
    }

    /// The chunk as the footer has it, without the places of its indexes; what else the source says
    /// of the column stays.
    pub(super) fn describe(&self, source: &Struct) -> Struct {
        let mut chunk = self.chunk.clone();
        let key_values = source.child(field::CHUNK_META).and_then(|meta| meta.get(field::META_KEY_VALUES));
        if let (Some(meta), Some(key_values)) = (chunk.child_mut(field::CHUNK_META), key_values) {
            meta.set(field::META_KEY_VALUES, key_values.clone());
        }
        chunk
    }
}

/// Column index and offset index, if there are any, then the footer; offsets count from the start.
fn write_footer_of(close: ColumnCloseResult) -> Result<Bytes> {
    let leaf = close.metadata.column_descr().self_type_ptr();
    let root = Type::group_type_builder("schema").with_fields(vec![leaf]).build()?;
    let schema = Arc::new(SchemaDescriptor::new(Arc::new(root)));
    let row_group = RowGroupMetaData::builder(Arc::clone(&schema)).add_column_metadata(close.metadata).build()?;
    let mut indexes = PageIndexBuilder::new(1, 1);
    if let Some(index) = close.column_index {
        indexes.put_column_index(index, 0, 0);
    }
    if let Some(index) = close.offset_index {
        indexes.put_offset_index(index, 0, 0);
    }
    let file = FileMetaData::new(1, 0, None, None, schema, None);
    let metadata = ParquetMetaDataBuilder::new(file)
        .add_row_group(row_group)
        .set_page_index(Some(Arc::new(indexes.build())))
        .build();
    let mut bytes = Vec::new();
    ParquetMetaDataWriter::new(&mut bytes, &metadata).finish()?;
    Ok(bytes.into())
}

fn read_footer_of(bytes: &Bytes) -> Option<EncodedChunk> {
    let length = u32::from_le_bytes(*bytes.get(..bytes.len() - 4)?.last_chunk()?);
    let start = (bytes.len() - 8).checked_sub(length as usize)?;
    let footer = Struct::decode(&bytes.slice(start..)).ok()?;
    let row_group = footer.list(field::FILE_ROW_GROUPS)?.first()?.as_struct()?;
    let mut chunk = row_group.list(field::GROUP_COLUMNS)?.first()?.as_struct()?.clone();
    let column_index = take_index(&mut chunk, bytes, field::CHUNK_COLUMN_INDEX, field::CHUNK_COLUMN_INDEX_BYTES);
    let offset_index = take_index(&mut chunk, bytes, field::CHUNK_OFFSET_INDEX, field::CHUNK_OFFSET_INDEX_BYTES);
    Some(EncodedChunk { chunk, column_index, offset_index })
}

/// Takes the place of an index out of a chunk; the bytes that stand there.
fn take_index(chunk: &mut Struct, file: &Bytes, offset: i16, length: i16) -> Option<Bytes> {
    let start = chunk.int(offset).and_then(|start| usize::try_from(start).ok());
    let length_bytes = chunk.int(length).and_then(|length| usize::try_from(length).ok());
    chunk.remove(offset);
    chunk.remove(length);
    let (start, length) = (start?, length_bytes?);
    let end = start.checked_add(length).filter(|end| *end <= file.len())?;
    Some(file.slice(start..end))
}

/// An offset index for pages that stand `shift` bytes further on.
pub(super) fn shift_offset_index(index: &Bytes, shift: i64) -> Option<Bytes> {
    const PAGE_LOCATIONS: i16 = 1;
    const OFFSET: i16 = 1;
    let mut index = Struct::decode(index).ok()?;
    for location in index.list_mut(PAGE_LOCATIONS)? {
        location.as_struct_mut()?.shift(OFFSET, shift);
    }
    let mut bytes = Vec::new();
    index.encode(&mut bytes);
    Some(bytes.into())
}
