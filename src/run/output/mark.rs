//! The mark of a run: it stands in the output folder until the run is finished, keeps a second run out, and remembers
//! what is complete.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::io::OwnFile;

use crate::run::error::RunError;

/// Is locked while the run goes on; the system gives the lock back when the process dies. Its first line is a [`MarkHead`],
/// each other one a [`Complete`], appended before the output gets its name.
pub(in crate::run) struct Mark {
    path: PathBuf,
    file: Mutex<File>,
}

/// What tells one run from another.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::run) struct MarkHead {
    pub(in crate::run) fingerprint: String,
    /// What the log of removals was called, for messages.
    #[serde(default)]
    pub(in crate::run) log: String,
}

/// An input that was done.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::run) struct Complete {
    /// Number of the root among the inputs.
    pub(in crate::run) root: usize,
    /// The input's path below its root.
    pub(in crate::run) input: StoredPath,
    /// The input as it was looked at before it was read.
    pub(in crate::run) was: Stamp,
    /// What the log calls it.
    pub(in crate::run) label: StoredPath,
    /// A digest of its lines in the log; none where nothing was logged.
    #[serde(default)]
    pub(in crate::run) logged: Option<String>,
    /// Its output below the output folder.
    pub(in crate::run) output: StoredPath,
    /// The output as it was written; none where the input was left out.
    #[serde(default)]
    pub(in crate::run) made: Option<Stamp>,
}

/// Size and time of change, by which a file is known again.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub(in crate::run) struct Stamp {
    bytes: u64,
    /// In nanoseconds since 1970; files may be older.
    time: i64,
}

impl Stamp {
    pub(in crate::run) fn of(metadata: &Metadata) -> Stamp {
        Stamp { bytes: metadata.len(), time: metadata.modified().map_or(0, nanoseconds) }
    }

    pub(in crate::run) fn of_path(path: &Path) -> io::Result<Stamp> {
        path.metadata().map(|metadata| Stamp::of(&metadata))
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    let whole = |nanoseconds: u128| i64::try_from(nanoseconds).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since.as_nanos()),
        Err(before) => -whole(before.duration().as_nanos()),
    }
}

/// A relative path of whatever bytes, in JSON.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Debug)]
#[serde(untagged)]
pub(in crate::run) enum StoredPath {
    Plain(String),
    Bytes { base64: String },
}

impl StoredPath {
    pub(in crate::run) fn of(path: &Path) -> StoredPath {
        match path.to_str() {
            Some(path) => StoredPath::Plain(path.to_owned()),
            None => StoredPath::Bytes { base64: BASE64.encode(path.as_os_str().as_encoded_bytes()) },
        }
    }

    /// The path, if it leads nowhere but down.
    pub(in crate::run) fn path(&self) -> Option<PathBuf> {
        let path = match self {
            StoredPath::Plain(path) => PathBuf::from(path),
            StoredPath::Bytes { base64 } => of_bytes(BASE64.decode(base64.as_bytes()).ok()?)?,
        };
        path.components().all(|component| matches!(component, Component::Normal(_))).then_some(path)
    }
}

#[cfg(unix)]
fn of_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    Some(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn of_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    // What is no Unicode is done again here.
    String::from_utf8(bytes).ok().map(PathBuf::from)
}

/// What an earlier run left.
pub(in crate::run) struct Earlier {
    pub(in crate::run) head: MarkHead,
    /// In the order in which they were done; one that was done twice stands there twice.
    pub(in crate::run) complete: Vec<Complete>,
}

impl Mark {
    /// Takes the output folder, which is there, for this process.
    ///
    /// # Errors
    /// Another run has it, or the mark cannot be opened.
    pub(in crate::run) fn lock(folder: &Path) -> Result<Mark, RunError> {
        let path = folder.join(OwnFile::RUN_MARK);
        let failed = |error| RunError::Output { path: path.clone(), error };
        loop {
            if path.symlink_metadata().is_ok_and(|metadata| !metadata.is_file()) {
                return Err(failed(io::Error::other("the mark of a run is a file, and this is none; remove it")));
            }
            let file = open(&path).map_err(failed)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Err(RunError::Busy { output: folder.to_owned() }),
                // Where nothing can be locked, two runs are not kept apart.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            // A run that ended in the meantime has taken its mark away.
            if is_at(&file, &path) {
                return Ok(Mark { path, file: Mutex::new(file) });
            }
        }
    }

