//! A stream as chunks of whole records, in bounded memory.

use std::io::{self, Read};
use std::ops::Range;

use memchr::{memchr, memchr_iter, memrchr};

use super::buffers::{Buffers, read_up_to};
use super::wet::{Piece, RecordReader, WarcFault};
use crate::text::trim_terminator;

/// How records follow each other in a stream.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Framing {
    /// Each is a line.
    Lines,
    /// A line that is just this stands between them.
    Separated(Vec<u8>),
    /// Each is a record of a web archive.
    Warc,
}

/// Some records as they stand in the stream.
#[derive(Debug)]
pub struct Chunk {
    /// Their bytes, one after the other.
    pub bytes: Vec<u8>,
    /// The number of the first one, from 1.
    pub first: u64,
    /// Where each ends, for a web archive; lines and separators are found where they are worked on.
    pub ends: Vec<ChunkEnd>,
    /// Whether the stream ends with them.
    pub closes: bool,
    /// Whether they are a part of one record that is too long to be held, and passes through as it is.
    pub long: Option<LongPart>,
}

/// Which part of a record of more than [`RECORD_LIMIT`] bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LongPart {
    /// Whether the record begins with it.
    pub begins: bool,
    /// Whether the record ends with it.
    pub ends: bool,
}

/// Where a record of a web archive ends in a chunk.
#[derive(Clone, Copy, Debug)]
pub struct ChunkEnd {
    /// Behind its last byte.
    pub end: usize,
    /// What ends there.
    pub kind: PieceKind,
}

/// What stands in a web archive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PieceKind {
    /// A whole record.
    Record,
    /// Bytes that are none, or the beginning of them; they count as one.
    Fault(WarcFault),
    /// More of the bytes before that are none, which may stand in the chunk before.
    More,
}

/// A chunk has about so many bytes, more where one record has.
pub const CHUNK_BYTES: usize = 1 << 20;
/// A record of more bytes than this, with its line end or separator, passes through unlooked at.
pub const RECORD_LIMIT: usize = 128 << 20;

/// Reads a stream chunk by chunk. Holds two chunks at most; one is longer than [`CHUNK_BYTES`] only for a record that is.
#[derive(Debug)]
pub struct ChunkReader<'b, R> {
    source: ChunkSource<'b, R>,
    /// The number of the next record.
    next: u64,
    /// Whether a chunk came out; that of an empty stream is empty.
    begun: bool,
    /// Why no more can be read; told when all that was read is out.
    failure: Option<io::Error>,
}

