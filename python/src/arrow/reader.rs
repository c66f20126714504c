//! A stream of chunks, each cleaned when it is asked for.

use arrow_array::ffi_stream::ArrayStreamReader;
use arrow_array::{ArrayReader, ArrayRef};
use arrow_schema::{ArrowError, FieldRef};

use super::Work;
use super::column::{Column, Task};

pub(super) struct CleanReader {
    source: ArrayStreamReader,
    work: Work,
}

impl CleanReader {
    pub(super) fn new(source: ArrayStreamReader, work: Work) -> CleanReader {
        CleanReader { source, work }
    }

    fn cleaned(&self, array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
        let column = Column::of(&self.work, array)?;
        let mut task = Task::new(&column);
        loop {
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