    /// What an earlier run left that was not finished, and whether there was one at all: nothing is known of one whose
    /// mark cannot be read.
    pub(in crate::run) fn earlier(&self) -> io::Result<(bool, Option<Earlier>)> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.rewind()?;
        let mut lines = BufReader::new(&mut *file).split(b'\n');
        let Some(first) = lines.next().transpose()? else { return Ok((false, None)) };
        let Ok(head) = serde_json::from_slice(&first) else { return Ok((true, None)) };
        let mut complete = Vec::new();
        for line in lines {
            // The last one may be cut off.
            complete.extend(serde_json::from_slice::<Complete>(&line?));
        }
        Ok((true, Some(Earlier { head, complete })))
    }

    /// Begins the mark anew.
    ///
    /// # Errors
    /// It cannot be written.
    pub(in crate::run) fn begin(&self, head: &MarkHead, complete: &[Complete]) -> Result<(), RunError> {
        let mut lines = line_of(head);
        complete.iter().for_each(|complete| lines.extend(line_of(complete)));
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        // Killed between the two, the run is not known of, and all of it is done again.
        file.set_len(0).and_then(|()| file.write_all(&lines)).map_err(|error| self.unwritable(error))
    }

    /// Remembers an input.
    ///
    /// # Errors
    /// The mark cannot be written.
    pub(in crate::run) fn remember(&self, complete: &Complete) -> Result<(), RunError> {
        let line = line_of(complete);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(&line).map_err(|error| self.unwritable(error))
    }

    fn unwritable(&self, error: io::Error) -> RunError {
        RunError::Output { path: self.path.clone(), error }
    }

    /// The run came to its end.
    pub(in crate::run) fn finish(self) {
        // While it is locked: the next run makes one of its own. One that stays makes the next --resume look at each
        // output once more, and no worse.
        let _ = fs::remove_file(&self.path);
    }
}

/// Most lines have no more bytes.
const LINE_BYTES: usize = 512;

fn line_of(value: &impl Serialize) -> Vec<u8> {
    let mut line = Vec::with_capacity(LINE_BYTES);
    // Strings and numbers can always be written to memory.
    let _ = serde_json::to_writer(&mut line, value);
    line.push(b'\n');
    line
}

/// It names files that others may have no business to know of.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Whether the file still stands under that name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |one: Metadata, other: Metadata| (one.dev(), one.ino()) == (other.dev(), other.ino());
    file.metadata().is_ok_and(|one| path.symlink_metadata().is_ok_and(|other| same(one, other)))
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// A digest as text.
pub(in crate::run) fn hex(digest: Sha256) -> String {
    HEXLOWER.encode(&digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_up_or_away_are_none() {
        for path in ["../up", "deep/../../up", "/etc", "."] {
            assert_eq!(StoredPath::of(Path::new(path)).path(), None, "{path}");
        }
        assert_eq!(StoredPath::of(Path::new("deep/a.txt")).path(), Some(PathBuf::from("deep/a.txt")));
    }

    #[test]
    fn a_mark_whose_last_line_is_cut_off_counts_without_that_line() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = Stamp { bytes: 1, time: -2 };
        let path = |name: &str| StoredPath::of(Path::new(name));
        let complete = |name: &str| Complete {
            root: 0,
            input: path(name),
            was: stamp,
            label: path(name),
            logged: None,
            output: path(name),
            made: Some(stamp),
        };
        let mark = Mark::lock(folder.path()).unwrap();
        mark.begin(&MarkHead { fingerprint: "f".to_owned(), log: String::new() }, &[complete("a")]).unwrap();
        mark.remember(&complete("b")).unwrap();
        let file = folder.path().join(OwnFile::RUN_MARK);
        let whole = fs::read(&file).unwrap();
        fs::write(&file, &whole[..whole.len() - 4]).unwrap();
        let (_, earlier) = mark.earlier().unwrap();
        let labels: Vec<StoredPath> = earlier.unwrap().complete.into_iter().map(|complete| complete.label).collect();
        assert_eq!(labels, [path("a")]);
    }
}
