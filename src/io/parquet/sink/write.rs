//! The writing half: cleaned batches in, the same file with other texts out.

use std::io::Write;
use std::sync::Arc;

use super::super::added::AddedColumn;
use super::super::batch::{Fate, TextBatch};
use super::super::footer::write_end;
use super::super::kept::DroppedRows;
use super::super::output::SharedOutput;
use super::super::written::WrittenPages;
use super::super::{ParquetFault, ParquetSource};
use super::row_group::write_leaves;
use super::state::{OpenRowGroup, ParquetSink, RowPolicy, SinkOptions};

const MAGIC: &[u8] = b"PAR1";

impl<W: Write + Send + 'static> ParquetSink<W> {
    /// Begins the output for a source.
    ///
    /// # Errors
    /// The output cannot be written, or the column to add is there already.
    pub fn create(source: &ParquetSource, output: W, options: &SinkOptions) -> Result<ParquetSink<W>, ParquetFault> {
        let opened = Arc::clone(source.opened());
        let added = options.added_column.as_deref().map(|name| AddedColumn::new(&opened, name)).transpose()?;
        let output = SharedOutput::new(output);
        output.write_all(MAGIC)?;
        let current = OpenRowGroup::new(0, &opened, output.position());
        Ok(ParquetSink { opened, output, policy: options.rows, added, written: Vec::new(), current })
    }

    /// Takes the next batch of the source, cleaned.
    ///
    /// # Errors
    /// The batch is not the next one, the output cannot be written, or a page of another column that
    /// has to be written without dropped rows cannot be decoded: then the row group can be
    /// [passed on unchanged](ParquetSink::splice_row_group_unchanged).
    pub fn write_batch(&mut self, mut batch: TextBatch) -> Result<(), ParquetFault> {
        self.pass_empty_row_groups()?;
        self.check_order(&batch)?;
        if self.current.text.is_none() && !batch.is_unchanged() {
            self.begin_text()?;
        }
        for (row, at) in batch.rows.iter().zip(batch.first_row..) {
            match row.fate {
                Fate::Unchanged => {}
                Fate::Replaced => self.current.has_new_texts = true,
                Fate::Dropped => self.current.dropped.push(at),
            }
        }
        self.current.rows += batch.rows.len() as u64;
        let kept = batch.rows.iter_mut().filter(|row| row.fate != Fate::Dropped);
        self.write_notes(kept.map(|row| row.note.take()))?;
        if let Some(text) = &mut self.current.text {
            let kept = batch.rows.into_iter().filter(|row| row.fate != Fate::Dropped);
            write_leaves(text, kept.map(|row| row.text))?;
        }
        if self.current.rows == self.opened.rows(self.current.row_group) {
            self.end_row_group()?;
        }
        Ok(())
    }

    /// Copies a row group as it is, whatever batches of it have been written. For one that the
    /// source, or the sink, found that it cannot decode.
    ///
    /// # Errors
    /// It is not the row group that is being written, or the next one; or the output cannot be written.
    pub fn splice_row_group_unchanged(&mut self, row_group: usize) -> Result<(), ParquetFault> {
        self.check_due(row_group)?;
        // Pages that the encoder has written already stay in the file as bytes nobody points at.
        self.current.text = None;
        self.current.has_new_texts = false;
        self.current.dropped = DroppedRows::default();
        for chunk in &mut self.current.chunks {
            chunk.take_if(|chunk| matches!(chunk.pages, WrittenPages::Encoded(_)));
        }
        self.current.rows = self.opened.rows(row_group);
        self.current.added = None;
        self.end_row_group()
    }

    /// Leaves a row group out, whatever batches of it have been written. For one that cannot be decoded.
    ///
    /// # Errors
    /// As for [passing it on](ParquetSink::splice_row_group_unchanged).
    pub fn leave_out_row_group(&mut self, row_group: usize) -> Result<(), ParquetFault> {
        self.check_due(row_group)?;
        // What is written of it already stays in the file as bytes nobody points at.
        self.current = OpenRowGroup::new(row_group + 1, &self.opened, self.output.position());
        Ok(())
    }

    /// Writes the footer and gives the output back, flushed.
    ///
    /// # Errors
    /// Not all batches have come, or the output cannot be written.
    pub fn finish(mut self) -> Result<W, ParquetFault> {
        self.pass_empty_row_groups()?;
        let row_groups = self.opened.metadata.num_row_groups();
        if self.current.row_group != row_groups {
            let at = self.current.row_group;
            return Err(ParquetFault::Misordered(format!("the file ends, row group {at} of {row_groups} is due")));
        }
        write_end(&self.opened, &self.output, &self.written, self.added.as_ref())?;
        self.output.finish()
    }

    /// No batch comes for row groups without rows.
    fn pass_empty_row_groups(&mut self) -> Result<(), ParquetFault> {
        let row_groups = self.opened.metadata.num_row_groups();
        while self.current.row_group < row_groups && self.opened.rows(self.current.row_group) == 0 {
            self.end_row_group()?;
        }
        Ok(())
    }

    fn check_due(&mut self, row_group: usize) -> Result<(), ParquetFault> {
        self.pass_empty_row_groups()?;
        let at = self.current.row_group;
        if row_group != at || row_group >= self.opened.metadata.num_row_groups() {
            return Err(ParquetFault::Misordered(format!("row group {row_group} came, row group {at} is due")));
        }
        Ok(())
    }

    fn check_order(&self, batch: &TextBatch) -> Result<(), ParquetFault> {
        let (row_group, row) = (self.current.row_group, self.current.rows);
        let fits = row_group < self.opened.metadata.num_row_groups()
            && batch.row_group == row_group
            && batch.first_row == row
            && batch.rows.len() as u64 <= self.opened.rows(row_group) - row;
        if !fits {
            let (group, first) = (batch.row_group, batch.first_row);
            let message = format!("row {first} of row group {group} came, row {row} of row group {row_group} is due");
            return Err(ParquetFault::Misordered(message));
        }
        let drops = batch.rows.iter().any(|row| row.fate == Fate::Dropped);
        if drops && self.policy == RowPolicy::KeepAll {
            return Err(ParquetFault::Misordered("a row was dropped, but the sink was to keep all".to_owned()));
        }
        Ok(())
    }
}
