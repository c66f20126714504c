//! A cleaned stream of records or text, and its log, to the original.

use std::io::{Read, Write};

use memchr::memchr_iter;

use crate::io::jsonl::Fields;
use crate::io::{
    CHUNK_BYTES, Chunk, ChunkReader, Compression, Framing, LongPart, PieceKind, RunningChecksum, separators,
};

use super::jsonl_records::BYTE_ORDER_MARK;
use super::removal_log::Entries;
use super::restore::{RestoreError, check_length, check_original, gone, gone_text, left_over, write_restored};
use super::restore_record::{restored_line, restored_record};
use super::sums::Contents;

/// Gives back the records of a stream, or its text.
pub(super) struct Restorer {
    entries: Entries,
    fields: Fields,
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
    pub(super) fn new(entries: Entries, fields: Fields, compression: Compression) -> Restorer {
        let sum = RunningChecksum::default();
        Restorer { entries, fields, compression, left: Vec::new(), is_empty: true, sum }
    }

    /// Records that follow each other.
    pub(super) fn records(
        &mut self,
        reader: impl Read,
        framing: &Framing,
        out: &mut impl Write,
    ) -> Result<(), RestoreError> {
        let mut chunks = ChunkReader::new(reader, framing);
        let mut number = 1;
        while let Some(chunk) = chunks.next_chunk()? {
            match framing {
                _ if chunk.long.is_some() => self.long_part(&chunk, &mut number, out)?,
                Framing::Lines => self.lines(&chunk, &mut number, out)?,
                Framing::Warc => self.archive(&chunk, &mut number, out)?,
                Framing::Separated(line) => self.documents(&chunk, line, &mut number, out)?,
            }
        }
        self.dropped(&mut number, out)?;
        if let Framing::Separated(_) = framing {
            // Of a last document of which nothing was left nothing shows, not even a separator.
            let entries = self.entries.of(number)?;
            write_restored(b"", &entries, &mut self.left)?;
            self.flush(out)?;
        }
        Ok(())
    }

    /// A document of plain text, which may be of any length.
    pub(super) fn text(&mut self, mut reader: impl Read, out: &mut impl Write) -> Result<(), RestoreError> {
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
    fn long_part(&mut self, chunk: &Chunk, number: &mut u64, out: &mut impl Write) -> Result<(), RestoreError> {
        let LongPart { begins, ends } = chunk.long.unwrap_or(LongPart { begins: true, ends: true });
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

    fn lines(&mut self, chunk: &Chunk, number: &mut u64, out: &mut impl Write) -> Result<(), RestoreError> {
        let end = chunk.bytes.len();
        let mut start = self.mark_of_record_left_out(chunk)?;
        for line_end in memchr_iter(b'\n', &chunk.bytes).map(|at| at + 1).chain([end]) {
            let line = &chunk.bytes[start..line_end];
            if line.is_empty() {
                break;
            }
            start = line_end;
            self.dropped(number, out)?;
            let entries = self.entries.of(*number)?;
            if entries.is_empty() {
                self.left.extend_from_slice(line);
            } else {
                let restored = restored_line(line, &self.fields, *number, &entries)?;
                self.left.extend_from_slice(&restored);
            }
            *number += 1;
        }
        self.flush(out)
    }

    fn archive(&mut self, chunk: &Chunk, number: &mut u64, out: &mut impl Write) -> Result<(), RestoreError> {
        let mut start = 0;
        let by_member = self.compression == Compression::Gzip;
        for part in &chunk.ends {
            let raw = &chunk.bytes[start..part.end];
            start = part.end;
            if part.kind == PieceKind::More {
                self.left.extend_from_slice(raw);
                continue;
            }
            self.dropped(number, out)?;
            let entries = self.entries.of(*number)?;
            if entries.is_empty() {
                self.left.extend_from_slice(raw);
            } else {
                restored_record(raw, *number, &entries, &mut self.left)?;
            }
            *number += 1;
            if by_member {
                self.flush(out)?;
            }
        }
        self.flush(out)
    }

    fn documents(
        &mut self,
        chunk: &Chunk,
        separator: &[u8],
        number: &mut u64,
        out: &mut impl Write,
    ) -> Result<(), RestoreError> {
        let mut start = 0;
        let end = chunk.bytes.len();
        for separator in separators(&chunk.bytes, separator).chain(std::iter::once(end..end)) {
            if start == separator.end {
                break;
            }
            let text = &chunk.bytes[start..separator.start];
            start = separator.end;
            self.dropped(number, out)?;
            let entries = self.entries.of(*number)?;
            write_restored(text, &entries, &mut self.left)?;
            self.left.extend_from_slice(&chunk.bytes[separator]);
            *number += 1;
        }
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
    pub(super) fn finish(&mut self, contents: Option<Contents>, out: &mut impl Write) -> Result<(), RestoreError> {
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
