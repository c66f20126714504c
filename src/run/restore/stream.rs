//! A cleaned stream of records or text, and its log, to the original.

use std::io::{Read, Write};

use crate::io::{Buffers, CHUNK_BYTES, Chunk, ChunkReader, Compression, LongPart, RunningChecksum};
use crate::run::formats::{BYTE_ORDER_MARK, FramedKind, FramedRecord, RecordFormat};
use crate::run::log::{Contents, Entries};

use super::error::RestoreError;
use super::text::{check_length, check_original, gone, gone_text, left_over};

/// Gives back the records of a stream, or its text.
pub(in crate::run) struct Restorer {
    entries: Entries,
    /// Of what is written.
    compression: Compression,
    /// What is to be written next.
    left: Vec<u8>,
    /// Whether nothing was written yet.
    is_empty: bool,
    /// Of all that was written, before it was compressed.
    sum: RunningChecksum,
}

impl Restorer {
    /// With these entries, and an output that is compressed so.
    pub(in crate::run) fn new(entries: Entries, compression: Compression) -> Restorer {
        let sum = RunningChecksum::default();
        Restorer { entries, compression, left: Vec::new(), is_empty: true, sum }
    }

    /// Restores records that follow each other, whatever their format.
    pub(in crate::run) fn records(
        &mut self,
        reader: impl Read,
        format: &dyn RecordFormat,
        out: &mut impl Write,
    ) -> Result<(), RestoreError> {
        let spare = Buffers::default();
        let mut chunks = ChunkReader::new(reader, &format.framing(), &spare);
        let mut number = 1;
        while let Some(chunk) = chunks.next_chunk()? {
            match chunk.long {
                Some(part) => self.long_part(&chunk, part, &mut number, out)?,
                None => self.chunk(&chunk, format, &mut number, out)?,
            }
            spare.give(chunk.bytes);
        }
        self.dropped(&mut number, out)?;
        if format.may_end_without_a_trace() {
            let entries = self.entries.of(number)?;
            let nothing = FramedRecord { bytes: b"", number, kind: FramedKind::Record, mark: 0, separator: 0 };
            format.restore(&nothing, &entries, &mut self.left)?;
            self.flush(out)?;
        }
        Ok(())
    }

    fn chunk(
        &mut self,
        chunk: &Chunk,
        format: &dyn RecordFormat,
        number: &mut u64,
        out: &mut impl Write,
    ) -> Result<(), RestoreError> {
        let by_member = self.compression == Compression::Gzip && format.compresses_each();
        let mut logged_mark = self.mark_of_record_left_out(chunk)?;
        for record in format.records(chunk) {
            if record.kind == FramedKind::More {
                self.left.extend_from_slice(record.bytes);
                continue;
            }
            // The mark was logged with a record that was left out, and comes back with it.
            let without = std::mem::take(&mut logged_mark);
            let (bytes, mark) = (&record.bytes[without..], record.mark - without.min(record.mark));
            if bytes.is_empty() {
                continue;
            }
            self.dropped(number, out)?;
            let entries = self.entries.of(*number)?;
            let record = FramedRecord { bytes, number: *number, mark, ..record };
            match entries.is_empty() {
                true => self.left.extend_from_slice(record.bytes),
                false => format.restore(&record, &entries, &mut self.left)?,
            }
            *number += 1;
            if by_member {
                self.flush(out)?;
            }
        }
        self.flush(out)
    }

    /// A document of plain text, which may be of any length.
    pub(in crate::run) fn text(&mut self, mut reader: impl Read, out: &mut impl Write) -> Result<(), RestoreError> {
        let (mut restored, mut was) = (0, 0);
        while let Some(entry) = self.entries.next_of(1)? {
            let what = "the text is not as long as it should be".to_owned();
            let misfit = RestoreError::Record { record: 1, what };
            let Some(kept) = entry.start.checked_sub(restored) else { return Err(misfit) };
            if self.copy(&mut reader, kept, out)? < kept {
                return Err(misfit);
            }
            self.left.extend_from_slice(&gone_text(&entry)?);
            restored = entry.end;
            was = entry.document_bytes;
        }
        restored += self.copy(&mut reader, u64::MAX, out)?;
        self.flush(out)?;
        check_length(1, was, restored)
    }

    /// Copies up to so many bytes, and says how many there were.
    fn copy(&mut self, reader: &mut impl Read, bytes: u64, out: &mut impl Write) -> Result<u64, RestoreError> {
        let mut copied = 0;
        loop {
            let part = (bytes - copied).min(CHUNK_BYTES as u64);
            let read = reader.take(part).read_to_end(&mut self.left)? as u64;
            copied += read;
            if read < part || copied == bytes {
                return Ok(copied);
            }
            self.flush(out)?;
        }
    }

    /// A part of a record that was too long to be looked at.
    fn long_part(
        &mut self,
        chunk: &Chunk,
        LongPart { begins, ends }: LongPart,
        number: &mut u64,
        out: &mut impl Write,
    ) -> Result<(), RestoreError> {
        let mut start = 0;
        if begins {
            start = self.mark_of_record_left_out(chunk)?;
            self.dropped(number, out)?;
            if let Some(entry) = self.entries.next_of(*number)? {
                let what = "it is longer than anything that is cleaned".to_owned();
                return Err(RestoreError::Record { record: entry.document, what });
            }
        }
        self.left.extend_from_slice(&chunk.bytes[start..]);
        *number += u64::from(ends);
        self.flush(out)
    }

    /// Bytes of the byte order mark that stayed before a first record that was left out. It was logged with that record,
    /// and comes back so.
    fn mark_of_record_left_out(&mut self, chunk: &Chunk) -> Result<usize, RestoreError> {
        let is_mark_logged = match self.entries.peek()? {
            Some(entry) if entry.document == 1 && entry.dropped => gone(entry)?.starts_with(BYTE_ORDER_MARK),
            _ => false,
        };
        let is_there = is_mark_logged && chunk.first == 1 && chunk.bytes.starts_with(BYTE_ORDER_MARK);
        Ok(if is_there { BYTE_ORDER_MARK.len() } else { 0 })
    }

    /// Gives back the records that were left out as a whole and stood here; a long one is logged in pieces.
    fn dropped(&mut self, number: &mut u64, out: &mut impl Write) -> Result<(), RestoreError> {
        while self.entries.peek()?.is_some_and(|entry| entry.dropped && entry.document == *number) {
            while let Some(entry) = self.entries.next_of(*number)? {
                self.left.extend_from_slice(&gone(&entry)?);
                self.flush(out)?;
            }
            *number += 1;
        }
        Ok(())
    }

    fn flush(&mut self, out: &mut impl Write) -> Result<(), RestoreError> {
        let left = std::mem::take(&mut self.left);
        if !left.is_empty() {
            self.is_empty = false;
            self.sum.update(&left);
            out.write_all(&self.compression.encode(left)?)?;
        }
        Ok(())
    }

    /// Nothing may be left of the log, and what came out must be what the input held. A stream that is empty is a member
    /// without content.
    pub(in crate::run) fn finish(
        &mut self,
        contents: Option<Contents>,
        out: &mut impl Write,
    ) -> Result<(), RestoreError> {
        if let Some(entry) = self.entries.peek()? {
            return Err(left_over(entry));
        }
        check_original(contents, self.sum.so_far())?;
        if self.is_empty {
            out.write_all(&self.compression.encode(Vec::new())?)?;
        }
        Ok(())
    }
}
