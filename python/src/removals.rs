//! Removals as Python sees them.

use dechrome::{Cleaner, Removal};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

use crate::texts::Text;

/// A list of `dechrome.Removal`, with offsets that index the text as Python has it.
pub(crate) fn listed<'py>(
    py: Python<'py>,
    cleaner: &Cleaner,
    text: &Text,
    removals: &[Removal],
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = CLASS.import(py, "dechrome._removal", "Removal")?;
    let bytes = text.as_bytes();
    // Where the last removal ended, in bytes and in Python's units.
    let (mut at, mut units) = (0, 0);
    let mut list = Vec::with_capacity(removals.len());
    for removal in removals {
        let gone = &bytes[removal.span.clone()];
        let start = units + text.units(&bytes[at..removal.span.start]);
        let end = start + text.units(gone);
        (at, units) = (removal.span.end, end);
        let rule = cleaner.rule(removal.rule);
        let kind = rule.kind().map(|kind| kind.name());
        list.push(class.call1((rule.full_id(), kind, rule.pack(), start, end, text.value(py, gone)?))?);
    }
    Ok(list)
}
