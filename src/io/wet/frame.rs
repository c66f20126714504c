//! Where a record ends and the next one begins.

use memchr::memmem;

use super::fault::WarcFault;
use super::head::{Head, LONGEST_HEAD_BYTES, MAGIC};

/// A longer record is not held in memory, and so not cleaned. Common Crawl cuts pages off after a few MiB.
pub const LONGEST_RECORD_BYTES: usize = 128 << 20;

/// With what every record ends.
pub(super) const TRAILER: &[u8] = b"\r\n\r\n";

/// More line ends than that after a record are tolerated up to so many bytes. Some writers put them there.
const MOST_SURPLUS_BYTES: usize = 64;

/// Where framing begins again after a fault: a record's end with the next one's beginning.
const RESTART: &[u8] = b"\r\n\r\nWARC/1.";

/// What the next bytes are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Frame {
    /// A whole record of so many bytes, with the line ends after its body.
    Record(usize),
    /// More must be known. Never the answer when everything is.
    NeedMore {
        /// From the next record's first byte on, so many bytes are needed for another answer, as far as can
        /// be told. Asking earlier costs time, but changes no answer.
        at_least: usize,
    },
    /// Bytes that are no record, to be passed through as they are.
    Junk {
        /// How many bytes.
        len: usize,
        /// What is wrong with the first of them.
        why: WarcFault,
        /// Whether framing begins again after them. If not, the next frame is of the same junk, and its
        /// `why` says nothing new.
        ends: bool,
    },
    /// A record that is longer than [`LONGEST_RECORD_BYTES`]. Its bytes are to be passed through as they
    /// are, without looking into them: a page in it may itself hold records.
    Long {
        /// The whole record in bytes, by its own word; the input may end before.
        len: u64,
        /// As a fault, to be counted.
        why: WarcFault,
    },
    /// Nothing is left.
    End,
}

/// What `known`, the next bytes of the input, begin with; `complete` says that the input ends with them.
///
/// Where its `Content-Length` says, a record must end with two line ends, CRLF; some more are tolerated. Then the
/// input must end or the next record begin. Otherwise its bytes are junk, up to the next place where a record
/// seems to begin. The frames are the same for any number of bytes that are known at a time, apart from where
/// junk is parted.
///
/// Cost: the header block, whatever the body's length; junk is read once. Over all calls it is linear in
/// the input if a caller waits for `at_least` bytes.
///
/// ```
/// # use dechrome::io::wet::{Frame, next_record};
/// let input = b"WARC/1.0\r\nContent-Length: 5\r\n\r\nHello\r\n\r\nWARC/1.0\r\n";
/// assert_eq!(next_record(input, false), Frame::Record(40));
/// assert_eq!(next_record(&input[..20], false), Frame::NeedMore { at_least: 1024 });
/// assert_eq!(next_record(&input[..36], false), Frame::NeedMore { at_least: 45 });
/// ```
pub fn next_record(known: &[u8], complete: bool) -> Frame {
    if known.is_empty() && complete {
        return Frame::End;
    }
    match record_frame(known, complete) {
        Ok(frame) => frame,
        Err(why) => junk(known, complete, why),
    }
}

fn record_frame(known: &[u8], complete: bool) -> Result<Frame, WarcFault> {
    let Some(head) = Head::find(known)? else {
        // Twice as much each time, so that a long block is not read again for every few bytes.
        let at_least = (2 * known.len()).clamp(1024, LONGEST_HEAD_BYTES);
        return if complete { Err(truncated_head(known)) } else { Ok(Frame::NeedMore { at_least }) };
    };
    let declared = head.content_length()?;
    let len = whole_length(head.bytes().len(), declared)?;
    let Some(len) = usize::try_from(len).ok().filter(|&len| len <= LONGEST_RECORD_BYTES) else {
        return Ok(Frame::Long { len, why: WarcFault::TooLong { declared } });
    };
    if known.len() < len {
        let need = Frame::NeedMore { at_least: len + MAGIC.len() };
        return if complete { Err(WarcFault::Truncated { declared }) } else { Ok(need) };
    }
    let (record, after) = known.split_at(len);
    if !record.ends_with(TRAILER) {
        return Err(WarcFault::WrongLength { declared });
    }
    let len = len + surplus(after);
    let next = &known[len..];
    if next.starts_with(MAGIC) || (complete && next.is_empty()) {
        return Ok(Frame::Record(len));
    }
    match !complete && MAGIC.starts_with(next) {
        true => Ok(Frame::NeedMore { at_least: len + MAGIC.len() }),
        false => Err(WarcFault::WrongLength { declared }),
    }
}

