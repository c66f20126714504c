//! Going on with a run that was ended: what of it is complete, and whether it was the same run.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use super::error::RunError;
use super::plan::Destination;
use super::removed::LogEntry;

/// Stands in the output folder while a run into it goes on, and holds what tells that run from others.
const MARKER: &str = ".dechrome-run";

/// The mark of a run that is not finished.
pub(super) struct Unfinished {
    marker: Option<PathBuf>,
    /// Whether an earlier run's outputs need not be made again.
    pub(super) continues: bool,
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
            Destination::InPlace => return Ok(Unfinished { marker: None, continues: false }),
        };
        let marker = folder.join(MARKER);
        let earlier = fs::read_to_string(&marker).ok();
        if resumes && earlier.as_deref().is_some_and(|earlier| earlier != fingerprint) {
            return Err(RunError::OtherRun { output: folder.clone() });
        }
        // Without a mark the run was finished, and what it was is not known: all is done again.
        let continues = resumes && earlier.is_some();
        fs::write(&marker, fingerprint).map_err(|error| RunError::Output { path: marker.clone(), error })?;
        Ok(Unfinished { marker: Some(marker), continues })
    }

    /// The run came to its end.
    pub(super) fn finish(self) {
        // A mark that stays makes the next --resume look at each output once more, and no worse.
        let _ = self.marker.map(fs::remove_file);
    }
}

/// Opens a log of removals to go on with it. What it holds of inputs whose outputs below `output` are not complete is
/// taken out, as these are done again.
///
/// # Errors
/// The log cannot be read or written.
pub fn continue_log(path: &Path, output: &Path) -> io::Result<File> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut kept = tempfile::NamedTempFile::new_in(folder)?;
    match File::open(path) {
        Ok(log) if output.join(MARKER).exists() => copy_complete(log, output, kept.as_file_mut())?,
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    Ok(kept.persist(path)?)
}

fn copy_complete(log: File, output: &Path, kept: &mut File) -> io::Result<()> {
    let mut lines = BufReader::new(log);
    let mut kept = io::BufWriter::new(kept);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        // The last line may be cut off.
        let entry: Option<LogEntry> = line.ends_with(b"\n").then(|| serde_json::from_slice(&line).ok()).flatten();
        if entry.is_some_and(|entry| output.join(&entry.input).exists()) {
            kept.write_all(&line)?;
        }
        line.clear();
    }
    kept.flush()
}
