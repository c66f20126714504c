//! A file that several threads read at positions of their own.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

/// Page headers are read through a buffer of this many bytes; pages and chunks are read in one piece.
const HEADER_BYTES: usize = 4096;

/// A file without a cursor: every read says where. Cloned handles of a [`File`] share one cursor, so
/// that a reader of one column would move the reader of another one.
#[derive(Clone, Debug)]
pub(super) struct PositionedFile {
    file: Arc<File>,
    bytes: u64,
}

impl PositionedFile {
    pub(super) fn new(file: File) -> io::Result<PositionedFile> {
        let bytes = file.metadata()?.len();
        Ok(PositionedFile { file: Arc::new(file), bytes })
    }

    /// Its length in bytes when it was opened.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Fills `buffer` from `position`.
    pub(super) fn read_exact_at(&self, buffer: &mut [u8], position: u64) -> io::Result<()> {
        let mut reader = PositionedReader { file: self.clone(), position };
        reader.read_exact(buffer)
    }

    #[cfg(unix)]
    fn read_at(&self, buffer: &mut [u8], position: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&*self.file, buffer, position)
    }

    #[cfg(windows)]
    fn read_at(&self, buffer: &mut [u8], position: u64) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&*self.file, buffer, position)
    }
}

impl Length for PositionedFile {
    fn len(&self) -> u64 {
        self.bytes
    }
}

impl ChunkReader for PositionedFile {
    type T = BufReader<PositionedReader>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        let reader = PositionedReader { file: self.clone(), position: start };
        Ok(BufReader::with_capacity(HEADER_BYTES, reader))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        // Asked for before memory is: the length may come from a damaged page header.
        if start.checked_add(length as u64).is_none_or(|end| end > self.bytes) {
            let bytes = self.bytes;
            return Err(ParquetError::EOF(format!(
                "{length} bytes from byte {start} on, but the file ends at {bytes}"
            )));
        }
        let mut buffer = vec![0; length];
        self.read_exact_at(&mut buffer, start)?;
        Ok(buffer.into())
    }
}

/// A reader that goes on from a position.
#[derive(Debug)]
pub(super) struct PositionedReader {
    file: PositionedFile,
    position: u64,
}

impl Read for PositionedReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(buffer, self.position)?;
        self.position += read as u64;
        Ok(read)
    }
}