#[derive(Debug)]
enum ChunkSource<'b, R> {
    Text(TextSource<'b, R>),
    Warc(WarcSource<'b, R>),
}

impl<'b, R: Read> ChunkReader<'b, R> {
    /// A reader of that stream, which takes its memory from `spare`.
    pub fn new(source: R, framing: &Framing, spare: &'b Buffers) -> ChunkReader<'b, R> {
        let text = |source, separator| {
            let (known, complete, inside_long, inside_line) = (Vec::new(), false, false, false);
            ChunkSource::Text(TextSource { source, separator, known, complete, inside_long, inside_line, spare })
        };
        let source = match framing {
            Framing::Lines => text(source, None),
            Framing::Separated(line) => text(source, Some(line.clone())),
            Framing::Warc => {
                ChunkSource::Warc(WarcSource { records: Some(RecordReader::new(source)), ahead: None, spare })
            }
        };
        ChunkReader { source, next: 1, begun: false, failure: None }
    }

    /// The next records; nothing at the stream's end.
    ///
    /// # Errors
    /// The source cannot be read. All that was read before has come out.
    pub fn next_chunk(&mut self) -> io::Result<Option<Chunk>> {
        let first = self.next;
        let chunk = match &mut self.source {
            ChunkSource::Text(text) => text.next_chunk(&mut self.failure),
            ChunkSource::Warc(archive) => archive.next_chunk(&mut self.failure),
        };
        let is_first = !std::mem::replace(&mut self.begun, true);
        let empty = || Chunk { bytes: Vec::new(), first, ends: Vec::new(), closes: true, long: None };
        let Some(chunk) = chunk.or_else(|| (is_first && self.failure.is_none()).then(empty)) else {
            return self.failure.take().map_or(Ok(None), Err);
        };
        self.next += match &self.source {
            ChunkSource::Text(text) => text.records_in(&chunk),
            ChunkSource::Warc(_) => chunk.ends.iter().filter(|end| end.kind != PieceKind::More).count() as u64,
        };
        let closes = chunk.closes && self.failure.is_none();
        Ok(Some(Chunk { first, closes, ..chunk }))
    }
}

#[derive(Debug)]
struct WarcSource<'b, R> {
    /// Nothing once it is at its end.
    records: Option<RecordReader<R>>,
    /// One piece is read ahead, to know which is the last.
    ahead: Option<Piece>,
    spare: &'b Buffers,
}

impl<R: Read> WarcSource<'_, R> {
    fn next_chunk(&mut self, failure: &mut Option<io::Error>) -> Option<Chunk> {
        let mut chunk = Chunk { bytes: self.spare.take(), first: 0, ends: Vec::new(), closes: false, long: None };
        while chunk.bytes.len() < CHUNK_BYTES
            && let Some(piece) = self.ahead.take().or_else(|| self.read(failure))
        {
            let (bytes, kind) = match piece {
                Piece::Record(bytes) => (bytes, PieceKind::Record),
                Piece::Pass { bytes, why } => (bytes, why.map_or(PieceKind::More, PieceKind::Fault)),
            };
            chunk.bytes.extend_from_slice(&bytes);
            chunk.ends.push(ChunkEnd { end: chunk.bytes.len(), kind });
        }
        self.ahead = self.read(failure);
        chunk.closes = self.ahead.is_none();
        (!chunk.ends.is_empty()).then_some(chunk)
    }

    /// The next piece. What was read of a stream that fails comes as if the stream ended there.
    fn read(&mut self, failure: &mut Option<io::Error>) -> Option<Piece> {
        let records = self.records.as_mut()?;
        let piece = records.next_piece().or_else(|error| {
            *failure = Some(error);
            records.give_up();
            records.next_piece()
        });
        // With nothing to read there is nothing more to fail.
        let piece = piece.unwrap_or_default();
        if piece.is_none() {
            self.records = None;
        }
        piece
    }
}

/// Text whose records end at line ends.
#[derive(Debug)]
struct TextSource<'b, R> {
    source: R,
    separator: Option<Vec<u8>>,
    /// What was read and not given out.
    known: Vec<u8>,
    complete: bool,
    /// Whether what comes next belongs to a record too long to be held.
    inside_long: bool,
    /// Whether it begins inside a line.
    inside_line: bool,
    spare: &'b Buffers,
}

