//! Packs and words as a caller gives them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping};

use crate::errors::wrong_type;

/// Packs of the caller's own.
pub(crate) enum PackSources {
    Texts(BTreeMap<String, String>),
    Paths(Vec<PathBuf>),
}

impl<'py> FromPyObject<'_, 'py> for PackSources {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<PackSources> {
        if let Ok(path) = given.extract() {
            return Ok(PackSources::Paths(vec![path]));
        }
        let wanted = |_| wrong_type("packs", "a path, a list of paths, or a dict of names to TOML texts", &given);
        if given.is_instance_of::<PyMapping>() {
            let texts = given.py().get_type::<PyDict>().call1((given,))?;
            return texts.extract().map(PackSources::Texts).map_err(wanted);
        }
        given.extract().map(PackSources::Paths).map_err(wanted)
    }
}

/// One word or many.
pub(crate) struct Words(pub(crate) Vec<String>);

impl<'py> FromPyObject<'_, 'py> for Words {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Words> {
        if let Ok(word) = given.extract() {
            return Ok(Words(vec![word]));
        }
        given
            .extract()
            .map(Words)
            .map_err(|_| wrong_type("only, except_ and disable", "a str or a list of str", &given))
    }
}
