//! Trees of files into a mirror of them, or in place.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::clean::{Cleaner, take_out};
use crate::io::{AtomicFile, Buffers, Durability, InputFile, Segment, SegmentReader, Walked, walk};
use crate::report::Stats;
use crate::text::Window;

use super::pipeline::{BatchLimit, pump};
use super::stream::{CleanPart, Parts, Source};
use super::{Observer, SiteSource};

/// Where cleaned files go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// Under this folder, each in its place below its root.
    Mirror(PathBuf),
    /// Over the file itself, if anything went.
    InPlace,
}

/// Why a run over trees ends or does not begin.
#[derive(Debug)]
#[non_exhaustive]
pub enum TreeError {
    /// An output is an input or lies inside one, which it would change.
    OutputInsideInput {
        /// The output.
        output: PathBuf,
        /// The input.
        input: PathBuf,
    },
    /// Two inputs would go to the same place.
    SameOutput {
        /// The place.
        output: PathBuf,
    },
    /// An output cannot be written, and the next ones could not either.
    Output {
        /// The output.
        path: PathBuf,
        /// What is wrong with it.
        error: io::Error,
    },
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TreeError::OutputInsideInput { output, input } => {
                write!(
                    f,
                    "{}: the output lies inside the input {}; choose a folder outside, or clean in place",
                    output.display(),
                    input.display()
                )
            }
            TreeError::SameOutput { output } => {
                write!(f, "{}: two inputs would be written there; clean them one by one", output.display())
            }
            TreeError::Output { path, error } => write!(f, "{}: cannot be written: {error}", path.display()),
        }
    }
}

impl std::error::Error for TreeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            TreeError::Output { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// Cleans every file of the inputs, which are files or trees, in parallel. Each output is whole or
/// not there, and keeps its input's mode. A file that cannot be read or written is reported, counted
/// and left out.
///
/// # Errors
/// The outputs would get into each other's way, or the disk is full or cannot be written to at all.
pub fn clean_tree(
    cleaner: &Cleaner,
    inputs: &[PathBuf],
    destination: &Destination,
    sites: &SiteSource,
    observer: &dyn Observer,
) -> Result<Stats, TreeError> {
    let roots = plan(inputs, destination)?;
    let spare = Buffers::default();
    let run = Run { cleaner, sites, observer, spare: &spare, ended: AtomicBool::new(false), fatal: Mutex::new(None) };
    let found = roots.iter().flat_map(|root| walk(&root.input).map(move |walked| (root, walked)));
    let stats =
        found.par_bridge().map(|(root, walked)| run.one(root, walked)).reduce(Stats::default, |mut sum, one| {
            sum.merge(&one);
            sum
        });
    let fatal = run.fatal.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    fatal.map_or(Ok(stats), Err)
}

/// An input and where what is below it goes.
struct Root {
    input: PathBuf,
    /// `None` for in place.
    output: Option<PathBuf>,
    /// Inputs that lie below the output, so that single outputs may come to lie in them.
    inputs_inside: Vec<PathBuf>,
}

fn plan(inputs: &[PathBuf], destination: &Destination) -> Result<Vec<Root>, TreeError> {
    let Destination::Mirror(folder) = destination else {
        return Ok(inputs
            .iter()
            .map(|input| Root { input: input.clone(), output: None, inputs_inside: Vec::new() })
            .collect());
    };
    let mut roots: Vec<Root> = Vec::new();
    for input in inputs {
        // One tree is mirrored as it is; several keep their names apart, as do files.
        let name = input.file_name().map(PathBuf::from);
        let name = name.or_else(|| resolve(input).file_name().map(PathBuf::from)).unwrap_or_default();
        let below = if inputs.len() == 1 && input.is_dir() { folder.clone() } else { folder.join(name) };
        if let Some(hit) = inputs.iter().find(|input| resolve(&below).starts_with(resolve(input))) {
            return Err(TreeError::OutputInsideInput { output: below, input: hit.clone() });
        }
        if roots.iter().any(|root| root.output.as_ref() == Some(&below)) {
            return Err(TreeError::SameOutput { output: below });
        }
        let inputs_inside =
            inputs.iter().filter(|input| resolve(input).starts_with(resolve(&below))).cloned().collect();
        roots.push(Root { input: input.clone(), output: Some(below), inputs_inside });
    }
    // A folder that cannot be written to is told once, not for every file.
    let writable = fs::create_dir_all(folder).and_then(|()| tempfile::tempfile_in(folder));
    match writable {
        Ok(_) => Ok(roots),
        Err(error) => Err(TreeError::Output { path: folder.clone(), error: error.kind().into() }),
    }
}

/// The path without links and dots, also where its last parts are not there yet.
fn resolve(path: &Path) -> PathBuf {
    let mut missing = Vec::new();
    let mut there = path;
    loop {
        // A bare name stands in the current folder.
        let shown = if there.as_os_str().is_empty() { Path::new(".") } else { there };
        match (shown.canonicalize(), there.parent(), there.file_name()) {
            (Ok(resolved), ..) => return missing.iter().rev().fold(resolved, |path, part| path.join(part)),
            (Err(_), Some(parent), Some(name)) => {
                missing.push(name);
                there = parent;
            }
            (Err(_), ..) => return path.to_owned(),
        }
    }
}

struct Run<'r> {
    cleaner: &'r Cleaner,
    sites: &'r SiteSource,
    observer: &'r dyn Observer,
    spare: &'r Buffers,
    ended: AtomicBool,
    fatal: Mutex<Option<TreeError>>,
}

