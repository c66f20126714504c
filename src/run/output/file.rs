//! The output of one file of a tree, until it has its name.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use crate::io::{Access, AtomicFile, Durability, take_over};
use crate::run::worker::DonePart;

use super::failures::Failure;
use super::mark::{Complete, Stamp};
use super::plan::Root;

/// The file to write, begun with its first bytes.
pub(in crate::run) struct TreeOutput<'r> {
    pub(in crate::run) target: PathBuf,
    /// The root, and the folder below it, of which the output's folder is made.
    pub(in crate::run) folder: (&'r Root, &'r Path),
    pub(in crate::run) input: PathBuf,
    pub(in crate::run) metadata: Metadata,
    /// What is to be remembered of it; nothing in place.
    pub(in crate::run) complete: Option<Complete>,
    pub(in crate::run) file: Option<AtomicFile>,
}

impl TreeOutput<'_> {
    pub(in crate::run) fn is_in_place(&self) -> bool {
        self.folder.0.output.is_none()
    }

    pub(in crate::run) fn begin(&mut self) -> io::Result<&mut AtomicFile> {
        let file = self.take_file()?;
        Ok(self.file.insert(file))
    }

    pub(in crate::run) fn write(&mut self, part: &DonePart) -> Result<(), Failure> {
        let written = self.begin().and_then(|file| part.write_to(file));
        written.map_err(|error| self.failure(error))
    }

    /// The file itself, for a writer of its own.
    pub(in crate::run) fn take(&mut self) -> Result<AtomicFile, Failure> {
        self.take_file().map_err(|error| self.failure(error))
    }

    /// Begins the file, and the folder it is to stand in where the walk has not come to that yet. Until it has its
    /// name, the owner alone may read it.
    fn take_file(&mut self) -> io::Result<AtomicFile> {
        if let Some(file) = self.file.take() {
            return Ok(file);
        }
        match AtomicFile::create_with(&self.target, Access::PRIVATE) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let (root, below) = self.folder;
                root.make_folder(below).map_err(|(_, error)| error)?;
                AtomicFile::create_with(&self.target, Access::PRIVATE)
            }
            created => created,
        }
    }

    pub(in crate::run) fn stamp(&mut self) -> Result<Stamp, Failure> {
        let metadata = self.begin().and_then(AtomicFile::metadata);
        metadata.map(|metadata| Stamp::of(&metadata)).map_err(|error| self.failure(error))
    }

    pub(in crate::run) fn take_name(mut self) -> Result<(), Failure> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let is_in_place = self.is_in_place();
        let access = match file.as_file() {
            Some(new) if is_in_place => take_over(&self.input, &self.metadata, new),
            _ => Access::of(&self.input, &self.metadata),
        };
        let durability = if is_in_place { Durability::Synced } else { Durability::Flushed };
        let finished = file.finish(Some(access.permissions(&self.metadata)), durability);
        finished.map_err(|error| self.failure(error))
    }

    fn failure(&self, error: io::Error) -> Failure {
        Failure::File { path: self.target.clone(), error }
    }
}
