//! Errors of the library as Python's exceptions.

use dechrome::{CleanerError, PackError};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

use crate::recipe::RecipeError;

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

/// The exception for a cleaner that cannot be made.
pub(crate) fn recipe_error(py: Python<'_>, error: &RecipeError) -> PyErr {
    match error {
        RecipeError::Pack(error) | RecipeError::Cleaner(CleanerError::Pack(error)) => pack_error(py, error),
        RecipeError::Cleaner(other) => PyValueError::new_err(other.to_string()),
        RecipeError::Kind(unknown) => PyValueError::new_err(unknown.to_string()),
    }
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
