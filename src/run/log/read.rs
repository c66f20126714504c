//! The log of removals as it is read: where the entries of each input stand, and what each input was.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use super::entry::{LogEntry, Original};
use super::sums::Contents;
use crate::run::restore::RestoreError;

/// Where in a log the entries of each input stand, and what is known of the inputs.
///
/// Holds some bytes for each input, not for each removal.
#[derive(Debug)]
pub struct RemovalLog {
    file: File,
    inputs: HashMap<PathBuf, LoggedInput>,
    /// The last line, from 1, if it is cut off.
    cut_off: Option<u64>,
}

/// What a log has of an input.
#[derive(Default, Debug)]
struct LoggedInput {
    /// Stretches of the log, in order.
    stretches: Vec<Range<u64>>,
    original: Option<Original>,
    contents: Option<Contents>,
}

impl RemovalLog {
    /// Reads a log once and remembers where its inputs stand.
    ///
    /// A last line that is cut off is left out if the log tells of each input what it held, so that what was in it is found
    /// to be missing; see [`cut_off`](RemovalLog::cut_off).
    ///
    /// # Errors
    /// It cannot be read, or a line of it is no entry; an input's path leads out of its tree; or it is the log of two runs
    /// over one input.
    pub fn open(path: &Path) -> Result<RemovalLog, RestoreError> {
        let mut log = RemovalLog { file: File::open(path)?, inputs: HashMap::new(), cut_off: None };
        let mut lines = BufReader::new(log.file.try_clone()?);
        let mut line = Vec::new();
        let mut at = 0;
        for number in 1.. {
            line.clear();
            let read = lines.read_until(b'\n', &mut line)? as u64;
            if read == 0 {
                break;
            }
            match parse(&line, number).and_then(|entry| log.add(entry, number, at..at + read)) {
                Err(RestoreError::Log { .. }) if !line.ends_with(b"\n") && log.knows_all_contents() => {
                    log.cut_off = Some(number);
                }
                added => added?,
            }
            at += read;
        }
        Ok(log)
    }

    /// Adds a line, which stands there.
    fn add(&mut self, entry: LogEntry, number: u64, place: Range<u64>) -> Result<(), RestoreError> {
        let wrong = |what| RestoreError::Log { at: number, what };
        let path = path_inside(entry.path()).map_err(wrong)?;
        let LogEntry { original, before, after, .. } = entry;
        let shown = path.display().to_string();
        let logged = self.inputs.entry(path).or_default();
        let Some(original) = original else {
            match logged.stretches.last_mut() {
                Some(last) if last.end == place.start => last.end = place.end,
                _ => logged.stretches.push(place),
            }
            return Ok(());
        };
        path_inside(original.path()).map_err(wrong)?;
        logged.original = Some(original);
        if let (Some(before), Some(after)) = (before, after)
            && logged.contents.replace(Contents { before, after }).is_some()
        {
            return Err(wrong(format!(
                "it is the second log of {shown}; undo one run after the other, the last one first"
            )));
        }
        Ok(())
    }

    /// Whether it tells of each input what that held, and of one at least.
    fn knows_all_contents(&self) -> bool {
        !self.inputs.is_empty() && self.inputs.values().all(|logged| logged.contents.is_some())
    }

    /// The number of the last line, from 1, if that is cut off and was left out: the run was ended while it was written.
    pub fn cut_off(&self) -> Option<u64> {
        self.cut_off
    }

    /// The inputs of which something went, or whose outputs are compressed otherwise. No path has a root or leads upwards.
    pub fn inputs(&self) -> impl Iterator<Item = &Path> {
        self.inputs.keys().map(PathBuf::as_path)
    }

    /// Whether something went of an input, or its output is compressed otherwise.
    pub fn knows(&self, input: &Path) -> bool {
        self.inputs.contains_key(input)
    }

    /// What an input was, if the log tells.
    pub fn original(&self, input: &Path) -> Option<&Original> {
        self.inputs.get(input)?.original.as_ref()
    }

    /// What an input held and what was left of it, if the log tells: logs of old versions do not.
    pub(in crate::run) fn contents(&self, input: &Path) -> Option<Contents> {
        self.inputs.get(input)?.contents
    }

    /// The entries of an input, in order of its documents; none if nothing went.
    ///
    /// # Errors
    /// The log cannot be read.
    pub(in crate::run) fn entries(&self, input: &Path) -> Result<Entries, RestoreError> {
        let stretches = self.inputs.get(input).map(|logged| logged.stretches.clone()).unwrap_or_default();
        let mut file = BufReader::new(self.file.try_clone()?);
        file.rewind()?;
        Ok(Entries { file: Some(file), stretches: stretches.into(), left: 0, ahead: None, line: Vec::new() })
    }
}

/// The path, if it leads to nowhere but below a folder.
fn path_inside(path: Result<PathBuf, data_encoding::DecodeError>) -> Result<PathBuf, String> {
    let path = path.map_err(|error| error.to_string())?;
    let mut parts = path.components().peekable();
    let is_inside = parts.peek().is_some()
        && parts.all(|part| matches!(part, Component::Normal(_)))
        && !path.as_os_str().as_encoded_bytes().contains(&0);
    if is_inside { Ok(path) } else { Err(format!("{path:?} is no path below a folder")) }
}

/// The entries of an input, one after the other.
pub(in crate::run) struct Entries {
    /// None where there are no entries.
    file: Option<BufReader<File>>,
    stretches: VecDeque<Range<u64>>,
    /// Bytes of the stretch that is being read.
    left: u64,
    ahead: Option<LogEntry>,
    line: Vec<u8>,
}

impl Entries {
    /// No entries.
    pub(in crate::run) fn none() -> Entries {
        Entries { file: None, stretches: VecDeque::new(), left: 0, ahead: None, line: Vec::new() }
    }

    /// The entries of one document.
    pub(in crate::run) fn of(&mut self, document: u64) -> Result<Vec<LogEntry>, RestoreError> {
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
    pub(in crate::run) fn next_of(&mut self, document: u64) -> Result<Option<LogEntry>, RestoreError> {
        let is_of = self.peek()?.is_some_and(|entry| entry.document == document);
        Ok(if is_of { self.ahead.take() } else { None })
    }

    /// The next entry, if there is one.
    pub(in crate::run) fn peek(&mut self) -> Result<Option<&LogEntry>, RestoreError> {
        if self.ahead.is_none() {
            self.ahead = self.next()?;
        }
        Ok(self.ahead.as_ref())
    }

    fn next(&mut self) -> Result<Option<LogEntry>, RestoreError> {
        let Some(file) = &mut self.file else { return Ok(None) };
        while self.left == 0 {
            let Some(stretch) = self.stretches.pop_front() else { return Ok(None) };
            file.seek(SeekFrom::Start(stretch.start))?;
            self.left = stretch.end - stretch.start;
        }
        self.line.clear();
        let read = file.by_ref().take(self.left).read_until(b'\n', &mut self.line)? as u64;
        self.left -= read.clamp(1, self.left);
        parse(&self.line, read).map(Some)
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
        if together.last().is_some_and(|last| !is_same_document(last, &entry)) {
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

fn is_same_document(one: &LogEntry, other: &LogEntry) -> bool {
    (one.document, &one.input, &one.input_base64) == (other.document, &other.input, &other.input_base64)
}

fn parse(line: &[u8], at: u64) -> Result<LogEntry, RestoreError> {
    serde_json::from_slice(line).map_err(|error| RestoreError::Log { at, what: error.to_string() })
}
