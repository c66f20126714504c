//! A stream of records, in bounded memory.

use std::io::{self, Read};

use super::super::buffers::read_up_to;
use super::fault::WarcFault;
use super::frame::{Frame, next_record};

/// A part of the stream. All parts in their order are the stream.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// A whole record, as [`WarcRecord::parse`](super::WarcRecord::parse) takes it.
    Record(Vec<u8>),
    /// Bytes that pass through as they are.
    Pass {
        /// The bytes.
        bytes: Vec<u8>,
        /// What is wrong with them; nothing if they go on the piece before, so that each fault is named once.
        why: Option<WarcFault>,
    },
}

/// Reads a stream piece by piece. Holds at most about two times the longest record it meets, which has at most
/// [`LONGEST_RECORD_BYTES`](super::LONGEST_RECORD_BYTES); what a length says is believed only as far as bytes come.
///
/// ```
/// # use dechrome::io::wet::{Piece, RecordReader, WarcFault};
/// let stream = b"WARC/1.0\r\nContent-Length: 2\r\n\r\nHi\r\n\r\ngarbage";
/// let mut reader = RecordReader::new(&stream[..]);
/// let why = Some(WarcFault::WrongLength { declared: 2 });
/// assert_eq!(reader.next_piece()?, Some(Piece::Pass { bytes: stream.to_vec(), why }));
/// assert_eq!(reader.next_piece()?, None);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct RecordReader<R> {
    source: R,
    buffer: Vec<u8>,
    /// Where in the buffer the bytes begin that were not given out.
    start: usize,
    complete: bool,
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Where a record should begin.
    Framing,
    /// Inside junk whose fault was named.
    Junk,
    /// Inside a long record, of which so many bytes are to come.
    Long { left: u64 },
}

/// As much is read at a time.
const CHUNK_BYTES: usize = 1 << 20;

impl<R: Read> RecordReader<R> {
    /// A reader of that stream, which is decompressed.
    pub fn new(source: R) -> RecordReader<R> {
        RecordReader { source, buffer: Vec::new(), start: 0, complete: false, state: State::Framing }
    }

    /// The next piece; nothing at the stream's end.
    ///
    /// # Errors
    /// The source cannot be read. What was read before is not lost: a further call tries again, and
    /// [`give_up`](RecordReader::give_up) takes it for all there is.
    pub fn next_piece(&mut self) -> io::Result<Option<Piece>> {
        loop {
            if let State::Long { left } = self.state {
                match self.long_piece(left)? {
                    Some(bytes) => return Ok(Some(Piece::Pass { bytes, why: None })),
                    None => self.state = State::Framing,
                }
            }
            match next_record(&self.buffer[self.start..], self.complete) {
                Frame::End => return Ok(None),
                Frame::NeedMore { at_least } => self.read_to(at_least)?,
                Frame::Record(len) => return Ok(Some(Piece::Record(self.take(len)))),
                Frame::Junk { len, why, ends } => {
                    let named = matches!(self.state, State::Junk);
                    self.state = if ends { State::Framing } else { State::Junk };
                    return Ok(Some(Piece::Pass { bytes: self.take(len), why: Some(why).filter(|_| !named) }));
                }
                Frame::Long { len, why } => {
                    let bytes = self.take(usize::try_from(len).unwrap_or(usize::MAX).min(self.known()));
                    self.state = State::Long { left: len - bytes.len() as u64 };
                    return Ok(Some(Piece::Pass { bytes, why: Some(why) }));
                }
            }
        }
    }

    /// Takes what was read for all there is, for a stream that failed: its whole records come out as such, and then
    /// its end as one that is cut off. Nothing is read any more.
    pub fn give_up(&mut self) {
        self.complete = true;
    }

    /// The next bytes of a long record; nothing if none are left, or the stream ends.
    fn long_piece(&mut self, left: u64) -> io::Result<Option<Vec<u8>>> {
        if left > 0 && self.known() == 0 && !self.complete {
            self.read_to(CHUNK_BYTES)?;
        }
        let len = usize::try_from(left).unwrap_or(usize::MAX).min(self.known());
        self.state = State::Long { left: left - len as u64 };
        Ok(Some(self.take(len)).filter(|bytes| !bytes.is_empty()))
    }

    fn known(&self) -> usize {
        self.buffer.len() - self.start
    }

