//! A cleaned table and its log, to the original.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::io::parquet::{Columns, ParquetFault, ParquetSink, ParquetSource, SinkOptions, TextBatch};
use crate::io::{Checksum, RunningChecksum};

use crate::run::log::{Contents, Entries, add_row};
use crate::run::options::CorpusOptions;
use crate::run::tables::first_rows;

use super::error::RestoreError;
use super::text::{check_original, left_over, write_restored};

/// So many bytes of text are read at a time.
const BATCH_BYTES: usize = 1 << 20;

/// Writes the table that was cleaned, with the same values.
pub(super) fn table<W: Write + Send + 'static>(
    cleaned: &Path,
    mut entries: Entries,
    options: &CorpusOptions,
    contents: Option<Contents>,
    out: W,
) -> Result<W, RestoreError> {
    let mut source = open(cleaned, options)?;
    let mut sink = ParquetSink::create(&source, out, &SinkOptions::default()).map_err(other)?;
    let firsts = first_rows(&source);
    let mut sum = TableSum::default();
    loop {
        match source.next_batch(BATCH_BYTES) {
            Ok(None) => break,
            Ok(Some(mut batch)) => {
                let first = firsts[batch.row_group()] + batch.first_row();
                restore_rows(&mut batch, first, &mut entries)?;
                sum.add(&batch);
                sink.write_batch(batch).map_err(other)?;
            }
            // One that could not be read passed as it is. If something is logged of it, that is found not to fit.
            Err(fault) => {
                let row_group = sum.leave_out(fault)?;
                sink.splice_row_group_unchanged(row_group).map_err(other)?;
            }
        }
    }
    if let Some(entry) = entries.peek()? {
        return Err(left_over(entry));
    }
    check_original(contents, sum.so_far())?;
    sink.finish().map_err(other)
}

/// The checksum of a table's texts.
pub(super) fn table_sum(path: &Path, options: &CorpusOptions) -> Result<Checksum, RestoreError> {
    let mut source = open(path, options)?;
    let mut sum = TableSum::default();
    loop {
        match source.next_batch(BATCH_BYTES) {
            Ok(None) => return Ok(sum.so_far()),
            Ok(Some(batch)) => sum.add(&batch),
            Err(fault) => drop(sum.leave_out(fault)?),
        }
    }
}

fn open(path: &Path, options: &CorpusOptions) -> Result<ParquetSource, RestoreError> {
    let columns = Columns { text: options.text_field.clone(), url: None };
    ParquetSource::open(File::open(path)?, &columns).map_err(other)
}

fn other(fault: ParquetFault) -> RestoreError {
    RestoreError::Io(io::Error::other(fault))
}

/// The checksum of a table's texts in the making. Row groups that cannot be read to their end do not count.
#[derive(Default)]
struct TableSum {
    whole: RunningChecksum,
    row_group: usize,
    /// Of that row group.
    found: RunningChecksum,
}

impl TableSum {
    fn add(&mut self, batch: &TextBatch) {
        self.go_to(batch.row_group());
        batch.rows().iter().for_each(|row| add_row(&mut self.found, row.text()));
    }

    /// The row group that cannot be read.
    fn leave_out(&mut self, fault: ParquetFault) -> Result<usize, RestoreError> {
        let Some(row_group) = fault.bad_row_group() else { return Err(other(fault)) };
        self.go_to(row_group);
        self.found = RunningChecksum::default();
        Ok(row_group)
    }

    fn go_to(&mut self, row_group: usize) {
        if row_group != self.row_group {
            self.whole.append(&std::mem::take(&mut self.found));
            self.row_group = row_group;
        }
    }

    fn so_far(mut self) -> Checksum {
        self.go_to(usize::MAX);
        self.whole.so_far()
    }
}

fn restore_rows(batch: &mut TextBatch, first: u64, entries: &mut Entries) -> Result<(), RestoreError> {
    for (number, row) in (first..).zip(batch.rows_mut()) {
        let of_row = entries.of(number)?;
        if let Some(lost) = of_row.iter().find(|entry| entry.lost_rows > 0) {
            return Err(left_over(lost));
        }
        if let (Some(text), false) = (row.text(), of_row.is_empty()) {
            let mut restored = Vec::new();
            write_restored(text, &of_row, &mut restored)?;
            row.replace(restored);
        }
    }
    Ok(())
}
