//! Errors of the library as Python's exceptions.

use dechrome::PackError;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// `dechrome.PackError` of the first mistake, with the text of all.
pub(crate) fn pack_error(py: Python<'_>, error: &PackError) -> PyErr {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let problems: Vec<_> = error
        .problems()
        .iter()
        .map(|problem| (problem.file(), problem.line(), problem.column(), problem.message(), problem.suggestion()))
        .collect();
    let made =
        CLASS.import(py, "dechrome._errors", "PackError").and_then(|class| class.call1((error.to_string(), problems)));
    made.map_or_else(|failure| failure, PyErr::from_value)
}

/// A value of a wrong type, and what it should have been.
pub(crate) fn wrong_type(what: &str, wanted: &str, given: &Bound<'_, PyAny>) -> PyErr {
    let name = given.get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("{what} must be {wanted}, not {name}"))
}

/// What cannot be, told instead of a panic.
pub(crate) fn broken(what: &dyn std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(format!("this is a mistake in dechrome, please report it: {what}"))
}
