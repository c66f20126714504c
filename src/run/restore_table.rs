//! A cleaned table and its log, to the original.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::io::parquet::{Columns, ParquetSink, ParquetSource, SinkOptions};

use super::options::CorpusOptions;
use super::restore::{Entries, RestoreError, left_over, write_restored};

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
    let mut number = 1;
    while let Some(mut batch) = source.next_batch(1 << 20).map_err(other)? {
        for row in batch.rows_mut() {
            let of_row = entries.of(number)?;
            if let Some(lost) = of_row.iter().find(|entry| entry.lost_rows > 0) {
                return Err(left_over(lost));
            }
            if let (Some(text), false) = (row.text(), of_row.is_empty()) {
                let mut restored = Vec::new();
                write_restored(text, &of_row, &mut restored)?;
                row.replace(restored);
            }
            number += 1;
        }
        sink.write_batch(batch).map_err(other)?;
    }
    match entries.peek()? {
        Some(entry) => Err(left_over(entry)),
        None => sink.finish().map_err(other),
    }
}
