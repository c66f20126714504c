//! Files that the program makes beside outputs, and that are no inputs.

use std::ffi::OsStr;
use std::path::Path;

use super::atomic::{PART_PREFIX, PART_SUFFIX, is_being_written};

/// A file that the program makes beside outputs, and that is no input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OwnFile {
    /// Stands in an output folder until the run into it is finished.
    RunMark,
    /// An output that is being written, or was when its run was killed.
    Part,
}

impl OwnFile {
    /// The name of the mark of a run.
    pub const RUN_MARK: &str = ".dechrome-run";

    /// What a file of this name is, if it is one.
    pub fn of_name(name: &OsStr) -> Option<OwnFile> {
        let bytes = name.as_encoded_bytes();
        if bytes == OwnFile::RUN_MARK.as_bytes() {
            return Some(OwnFile::RunMark);
        }
        let is_part = bytes.starts_with(PART_PREFIX.as_bytes()) && bytes.ends_with(PART_SUFFIX.as_bytes());
        is_part.then_some(OwnFile::Part)
    }

    /// What to tell of one among inputs.
    pub fn note(self) -> &'static str {
        match self {
            OwnFile::RunMark => "a run into this folder is not finished, so that inputs may be missing",
            OwnFile::Part => "left by a run that was killed, and no input; remove it",
        }
    }

    /// Whether it is still there, and not of this process.
    pub(super) fn is_left_over(self, path: &Path) -> bool {
        let is_ours = self == OwnFile::Part && path.file_name().is_some_and(is_being_written);
        !is_ours && path.symlink_metadata().is_ok()
    }
}
