//! Giving back what was removed: a cleaned file and the log of what went make the original again.

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

use super::removed::{LogEntry, Original};

/// Where in a log the entries of each input stand.
///
/// Holds some bytes for each input, not for each removal.
#[derive(Debug)]
pub struct RemovalLog {
    file: File,
    /// Stretches of the log, in order.
    inputs: HashMap<String, Vec<Range<u64>>>,
    /// Those whose outputs are compressed otherwise.
    originals: HashMap<String, Original>,
}

/// Why an input cannot be given back.
#[derive(Debug)]
#[non_exhaustive]
pub enum RestoreError {
    /// The cleaned input or the log cannot be read, or the output not be written.
    Io(io::Error),
    /// A line of the log is no entry.
    Log {
        /// The line's number from 1, or its place in bytes once the log is read again.
        at: u64,
        /// What is wrong with it.
        what: String,
    },
    /// A record and what is logged of it do not fit together.
    Record {
        /// The record, from 1.
        record: u64,
        /// What is wrong.
        what: String,
    },
    /// Rows of a table could not be read when it was cleaned, and were left out.
    LostRows {
        /// The first of them, from 1.
        first: u64,
        /// How many they are.
        rows: u64,
    },
}

impl fmt::Display for RestoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RestoreError::Io(error) => error.fmt(f),
            RestoreError::Log { at, what } => write!(f, "the log, at {at}: {what}"),
            RestoreError::Record { record, what } => {
                write!(f, "record {record}: {what}; is this what was cleaned, and its log?")
            }
            RestoreError::LostRows { first, rows } => {
                let last = first + rows - 1;
                write!(f, "rows {first} to {last} could not be read and were left out (--on-error skip): ")?;
                f.write_str("they are not in the log, so the table cannot be given back")
            }
        }
    }
}

impl std::error::Error for RestoreError {}

impl From<io::Error> for RestoreError {
    fn from(error: io::Error) -> RestoreError {
        RestoreError::Io(error)
    }
}

impl RemovalLog {
    /// Reads a log once and remembers where its inputs stand.
    ///
    /// # Errors
    /// It cannot be read, or a line of it is no entry.
    pub fn open(path: &Path) -> Result<RemovalLog, RestoreError> {
        let file = File::open(path)?;
        let mut inputs: HashMap<String, Vec<Range<u64>>> = HashMap::new();
        let mut originals = HashMap::new();
        let mut lines = BufReader::new(&file);
        let mut line = Vec::new();
        let mut at = 0;
        for number in 1.. {
            line.clear();
            let read = lines.read_until(b'\n', &mut line)? as u64;
            if read == 0 {
                break;
            }
            let LogEntry { input, original, .. } = parse(&line, number)?;
            let stretches = inputs.entry(input.clone()).or_default();
            match (original, stretches.last_mut()) {
                (Some(original), _) => drop(originals.insert(input, original)),
                (None, Some(last)) if last.end == at => last.end += read,
                (None, _) => stretches.push(at..at + read),
            }
            at += read;
        }
        Ok(RemovalLog { file, inputs, originals })
    }

    /// The inputs of which something went, or whose outputs are compressed otherwise.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        self.inputs.keys().map(String::as_str)
    }

    /// Whether something went of an input, or its output is compressed otherwise.
    pub fn knows(&self, input: &str) -> bool {
        self.inputs.contains_key(input)
    }

    /// What an input was, if its output is compressed otherwise.
    pub fn original(&self, input: &str) -> Option<&Original> {
        self.originals.get(input)
    }

    /// The entries of an input, in order of its documents; none if nothing went.
    ///
    /// # Errors
    /// The log cannot be read.
    pub(super) fn entries(&self, input: &str) -> Result<Entries, RestoreError> {
        let stretches = self.inputs.get(input).cloned().unwrap_or_default();
        let mut file = BufReader::new(self.file.try_clone()?);
        file.rewind()?;
        Ok(Entries { file, stretches: stretches.into(), left: 0, ahead: None, line: Vec::new() })
    }
}

/// Reads a log from its beginning and gives the entries of one document after another to `seen`, as they stand together.
/// Of a record that was left out and stands in several lines it gives the first.
///
/// # Errors
/// It cannot be read, or a line of it is no entry.
pub fn read_log(path: &Path, mut seen: impl FnMut(&[LogEntry])) -> Result<(), RestoreError> {
    let mut lines = BufReader::new(File::open(path)?);
    let mut line = Vec::new();
    let mut together: Vec<LogEntry> = Vec::new();
    for number in 1.. {
        line.clear();
        if lines.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let entry = parse(&line, number)?;
        if entry.original.is_some() {
            continue;
        }
        if together.last().is_some_and(|last| (last.document, &last.input) != (entry.document, &entry.input)) {
            seen(&together);
            together.clear();
        }
        if !together.last().is_some_and(|last| last.dropped) {
            together.push(entry);
        }
    }
    if !together.is_empty() {
        seen(&together);
    }
    Ok(())
}

