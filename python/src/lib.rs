//! dechrome for Python: the module `dechrome._native`. Knows the library's public names and Python's
//! objects; what an engine's helper needs beyond that is written in Python.

mod arrow;
mod batch;
mod cleaner;
mod command;
mod errors;
mod made;
mod miner;
mod recipe;
mod removals;
mod signals;
mod sources;
mod texts;
mod threads;

use pyo3::prelude::*;

/// The native part of dechrome.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::arrow::{ArrowArray, ArrowStream};
    #[pymodule_export]
    use super::cleaner::{Cleaner, rebuild};
    #[pymodule_export]
    use super::command::main;
    #[pymodule_export]
    use super::miner::{Miner, unpickled};

    /// The version of the library.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "a name of Python's")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    /// A digest of the packs and the code that decides, which tells this build from others of the same version.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "a name of Python's")]
    const __build__: &str = dechrome::BUILD_DIGEST;
}
