//! Which columns hold texts and addresses.

use std::sync::Arc;

use arrow_schema::{DataType, Field, FieldRef, Fields};
use pyo3::PyResult;
use pyo3::exceptions::{PyTypeError, PyValueError};

use super::rows::holds_texts;

/// The name of the column of addresses, where there is one.
pub(crate) const USUAL_URL: &str = "url";

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

/// How Polars names the categories of an `Enum` beside them. What is left of a text is none of them: Polars would
/// read it as null.
const ENUM: &str = "_PL_ENUM_VALUES";

impl Columns {
    /// The field of such data when it is cleaned.
    pub(super) fn cleaned(self, field: &FieldRef) -> FieldRef {
        let (text, url) = match self {
            Columns::Itself => return cleaned(field, false),
            Columns::Of { text, url } => (text, url),
        };
        let DataType::Struct(fields) = field.data_type() else { return field.clone() };
        let mut fields = fields.to_vec();
        fields[text] = cleaned(&fields[text], url.is_some());
        Arc::new(Field::clone(field).with_data_type(DataType::Struct(fields.into())))
    }
}

/// The field of a column of texts when it is cleaned. A dictionary stays one, unless the same text may become two, and
/// more than its keys can count.
fn cleaned(field: &FieldRef, by_site: bool) -> FieldRef {
    let DataType::Dictionary(_, values) = field.data_type() else { return field.clone() };
    let mut metadata = field.metadata().clone();
    metadata.retain(|key, _| !key.starts_with(ENUM));
    let cleaned = Field::clone(field).with_metadata(metadata);
    Arc::new(if by_site { cleaned.with_data_type((**values).clone()) } else { cleaned })
}

impl Names {
    /// Finds the columns in data of that type.
    ///
    /// # Errors
    /// There is no such column, or it holds something else.
    pub(super) fn find(&self, data: &DataType) -> PyResult<Columns> {
        let DataType::Struct(fields) = data else {
            return match holds_texts(data) {
                true => Ok(Columns::Itself),
                false => Err(no_text("the data", data)),
            };
        };
        let text = index_of(fields, &self.text)?;
        if !holds_texts(fields[text].data_type()) {
            return Err(no_text(&format!("column `{}`", self.text), fields[text].data_type()));
        }
        let url = match &self.url {
            None => fields.iter().position(|field| field.name() == USUAL_URL && holds_texts(field.data_type())),
            Some(url) => {
                let index = index_of(fields, url)?;
                if !holds_texts(fields[index].data_type()) {
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
    PyTypeError::new_err(format!("{what} is of type {}, not of strings", type_name(data)))
}

/// What pyarrow and others call a type, without its parameters.
fn type_name(data: &DataType) -> String {
    match data {
        DataType::Dictionary(_, values) => format!("dictionary of {}", type_name(values)),
        DataType::Boolean => "bool".to_owned(),
        DataType::Float16 => "halffloat".to_owned(),
        DataType::Float32 => "float".to_owned(),
        DataType::Float64 => "double".to_owned(),
        DataType::Utf8 => "string".to_owned(),
        DataType::List(item)
        | DataType::ListView(item)
        | DataType::FixedSizeList(item, _)
        | DataType::LargeList(item) => {
            format!("list of {}", type_name(item.data_type()))
        }
        other => other.to_string().split('(').next().unwrap_or_default().to_lowercase(),
    }
}