impl Run<'_> {
    fn one(&self, root: &Root, walked: Walked) -> Stats {
        let mut stats = Stats::default();
        if self.observer.wants_stop() || self.ended.load(Ordering::Relaxed) {
            return stats;
        }
        let result = match walked {
            Walked::File(file) => self.file(root, &file, &mut stats),
            Walked::Folder(below) => self.folder(root, &below),
            Walked::Link(path) => {
                self.observer.skipped_link(&path);
                Ok(())
            }
            Walked::Failed(path, error) => Err(Failure { path, error }),
        };
        if let Err(Failure { path, error }) = result {
            stats.failed += 1;
            self.fail(path, error);
        }
        stats
    }

    fn fail(&self, path: PathBuf, error: io::Error) {
        let hopeless = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::ReadOnlyFilesystem];
        if !hopeless.contains(&error.kind()) {
            return self.observer.failed(&path, &error);
        }
        self.end(TreeError::Output { path, error });
    }

    fn end(&self, error: TreeError) {
        self.ended.store(true, Ordering::Relaxed);
        if let Ok(mut fatal) = self.fatal.lock() {
            fatal.get_or_insert(error);
        }
    }

    fn folder(&self, root: &Root, below: &Path) -> Result<(), Failure> {
        let Some(output) = &root.output else { return Ok(()) };
        let path = output.join(below);
        fs::create_dir_all(&path).map_err(|error| Failure { path, error })
    }

    fn file(&self, root: &Root, file: &InputFile, stats: &mut Stats) -> Result<(), Failure> {
        let reading = |error| Failure { path: file.path.clone(), error };
        let target = match &root.output {
            Some(output) if root.input.is_dir() => output.join(&file.below),
            Some(output) => output.clone(),
            // The file that a link stands for is replaced, not the link.
            None => file.path.canonicalize().map_err(reading)?,
        };
        if let Some(hit) = root.inputs_inside.iter().find(|input| resolve(&target).starts_with(resolve(input))) {
            self.end(TreeError::OutputInsideInput { output: target, input: hit.clone() });
            return Ok(());
        }
        let in_place = root.output.is_none();
        let source = File::open(&file.path).map_err(reading)?;
        let permissions = source.metadata().map_err(reading)?.permissions();
        let site = self.sites.site_of(&file.path, self.cleaner);
        let mut output = Output { target, in_place, file: None };
        let mut segments = SegmentReader::new(source, self.spare);
        let first = segments.next_segment().map_err(reading)?;
        if let Some(Segment::Window { mut bytes, closes: true, .. }) = first {
            self.observer.read(bytes.len() as u64);
            let window = Window { text: &bytes, site: site.as_deref(), opens: true, closes: true };
            let removals = self.cleaner.window_removals(&window);
            stats.add_part(bytes.len(), site.as_deref(), &removals);
            stats.end_document(!removals.is_empty());
            if in_place && removals.is_empty() {
                self.spare.give(bytes);
                return Ok(());
            }
            take_out(&mut bytes, &removals);
            output.write(&bytes)?;
            self.spare.give(bytes);
        } else {
            drop(segments);
            let changed = self.long_file(file, site, &mut output, stats)?;
            if in_place && !changed {
                return Ok(());
            }
        }
        output.finish(permissions)
    }

    /// A file of several windows: they are cleaned in parallel too. Says whether anything went.
    fn long_file(
        &self,
        file: &InputFile,
        site: Option<String>,
        output: &mut Output,
        stats: &mut Stats,
    ) -> Result<bool, Failure> {
        let failed = Mutex::new(None);
        let witness = ReadWitness { observer: self.observer, failed: &failed };
        let path = file.path.clone();
        let open = Box::new(move || Ok(Box::new(File::open(path)?) as Box<dyn io::Read + Send>));
        let source = Source { name: file.path.clone(), site, open };
        let mut parts = Parts::new(std::iter::once(source), self.spare, &witness);
        let limit = BatchLimit::new();
        let (mut changed, mut ever_changed) = (false, false);
        pump(
            || parts.next_batch(&limit),
            |part| part.clean(self.cleaner),
            |part: CleanPart| {
                ever_changed |= !part.removals.is_empty();
                part.count(stats, &mut changed);
                output.write(&part.left)?;
                self.spare.give(part.left);
                Ok(())
            },
        )?;
        drop(parts);
        let failed = failed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let interrupted = self.observer.wants_stop().then(|| io::Error::from(io::ErrorKind::Interrupted));
        match failed.or(interrupted) {
            // A file that was read in part is not written in part.
            Some(error) => Err(Failure { path: file.path.clone(), error }),
            None => Ok(ever_changed),
        }
    }
}

