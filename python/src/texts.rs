//! Texts as Python has them: `str`, or `bytes` that need not be UTF-8.

use dechrome::{Document, Removal, kept_spans};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyString};

use crate::errors::{broken, wrong_type};

/// A text that can be read while Python goes on.
pub(crate) enum Text {
    Str(PyBackedStr),
    /// A `str` with lone surrogates, written as UTF-8 would write them: JSON lines are cleaned in this form too.
    Surrogates(PyBackedBytes),
    Bytes(PyBackedBytes),
}

impl Text {
    /// # Errors
    /// It is no text.
    pub(crate) fn of(value: &Bound<'_, PyAny>) -> PyResult<Text> {
        if let Ok(text) = value.cast::<PyString>() {
            return match PyBackedStr::try_from(text.clone()) {
                Ok(text) => Ok(Text::Str(text)),
                Err(_) => {
                    let encoded = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
                    Ok(Text::Surrogates(encoded.cast_into::<PyBytes>()?.into()))
                }
            };
        }
        match value.cast::<PyBytes>() {
            Ok(text) => Ok(Text::Bytes(text.clone().into())),
            Err(_) => Err(wrong_type("a text", "str or bytes", value)),
        }
    }

    /// A text, or none.
    pub(crate) fn or_none(value: &Bound<'_, PyAny>) -> PyResult<Option<Text>> {
        if value.is_none() { Ok(None) } else { Text::of(value).map(Some) }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Text::Str(text) => text.as_bytes(),
            Text::Surrogates(text) | Text::Bytes(text) => text,
        }
    }

    /// It as a document from that site, if it is known.
    pub(crate) fn document<'t>(&'t self, url: Option<&'t str>) -> Document<'t> {
        document(self.as_bytes(), url)
    }

    /// How many of Python's units some bytes of the text are.
    pub(crate) fn units(&self, part: &[u8]) -> usize {
        match self {
            Text::Bytes(_) => part.len(),
            Text::Str(_) | Text::Surrogates(_) => part.iter().filter(|&&byte| byte & 0xC0 != 0x80).count(),
        }
    }

    /// Bytes of it as a value of the same type.
    pub(crate) fn value<'py>(&self, py: Python<'py>, part: &[u8]) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Text::Bytes(_) => Ok(PyBytes::new(py, part).into_any()),
            // Python looks itself whether it is UTF-8.
            Text::Str(_) => Ok(PyString::from_bytes(py, part).map_err(|error| broken(&error))?.into_any()),
            Text::Surrogates(_) => PyBytes::new(py, part).call_method1("decode", ("utf-8", "surrogatepass")),
        }
    }
}

/// A document from that site; a text without an address activates packs by their signatures.
pub(crate) fn document<'t>(text: &'t [u8], url: Option<&'t str>) -> Document<'t> {
    match url {
        Some(url) => Document::new(text).with_site(url),
        None => Document::new(text),
    }
}

/// Writes what removals leave of a text into a buffer, in the place of what was there.
pub(crate) fn write_left(text: &[u8], removals: &[Removal], left: &mut Vec<u8>) {
    left.clear();
    kept_spans(text.len(), removals).for_each(|span| left.extend_from_slice(&text[span]));
}
