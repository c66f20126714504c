//! One cleaned input and its log, to the original.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use memchr::memchr_iter;

use crate::io::jsonl::{Field, Fields, GonePiece, locate};
use crate::io::parquet::{Columns, ParquetSink, ParquetSource, SinkOptions};
use crate::io::wet::{self, WarcRecord};
use crate::io::{CHUNK_BYTES, Chunk, ChunkReader, Compression, Format, Framing, separators};

use super::Silent;
use super::jsonl_records::BYTE_ORDER_MARK;
use super::options::CorpusOptions;
use super::removed::LogEntry;
use super::restore::{Entries, RemovalLog, RestoreError, check_length, gone, write_restored};
use super::source::{Opened, Origin, open};

/// Writes the original of the cleaned file `cleaned` to `out`, which comes back: what stands in the log under `input` goes
/// back to its place. `options` must say what those of the cleaning said of formats, fields and separators. A compressed
/// file is compressed anew, so that its content is the original's, and its own bytes need not be.
///
/// # Errors
/// Something cannot be read or written, or the file and the log do not fit together.
pub fn restore<W: Write + Send + 'static>(
    cleaned: &Path,
    log: &RemovalLog,
    input: &str,
    options: &CorpusOptions,
    mut out: W,
) -> Result<W, RestoreError> {
    let entries = log.entries(input)?;
    let is_logged = log.inputs().any(|known| known == input);
    if !is_logged && options.compress.is_none() {
        // Nothing went of it; perhaps it could not be read at all and passed as it is.
        io::copy(&mut File::open(cleaned)?, &mut out)?;
        return Ok(out);
    }
    // What was cleaned through a pipe or from another name may have any name now.
    let names = [cleaned, Path::new(input)];
    let format = names.map(Format::of_path).into_iter().find(|format| *format != Format::Text);
    let compression = names.map(Compression::of_path).into_iter().find(|how| *how != Compression::None);
    if options.format.or(format) == Some(Format::Parquet) {
        return table(cleaned, entries, options, out);
    }
    let file: Box<dyn Read + Send> = match File::open(cleaned) {
        Ok(file) => Box::new(file),
        // A text of which nothing was left may not have been written.
        Err(error) if error.kind() == io::ErrorKind::NotFound && is_logged => Box::new(io::empty()),
        Err(error) => return Err(error.into()),
    };
    let opened = match (input, cleaned.exists()) {
        // A stream tells what it is by its first bytes, as when it was cleaned.
        ("-", _) => open(Origin::Stream(file), options, &Silent)?,
        (_, is_there) => {
            let compression = compression.unwrap_or(Compression::None);
            let decoded = if is_there { compression } else { Compression::None };
            let reader = decoded.decoder(io::BufReader::new(file))?;
            Opened { reader, format: options.format.or(format).unwrap_or(Format::Text), compression }
        }
    };
    let fields = options.fields().map_err(|error| RestoreError::Io(io::Error::other(error)))?;
    let mut restorer = Restorer { entries, fields, options, compression: opened.compression, left: Vec::new() };
    let framing = match (opened.format, &options.separator) {
        (Format::Jsonl, _) => Framing::Lines,
        (Format::Wet, _) => Framing::Warc,
        (_, Some(line)) => Framing::Separated(line.clone().into_bytes()),
        (_, None) => {
            restorer.text(opened.reader, &mut out)?;
            return Ok(out);
        }
    };
    let mut chunks = ChunkReader::new(opened.reader, &framing);
    let mut number = 1;
    while let Some(chunk) = chunks.next_chunk()? {
        match framing {
            Framing::Lines => restorer.lines(&chunk, &mut number, &mut out)?,
            Framing::Warc => restorer.archive(&chunk, &mut number, &mut out)?,
            Framing::Separated(ref line) => restorer.documents(&chunk, line, &mut number, &mut out)?,
        }
    }
    restorer.dropped(&mut number, &mut out)?;
    if let Framing::Separated(_) = framing {
        // Of a last document of which nothing was left nothing shows, not even a separator.
        let entries = restorer.entries.of(number)?;
        write_restored(b"", &entries, &mut restorer.left)?;
        restorer.flush(&mut out)?;
    }
    match restorer.entries.peek()? {
        Some(entry) => Err(left_over(entry)),
        None => Ok(out),
    }
}

struct Restorer<'o> {
    entries: Entries,
    fields: Fields,
    options: &'o CorpusOptions,
    compression: Compression,
    /// What is to be written next.
    left: Vec<u8>,
}

