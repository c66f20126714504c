//! What a sink is, and what it knows of the row group that it writes.

use std::io::Write;

use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::ByteArrayType;

use super::super::added::{AddedColumn, AddedValues};
use super::super::kept::DroppedRows;
use super::super::opened::OpenedTable;
use super::super::output::SharedOutput;
use super::super::written::{WrittenChunk, WrittenRowGroup};

/// Whether rows may be left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowPolicy {
    /// Every row stays; columns stand in the file in their old order.
    KeepAll,
    /// Rows may be dropped. Which ones is known only at the end of a row group, so the text column
    /// of a changed row group is written first and the others after it; the footer names all of
    /// them in their old order.
    MayDrop,
}

/// What a sink does besides putting texts in their places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SinkOptions {
    /// Whether rows may be left out.
    pub rows: RowPolicy,
    /// Name of a nullable string column that is added at the end, for what
    /// [`TextRow::annotate`](super::super::TextRow::annotate) says of each row.
    pub added_column: Option<String>,
}

impl Default for SinkOptions {
    /// All rows, no added column.
    fn default() -> SinkOptions {
        SinkOptions { rows: RowPolicy::KeepAll, added_column: None }
    }
}

/// Writes a Parquet file that is the source but for the texts that were changed.
///
/// A row group without a change is copied byte for byte. In one with a change the text column is
/// encoded again as it was encoded, and all others are copied, unless rows were dropped: then the
/// others are encoded again too. Memory: a batch, a page, and a dictionary of up to a mebibyte.
pub struct ParquetSink<W: Write + Send + 'static> {
    pub(super) opened: OpenedTable,
    pub(super) output: SharedOutput<W>,
    pub(super) policy: RowPolicy,
    pub(super) added: Option<AddedColumn>,
    pub(super) written: Vec<WrittenRowGroup>,
    pub(super) current: OpenRowGroup,
}

/// The row group that is being written.
pub(super) struct OpenRowGroup {
    pub(super) row_group: usize,
    /// Number of rows that came in.
    pub(super) rows: u64,
    pub(super) dropped: DroppedRows,
    pub(super) start: u64,
    /// Of each leaf column what is written already.
    pub(super) chunks: Vec<Option<WrittenChunk>>,
    /// Open since the first change.
    pub(super) text: Option<ColumnWriterImpl<'static, ByteArrayType>>,
    pub(super) has_new_texts: bool,
    /// Values of the added column; begun with the first batch.
    pub(super) added: Option<AddedValues>,
}

impl OpenRowGroup {
    pub(super) fn new(row_group: usize, opened: &OpenedTable, start: u64) -> OpenRowGroup {
        let columns = opened.metadata.file_metadata().schema_descr().num_columns();
        OpenRowGroup {
            row_group,
            rows: 0,
            dropped: DroppedRows::default(),
            start,
            chunks: std::iter::repeat_with(|| None).take(columns).collect(),
            text: None,
            has_new_texts: false,
            added: None,
        }
    }
}