/// How many bytes are line ends beyond the two that end a record.
pub(super) fn surplus(after: &[u8]) -> usize {
    after.iter().take(MOST_SURPLUS_BYTES).take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

/// The bytes of a record from its first to its last.
pub(super) fn whole_length(head_bytes: usize, declared: u64) -> Result<u64, WarcFault> {
    let around = (head_bytes + TRAILER.len()) as u64;
    declared.checked_add(around).ok_or(WarcFault::BadLength)
}

fn truncated_head(known: &[u8]) -> WarcFault {
    if known.starts_with(MAGIC) { WarcFault::HeadTruncated } else { WarcFault::NotARecord }
}

/// The bytes up to where a record seems to begin, or as many as are certainly none.
fn junk(known: &[u8], complete: bool, why: WarcFault) -> Frame {
    if let Some(at) = memmem::find(known, RESTART) {
        return Frame::Junk { len: at + TRAILER.len(), why, ends: true };
    }
    if complete {
        return Frame::Junk { len: known.len(), why, ends: true };
    }
    // The last bytes may be the beginning of a restart. What is left must not look like a record's
    // beginning, or else it would depend on the number of known bytes whether it is one.
    let kept = RESTART.len() - 1;
    let len = match known.len().saturating_sub(kept) {
        0 => return Frame::NeedMore { at_least: 4096 },
        len if known[len..].starts_with(MAGIC) => len + 1,
        len => len,
    };
    Frame::Junk { len, why, ends: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &[u8] = b"WARC/1.0\r\nContent-Length: 2\r\n\r\nHi\r\n\r\n";

    fn joined(parts: &[&[u8]]) -> Vec<u8> {
        parts.concat()
    }

    fn junk_of(parts: &[&[u8]]) -> (usize, WarcFault) {
        match next_record(&parts.concat(), true) {
            Frame::Junk { len, why, ends: true } => (len, why),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_record_ends_where_its_length_says_whatever_its_body() {
        let body = b"one\r\n\r\nWARC/1.0\r\nContent-Length: 0\r\n\r\n";
        let record = joined(&[b"WARC/1.0\r\nContent-Length: 38\r\n\r\n", body, b"\r\n\r\n"]);
        assert_eq!(next_record(&record, true), Frame::Record(record.len()));
        assert_eq!(next_record(&joined(&[&record, RECORD]), true), Frame::Record(record.len()));
    }

    #[test]
    fn an_empty_body_and_nothing_at_all_are_fine() {
        let empty = b"WARC/1.1\r\ncontent-length: 0\r\n\r\n\r\n\r\n";
        assert_eq!(next_record(empty, true), Frame::Record(empty.len()));
        assert_eq!(next_record(b"", true), Frame::End);
        assert_eq!(next_record(b"", false), Frame::NeedMore { at_least: 1024 });
    }

    #[test]
    fn once_the_headers_are_known_the_length_that_is_needed_is_told() {
        for known in 33..RECORD.len() + 5 {
            let whole = joined(&[RECORD, RECORD]);
            assert_eq!(next_record(&whole[..known], false), Frame::NeedMore { at_least: 42 }, "{known}");
        }
        assert_eq!(next_record(&joined(&[RECORD, b"WARC/"]), false), Frame::Record(37));
    }

    #[test]
    fn a_wrong_length_passes_the_record_and_framing_begins_again_at_the_next() {
        for (length, why) in [
            ("1", WarcFault::WrongLength { declared: 1 }),
            ("3", WarcFault::WrongLength { declared: 3 }),
            ("999", WarcFault::Truncated { declared: 999 }),
            ("x", WarcFault::BadLength),
        ] {
            let bad = format!("WARC/1.0\r\nContent-Length: {length}\r\n\r\nHi\r\n\r\n");
            assert_eq!(junk_of(&[bad.as_bytes(), RECORD]), (bad.len(), why), "{length}");
        }
    }

    #[test]
    fn what_is_cut_off_or_followed_by_something_else_is_junk() {
        let declared = 2;
        assert_eq!(junk_of(&[&RECORD[..36]]), (36, WarcFault::Truncated { declared }));
        assert_eq!(junk_of(&[&RECORD[..20]]), (20, WarcFault::HeadTruncated));
        assert_eq!(junk_of(&[b"WAR"]), (3, WarcFault::NotARecord));
        assert_eq!(junk_of(&[RECORD, b"\r\nx", RECORD, RECORD]), (77, WarcFault::WrongLength { declared }));
        assert_eq!(junk_of(&[RECORD, b"WARC"]), (41, WarcFault::WrongLength { declared }));
        assert_eq!(junk_of(&[b"\xEF\xBB\xBF", RECORD, RECORD]), (40, WarcFault::NotARecord));
    }

    #[test]
    fn some_more_line_ends_after_a_record_belong_to_it() {
        for surplus in [&b"\n"[..], b"\r\n", b"\r\n\r\n", &[b'\n'; 64]] {
            let whole = joined(&[RECORD, surplus, RECORD]);
            assert_eq!(next_record(&whole, true), Frame::Record(37 + surplus.len()));
            assert_eq!(next_record(&whole[..37 + surplus.len()], true), Frame::Record(37 + surplus.len()));
        }
        let why = WarcFault::WrongLength { declared: 2 };
        assert_eq!(junk_of(&[RECORD, &[b'\n'; 65]]), (102, why));
    }

    #[test]
    fn junk_is_never_split_so_that_its_rest_looks_like_a_record() {
        let known = joined(&[&[b'j'; 90], b"WARC/1.0\r\n"]);
        let frame = Frame::Junk { len: 91, why: WarcFault::NotARecord, ends: false };
        assert_eq!(next_record(&known, false), frame);
        let known = joined(&[&[b'j'; 90], b"\r\n\r\nWARC/1"]);
        let frame = Frame::Junk { len: 90, why: WarcFault::NotARecord, ends: false };
        assert_eq!(next_record(&known, false), frame);
    }

    #[test]
    fn a_record_longer_than_memory_is_known_by_its_headers() {
        let head = format!("WARC/1.0\r\nContent-Length: {LONGEST_RECORD_BYTES}\r\n\r\n");
        let declared = LONGEST_RECORD_BYTES as u64;
        let long = Frame::Long { len: declared + head.len() as u64 + 4, why: WarcFault::TooLong { declared } };
        assert_eq!(next_record(head.as_bytes(), false), long);
        let endless = format!("WARC/1.0\r\nContent-Length: {}\r\n\r\n", u64::MAX);
        assert_eq!(junk_of(&[endless.as_bytes()]), (endless.len(), WarcFault::BadLength));
    }
}
