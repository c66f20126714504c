//! The `dechrome` command.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the `dechrome` command with these arguments, the program's name first, and returns its exit status. Ends the
/// process itself for help, for wrong arguments and for Ctrl-C.
#[pyfunction]
pub(crate) fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| dechrome::cli::run(arguments))
}
