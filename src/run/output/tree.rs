//! Trees of files into a mirror of them, or in place.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::clean::Cleaner;
use crate::io::{Walked, walk};
use crate::report::Stats;
use crate::run::Observer;
use crate::run::error::RunError;
use crate::run::input::SiteSource;
use crate::run::options::CorpusOptions;
use crate::run::worker::Worker;

use super::failures::Failure;
use super::outputs::Outputs;
use super::plan::Root;

/// Cleans every file of the inputs for which `outputs` was opened, in parallel. Each output is whole or
/// not there, and no more open than its input. A file that cannot be read or written is reported, counted
/// and left out; one that cannot be decoded, or is of a format that is not read, is copied as it is, unless `options`
/// say otherwise. What goes is logged
/// to `log` if they ask for it, before the output has its name.
///
/// # Errors
/// The disk is full or cannot be written to at all, or a record cannot be read and that is to end the run.
pub fn clean_tree(
    cleaner: &Cleaner,
    options: &CorpusOptions,
    (outputs, sites): (Outputs, &SiteSource),
    log: impl Write + Send,
    observer: &dyn Observer,
) -> Result<Stats, RunError> {
    let worker = Worker::new(cleaner, options)?;
    outputs.notes.iter().for_each(|(path, what)| observer.note(path, what));
    let run = TreeRun {
        worker: &worker,
        sites,
        observer,
        outputs: &outputs,
        taken: Mutex::default(),
        log: Mutex::new(log),
        ended: AtomicBool::new(false),
        fatal: Mutex::new(None),
    };
    let found = outputs.roots.iter().flat_map(|root| walk(&root.input).map(move |walked| (root, walked)));
    let add = |mut sum: Stats, (root, walked)| {
        run.one(root, walked, &mut sum);
        sum
    };
    let stats = found.par_bridge().fold(Stats::default, add).reduce(Stats::default, |mut sum, one| {
        sum.merge(&one);
        sum
    });
    let fatal = run.fatal.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    match fatal {
        Some(error) => Err(error),
        None => {
            if let Some(mark) = outputs.mark.filter(|_| !observer.wants_stop()) {
                mark.finish();
            }
            Ok(stats)
        }
    }
}

/// A run over trees.
pub(in crate::run) struct TreeRun<'r, L> {
    pub(in crate::run) worker: &'r Worker<'r>,
    pub(in crate::run) sites: &'r SiteSource,
    pub(in crate::run) observer: &'r dyn Observer,
    pub(in crate::run) outputs: &'r Outputs,
    /// Outputs that have other names than their inputs, or could be taken for one.
    pub(in crate::run) taken: Mutex<HashSet<PathBuf>>,
    pub(in crate::run) log: Mutex<L>,
    ended: AtomicBool,
    fatal: Mutex<Option<RunError>>,
}

impl<L: Write + Send> TreeRun<'_, L> {
    /// Does what is to be done with what was found, and adds it to `stats`.
    fn one(&self, root: &Root, walked: Walked, stats: &mut Stats) {
        if self.observer.wants_stop() || self.ended.load(Ordering::Relaxed) {
            return;
        }
        let result = match walked {
            Walked::File(file) => self.file(root, &file, stats),
            Walked::Folder(below) => root.make_folder(&below).map_err(|(path, error)| Failure::File { path, error }),
            Walked::Own(path, own) => {
                self.observer.note(&path, own.note());
                Ok(())
            }
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