impl<R: Read> TextSource<'_, R> {
    fn next_chunk(&mut self, failure: &mut Option<io::Error>) -> Option<Chunk> {
        let mut want = CHUNK_BYTES;
        loop {
            self.read_to(want, failure);
            if self.known.is_empty() {
                return None;
            }
            if self.inside_long {
                return Some(self.long_part(false));
            }
            // Decided by the record alone, wherever it stands in what was read. Only the first of what is known can be so
            // long: with another one before it, that would have been given out.
            if self.known.len() > RECORD_LIMIT && self.first_end().is_none_or(|end| end > RECORD_LIMIT) {
                return Some(self.long_part(true));
            }
            if let Some(end) = self.last_end() {
                return Some(self.split(end));
            }
            if self.complete {
                return Some(self.split(self.known.len()));
            }
            want = (2 * self.known.len()).min(RECORD_LIMIT + CHUNK_BYTES);
        }
    }

    /// Reads until so many bytes are known, or the stream ends or fails.
    fn read_to(&mut self, want: usize, failure: &mut Option<io::Error>) {
        while self.known.len() < want && !self.complete {
            let more = (want - self.known.len()).max(CHUNK_BYTES / 4);
            match read_up_to(&mut self.source, more, &mut self.known) {
                Ok(got) => self.complete = got < more,
                Err(error) => {
                    *failure = Some(error);
                    self.complete = true;
                }
            }
        }
    }

    /// As much as is known of a record that is too long.
    fn long_part(&mut self, begins: bool) -> Chunk {
        let end = self.first_end();
        let len = match (end, &self.separator) {
            (Some(end), _) => end,
            // A line that is not known whole may be the one that ends the document.
            (None, Some(_)) if !self.complete => {
                memrchr(b'\n', &self.known).map_or(self.known.len(), |line_end| line_end + 1)
            }
            (None, _) => self.known.len(),
        };
        let ends = end.is_some() || self.complete;
        self.inside_long = !ends;
        self.inside_line = !ends && self.known.get(len - 1) != Some(&b'\n');
        Chunk { long: Some(LongPart { begins, ends }), ..self.split(len) }
    }

    fn split(&mut self, len: usize) -> Chunk {
        let mut rest = self.spare.take();
        rest.extend_from_slice(&self.known[len..]);
        self.known.truncate(len);
        let bytes = std::mem::replace(&mut self.known, rest);
        Chunk { bytes, first: 0, ends: Vec::new(), closes: self.complete && self.known.is_empty(), long: None }
    }

    /// Behind the first record that is known whole.
    fn first_end(&self) -> Option<usize> {
        let first_line_end = || memchr(b'\n', &self.known).map(|at| at + 1);
        match &self.separator {
            None => first_line_end(),
            Some(line) => {
                let start = if self.inside_line { first_line_end()? } else { 0 };
                separators(&self.known[start..], line).next().map(|span| start + span.end)
            }
        }
    }

    /// Behind the last one.
    fn last_end(&self) -> Option<usize> {
        match &self.separator {
            None => memrchr(b'\n', &self.known).map(|at| at + 1),
            Some(line) => separators(&self.known, line).last().map(|span| span.end),
        }
    }

    /// How many records a chunk counts as: a line of its own each, or each document with its separator.
    fn records_in(&self, chunk: &Chunk) -> u64 {
        if let Some(part) = chunk.long {
            return u64::from(part.ends);
        }
        let ended = match &self.separator {
            None => memchr_iter(b'\n', &chunk.bytes).count(),
            Some(line) => separators(&chunk.bytes, line).count(),
        };
        ended as u64
    }
}

