//! The end of the output: page indexes and the footer, which is the source's with new places in it.

use std::io::Write;

use bytes::Bytes;
use parquet::file::reader::ChunkReader;

use super::ParquetFault;
use super::added::AddedColumn;
use super::opened::{OpenedFile, field};
use super::output::SharedOutput;
use super::thrift::{Struct, ThriftValue};
use super::written::{EncodedChunk, WrittenChunk, WrittenPages, WrittenRowGroup, shift_offset_index};

const MAGIC: &[u8] = b"PAR1";

/// Writes everything that stands after the row groups: column indexes, offset indexes, the footer.
pub(super) fn write_end<W: Write + Send>(
    opened: &OpenedFile,
    output: &SharedOutput<W>,
    written: &[WrittenRowGroup],
    added: Option<&AddedColumn>,
) -> Result<(), ParquetFault> {
    let column_indexes = Index::Column.write(opened, output, written)?;
    let offset_indexes = Index::Offset.write(opened, output, written)?;
    let mut row_groups = Vec::new();
    let places = column_indexes.into_iter().zip(offset_indexes);
    for (ordinal, (written, (column_indexes, offset_indexes))) in written.iter().zip(places).enumerate() {
        let mut row_group = opened.row_group(written.source)?;
        for (column, chunk) in written.chunks.iter().enumerate() {
            let Some(described) = column_mut(&mut row_group, column) else { continue };
            place_chunk(described, chunk);
            Index::Column.place(described, column_indexes.get(column).copied().flatten());
            Index::Offset.place(described, offset_indexes.get(column).copied().flatten());
        }
        if let (Some(columns), Some(added)) = (row_group.list_mut(field::GROUP_COLUMNS), &written.added) {
            let mut described = added.describe(&Struct::default());
            Index::Column.place(&mut described, column_indexes.last().copied().flatten());
            Index::Offset.place(&mut described, offset_indexes.last().copied().flatten());
            columns.push(ThriftValue::Struct(described));
        }
        sum_up(&mut row_group, written, ordinal);
        if written.has_new_texts {
            forget_order(&mut row_group, opened.text);
        }
        let mut bytes = Vec::new();
        row_group.encode(&mut bytes);
        row_groups.push(ThriftValue::Encoded(bytes.into()));
    }
    let mut footer = opened.footer.clone();
    if let Some(added) = added {
        added.add_to_footer(&mut footer)?;
    }
    let rows = written.iter().map(|row_group| row_group.rows).sum::<u64>();
    footer.set(field::FILE_NUM_ROWS, ThriftValue::I64(rows as i64));
    footer.set(field::FILE_ROW_GROUPS, ThriftValue::structs(row_groups));
    write_footer(output, &footer)
}

fn write_footer<W: Write + Send>(output: &SharedOutput<W>, footer: &Struct) -> Result<(), ParquetFault> {
    let mut bytes = Vec::new();
    footer.encode(&mut bytes);
    let length = u32::try_from(bytes.len()).map_err(|_| ParquetFault::Encode("the footer is too long".to_owned()))?;
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(MAGIC);
    output.write_all(&bytes)
}

/// The two indexes of a chunk's pages.
#[derive(Clone, Copy)]
enum Index {
    /// What values the pages hold.
    Column,
    /// Where the pages stand.
    Offset,
}

/// Where an index came to stand and its length, both in bytes, if there is one.
type FooterPlace = Option<(u64, usize)>;

impl Index {
    /// Numbers of the fields with its offset and its length.
    fn fields(self) -> (i16, i16) {
        match self {
            Index::Column => (field::CHUNK_COLUMN_INDEX, field::CHUNK_COLUMN_INDEX_BYTES),
            Index::Offset => (field::CHUNK_OFFSET_INDEX, field::CHUNK_OFFSET_INDEX_BYTES),
        }
    }

    /// Writes the indexes of all chunks that had one; where they stand, by row group and
    /// column, that of the added column last.
    fn write<W: Write + Send>(
        self,
        opened: &OpenedFile,
        output: &SharedOutput<W>,
        written: &[WrittenRowGroup],
    ) -> Result<Vec<Vec<FooterPlace>>, ParquetFault> {
        let mut places = Vec::new();
        for row_group in written {
            let source = opened.row_group(row_group.source)?;
            let source = source.list(field::GROUP_COLUMNS).unwrap_or_default();
            let mut row = Vec::new();
            for (chunk, source) in row_group.chunks.iter().zip(source) {
                let index = self.in_source(opened, source).and_then(|index| self.of(chunk, index));
                row.push(write_index(output, index)?);
            }
            // Some readers want all chunks of a row group to have one, or none.
            let has_index = row.iter().any(Option::is_some);
            let added = row_group.added.as_ref().filter(|_| has_index);
            row.push(write_index(output, added.and_then(|added| self.of_encoded(added)))?);
            places.push(row);
        }
        Ok(places)
    }

    /// The bytes of an index in the source. An index that lies nowhere is given up: readers do without.
    fn in_source(self, opened: &OpenedFile, chunk: &ThriftValue) -> Option<Bytes> {
        let (offset, length) = self.fields();
        let chunk = chunk.as_struct()?;
        let start = u64::try_from(chunk.int(offset)?).ok()?;
        let length = usize::try_from(chunk.int(length)?).ok()?;
        opened.file.get_bytes(start, length).ok()
    }