impl Restorer<'_> {
    /// A document of plain text, which may be of any length.
    fn text(&mut self, mut reader: impl Read, out: &mut impl Write) -> Result<(), RestoreError> {
        let mut restored = 0;
        while let Some(entry) = self.entries.next_of(1)? {
            let what = "the text is not as long as it should be".to_owned();
            let misfit = RestoreError::Record { record: 1, what };
            let Some(kept) = entry.start.checked_sub(restored) else { return Err(misfit) };
            if self.copy(&mut reader, kept, out)? < kept {
                return Err(misfit);
            }
            self.left.extend_from_slice(&gone(&entry)?);
            restored = entry.end;
        }
        self.copy(&mut reader, u64::MAX, out)?;
        match self.entries.peek()? {
            Some(entry) => Err(left_over(entry)),
            None => self.flush(out),
        }
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

    fn lines(&mut self, chunk: &Chunk, number: &mut u64, out: &mut impl Write) -> Result<(), RestoreError> {
        let mut start = 0;
        let end = chunk.bytes.len();
        for line_end in memchr_iter(b'\n', &chunk.bytes).map(|at| at + 1).chain([end]) {
            let line = &chunk.bytes[start..line_end];
            if line.is_empty() {
                break;
            }
            start = line_end;
            self.dropped(number, out)?;
            let entries = self.entries.of(*number)?;
            if entries.is_empty() || chunk.passes {
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
            if !part.is_record && part.fault.is_none() {
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

    /// Gives back the records that were left out as a whole and stood here.
    fn dropped(&mut self, number: &mut u64, out: &mut impl Write) -> Result<(), RestoreError> {
        while self.entries.peek()?.is_some_and(|entry| entry.dropped && entry.document == *number) {
            for entry in self.entries.of(*number)? {
                self.left.extend_from_slice(&gone(&entry)?);
            }
            *number += 1;
            self.flush(out)?;
        }
        Ok(())
    }

    fn flush(&mut self, out: &mut impl Write) -> Result<(), RestoreError> {
        let left = std::mem::take(&mut self.left);
        let compression = self.options.compress.unwrap_or(self.compression);
        if !left.is_empty() {
            out.write_all(&compression.encode(left)?)?;
        }
        Ok(())
    }
}

fn restored_line(line: &[u8], fields: &Fields, number: u64, entries: &[LogEntry]) -> Result<Vec<u8>, RestoreError> {
    let misfit = |what: String| RestoreError::Record { record: number, what };
    let mark = if number == 1 && line.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { b"" };
    let located = locate(&line[mark.len()..], fields).map_err(|fault| misfit(fault.to_string()))?;
    let Field::Text(text) = located.text else { return Err(misfit("it has no text".to_owned())) };
    let mut pieces = Vec::new();
    for entry in entries {
        let raw = match &entry.base64 {
            Some(_) => gone(entry)?,
            None => {
                let mut raw = Vec::new();
                crate::io::jsonl::escape_into(entry.text.as_bytes(), &mut raw);
                raw
            }
        };
        pieces.push((entry.start as usize, raw));
    }
    let gone_bytes: u64 = entries.iter().map(|entry| entry.end - entry.start).sum();
    check_length(entries, text.decode(&mut Vec::new()).len() + gone_bytes as usize)?;
    let pieces = pieces.iter().map(|(at, raw)| GonePiece { at: *at, raw });
    let restored = text.restore(pieces).map_err(|fault| misfit(fault.to_string()))?;
    Ok([mark, &restored].concat())
}

fn restored_record(raw: &[u8], number: u64, entries: &[LogEntry], out: &mut Vec<u8>) -> Result<(), RestoreError> {
    let misfit = |what: String| RestoreError::Record { record: number, what };
    let record = WarcRecord::parse(raw).map_err(|fault| misfit(fault.to_string()))?;
    let headers = entries.first().and_then(|entry| entry.headers.as_deref());
    let headers = headers.ok_or_else(|| misfit("its headers are not in the log".to_owned()))?;
    let headers = data_encoding::BASE64.decode(headers.as_bytes()).map_err(|error| misfit(error.to_string()))?;
    let mut body = Vec::new();
    write_restored(record.body(), entries, &mut body)?;
    wet::restore(&record, &headers, &body, out).map_err(|fault| misfit(fault.to_string()))
}

fn table<W: Write + Send + 'static>(
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

fn left_over(entry: &LogEntry) -> RestoreError {
    RestoreError::Record { record: entry.document, what: "it is not in the cleaned file".to_owned() }
}
