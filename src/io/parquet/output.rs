//! The bytes of the output: chunks copied or encoded, and where they came to stand.

use std::io::Write;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use parquet::column::page::{CompressedPage, PageWriteSpec, PageWriter};
use parquet::errors::Result;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};

use super::ParquetFault;
use super::positioned::PositionedFile;

/// Chunks are copied in pieces of this many bytes.
const COPY_BYTES: u64 = 256 << 10;

/// The file that is written. Clones write to the same one: the encoder of the text column writes its
/// pages when they are full, between calls of the sink, and must own what it writes to.
pub(super) struct SharedOutput<W: Write> {
    shared: Arc<Mutex<TrackedWrite<W>>>,
}

impl<W: Write> Clone for SharedOutput<W> {
    fn clone(&self) -> Self {
        SharedOutput { shared: Arc::clone(&self.shared) }
    }
}

impl<W: Write + Send> SharedOutput<W> {
    pub(super) fn new(writer: W) -> SharedOutput<W> {
        SharedOutput { shared: Arc::new(Mutex::new(TrackedWrite::new(writer))) }
    }

    /// Number of bytes written so far.
    pub(super) fn position(&self) -> u64 {
        self.lock().bytes_written() as u64
    }

    pub(super) fn write_all(&self, bytes: &[u8]) -> std::result::Result<(), ParquetFault> {
        self.lock().write_all(bytes).map_err(ParquetFault::Write)
    }

    /// Copies bytes of a file; returns how much further they stand in the output.
    pub(super) fn splice(&self, file: &PositionedFile, span: Range<u64>) -> std::result::Result<i64, ParquetFault> {
        let shift = self.position().wrapping_sub(span.start) as i64;
        let mut buffer = vec![0; (span.end - span.start).min(COPY_BYTES) as usize];
        let mut at = span.start;
        while at < span.end {
            let piece = (span.end - at).min(COPY_BYTES) as usize;
            file.read_exact_at(&mut buffer[..piece], at).map_err(ParquetFault::Read)?;
            self.write_all(&buffer[..piece])?;
            at += piece as u64;
        }
        Ok(shift)
    }

    /// Flushes, and gives the writer back.
    pub(super) fn finish(self) -> std::result::Result<W, ParquetFault> {
        let shared =
            Arc::into_inner(self.shared).map(|shared| shared.into_inner().unwrap_or_else(PoisonError::into_inner));
        // Encoders hold the other clones; every one was closed or dropped with its row group.
        let mut tracked =
            shared.ok_or_else(|| ParquetFault::Misordered("a column is still being written".to_owned()))?;
        tracked.flush().map_err(ParquetFault::Write)?;
        tracked.into_inner().map_err(ParquetFault::from_writing)
    }

    fn lock(&self) -> MutexGuard<'_, TrackedWrite<W>> {
        // A panic elsewhere cannot leave the writer half changed.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Write + Send> PageWriter for SharedOutput<W> {
    fn write_page(&mut self, page: CompressedPage) -> Result<PageWriteSpec> {
        SerializedPageWriter::new(&mut *self.lock()).write_page(page)
    }

    /// Nothing is closed: the file goes on after the column.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}
