//! A stream of chunks, each cleaned when it is asked for.

use arrow_array::ffi_stream::ArrayStreamReader;
use arrow_array::{ArrayReader, ArrayRef};
use arrow_schema::{ArrowError, FieldRef};

use crate::signals::Watch;

use super::Work;
use super::column::{Column, Task};

pub(super) struct CleanReader {
    source: ArrayStreamReader,
    work: Work,
    /// Who reads may not give Python the chance to hear Ctrl-C before the end.
    watch: Watch,
}

impl CleanReader {
    pub(super) fn new(source: ArrayStreamReader, work: Work, watch: Watch) -> CleanReader {
        CleanReader { source, work, watch }
    }

    fn cleaned(&mut self, array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
        let column = Column::of(&self.work, array)?;
        let mut task = Task::new(&column)?;
        loop {
            self.watch.look()?;
            if let Some(done) = task.step()? {
                return Ok(done);
            }
        }
    }
}

impl Iterator for CleanReader {
    type Item = Result<ArrayRef, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let array = self.source.next()?;
        Some(array.and_then(|array| self.cleaned(&array)))
    }
}

impl ArrayReader for CleanReader {
    fn field(&self) -> &FieldRef {
        &self.work.field
    }
}
