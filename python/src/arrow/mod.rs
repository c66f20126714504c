//! Columns of Arrow data, by the Arrow PyCapsule interface.

mod build;
mod capsule;
mod column;
mod dictionary;
mod names;
mod reader;
mod rows;
mod show;

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::ArrayRef;
use arrow_array::ffi_stream::ArrayStreamReader;
use arrow_schema::FieldRef;
use dechrome::Cleaner;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::errors::wrong_type;
use crate::signals::Watch;
use crate::threads::Threads;

use capsule::arrow_error;
use column::{Column, Task};
use names::Columns;
pub(crate) use names::{Names, USUAL_URL};
use reader::CleanReader;
pub(crate) use show::show;

/// How the rows of some data are cleaned.
#[derive(Clone)]
struct Work {
    cleaner: Arc<Cleaner>,
    columns: Columns,
    threads: Threads,
    /// What comes out.
    field: FieldRef,
}

impl Work {
    fn new(cleaner: &Arc<Cleaner>, names: &Names, threads: Threads, field: &FieldRef) -> PyResult<Work> {
        let columns = names.find(field.data_type())?;
        Ok(Work { cleaner: cleaner.clone(), columns, threads, field: columns.cleaned(field) })
    }
}

/// Cleans an array at once, and a stream as it is read.
pub(crate) fn clean<'py>(
    py: Python<'py>,
    cleaner: &Arc<Cleaner>,
    data: &Bound<'py, PyAny>,
    names: Names,
    threads: Threads,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some((field, array)) = capsule::array_of(data)? {
        let work = Work::new(cleaner, &names, threads, &field)?;
        let array = clean_array(py, &work, &array)?;
        return Ok(ArrowArray { field: work.field, array }.into_pyobject(py)?.into_any());
    }
    let Some(reader) = capsule::stream_of(data)? else {
        let wanted = "Arrow data, with __arrow_c_array__ or __arrow_c_stream__";
        return Err(wrong_type("data", wanted, data));
    };
    use arrow_array::ArrayReader;
    let work = Work::new(cleaner, &names, threads, reader.field())?;
    let stream = ArrowStream { source: data.clone().unbind(), work, first: Mutex::new(Some(reader)) };
    Ok(stream.into_pyobject(py)?.into_any())
}

/// Cleans an array, and ends early at Ctrl-C.
fn clean_array(py: Python<'_>, work: &Work, array: &ArrayRef) -> PyResult<ArrayRef> {
    let column = py.detach(|| Column::of(work, array)).map_err(arrow_error)?;
    let mut task = Task::new(&column)?;
    loop {
        py.check_signals()?;
        if let Some(done) = py.detach(|| task.step()).map_err(arrow_error)? {
            return Ok(done);
        }
    }
}

/// A cleaned array or record batch, for whatever takes Arrow data: pyarrow.array, pyarrow.record_batch, ...
#[pyclass(frozen, module = "dechrome")]
pub(crate) struct ArrowArray {
    field: FieldRef,
    array: ArrayRef,
}

#[pymethods]
impl ArrowArray {
    /// The Arrow PyCapsule interface: schema and array. The requested schema is not looked at.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema;
        Ok((capsule::schema(py, &self.field)?, capsule::array(py, &self.array)?))
    }

    /// The Arrow PyCapsule interface: the schema alone.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.field)
    }

    fn __len__(&self) -> usize {
        self.array.len()
    }
}

/// Chunks that are cleaned as they are read, for whatever takes Arrow data: pyarrow.table, polars.DataFrame, ...
///
/// Can be read as often as what it was made of, and after a fork, if that can.
#[pyclass(frozen, module = "dechrome")]
pub(crate) struct ArrowStream {
    source: Py<PyAny>,
    work: Work,
    /// The first reading of the source, which was begun to see what it holds.
    first: Mutex<Option<ArrayStreamReader>>,
}

#[pymethods]
impl ArrowStream {
    /// The Arrow PyCapsule interface: a stream. The requested schema is not looked at.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let begun = self.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        let source = self.source.bind(py);
        let reader = match begun {
            Some(reader) => reader,
            None => capsule::stream_of(source)?.ok_or_else(|| wrong_type("data", "an Arrow stream", source))?,
        };
        capsule::stream(py, Box::new(CleanReader::new(reader, self.work.clone(), Watch::new(py)?)))
    }

    /// The Arrow PyCapsule interface: the schema alone.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.work.field)
    }
}
