//! A cleaned table and its log, to the original.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::io::parquet::{Columns, ParquetSink, ParquetSource, SinkOptions, TextBatch};

use super::options::CorpusOptions;
use super::restore::{Entries, RestoreError, left_over, write_restored};
use super::tables::first_rows;

/// Writes the table that was cleaned, with the same values.
pub(super) fn table<W: Write + Send + 'static>(
    cleaned: &Path,
    mut entries: Entries,
    options: &CorpusOptions,
    out: W,
) -> Result<W, RestoreError> {
    let other = |fault| RestoreError::Io(io::Error::other(fault));
    let columns = Columns { text: options.text_field.clone(), url: None };
    let mut source = ParquetSource::open(File::open(cleaned)?, &columns).map_err(other)?;
    let mut sink = ParquetSink::create(&source, out, &SinkOptions::default()).map_err(other)?;
    let firsts = first_rows(&source);
    loop {
        match source.next_batch(1 << 20) {
            Ok(None) => break,
            Ok(Some(mut batch)) => {
                let first = firsts[batch.row_group()] + batch.first_row();
                restore_rows(&mut batch, first, &mut entries)?;
                sink.write_batch(batch).map_err(other)?;
            }
            // One that could not be read passed as it is. If something is logged of it, that is found not to fit.
            Err(fault) => match fault.bad_row_group() {
                Some(row_group) => sink.splice_row_group_unchanged(row_group).map_err(other)?,
                None => return Err(other(fault)),
            },
        }
    }
    match entries.peek()? {
        Some(entry) => Err(left_over(entry)),
        None => sink.finish().map_err(other),
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
