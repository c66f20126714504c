//! Going on with a run that was ended: what of it is complete, and whether it was the same run.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::io::{AtomicFile, Durability, write_atomically};

use super::error::RunError;
use super::plan::Destination;
use super::removed::{LogEntry, Original};

/// Stands in the output folder while a run into it goes on, and holds what tells that run from others.
const MARKER: &str = ".dechrome-run";

/// The mark of a run that is not finished.
pub(super) struct Unfinished {
    marker: Option<PathBuf>,
    /// When the run that is continued began: what was made since need not be made again.
    pub(super) began: Option<SystemTime>,
}

impl Unfinished {
    /// Marks the output folder, which is there.
    ///
    /// # Errors
    /// The folder holds an unfinished run of other packs or options, and that was to be continued.
    pub(super) fn begin(destination: &Destination, fingerprint: &str) -> Result<Unfinished, RunError> {
        let (folder, resumes) = match destination {
            Destination::Mirror(folder) => (folder, false),
            Destination::Resumed(folder) => (folder, true),
            Destination::InPlace => return Ok(Unfinished { marker: None, began: None }),
        };
        let marker = folder.join(MARKER);
        let earlier = fs::read_to_string(&marker).ok();
        if resumes && earlier.as_deref().is_some_and(|earlier| earlier != fingerprint) {
            return Err(RunError::OtherRun { output: folder.clone() });
        }
        // Without a mark the run was finished, and what it was is not known: all is done again.
        if resumes && earlier.is_some() {
            let began = modified(&marker);
            remove_parts(folder);
            return Ok(Unfinished { marker: Some(marker), began });
        }
        // Whole or not at all, as the run may be killed at once.
        let written = write_atomically(&marker, fingerprint.as_bytes());
        written.map_err(|error| RunError::Output { path: marker.clone(), error })?;
        Ok(Unfinished { marker: Some(marker), began: None })
    }

    /// The run came to its end.
    pub(super) fn finish(self) {
        // A mark that stays makes the next --resume look at each output once more, and no worse.
        let _ = self.marker.map(fs::remove_file);
    }
}

/// Whether an output was made by the run that began then, after its input.
pub(super) fn is_complete(output: &Path, input: &Path, began: SystemTime) -> bool {
    modified(output).is_some_and(|made| made >= began && modified(input).is_none_or(|changed| made >= changed))
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}

/// Takes away what a run that was killed had not completed.
fn remove_parts(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_file() && name.starts_with(".dechrome-") && name.ends_with(".part") {
            // One that stays is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Opens a log of removals to go on with it. What it holds of `inputs` whose outputs below `output` are not complete is
/// taken out, as these are done again.
///
/// # Errors
/// The log cannot be read or written.
pub fn continue_log(path: &Path, output: &Path, inputs: &[PathBuf]) -> io::Result<File> {
    let mut kept = AtomicFile::create(path)?;
    match (File::open(path), modified(&output.join(MARKER))) {
        (Ok(log), Some(began)) => copy_complete(log, &mut kept, |label, name| {
            is_complete(&output.join(label), &input_of(name, inputs), began)
        })?,
        (Ok(_), None) => {}
        (Err(error), _) if error.kind() == io::ErrorKind::NotFound => {}
        (Err(error), _) => return Err(error),
    }
    kept.finish(None, Durability::Flushed)?;
    File::options().append(true).open(path)
}

/// The file that has that name below the inputs.
fn input_of(name: &Path, inputs: &[PathBuf]) -> PathBuf {
    let below = |input: &PathBuf| {
        let rest = name.strip_prefix(super::plan::label(inputs, input)).ok()?;
        Some(if input.is_dir() { input.join(rest) } else { input.clone() })
    };
    inputs.iter().find_map(below).unwrap_or_default()
}

/// Asks of an input by what the log calls it, and by its own name.
fn copy_complete(log: File, kept: &mut impl Write, is_complete: impl Fn(&Path, &Path) -> bool) -> io::Result<()> {
    // The names of inputs, which stand before all else of them.
    let mut names: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut lines = BufReader::new(log);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        // The last line may be cut off.
        let entry: Option<LogEntry> = line.ends_with(b"\n").then(|| serde_json::from_slice(&line).ok()).flatten();
        if let Some((input, original)) = entry.and_then(paths) {
            if let Some(original) = original {
                names.insert(input.clone(), original);
            }
            if is_complete(&input, names.get(&input).unwrap_or(&input)) {
                kept.write_all(&line)?;
            }
        }
        line.clear();
    }
    Ok(())
}

/// What the log calls an input, and the input's own name if it is told here.
fn paths(entry: LogEntry) -> Option<(PathBuf, Option<PathBuf>)> {
    let original = entry.original.as_ref().map(Original::path).transpose().ok()?;
    Some((entry.path().ok()?, original))
}
