//! Arrow's C structures in and out of Python's capsules. The one room with unsafe code: its contracts are
//! those of the Arrow C data, C stream and PyCapsule interfaces.

#![allow(unsafe_code, reason = "C structures are taken from pointers, and a stream's callbacks are given to others")]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array, ArrayReader, ArrayRef, make_array};
use arrow_schema::{ArrowError, Field, FieldRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

/// The numbers that a stream's callbacks return for errors: EINTR, EIO and EINVAL, the same everywhere.
const INTERRUPTED: c_int = 4;
const FAILED: c_int = 5;
const INVALID: c_int = 22;

type Chunks = Box<dyn ArrayReader + Send>;

/// Data that is not what its schema says.
pub(super) struct Broken;

impl From<Broken> for ArrowError {
    fn from(_: Broken) -> ArrowError {
        ArrowError::CDataInterface("the data is not of the type that its schema says".to_owned())
    }
}

impl From<Broken> for PyErr {
    fn from(broken: Broken) -> PyErr {
        arrow_error(broken.into())
    }
}

pub(super) fn arrow_error(error: ArrowError) -> PyErr {
    PyValueError::new_err(format!("Arrow data: {error}"))
}

/// The array that an object gives, with its field; nothing if it gives none.
pub(super) fn array_of(data: &Bound<'_, PyAny>) -> PyResult<Option<(FieldRef, ArrayRef)>> {
    let Some(method) = data.getattr_opt("__arrow_c_array__")? else { return Ok(None) };
    let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) = method.call0()?.extract()?;
    let schema = schema.cast_into::<PyCapsule>()?;
    let pointer = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
    // SAFETY: a capsule of that name holds a schema, which lives as long as the capsule.
    let field = Field::try_from(unsafe { pointer.as_ref() }).map_err(arrow_error)?;
    let array = array.cast_into::<PyCapsule>()?;
    let pointer = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
    // SAFETY: a capsule of that name holds an array; it is taken out, and what stays is marked as released.
    let taken = unsafe { FFI_ArrowArray::from_raw(pointer.as_ptr()) };
    if taken.is_released() {
        return Err(PyValueError::new_err("Arrow data: the array was taken before"));
    }
    // SAFETY: the array is of the type of its schema, by the contract of __arrow_c_array__.
    let data = unsafe { from_ffi_and_data_type(taken, field.data_type().clone()) }.map_err(arrow_error)?;
    Ok(Some((field.into(), make_array(data))))
}

/// The stream of arrays that an object gives; nothing if it gives none.
pub(super) fn stream_of(data: &Bound<'_, PyAny>) -> PyResult<Option<ArrayStreamReader>> {
    let Some(method) = data.getattr_opt("__arrow_c_stream__")? else { return Ok(None) };
    let capsule = method.call0()?.cast_into::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: a capsule of that name holds a stream; it is taken out, and what stays is marked as released.
    unsafe { ArrayStreamReader::from_raw(pointer.as_ptr()) }.map(Some).map_err(arrow_error)
}

/// A capsule of a schema.
pub(super) fn schema<'py>(py: Python<'py>, field: &Field) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(field).map_err(arrow_error)?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

/// A capsule of an array.
pub(super) fn array<'py>(py: Python<'py>, array: &ArrayRef) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArray::new(&array.to_data()), ARRAY)
}

/// A capsule of a stream of chunks. Arrow's own export takes record batches alone.
pub(super) fn stream<'py>(py: Python<'py>, chunks: Chunks) -> PyResult<Bound<'py, PyCapsule>> {
    let state = Box::new(Exported { chunks, error: CString::default() });
    let state = Box::into_raw(state).cast::<c_void>();
    // SAFETY: the callbacks take the state for what it is, and release frees it once.
    let stream = unsafe {
        FFI_ArrowArrayStream::new_unchecked(Some(get_schema), Some(get_next), Some(last_error), Some(release), state)
    };
    PyCapsule::new_with_value(py, stream, STREAM)
}

/// What an exported stream owns.
struct Exported {
    chunks: Chunks,
    error: CString,
}

impl Exported {
    /// The state of a stream that was not released.
    ///
    /// # Safety
    /// `stream` is one that [`stream`] made, and nobody else uses it meanwhile.
    unsafe fn of<'s>(stream: *mut FFI_ArrowArrayStream) -> &'s mut Exported {
        // SAFETY: the caller's promise; the state lives until release.
        unsafe { &mut *(*stream).private_data().cast::<Exported>() }
    }

    /// Does something for a caller in C, who sees a number instead of an error or a panic.
    fn answer(&mut self, work: impl FnOnce(&mut Chunks) -> Result<(), ArrowError>) -> c_int {
        let (number, error) = match catch_unwind(AssertUnwindSafe(|| work(&mut self.chunks))) {
            Ok(Ok(())) => return 0,
            Ok(Err(ArrowError::IoError(message, error))) if error.kind() == ErrorKind::Interrupted => {
                (INTERRUPTED, message)
            }
            Ok(Err(error)) => (INVALID, error.to_string()),
            Err(_) => (FAILED, "this is a mistake in dechrome, please report it".to_owned()),
        };
        self.error = CString::new(error.replace('\0', "?")).unwrap_or_default();
        number
    }
}

unsafe extern "C" fn get_schema(stream: *mut FFI_ArrowArrayStream, out: *mut FFI_ArrowSchema) -> c_int {
    // SAFETY: who calls this gives the stream it belongs to and room for a schema.
    unsafe { Exported::of(stream) }.answer(|chunks| {
        let schema = FFI_ArrowSchema::try_from(chunks.field().as_ref())?;
        unsafe { ptr::write(out, schema) };
        Ok(())
    })
}

unsafe extern "C" fn get_next(stream: *mut FFI_ArrowArrayStream, out: *mut FFI_ArrowArray) -> c_int {
    // SAFETY: who calls this gives the stream it belongs to and room for an array.
    unsafe { Exported::of(stream) }.answer(|chunks| {
        let next = match chunks.next() {
            Some(array) => FFI_ArrowArray::new(&array?.to_data()),
            // A released array is the end.
            None => FFI_ArrowArray::empty(),
        };
        unsafe { ptr::write(out, next) };
        Ok(())
    })
}

unsafe extern "C" fn last_error(stream: *mut FFI_ArrowArrayStream) -> *const c_char {
    // SAFETY: who calls this gives the stream it belongs to.
    unsafe { Exported::of(stream) }.error.as_ptr()
}

unsafe extern "C" fn release(stream: *mut FFI_ArrowArrayStream) {
    // SAFETY: called once, with the stream it belongs to; the state was made by Box::into_raw.
    unsafe {
        drop(Box::from_raw((*stream).private_data().cast::<Exported>()));
        ptr::write(stream, FFI_ArrowArrayStream::empty());
    }
}
