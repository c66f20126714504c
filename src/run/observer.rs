//! Who is told how a run goes.

use std::io;
use std::path::Path;

/// Is told how a run goes, from several threads at once.
pub trait Observer: Sync {
    /// So many more bytes were read, before they are decompressed.
    fn read(&self, bytes: u64);

    /// An input could not be read, or an output not be written. The run goes on with the others.
    fn failed(&self, path: &Path, error: &io::Error);

    /// A record of an input, counted from 1, cannot be read. The run goes on with the next one.
    fn fault(&self, path: &Path, record: u64, what: &str);

    /// Of a document something went, and nothing or hardly anything is left: of the input, or of its document with that
    /// number, from 1. Nothing is wrong with the run.
    fn emptied(&self, path: &Path, document: Option<u64>) {
        let _ = (path, document);
    }

    /// A symbolic link inside a tree was left alone.
    fn skipped_link(&self, path: &Path);

    /// Something that stands among inputs or outputs is to be known of, and is no fault.
    fn note(&self, _path: &Path, _what: &str) {}

    /// Whether the run should end before the next file or batch.
    fn wants_stop(&self) -> bool {
        false
    }
}

/// An observer that does nothing, for programs that look at the figures alone.
#[derive(Clone, Copy, Default, Debug)]
pub struct Silent;

impl Observer for Silent {
    fn read(&self, _: u64) {}
    fn failed(&self, _: &Path, _: &io::Error) {}
    fn fault(&self, _: &Path, _: u64, _: &str) {}
    fn skipped_link(&self, _: &Path) {}
}
