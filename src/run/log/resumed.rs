//! The log of a run that is gone on with: what it holds of outputs that are complete stays, the rest is done again.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::io::{Access, AtomicFile, Durability};

use crate::run::output::{StoredPath, hex};

/// Digests of what a log holds of each input. An input's lines stand together, as they are written when it is done.
#[derive(Default)]
pub(in crate::run) struct LogDigests(HashMap<StoredPath, InputLines>);

enum InputLines {
    Whole(String),
    /// They stand in several places, as of inputs that have one name, or of another run.
    Parted,
}

/// What has to be known of a line.
#[derive(Deserialize)]
struct LineHead {
    input: String,
    #[serde(default)]
    input_base64: Option<String>,
    #[serde(rename = "document")]
    _document: u64,
}

/// The input of a line; `None` for one that is cut off, as the last one may be.
fn input_of(line: &[u8]) -> io::Result<Option<StoredPath>> {
    if !line.ends_with(b"\n") {
        return Ok(None);
    }
    match serde_json::from_slice::<LineHead>(line) {
        Ok(LineHead { input_base64: Some(base64), .. }) => Ok(Some(StoredPath::Bytes { base64 })),
        Ok(LineHead { input, .. }) => Ok(Some(StoredPath::Plain(input))),
        Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error)),
    }
}

impl LogDigests {
    /// Reads a log; `None` if this is no log of removals.
    ///
    /// # Errors
    /// It cannot be read.
    pub(in crate::run) fn of(log: File) -> io::Result<Option<LogDigests>> {
        let mut digests = LogDigests::default();
        let mut current: Option<(StoredPath, Sha256)> = None;
        let mut lines = BufReader::new(log);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line)? > 0 {
            let input = match input_of(&line) {
                Ok(Some(input)) => input,
                Ok(None) => break,
                Err(_) => return Ok(None),
            };
            match &mut current {
                Some((name, digest)) if *name == input => digest.update(&line),
                _ => {
                    digests.close(current.take());
                    let mut digest = Sha256::new();
                    digest.update(&line);
                    current = Some((input, digest));
                }
            }
            line.clear();
        }
        digests.close(current);
        Ok(Some(digests))
    }

    fn close(&mut self, lines: Option<(StoredPath, Sha256)>) {
        let Some((name, digest)) = lines else { return };
        let lines = if self.0.contains_key(&name) { InputLines::Parted } else { InputLines::Whole(hex(digest)) };
        self.0.insert(name, lines);
    }

    /// Whether these are the lines of that input.
    pub(in crate::run) fn has(&self, label: &StoredPath, digest: &str) -> bool {
        matches!(self.0.get(label), Some(InputLines::Whole(found)) if found == digest)
    }
}

/// Passes on what is logged of an input, and makes the digest of it.
pub(in crate::run) struct Digested<'l, L> {
    log: &'l mut L,
    digest: Option<Sha256>,
}

impl<'l, L: Write> Digested<'l, L> {
    pub(in crate::run) fn new(log: &'l mut L) -> Digested<'l, L> {
        Digested { log, digest: None }
    }

    /// The digest of all lines; none where there are none.
    pub(in crate::run) fn digest(self) -> Option<String> {
        self.digest.map(hex)
    }
}

impl<L: Write> Write for Digested<'_, L> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.log.write(bytes)?;
        if written > 0 {
            self.digest.get_or_insert_default().update(&bytes[..written]);
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.log.flush()
    }
}

/// Keeps of a log what it holds of these inputs, and opens it to go on with it.
///
/// # Errors
/// It cannot be read or written.
pub(in crate::run) fn keep(path: &Path, labels: &HashSet<&StoredPath>) -> io::Result<File> {
    // A link stays a link.
    let path = path.canonicalize()?;
    let log = File::open(&path)?;
    let permissions = log.metadata()?.permissions();
    let mut kept = AtomicFile::create_with(&path, Access::PRIVATE)?;
    let mut lines = BufReader::new(log);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        if input_of(&line)?.is_some_and(|input| labels.contains(&input)) {
            kept.write_all(&line)?;
        }
        line.clear();
    }
    kept.finish(Some(permissions), Durability::Flushed)?;
    File::options().append(true).open(path)
}