/// The lines that are just `separator`, with their line ends; only those whose end is known.
pub(crate) fn separators<'t>(text: &'t [u8], separator: &'t [u8]) -> impl Iterator<Item = Range<usize>> + 't {
    let ends = memchr_iter(b'\n', text).map(|at| at + 1);
    let starts = std::iter::once(0).chain(ends.clone());
    starts
        .zip(ends)
        .map(|(start, end)| start..end)
        .filter(move |line| trim_terminator(&text[line.clone()]) == separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chunks' bytes, first numbers, and whether they are of a record that is too long.
    fn chunks(text: &[u8], framing: &Framing) -> Vec<(usize, u64, bool)> {
        let spare = Buffers::default();
        let mut reader = ChunkReader::new(text, framing, &spare);
        let (mut chunks, mut whole, mut closed) = (Vec::new(), Vec::new(), false);
        while let Some(chunk) = reader.next_chunk().unwrap() {
            assert!(!closed, "nothing comes after the last chunk");
            chunks.push((chunk.bytes.len(), chunk.first, chunk.long.is_some()));
            closed = chunk.closes;
            whole.extend(chunk.bytes);
        }
        assert!(whole == text, "every byte comes out");
        assert!(closed);
        chunks
    }

    #[test]
    fn lines_are_kept_whole_and_counted() {
        let text = "{\"text\":\"0123456789\"}\n".repeat(100_000);
        let chunks = chunks(text.as_bytes(), &Framing::Lines);
        assert!(chunks.len() > 1 && chunks.iter().all(|(len, ..)| len % 22 == 0), "{chunks:?}");
        assert_eq!(chunks[1].1, chunks[0].0 as u64 / 22 + 1);
        assert_eq!(self::chunks(b"", &Framing::Lines), [(0, 1, false)]);
        assert_eq!(self::chunks(b"{}", &Framing::Lines), [(2, 1, false)]);
    }

    #[test]
    fn a_record_that_is_too_long_passes() {
        let mut text = b"{}\n".to_vec();
        text.resize(RECORD_LIMIT + (3 << 20), b'x');
        text.extend_from_slice(b"\n{}\n");
        let chunks = chunks(&text, &Framing::Lines);
        assert_eq!((chunks[0], chunks[1].1, chunks[1].2), ((3, 1, false), 2, true));
        assert_eq!(chunks.last().map(|last| (last.0, last.1, last.2)), Some((3, 3, false)));
    }

    /// The numbers of the records that are too long, and how many bytes each has.
    fn long_records(source: impl Read, framing: &Framing) -> Vec<(u64, usize)> {
        let spare = Buffers::default();
        let mut reader = ChunkReader::new(source, framing, &spare);
        let (mut found, mut is_inside) = (Vec::new(), false);
        while let Some(chunk) = reader.next_chunk().unwrap() {
            let Some(LongPart { begins, ends }) = chunk.long else {
                assert!(!is_inside);
                continue;
            };
            assert_eq!(begins, !is_inside, "each begins once");
            if begins {
                found.push((chunk.first, 0));
            }
            let last: &mut (u64, usize) = found.last_mut().unwrap();
            assert_eq!(last.0, chunk.first, "its parts have its number");
            last.1 += chunk.bytes.len();
            is_inside = !ends;
        }
        assert!(!is_inside, "each ends");
        found
    }

    #[test]
    fn whether_a_record_is_too_long_does_not_depend_on_where_it_stands() {
        for before in [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES / 4] {
            for (bytes, is_long) in [(RECORD_LIMIT, false), (RECORD_LIMIT + 1, true)] {
                let line = |len: usize| io::repeat(b'x').take(len as u64 - 1).chain(&b"\n"[..]);
                let source = line(before + 1).chain(line(bytes)).chain(line(3));
                let wanted = if is_long { vec![(2, bytes)] } else { Vec::new() };
                assert_eq!(long_records(source, &Framing::Lines), wanted, "{before} bytes before");
            }
        }
    }

    #[test]
    fn a_separator_ends_a_long_document_wherever_reading_stops() {
        let framing = Framing::Separated(b"=====".to_vec());
        // Reading stops after so many bytes, the first time that a record is known to be too long.
        let stop = RECORD_LIMIT + CHUNK_BYTES;
        for before in [0, 2, 6, 7] {
            let bytes = stop - before;
            let source = io::repeat(b'x').take(bytes as u64).chain(&b"\n=====\nThe next.\n=====\n"[..]);
            assert_eq!(long_records(source, &framing), [(1, bytes + 7)], "{before} bytes before");
        }
        let no_separator = b"=====\nThe end.\n=====\nThe next.\n";
        let source = io::repeat(b'x').take(stop as u64).chain(&no_separator[..]);
        assert_eq!(long_records(source, &framing), [(1, stop + 21)], "a line that ends like one is none");
    }

    #[test]
    fn what_was_read_of_a_stream_that_fails_comes_out_first() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::UnexpectedEof.into())
            }
        }
        let record = "WARC/1.0\r\nContent-Length: 2\r\n\r\nHi\r\n\r\n";
        let cut = format!("{record}WARC/1.0\r\nConte");
        for (text, framing) in [("{}\n{}\n{\"te", Framing::Lines), (cut.as_str(), Framing::Warc)] {
            let spare = Buffers::default();
            let mut reader = ChunkReader::new(text.as_bytes().chain(Broken), &framing, &spare);
            let mut whole = Vec::new();
            let failure = loop {
                match reader.next_chunk() {
                    Ok(Some(chunk)) => {
                        assert!(!chunk.closes);
                        whole.extend(chunk.bytes);
                    }
                    Ok(None) => panic!("the failure is told"),
                    Err(error) => break error,
                }
            };
            assert_eq!((whole.as_slice(), failure.kind()), (text.as_bytes(), io::ErrorKind::UnexpectedEof));
        }
    }

    #[test]
    fn documents_end_with_their_separators() {
        let document = "One line.\nAnother.\n---\r\n";
        let text = document.repeat(60_000) + "The last\n---";
        let framing = Framing::Separated(b"---".to_vec());
        let chunks = chunks(text.as_bytes(), &framing);
        assert!(chunks[..chunks.len() - 1].iter().all(|(len, ..)| len % document.len() == 0), "{chunks:?}");
        assert_eq!(chunks.last().unwrap().1, 60_001);
    }
}
