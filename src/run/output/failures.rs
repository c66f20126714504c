//! What went wrong with one file of a tree.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::run::Observer;
use crate::run::error::RunError;

/// What went wrong with one file.
pub(in crate::run) enum Failure {
    /// It cannot be read or written.
    File { path: PathBuf, error: io::Error },
    /// The run ends.
    Run(RunError),
}

pub(in crate::run) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What these locks guard is whole after each call.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Passes on what is read, and keeps the failure for the one who asked.
pub(in crate::run) struct FailureKeeper<'w> {
    pub(in crate::run) observer: &'w dyn Observer,
    pub(in crate::run) failed: Mutex<Option<io::Error>>,
}

impl Observer for FailureKeeper<'_> {
    fn read(&self, bytes: u64) {
        self.observer.read(bytes);
    }

    fn failed(&self, _: &Path, error: &io::Error) {
        *lock(&self.failed) = Some(io::Error::new(error.kind(), error.to_string()));
    }

    fn fault(&self, path: &Path, record: u64, what: &str) {
        self.observer.fault(path, record, what);
    }

    fn emptied(&self, path: &Path, document: Option<u64>) {
        self.observer.emptied(path, document);
    }

    fn skipped_link(&self, path: &Path) {
        self.observer.skipped_link(path);
    }

    fn note(&self, path: &Path, what: &str) {
        self.observer.note(path, what);
    }

    fn wants_stop(&self) -> bool {
        self.observer.wants_stop()
    }
}
