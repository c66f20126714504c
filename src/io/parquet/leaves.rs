//! The values of one byte column of one row group, in steps whose memory is bounded.

use std::sync::Arc;

use parquet::basic::Compression;
use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::serialized_reader::SerializedPageReader;

use super::ParquetFault;
use super::batch::{Leaf, TextRow};
use super::guarded::guarded;
use super::opened::{OpenedFile, OpenedTable};
use super::positioned::PositionedFile;

/// Rows are decoded in steps of at most so many: few enough that a batch does not run far over its
/// size where rows become longer, many enough that the steps cost nothing.
const STEP_ROWS: usize = 64;

/// What a row costs without its text, so that a batch of nulls has an end.
const ROW_BYTES: usize = size_of::<TextRow>();

/// How many rows to decode next.
#[derive(Clone, Copy, Default)]
pub(super) struct Steps {
    bytes: usize,
    rows: usize,
}

impl Steps {
    /// By how long those before were; 0 when there are `target_bytes`.
    pub(super) fn next(&self, target_bytes: usize) -> usize {
        match (target_bytes.saturating_sub(self.bytes), self.rows) {
            (_, 0) => 1,
            (0, _) => 0,
            (left, rows) => (left / (self.bytes / rows).max(1)).clamp(1, STEP_ROWS),
        }
    }

    pub(super) fn add(&mut self, leaf: &Leaf) {
        self.bytes += ROW_BYTES + leaf.value.as_ref().map_or(0, ByteArray::len);
        self.rows += 1;
    }
}

/// Reads a column's values of one row group from the first on.
pub(super) struct LeafReader {
    opened: OpenedTable,
    row_group: usize,
    column: usize,
    values: ColumnReaderImpl<ByteArrayType>,
    max_level: i16,
    next_row: u64,
    levels: Vec<i16>,
    decoded: Vec<ByteArray>,
}

impl LeafReader {
    pub(super) fn new(opened: &OpenedTable, row_group: usize, column: usize) -> Result<LeafReader, ParquetFault> {
        let descriptor = opened.metadata.file_metadata().schema_descr().column(column);
        let pages = open_pages(opened, row_group, column)?;
        Ok(LeafReader {
            opened: Arc::clone(opened),
            row_group,
            column,
            max_level: descriptor.max_def_level(),
            values: ColumnReaderImpl::new(descriptor, Box::new(pages)),
            next_row: 0,
            levels: Vec::new(),
            decoded: Vec::new(),
        })
    }

    /// Number of the row that is read next, from 0.
    pub(super) fn next_row(&self) -> u64 {
        self.next_row
    }

    /// The values of rows up to `end`, so many that they have about `target_bytes`.
    ///
    /// # Errors
    /// As [`read`](LeafReader::read).
    pub(super) fn read_about(&mut self, target_bytes: usize, end: u64) -> Result<Vec<Leaf>, ParquetFault> {
        let mut leaves = Vec::new();
        let mut steps = Steps::default();
        loop {
            let left = end.saturating_sub(self.next_row);
            let step = (steps.next(target_bytes) as u64).min(left) as usize;
            if step == 0 {
                return Ok(leaves);
            }
            let before = leaves.len();
            self.read(step, &mut leaves)?;
            leaves[before..].iter().for_each(|leaf| steps.add(leaf));
        }
    }

    /// Appends the values of the next `rows` rows.
    ///
    /// # Errors
    /// A page cannot be decoded, or the column ends before.
    pub(super) fn read(&mut self, rows: usize, leaves: &mut Vec<Leaf>) -> Result<(), ParquetFault> {
        self.levels.clear();
        self.decoded.clear();
        let levels = (self.max_level > 0).then_some(&mut self.levels);
        let read = guarded(|| self.values.read_records(rows, levels, None, &mut self.decoded));
        let (read, ..) = read.map_err(|message| self.bad_page(&message))?;
        if read < rows {
            self.next_row += read as u64;
            return Err(self.bad_page("the column ends before its row group does"));
        }
        if self.levels.iter().any(|level| !(0..=self.max_level).contains(level)) {
            return Err(self.bad_page("it says of values that they are deeper than the schema"));
        }
        let mut decoded = self.decoded.drain(..);
        for row in 0..rows {
            let level = self.levels.get(row).copied().unwrap_or(self.max_level);
            let value = if level == self.max_level { decoded.next() } else { None };
            leaves.push(Leaf { level, value });
        }
        drop(decoded);
        self.next_row += rows as u64;
        Ok(())
    }

    fn bad_page(&self, message: &str) -> ParquetFault {
        bad_page(&self.opened, self.row_group, self.column, self.next_row, message)
    }
}

/// A column chunk's pages, to be read by values.
pub(super) fn open_pages(
    opened: &OpenedFile,
    row_group: usize,
    column: usize,
) -> Result<SerializedPageReader<PositionedFile>, ParquetFault> {
    let chunk = opened.chunk(row_group, column)?;
    check_codec(&chunk)?;
    let rows = usize::try_from(opened.rows(row_group)).unwrap_or(usize::MAX);
    let pages = guarded(|| SerializedPageReader::new(Arc::new(opened.file.clone()), &chunk, rows, None));
    pages.map_err(|message| bad_page(opened, row_group, column, 0, &message))
}

pub(super) fn check_codec(chunk: &ColumnChunkMetaData) -> Result<(), ParquetFault> {
    match chunk.compression() {
        codec @ (Compression::BROTLI(_) | Compression::LZO) => {
            let codec = if codec == Compression::LZO { "lzo" } else { "brotli" };
            Err(ParquetFault::Codec { column: chunk.column_path().string(), codec: codec.to_owned() })
        }
        _ => Ok(()),
    }
}

/// The fault of a page that cannot be decoded.
pub(super) fn bad_page(opened: &OpenedFile, row_group: usize, column: usize, row: u64, message: &str) -> ParquetFault {
    let column = opened.column_name(column);
    ParquetFault::BadPage { row_group, row, column, message: message.to_owned() }
}
