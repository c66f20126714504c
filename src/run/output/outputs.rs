//! Where the outputs of a run go: planned, kept from other runs, and compared with what an earlier run left there.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::io::{Format, OwnFile};

use super::mark::{Complete, Earlier, Mark, MarkHead, Stamp, StoredPath};
use super::name::output_name;
use super::plan::{Destination, Root, make_folder, plan, resolve};
use crate::run::error::RunError;
use crate::run::log::{LogDigests, keep};
use crate::run::options::CorpusOptions;

/// The outputs of a run over trees, which begins with this: the output folder is there, and no other run writes into it
/// until this is gone.
pub struct Outputs {
    pub(in crate::run) roots: Vec<Root>,
    /// None in place.
    pub(in crate::run) mark: Option<Mark>,
    pub(in crate::run) folder: PathBuf,
    /// Outputs that an earlier run completed, or for good reason did not write.
    pub(in crate::run) complete: HashSet<PathBuf>,
    /// What is to be told when the run goes on.
    pub(in crate::run) notes: Vec<(PathBuf, &'static str)>,
    resumed: Option<Resumed>,
}

/// What is known of the run that is gone on with.
struct Resumed {
    head: MarkHead,
    complete: Vec<Complete>,
    /// Outputs of inputs that are gone, as they were made.
    orphans: Vec<(PathBuf, Option<Stamp>)>,
}

impl Outputs {
    /// Plans where everything goes, and takes the output folder for this run. `log` is where what goes will be logged.
    ///
    /// # Errors
    /// Outputs would get into each other's way or that of the log, another run writes into the folder, it cannot be
    /// written to, or a run that is to be continued there had other packs, options or inputs.
    pub fn open(
        inputs: &[PathBuf],
        destination: &Destination,
        options: &CorpusOptions,
        log: Option<&Path>,
    ) -> Result<Outputs, RunError> {
        let roots = plan(inputs, destination)?;
        if let Some(log) = log.filter(|log| is_output(log, &roots, options)) {
            return Err(RunError::LogIsOutput { log: log.to_owned() });
        }
        let (folder, resumes) = match destination {
            Destination::Mirror(folder) => (folder, false),
            Destination::Resumed(folder) => (folder, true),
            Destination::File(_) | Destination::InPlace => return Ok(Outputs::new(roots, PathBuf::new(), None)),
        };
        make_folder(folder, &roots)?;
        let mark = Mark::lock(folder)?;
        let unreadable = |error| RunError::Output { path: folder.join(OwnFile::RUN_MARK), error };
        let (is_there, earlier) = mark.earlier().map_err(unreadable)?;
        // Without a mark the run was finished, and what it was is not known: all is done again.
        let resumed = match earlier.filter(|_| resumes) {
            Some(earlier) if earlier.head.fingerprint != options.fingerprint => {
                return Err(RunError::OtherRun { output: folder.clone() });
            }
            Some(earlier) => Some(Resumed::weigh(earlier, &roots, folder)),
            None => None,
        };
        if resumed.is_none() {
            let log = log.map_or(String::new(), |log| log.display().to_string());
            mark.begin(&MarkHead { fingerprint: options.fingerprint.clone(), log }, &[])?;
        }
        if is_there {
            remove_parts(folder);
        }
        let mut outputs = Outputs::new(roots, folder.clone(), Some(mark));
        outputs.resumed = resumed;
        if log.is_none() {
            outputs.settle(|_| true)?;
        }
        Ok(outputs)
    }

    fn new(roots: Vec<Root>, folder: PathBuf, mark: Option<Mark>) -> Outputs {
        Outputs { roots, mark, folder, complete: HashSet::new(), notes: Vec::new(), resumed: None }
    }

