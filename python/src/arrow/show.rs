//! Rows of Arrow data, for somebody who only looks.

use std::str;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayReader, ArrayRef};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::errors::wrong_type;

use super::capsule::{self, Broken, arrow_error};
use super::names::{Columns, Names};
use super::rows::Rows;

/// After so many rows it is looked whether Ctrl-C was pressed.
const SLICE_ROWS: usize = 1000;

/// Shows texts and addresses of rows that have both, some at a time, while other threads of Python run.
pub(crate) fn show(
    py: Python<'_>,
    data: &Bound<'_, PyAny>,
    names: &Names,
    mut see: impl FnMut(&[(&[u8], &str)]) + Send,
) -> PyResult<()> {
    if let Some((field, array)) = capsule::array_of(data)? {
        return show_array(py, &array, names.find(field.data_type())?, &mut see);
    }
    let Some(mut reader) = capsule::stream_of(data)? else {
        let wanted = "Arrow data, with __arrow_c_array__ or __arrow_c_stream__";
        return Err(wrong_type("data", wanted, data));
    };
    let columns = names.find(reader.field().data_type())?;
    while let Some(array) = py.detach(|| reader.next()) {
        show_array(py, &array.map_err(arrow_error)?, columns, &mut see)?;
    }
    Ok(())
}

fn show_array(
    py: Python<'_>,
    array: &ArrayRef,
    columns: Columns,
    see: &mut (impl FnMut(&[(&[u8], &str)]) + Send),
) -> PyResult<()> {
    let Columns::Of { text, url: Some(url) } = columns else {
        return Err(PyTypeError::new_err("this is one column; texts are needed, and their addresses"));
    };
    let columns = array.as_struct_opt().ok_or(Broken)?;
    let (texts, urls) = (Rows::of(columns.column(text)), Rows::of(columns.column(url)));
    for start in (0..array.len()).step_by(SLICE_ROWS) {
        py.check_signals()?;
        let rows = start..array.len().min(start + SLICE_ROWS);
        let page = |row| Some((texts.at(row)?, str::from_utf8(urls.at(row)?).ok()?));
        py.detach(|| see(&rows.filter_map(page).collect::<Vec<_>>()));
    }
    Ok(())
}