    /// Reads until so many bytes are known, or the stream ends.
    fn read_to(&mut self, at_least: usize) -> io::Result<()> {
        // What was given out makes room once it is the larger part, so that each byte is moved a few times only.
        if self.start >= self.known() {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let want = at_least.saturating_sub(self.known()).max(CHUNK_BYTES);
        let got = read_up_to(&mut self.source, want, &mut self.buffer)?;
        self.complete = got < want;
        Ok(())
    }

    fn take(&mut self, len: usize) -> Vec<u8> {
        let bytes = self.buffer[self.start..self.start + len].to_vec();
        self.start += len;
        bytes
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::*;
    use crate::io::wet::LONGEST_RECORD_BYTES;

    const RECORD: &[u8] = b"WARC/1.0\r\nContent-Length: 2\r\n\r\nHi\r\n\r\n";

    /// Each piece as its kind (`r`ecord, `f`ault, `m`ore of it) and its length in bytes.
    fn pieces(source: impl Read) -> Vec<(char, usize)> {
        let mut reader = RecordReader::new(source);
        let mut pieces = Vec::new();
        while let Some(piece) = reader.next_piece().unwrap() {
            pieces.push(match piece {
                Piece::Record(bytes) => ('r', bytes.len()),
                Piece::Pass { bytes, why } => (if why.is_some() { 'f' } else { 'm' }, bytes.len()),
            });
        }
        pieces
    }

    #[test]
    fn junk_of_any_length_is_named_once_and_its_pieces_are_small() {
        let junk = vec![b'j'; 5 << 20];
        let pieces = pieces(RECORD.chain(RECORD).chain(&junk[..]).chain(&b"\r\n\r\n"[..]).chain(RECORD));
        assert_eq!((pieces[0], pieces[1].0, pieces[pieces.len() - 1]), (('r', 37), 'f', ('r', 37)));
        assert!(pieces[2..pieces.len() - 1].iter().all(|&(kind, len)| kind == 'm' && len <= 2 << 20), "{pieces:?}");
        assert_eq!(pieces.iter().map(|piece| piece.1).sum::<usize>(), 3 * 37 + (5 << 20) + 4);
    }

    #[test]
    fn a_long_record_passes_in_small_pieces_and_framing_goes_on_after_it() {
        let body = LONGEST_RECORD_BYTES as u64;
        let head = format!("WARC/1.0\r\nContent-Length: {body}\r\n\r\n");
        let nested = b"\r\n\r\nWARC/1.0\r\nContent-Length: 2\r\n\r\nHi\r\n\r\n";
        let filler = std::io::repeat(b'x').take(body - nested.len() as u64);
        let source = head.as_bytes().chain(&nested[..]).chain(filler).chain(&b"\r\n\r\n"[..]).chain(RECORD);
        let pieces = pieces(source);
        assert_eq!((pieces[0].0, pieces[pieces.len() - 1]), ('f', ('r', 37)));
        assert!(pieces[1..pieces.len() - 1].iter().all(|&(kind, len)| kind == 'm' && len <= 2 << 20));
        let passed: usize = pieces[..pieces.len() - 1].iter().map(|piece| piece.1).sum();
        assert_eq!(passed as u64, head.len() as u64 + body + 4);
    }

    #[test]
    fn a_length_beyond_the_input_takes_no_memory_for_what_is_not_there() {
        let lie = b"WARC/1.0\r\nContent-Length: 18446744073709551000\r\n\r\nabc";
        assert_eq!(pieces(&lie[..]), [('f', lie.len())]);
        let lie = format!("WARC/1.0\r\nContent-Length: {}\r\n\r\nabc", LONGEST_RECORD_BYTES - 1000);
        let mut reader = RecordReader::new(lie.as_bytes());
        reader.next_piece().unwrap();
        assert!(reader.buffer.capacity() < 1 << 20, "{}", reader.buffer.capacity());
    }

    #[test]
    fn many_records_that_all_lie_about_their_length_are_read_once() {
        let lie = format!("WARC/1.0\r\nContent-Length: {}\r\n\r\nabc\r\n\r\n", 1 << 20);
        let stream = lie.repeat(40_000);
        let pieces = pieces(BufReader::new(Cursor::new(stream)));
        assert_eq!(pieces, vec![('f', lie.len()); 40_000]);
    }

    #[test]
    fn what_was_read_before_the_source_failed_can_be_had() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::UnexpectedEof.into())
            }
        }
        let mut reader = RecordReader::new(RECORD.chain(&RECORD[..20]).chain(Broken));
        assert!(reader.next_piece().is_err());
        assert_eq!(reader.next_piece().unwrap(), Some(Piece::Record(RECORD.to_vec())));
        assert!(reader.next_piece().is_err());
        reader.give_up();
        let why = Some(WarcFault::HeadTruncated);
        assert_eq!(reader.next_piece().unwrap(), Some(Piece::Pass { bytes: RECORD[..20].to_vec(), why }));
        assert_eq!(reader.next_piece().unwrap(), None);
    }
}