    /// The index for the chunk as it was written, where the source has this one.
    fn of(self, chunk: &WrittenChunk, source: Bytes) -> Option<Bytes> {
        match (&chunk.pages, self) {
            (WrittenPages::Spliced(_), Index::Column) => Some(source),
            (WrittenPages::Spliced(shift), Index::Offset) => shift_offset_index(&source, *shift),
            (WrittenPages::Encoded(encoded), index) => index.of_encoded(encoded),
        }
    }

    fn of_encoded(self, encoded: &EncodedChunk) -> Option<Bytes> {
        match self {
            Index::Column => encoded.column_index.clone(),
            Index::Offset => encoded.offset_index.clone(),
        }
    }

    /// Says of a chunk where its index stands.
    fn place(self, described: &mut Struct, place: FooterPlace) {
        let (offset, length) = self.fields();
        described.remove(offset);
        described.remove(length);
        if let Some((start, bytes)) = place {
            described.set(offset, ThriftValue::I64(start as i64));
            described.set(length, ThriftValue::I32(bytes as i64));
        }
    }
}

fn write_index<W: Write + Send>(output: &SharedOutput<W>, index: Option<Bytes>) -> Result<FooterPlace, ParquetFault> {
    let Some(index) = index else { return Ok(None) };
    let start = output.position();
    output.write_all(&index)?;
    Ok(Some((start, index.len())))
}

/// What is said of the row group as a whole.
fn sum_up(row_group: &mut Struct, written: &WrittenRowGroup, ordinal: usize) {
    let is_encoded = |chunk: &WrittenChunk| matches!(chunk.pages, WrittenPages::Encoded(_));
    if written.added.is_some() || written.chunks.iter().any(is_encoded) {
        let (plain, compressed) =
            (total(row_group, field::META_PLAIN_BYTES), total(row_group, field::META_COMPRESSED_BYTES));
        row_group.set(field::GROUP_TOTAL_BYTES, ThriftValue::I64(plain));
        if row_group.get(field::GROUP_COMPRESSED_BYTES).is_some() {
            row_group.set(field::GROUP_COMPRESSED_BYTES, ThriftValue::I64(compressed));
        }
    }
    row_group.set(field::GROUP_NUM_ROWS, ThriftValue::I64(written.rows as i64));
    if row_group.get(field::GROUP_FILE_OFFSET).is_some() {
        row_group.set(field::GROUP_FILE_OFFSET, ThriftValue::I64(written.start as i64));
    }
    if row_group.get(field::GROUP_ORDINAL).is_some() {
        match i16::try_from(ordinal) {
            Ok(ordinal) => row_group.set(field::GROUP_ORDINAL, ThriftValue::I16(i64::from(ordinal))),
            Err(_) => row_group.remove(field::GROUP_ORDINAL),
        }
    }
}

/// The sum of a number that is said of each chunk.
fn total(row_group: &Struct, field: i16) -> i64 {
    let columns = row_group.list(field::GROUP_COLUMNS).unwrap_or_default();
    let metas = columns.iter().filter_map(|chunk| chunk.as_struct()?.child(field::CHUNK_META));
    metas.filter_map(|meta| meta.int(field)).fold(0, i64::wrapping_add)
}

fn column_mut(row_group: &mut Struct, index: usize) -> Option<&mut Struct> {
    row_group.list_mut(field::GROUP_COLUMNS)?.get_mut(index)?.as_struct_mut()
}

/// Says of a chunk where it stands now.
fn place_chunk(described: &mut Struct, chunk: &WrittenChunk) {
    match &chunk.pages {
        WrittenPages::Spliced(shift) => {
            described.shift(field::CHUNK_FILE_OFFSET, *shift);
            if let Some(meta) = described.child_mut(field::CHUNK_META) {
                for offset in [field::META_DATA_PAGE, field::META_INDEX_PAGE, field::META_DICTIONARY_PAGE] {
                    meta.shift(offset, *shift);
                }
            }
        }
        WrittenPages::Encoded(encoded) => *described = encoded.describe(described),
    }
    let Some(meta) = described.child_mut(field::CHUNK_META) else { return };
    meta.remove(field::META_BLOOM_FILTER);
    meta.remove(field::META_BLOOM_FILTER_BYTES);
    if let Some((start, length)) = chunk.bloom_filter {
        meta.set(field::META_BLOOM_FILTER, ThriftValue::I64(start as i64));
        meta.set(field::META_BLOOM_FILTER_BYTES, ThriftValue::I32(length as i64));
    }
}

/// Rows are sorted by columns, the first one first: from the changed one on that does not hold any more.
fn forget_order(row_group: &mut Struct, changed: usize) {
    const COLUMN: i16 = 1;
    let is_changed =
        |sorting: &ThriftValue| sorting.as_struct().and_then(|sorting| sorting.int(COLUMN)) == Some(changed as i64);
    let Some(sorting) = row_group.list_mut(field::GROUP_SORTING) else { return };
    if let Some(at) = sorting.iter().position(is_changed) {
        sorting.truncate(at);
    }
    if sorting.is_empty() {
        row_group.remove(field::GROUP_SORTING);
    }
}