struct Failure {
    path: PathBuf,
    error: io::Error,
}

/// Passes on what is read, and keeps the failure for the one who asked.
struct ReadWitness<'w> {
    observer: &'w dyn Observer,
    failed: &'w Mutex<Option<io::Error>>,
}

impl Observer for ReadWitness<'_> {
    fn read(&self, bytes: u64) {
        self.observer.read(bytes);
    }

    fn failed(&self, _: &Path, error: &io::Error) {
        if let Ok(mut failed) = self.failed.lock() {
            *failed = Some(io::Error::new(error.kind(), error.to_string()));
        }
    }

    fn skipped_link(&self, path: &Path) {
        self.observer.skipped_link(path);
    }

    fn wants_stop(&self) -> bool {
        self.observer.wants_stop()
    }
}

/// The file to write, begun with its first bytes.
struct Output {
    target: PathBuf,
    in_place: bool,
    file: Option<AtomicFile>,
}

impl Output {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let file = match &mut self.file {
            Some(file) => Ok(file),
            None => create(&self.target).map(|file| self.file.insert(file)),
        };
        file.and_then(|file| file.write_all(bytes)).map_err(|error| Failure { path: self.target.clone(), error })
    }

    fn finish(mut self, permissions: fs::Permissions) -> Result<(), Failure> {
        self.write(&[])?;
        let durability = if self.in_place { Durability::Synced } else { Durability::Flushed };
        let finished = self.file.map_or(Ok(()), |file| file.finish(Some(permissions), durability));
        finished.map_err(|error| Failure { path: self.target, error })
    }
}

/// Begins the file, and the folder it is to stand in where the walk has not come to that yet.
fn create(target: &Path) -> io::Result<AtomicFile> {
    match (AtomicFile::create(target), target.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            AtomicFile::create(target)
        }
        (created, _) => created,
    }
}
