//! The checksums by which an input and what was left of it are known again.

use crate::io::{Checksum, RunningChecksum};

/// Checksums of what an input held and of what is left of it, both decompressed. Of a table they are those of the rows'
/// texts.
#[derive(Default, Debug)]
pub(in crate::run) struct ContentSums {
    pub(in crate::run) before: RunningChecksum,
    pub(in crate::run) after: RunningChecksum,
}

impl ContentSums {
    /// Goes on with those of the next part.
    pub(in crate::run) fn append(&mut self, next: &ContentSums) {
        self.before.append(&next.before);
        self.after.append(&next.after);
    }

    /// What they are so far.
    pub(in crate::run) fn so_far(&self) -> Contents {
        Contents { before: self.before.so_far(), after: self.after.so_far() }
    }
}

/// What an input held and what was left of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::run) struct Contents {
    pub(in crate::run) before: Checksum,
    pub(in crate::run) after: Checksum,
}

/// Goes on with the text of a row. A byte after it tells where it ends, and no text from an empty one.
pub(in crate::run) fn add_row(sum: &mut RunningChecksum, text: Option<&[u8]>) {
    sum.update(text.unwrap_or_default());
    sum.update(&[u8::from(text.is_none())]);
}
