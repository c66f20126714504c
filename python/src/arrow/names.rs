//! Which columns hold texts and addresses.

use arrow_schema::{DataType, Fields};
use pyo3::PyResult;
use pyo3::exceptions::{PyTypeError, PyValueError};

use super::rows::{is_address, is_text};

/// The name of the column of addresses, where there is one.
const USUAL_URL: &str = "url";

/// Names of columns as they were asked for.
pub(crate) struct Names {
    pub(crate) text: String,
    pub(crate) url: Option<String>,
}

/// Where texts and addresses are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Columns {
    /// The data is the texts.
    Itself,
    /// They are columns, by number.
    Of { text: usize, url: Option<usize> },
}

impl Names {
    /// Finds the columns in data of that type.
    ///
    /// # Errors
    /// There is no such column, or it holds something else.
    pub(super) fn find(&self, data: &DataType) -> PyResult<Columns> {
        let DataType::Struct(fields) = data else {
            return match is_text(data) {
                true => Ok(Columns::Itself),
                false => Err(no_text("the data", data)),
            };
        };
        let text = index_of(fields, &self.text)?;
        if !is_text(fields[text].data_type()) {
            return Err(no_text(&format!("column `{}`", self.text), fields[text].data_type()));
        }
        let url = match &self.url {
            None => fields.iter().position(|field| field.name() == USUAL_URL && is_address(field.data_type())),
            Some(url) => {
                let index = index_of(fields, url)?;
                if !is_address(fields[index].data_type()) {
                    return Err(no_text(&format!("column `{url}`"), fields[index].data_type()));
                }
                Some(index)
            }
        };
        Ok(Columns::Of { text, url })
    }
}

fn index_of(fields: &Fields, name: &str) -> PyResult<usize> {
    fields.iter().position(|field| field.name() == name).ok_or_else(|| {
        let names: Vec<&str> = fields.iter().map(|field| &**field.name()).collect();
        PyValueError::new_err(format!("there is no column `{name}`; there are: {}", names.join(", ")))
    })
}

fn no_text(what: &str, data: &DataType) -> pyo3::PyErr {
    let advice = if matches!(data, DataType::Dictionary(..)) { "; decode the dictionary first" } else { "" };
    PyTypeError::new_err(format!("{what} is of type {data}, not of strings{advice}"))
}