    /// Opens the log of the run that is gone on with. What it holds of inputs whose outputs are not complete is taken
    /// out, as these are done again; and an input of which the log does not hold what went is done again. `None` if
    /// there is no run to go on with: then the log is a new one.
    ///
    /// # Errors
    /// The log cannot be read or written, or is not that of the run.
    pub fn continue_log(&mut self, log: &Path) -> Result<Option<File>, RunError> {
        let Some(resumed) = &self.resumed else { return Ok(None) };
        let digests = match File::open(log) {
            Ok(file) => LogDigests::of(file).map_err(RunError::Log)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(RunError::Log(error)),
        };
        let logged = |complete: &&Complete| complete.logged.is_some();
        let outputs = resumed.complete.iter().filter(logged).count();
        let has = |complete: &Complete| {
            complete
                .logged
                .as_ref()
                .is_none_or(|digest| digests.as_ref().is_some_and(|all| all.has(&complete.label, digest)))
        };
        let is_there = log.exists();
        if (outputs > 0 && !resumed.complete.iter().filter(logged).any(has)) || (is_there && digests.is_none()) {
            return Err(RunError::OtherLog { log: log.to_owned(), was: resumed.head.log.clone(), outputs });
        }
        let kept = resumed.complete.iter().filter(logged).filter(|complete| has(complete));
        let labels: HashSet<&StoredPath> = kept.map(|complete| &complete.label).collect();
        let file = is_there.then(|| keep(log, &labels)).transpose().map_err(RunError::Log)?;
        self.settle(has)?;
        Ok(file)
    }

    /// What is complete, and holds so, is not done again; outputs of inputs that are gone go.
    fn settle(&mut self, holds: impl Fn(&Complete) -> bool) -> Result<(), RunError> {
        let Some(mut resumed) = self.resumed.take() else { return Ok(()) };
        resumed.complete.retain(holds);
        if let Some(mark) = &self.mark {
            mark.begin(&resumed.head, &resumed.complete)?;
        }
        let outputs = resumed.complete.iter().filter_map(|complete| complete.output.path());
        self.complete = outputs.map(|output| self.folder.join(output)).collect();
        for (path, made) in resumed.orphans {
            let is_as_made = made.is_some() && Stamp::of_path(&path).ok() == made;
            if is_as_made && fs::remove_file(&path).is_ok() {
                self.notes.push((path, "removed, as its input is gone"));
            } else if path.exists() {
                self.notes.push((path, "its input is gone; left, as it was changed since it was written"));
            }
        }
        self.notes.sort();
        Ok(())
    }
}

impl Resumed {
    /// Looks at every input and output that the run remembers.
    fn weigh(earlier: Earlier, roots: &[Root], folder: &Path) -> Resumed {
        let mut resumed = Resumed { head: earlier.head, complete: Vec::new(), orphans: Vec::new() };
        // The last word on an output counts.
        let last: HashMap<PathBuf, Complete> =
            earlier.complete.into_iter().filter_map(|one| Some((one.output.path()?, one))).collect();
        for (output, complete) in last {
            let root = roots.get(complete.root);
            let Some(input) = root.zip(complete.input.path()).map(|(root, below)| root.file(&below)) else { continue };
            let output = folder.join(output);
            match Stamp::of_path(&input) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => resumed.orphans.push((output, complete.made)),
                Ok(now) if now == complete.was && complete.made == made_now(&output, complete.made) => {
                    resumed.complete.push(complete);
                }
                // What changed, or cannot be looked at, is done again.
                Ok(_) | Err(_) => {}
            }
        }
        resumed
    }
}

/// The output as it is; nothing where nothing was made.
fn made_now(output: &Path, made: Option<Stamp>) -> Option<Stamp> {
    made.and_then(|_| Stamp::of_path(output).ok())
}

/// Whether something of the inputs would be written where the log is, or the log where no output may be.
fn is_output(log: &Path, roots: &[Root], options: &CorpusOptions) -> bool {
    if log.file_name().is_some_and(|name| OwnFile::of_name(name).is_some()) {
        return true;
    }
    let log = resolve(log);
    let is_of = |output: &Path, input: &Path| {
        let format = options.format.unwrap_or_else(|| Format::of_path(input));
        output_name(output, format, options) == log
    };
    roots.iter().any(|root| {
        let Some(output) = root.output.as_deref().map(resolve) else { return false };
        if !root.is_folder {
            return is_of(&output, &root.input);
        }
        // Outputs stand below the output as inputs do below the input, under names that may end otherwise.
        let Some(below) = log.strip_prefix(&output).ok().and_then(Path::parent) else { return false };
        let entries = fs::read_dir(root.input.join(below)).into_iter().flatten().flatten();
        let mut names = entries.filter(|entry| !entry.path().is_dir()).map(|entry| entry.file_name());
        names.any(|name| is_of(&output.join(below).join(&name), Path::new(&name)))
    })
}

/// Takes away what a run that was killed had not completed.
fn remove_parts(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        if entry.file_type().is_file() && OwnFile::of_name(entry.file_name()) == Some(OwnFile::Part) {
            // One that stays is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}