fn parse(line: &[u8], at: u64) -> Result<LogEntry, RestoreError> {
    serde_json::from_slice(line).map_err(|error| RestoreError::Log { at, what: error.to_string() })
}

/// The entries of an input, one after the other.
pub(super) struct Entries {
    file: BufReader<File>,
    stretches: std::collections::VecDeque<Range<u64>>,
    /// Bytes of the stretch that is being read.
    left: u64,
    ahead: Option<LogEntry>,
    line: Vec<u8>,
}

impl Entries {
    /// The entries of one document.
    pub(super) fn of(&mut self, document: u64) -> Result<Vec<LogEntry>, RestoreError> {
        let mut entries = Vec::new();
        while let Some(entry) = self.peek()?.filter(|entry| entry.document <= document) {
            if entry.document < document {
                let what = "what was logged of it comes too late, or of it there is none".to_owned();
                return Err(RestoreError::Record { record: entry.document, what });
            }
            entries.extend(self.ahead.take());
        }
        Ok(entries)
    }

    /// The next entry, if it is of that document.
    pub(super) fn next_of(&mut self, document: u64) -> Result<Option<LogEntry>, RestoreError> {
        let is_of = self.peek()?.is_some_and(|entry| entry.document == document);
        Ok(if is_of { self.ahead.take() } else { None })
    }

    /// The next entry, if there is one.
    pub(super) fn peek(&mut self) -> Result<Option<&LogEntry>, RestoreError> {
        if self.ahead.is_none() {
            self.ahead = self.next()?;
        }
        Ok(self.ahead.as_ref())
    }

    fn next(&mut self) -> Result<Option<LogEntry>, RestoreError> {
        while self.left == 0 {
            let Some(stretch) = self.stretches.pop_front() else { return Ok(None) };
            self.file.seek(SeekFrom::Start(stretch.start))?;
            self.left = stretch.end - stretch.start;
        }
        self.line.clear();
        let read = self.file.by_ref().take(self.left).read_until(b'\n', &mut self.line)? as u64;
        self.left -= read.clamp(1, self.left);
        parse(&self.line, read).map(Some)
    }
}

/// Writes one text with what went of it.
pub(super) fn write_restored(left: &[u8], entries: &[LogEntry], out: &mut impl Write) -> Result<(), RestoreError> {
    let (mut written, mut used) = (0, 0);
    for entry in entries {
        let record = entry.document;
        let misfit = || RestoreError::Record { record, what: "the text is not as long as it should be".to_owned() };
        let kept = usize::try_from(entry.start).ok().and_then(|start| start.checked_sub(written)).ok_or_else(misfit)?;
        let kept = left.get(used..used + kept).ok_or_else(misfit)?;
        let gone = gone(entry)?;
        out.write_all(kept)?;
        out.write_all(&gone)?;
        used += kept.len();
        written += kept.len() + gone.len();
    }
    check_length(entries, written + left.len() - used)?;
    out.write_all(&left[used..])?;
    Ok(())
}

/// A document that was not cleaned, or cleaned otherwise, does not come out as long as it was.
pub(super) fn check_length(entries: &[LogEntry], bytes: usize) -> Result<(), RestoreError> {
    match entries.first() {
        Some(entry) if entry.document_bytes > 0 && entry.document_bytes != bytes as u64 => {
            let what = format!("it would have {bytes} bytes of text, and had {}", entry.document_bytes);
            Err(RestoreError::Record { record: entry.document, what })
        }
        _ => Ok(()),
    }
}

/// The bytes that went.
pub(super) fn gone(entry: &LogEntry) -> Result<Vec<u8>, RestoreError> {
    entry.raw().map_err(|error| RestoreError::Record { record: entry.document, what: error.to_string() })
}

/// What is logged and does not fit anywhere.
pub(super) fn left_over(entry: &LogEntry) -> RestoreError {
    if entry.lost_rows > 0 {
        return RestoreError::LostRows { first: entry.document, rows: entry.lost_rows };
    }
    RestoreError::Record { record: entry.document, what: "it is not in the cleaned file".to_owned() }
}
