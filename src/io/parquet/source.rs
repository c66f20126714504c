//! The reading half: texts in batches.

use std::fs::File;
use std::sync::Arc;

use super::batch::{Leaf, TextBatch, TextRow};
use super::leaves::{LeafReader, Steps};
use super::opened::{OpenedFile, OpenedTable};
use super::{Columns, ParquetFault};

/// Reads the text column of a Parquet file in batches, row group by row group.
///
/// Memory: a batch, and the pages in which its texts lie.
pub struct ParquetSource {
    opened: OpenedTable,
    row_group: usize,
    /// Readers of the current row group; none where it has not been begun.
    current: Option<Readers>,
}

struct Readers {
    text: LeafReader,
    url: Option<LeafReader>,
    rows: u64,
}

impl ParquetSource {
    /// Opens a file and finds the columns in it. Reads the footer alone.
    ///
    /// # Errors
    /// The file is not a Parquet file, damaged or encrypted, or the columns are not there or not text.
    pub fn open(file: File, columns: &Columns) -> Result<ParquetSource, ParquetFault> {
        let opened = Arc::new(OpenedFile::open(file, columns)?);
        Ok(ParquetSource { opened, row_group: 0, current: None })
    }

    /// What a sink needs to know of this file.
    pub(super) fn opened(&self) -> &OpenedTable {
        &self.opened
    }

    /// Number of rows in the file, as the footer has it.
    pub fn num_rows(&self) -> u64 {
        (0..self.opened.metadata.num_row_groups()).map(|row_group| self.opened.rows(row_group)).sum()
    }

    /// Number of row groups in the file.
    pub fn num_row_groups(&self) -> usize {
        self.opened.metadata.num_row_groups()
    }

    /// Number of rows in a row group, or 0 where there is no such row group.
    pub fn rows_of(&self, row_group: usize) -> u64 {
        if row_group < self.opened.metadata.num_row_groups() { self.opened.rows(row_group) } else { 0 }
    }

    /// The next rows, all of one row group: so many that their texts have `target_bytes` or somewhat
    /// more, or as many as are left. `None` at the end of the file.
    ///
    /// # Errors
    /// A page cannot be decoded. The next call goes on with the next row group; the sink can be told to
    /// [pass this one on unchanged](super::ParquetSink::splice_row_group_unchanged).
    pub fn next_batch(&mut self, target_bytes: usize) -> Result<Option<TextBatch>, ParquetFault> {
        while self.row_group < self.opened.metadata.num_row_groups() {
            let row_group = self.row_group;
            // Put back only after reading went well, so that a fault leaves the row group behind.
            self.row_group += 1;
            let mut readers = match self.current.take() {
                Some(readers) => readers,
                None => Readers::new(&self.opened, row_group)?,
            };
            let first_row = readers.text.next_row();
            if first_row < readers.rows {
                let rows = readers.read(target_bytes)?;
                self.row_group = row_group;
                self.current = Some(readers);
                return Ok(Some(TextBatch { row_group, first_row, rows }));
            }
        }
        Ok(None)
    }
}

impl Readers {
    fn new(opened: &OpenedTable, row_group: usize) -> Result<Readers, ParquetFault> {
        let text = LeafReader::new(opened, row_group, opened.text)?;
        let url = opened.url.map(|column| LeafReader::new(opened, row_group, column)).transpose()?;
        Ok(Readers { text, url, rows: opened.rows(row_group) })
    }

    fn read(&mut self, target_bytes: usize) -> Result<Vec<TextRow>, ParquetFault> {
        let mut rows = Vec::new();
        let (mut texts, mut urls) = (Vec::new(), Vec::new());
        let mut steps = Steps::default();
        loop {
            let left = self.rows - self.text.next_row();
            let step = (steps.next(target_bytes) as u64).min(left) as usize;
            if step == 0 {
                return Ok(rows);
            }
            self.text.read(step, &mut texts)?;
            if let Some(url) = &mut self.url {
                url.read(step, &mut urls)?;
            }
            let mut urls = urls.drain(..);
            for text in texts.drain(..) {
                steps.add(&text);
                rows.push(TextRow::new(text, urls.next().and_then(|url: Leaf| url.value)));
            }
        }
    }
}
