//! The row group that a sink is writing.

use std::io::Write;

use parquet::column::writer::{ColumnWriter, ColumnWriterImpl};
use parquet::data_type::ByteArrayType;

use super::super::ParquetFault;
use super::super::batch::Leaf;
use super::super::encoding::writer_as_before;
use super::super::kept::KeptRows;
use super::super::leaves::LeafReader;
use super::super::written::{EncodedChunk, WrittenChunk, WrittenPages, WrittenRowGroup};

use super::state::{OpenRowGroup, ParquetSink, RowPolicy};

/// Texts before the first change are read a second time in batches of about so many bytes.
const REREAD_BYTES: usize = 1 << 20;

impl<W: Write + Send + 'static> ParquetSink<W> {
    /// Opens the text column for writing and brings it up to the batch that is due.
    pub(super) fn begin_text(&mut self) -> Result<(), ParquetFault> {
        let (row_group, column) = (self.current.row_group, self.opened.text);
        if self.policy == RowPolicy::KeepAll {
            (0..column).try_for_each(|column| self.splice_column(column))?;
        }
        let writer = writer_as_before(&self.opened, row_group, column, Box::new(self.output.clone()))?;
        let ColumnWriter::ByteArrayColumnWriter(mut text) = writer else {
            // Checked when the column was chosen.
            return Err(ParquetFault::Encode("the text column is not made of bytes".to_owned()));
        };
        let mut reader = LeafReader::new(&self.opened, row_group, column)?;
        while reader.next_row() < self.current.rows {
            let leaves = reader.read_about(REREAD_BYTES, self.current.rows)?;
            write_leaves(&mut text, leaves.into_iter())?;
        }
        self.current.text = Some(text);
        Ok(())
    }

    /// Writes what is missing of the row group, and goes on to the next one.
    pub(super) fn end_row_group(&mut self) -> Result<(), ParquetFault> {
        let rows = self.current.rows - self.current.dropped.count();
        // A row group of which nothing is left is left out, unless it had nothing in the first place.
        if rows > 0 || self.current.rows == 0 {
            self.write_columns()?;
            let added = self.finish_notes(rows)?;
            let current = &mut self.current;
            self.written.push(WrittenRowGroup {
                source: current.row_group,
                rows,
                start: current.start,
                chunks: std::mem::take(&mut current.chunks).into_iter().flatten().collect(),
                added,
                has_new_texts: current.has_new_texts,
            });
        }
        self.current = OpenRowGroup::new(self.current.row_group + 1, &self.opened, self.output.position());
        Ok(())
    }

    /// Appends to the added column, if there is to be one.
    pub(super) fn write_notes(&mut self, notes: impl Iterator<Item = Option<String>>) -> Result<(), ParquetFault> {
        let Some(column) = &self.added else { return Ok(()) };
        if self.current.added.is_none() {
            self.current.added = Some(column.begin(&self.opened, self.current.row_group)?);
        }
        self.current.added.as_mut().map_or(Ok(()), |added| added.write(notes))
    }

    /// Writes the added column, all nulls where nothing came in for this row group.
    fn finish_notes(&mut self, rows: u64) -> Result<Option<EncodedChunk>, ParquetFault> {
        if self.current.added.is_none() {
            self.write_notes(std::iter::repeat_n(None, rows as usize))?;
        }
        let added = self.current.added.take();
        added.map(|added| added.finish(&self.output)).transpose()
    }

    /// Writes what is not yet written of the row group.
    fn write_columns(&mut self) -> Result<(), ParquetFault> {
        let text = self.opened.text;
        if let Some(writer) = self.current.text.take() {
            let closed = writer.close().map_err(ParquetFault::from_writing)?;
            self.current.chunks[text] = Some(WrittenChunk::encoded(closed)?);
        }
        for column in 0..self.current.chunks.len() {
            if self.current.chunks[column].is_some() {
                continue;
            }
            if self.current.dropped.is_empty() {
                self.splice_column(column)?;
            } else {
                let OpenRowGroup { row_group, dropped, .. } = &self.current;
                let kept = KeptRows { opened: &self.opened, row_group: *row_group, column, dropped };
                let closed = kept.write(&self.output)?;
                self.current.chunks[column] = Some(WrittenChunk::encoded(closed)?);
            }
        }
        self.splice_bloom_filters()
    }

    fn splice_column(&mut self, column: usize) -> Result<(), ParquetFault> {
        let span = self.opened.chunk_span(self.current.row_group, column)?;
        let shift = self.output.splice(&self.opened.file, span)?;
        self.current.chunks[column] = Some(WrittenChunk { pages: WrittenPages::Spliced(shift), bloom_filter: None });
        Ok(())
    }

    /// Bloom filters stay true for the same values and for fewer of them, but not for other ones.
    fn splice_bloom_filters(&mut self) -> Result<(), ParquetFault> {
        for (column, chunk) in self.current.chunks.iter_mut().enumerate() {
            let has_new_values = column == self.opened.text && self.current.has_new_texts;
            let span = self.opened.bloom_filter_span(self.current.row_group, column);
            if let (Some(chunk), Some(span), false) = (chunk, span, has_new_values) {
                chunk.bloom_filter = Some((self.output.position(), span.end - span.start));
                self.output.splice(&self.opened.file, span)?;
            }
        }
        Ok(())
    }
}

/// Appends texts to an open text column.
pub(super) fn write_leaves(
    writer: &mut ColumnWriterImpl<'static, ByteArrayType>,
    leaves: impl Iterator<Item = Leaf>,
) -> Result<(), ParquetFault> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    for leaf in leaves {
        levels.push(leaf.level);
        values.extend(leaf.value);
    }
    let written = writer.write_batch(&values, Some(&levels), None);
    written.map(|_| ()).map_err(ParquetFault::from_writing)
}
