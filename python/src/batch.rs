//! Many texts at once, in parallel, while Python goes on.

use dechrome::{Cleaner, Removal};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyString};

use crate::errors::wrong_type;
use crate::texts::{Text, write_left};
use crate::threads::Threads;

/// After so many bytes for each thread it is looked whether Ctrl-C was pressed.
pub(crate) const SLICE_BYTES: usize = 1 << 20;

/// A text and its address.
struct Item<'py> {
    value: Bound<'py, PyAny>,
    text: Option<Text>,
    url: Option<PyBackedStr>,
}

/// A text and its address, for other threads.
type Page<'i> = (Option<&'i Text>, Option<&'i str>);

impl Item<'_> {
    fn page(&self) -> Page<'_> {
        (self.text.as_ref(), self.url.as_deref())
    }
}

/// Cleans texts; those of which nothing goes come back as they are, and `None` stays.
pub(crate) fn clean<'py>(
    py: Python<'py>,
    cleaner: &Cleaner,
    texts: &Bound<'py, PyAny>,
    urls: Option<&Bound<'py, PyAny>>,
    threads: Threads,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let items = items(texts, urls)?;
    let threads = threads.at_most(items.len());
    let workers = threads.workers()?;
    let mut cleaned = Vec::with_capacity(items.len());
    let work = |(text, url): &Page<'_>| -> Vec<Removal> {
        text.map_or_else(Vec::new, |text| cleaner.removals(&text.document(*url)))
    };
    let mut left = Vec::new();
    for slice in slices(&items, SLICE_BYTES * threads.count()) {
        py.check_signals()?;
        let pages: Vec<Page<'_>> = slice.iter().map(Item::page).collect();
        let done = py.detach(|| workers.map(&pages, work));
        for (item, removals) in slice.iter().zip(done) {
            cleaned.push(match &item.text {
                Some(text) if !removals.is_empty() => {
                    write_left(text.as_bytes(), &removals, &mut left);
                    text.value(py, &left)?
                }
                _ => item.value.clone(),
            });
        }
    }
    Ok(cleaned)
}

/// Shows texts, some at a time, while other threads of Python run.
pub(crate) fn show(
    py: Python<'_>,
    texts: &Bound<'_, PyAny>,
    urls: &Bound<'_, PyAny>,
    mut see: impl FnMut(&[Page<'_>]) + Send,
) -> PyResult<()> {
    let items = items(texts, Some(urls))?;
    for slice in slices(&items, SLICE_BYTES) {
        py.check_signals()?;
        let pages: Vec<Page<'_>> = slice.iter().map(Item::page).collect();
        py.detach(|| see(&pages));
    }
    Ok(())
}

fn items<'py>(texts: &Bound<'py, PyAny>, urls: Option<&Bound<'py, PyAny>>) -> PyResult<Vec<Item<'py>>> {
    if texts.is_instance_of::<PyString>() || texts.is_instance_of::<PyBytes>() {
        return Err(wrong_type("texts", "an iterable of str or bytes", texts));
    }
    let mut items = Vec::new();
    for value in texts.try_iter()? {
        let value = value?;
        items.push(Item { text: Text::or_none(&value)?, value, url: None });
    }
    if let Some(urls) = urls {
        if urls.is_instance_of::<PyString>() || urls.is_instance_of::<PyBytes>() {
            return Err(wrong_type("urls", "an iterable of str or None", urls));
        }
        let mut count = 0;
        for url in urls.try_iter()? {
            if let Some(item) = items.get_mut(count) {
                item.url = address(&url?)?;
            }
            count += 1;
        }
        if count != items.len() {
            return Err(PyValueError::new_err(format!("there are {} texts and {count} urls", items.len())));
        }
    }
    Ok(items)
}

fn address(value: &Bound<'_, PyAny>) -> PyResult<Option<PyBackedStr>> {
    value.extract().map_err(|_| wrong_type("a url", "str or None", value))
}

/// Items in slices of so many bytes.
fn slices<'i, 'py>(mut rest: &'i [Item<'py>], limit: usize) -> impl Iterator<Item = &'i [Item<'py>]> {
    std::iter::from_fn(move || {
        let (slice, after) = rest.split_at(slice_len(rest, limit).min(rest.len()));
        rest = after;
        (!slice.is_empty()).then_some(slice)
    })
}

/// How many of the first items are a slice of so many bytes; at least one.
fn slice_len(items: &[Item<'_>], limit: usize) -> usize {
    let mut bytes = 0;
    let fits = |item: &&Item<'_>| {
        bytes += item.text.as_ref().map_or(0, |text| text.as_bytes().len()) + size_of::<Item<'_>>();
        bytes <= limit
    };
    items.iter().take_while(fits).count().max(1)
}
