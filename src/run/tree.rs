//! Trees of files into a mirror of them, or in place.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use rayon::prelude::*;

use crate::clean::Cleaner;
use crate::io::{Buffers, Walked, walk};
use crate::report::Stats;

use super::error::RunError;
use super::options::CorpusOptions;
use super::plan::{Destination, Root, plan};
use super::resume::Unfinished;
use super::work::Worker;
use super::{Observer, SiteSource};

/// Cleans every file of the inputs, which are files or trees, in parallel. Each output is whole or
/// not there, and keeps its input's mode. A file that cannot be read or written is reported, counted
/// and left out; one that cannot be decoded, or is of a format that is not read, is copied as it is, unless `options` say otherwise. What goes is logged
/// to `log` if they ask for it, before the output has its name.
///
/// # Errors
/// The outputs would get into each other's way, the disk is full or cannot be written to at all, or a record cannot
/// be read and that is to end the run.
pub fn clean_tree(
    cleaner: &Cleaner,
    inputs: &[PathBuf],
    destination: &Destination,
    sites: &SiteSource,
    options: &CorpusOptions,
    log: impl Write + Send,
    observer: &dyn Observer,
) -> Result<Stats, RunError> {
    let roots = plan(inputs, destination)?;
    let worker = Worker::new(cleaner, options)?;
    let unfinished = Unfinished::begin(destination, &options.fingerprint)?;
    let run = TreeRun {
        worker: &worker,
        sites,
        observer,
        began: unfinished.began,
        taken: Mutex::default(),
        spare: Buffers::default(),
        log: Mutex::new(log),
        ended: AtomicBool::new(false),
        fatal: Mutex::new(None),
    };
    let found = roots.iter().flat_map(|root| walk(&root.input).map(move |walked| (root, walked)));
    let stats =
        found.par_bridge().map(|(root, walked)| run.one(root, walked)).reduce(Stats::default, |mut sum, one| {
            sum.merge(&one);
            sum
        });
    let fatal = run.fatal.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    match fatal {
        Some(error) => Err(error),
        None => {
            if !observer.wants_stop() {
                unfinished.finish();
            }
            Ok(stats)
        }
    }
}

/// A run over trees.
pub(super) struct TreeRun<'r, L> {
    pub(super) worker: &'r Worker<'r>,
    pub(super) sites: &'r SiteSource,
    pub(super) observer: &'r dyn Observer,
    /// When the run that is continued began: outputs that were made since are not made again.
    pub(super) began: Option<SystemTime>,
    /// Outputs that have other names than their inputs, or could be taken for one.
    pub(super) taken: Mutex<HashSet<PathBuf>>,
    pub(super) spare: Buffers,
    pub(super) log: Mutex<L>,
    ended: AtomicBool,
    fatal: Mutex<Option<RunError>>,
}

/// What went wrong with one file.
pub(super) enum Failure {
    /// It cannot be read or written.
    File { path: PathBuf, error: io::Error },
    /// The run ends.
    Run(RunError),
}

impl<L: Write + Send> TreeRun<'_, L> {
    fn one(&self, root: &Root, walked: Walked) -> Stats {
        let mut stats = Stats::default();
        if self.observer.wants_stop() || self.ended.load(Ordering::Relaxed) {
            return stats;
        }
        let result = match walked {
            Walked::File(file) => self.file(root, &file, &mut stats),
            Walked::Folder(below) => folder(root, &below),
            Walked::Link(path) => {
                self.observer.skipped_link(&path);
                Ok(())
            }
            Walked::Failed(path, error) => Err(Failure::File { path, error }),
        };
        match result {
            Ok(()) => {}
            Err(Failure::File { path, error }) => {
                stats.failed += 1;
                self.fail(path, error);
            }
            Err(Failure::Run(error)) => {
                stats.failed += 1;
                self.end(error);
            }
        }
        stats
    }

    fn fail(&self, path: PathBuf, error: io::Error) {
        let hopeless = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::ReadOnlyFilesystem];
        if !hopeless.contains(&error.kind()) {
            return self.observer.failed(&path, &error);
        }
        self.end(RunError::Output { path, error });
    }

    fn end(&self, error: RunError) {
        self.ended.store(true, Ordering::Relaxed);
        if let Ok(mut fatal) = self.fatal.lock() {
            fatal.get_or_insert(error);
        }
    }
}

fn folder(root: &Root, below: &Path) -> Result<(), Failure> {
    let Some(output) = &root.output else { return Ok(()) };
    let path = output.join(below);
    fs::create_dir_all(&path).map_err(|error| Failure::File { path, error })
}
