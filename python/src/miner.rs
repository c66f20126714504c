//! The class `Miner`.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use dechrome::mine::{self, MineOptions};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyTuple};

use crate::cleaner::Cleaner;
use crate::texts::Text;
use crate::threads::Threads;
use crate::{arrow, batch};

/// Learns candidate packs from the documents of sites. Picklable; can be shared between threads.
///
/// A Miner can be merged: miners that saw parts of a corpus, merged in any order, have the same packs as one
/// that saw all of it, and as `dechrome mine` has.
///
/// Args:
///     memory_bytes: The text of all samples together; where they would grow larger, each site's sample
///         shrinks. 2 GiB if not given.
///     site_bytes: The text of one site's sample; 4 MiB if not given.
///     document_bytes: Of a longer document its beginning and its end are kept; 64 KiB if not given.
///     fewest_documents: Sites of fewer different documents have no pack; 5 if not given.
///
/// Raises:
///     ValueError: A size is 0, or fewest_documents is less than 2.
#[pyclass(frozen, module = "dechrome")]
pub(crate) struct Miner {
    /// Whoever holds it does not wait for Python.
    miner: Mutex<mine::Miner>,
}

#[pymethods]
impl Miner {
    #[new]
    #[pyo3(signature = (*, memory_bytes=None, site_bytes=None, document_bytes=None, fewest_documents=None))]
    fn new(
        memory_bytes: Option<usize>,
        site_bytes: Option<usize>,
        document_bytes: Option<usize>,
        fewest_documents: Option<usize>,
    ) -> PyResult<Miner> {
        let usual = MineOptions::default();
        let options = MineOptions {
            memory_bytes: at_least("memory_bytes", 1, memory_bytes.unwrap_or(usual.memory_bytes))?,
            site_bytes: at_least("site_bytes", 1, site_bytes.unwrap_or(usual.site_bytes))?,
            document_bytes: at_least("document_bytes", 1, document_bytes.unwrap_or(usual.document_bytes))?,
            fewest_documents: at_least("fewest_documents", 2, fewest_documents.unwrap_or(usual.fewest_documents))?,
        };
        Ok(Miner::of(mine::Miner::new(options)))
    }

    /// Shows it a document.
    ///
    /// Args:
    ///     text: str, or bytes, which need not be UTF-8.
    ///     url: The page's address or host, which says of what site it is.
    ///
    /// Returns:
    ///     Whether it was looked at: not if its site is not known, or it is binary.
    #[pyo3(signature = (text, url=None))]
    fn add(&self, py: Python<'_>, text: &Bound<'_, PyAny>, url: Option<&str>) -> PyResult<bool> {
        let text = Text::of(text)?;
        Ok(py.detach(|| url.is_some_and(|url| self.lock().add(text.as_bytes(), url))))
    }

    /// Shows it many documents; other threads of Python run meanwhile.
    ///
    /// Args:
    ///     texts: An iterable of str, bytes or None.
    ///     urls: An iterable of as many addresses or None.
    ///
    /// Returns:
    ///     How many were looked at.
    ///
    /// Raises:
    ///     TypeError: Something is no text.
    ///     ValueError: There are more or fewer urls than texts. Nothing was looked at then.
    fn add_batch(&self, py: Python<'_>, texts: &Bound<'_, PyAny>, urls: &Bound<'_, PyAny>) -> PyResult<usize> {
        let mut seen = 0;
        batch::show(py, texts, urls, |slice| {
            let mut miner = self.lock();
            let known = slice.iter().filter_map(|(text, url)| Some(((*text)?, (*url)?)));
            seen += known.filter(|(text, url)| miner.add(text.as_bytes(), url)).count();
        })?;
        Ok(seen)
    }

    /// Shows it the rows of Arrow data, without a copy; other threads of Python run meanwhile.
    ///
    /// Args:
    ///     data: A record batch, table or reader of pyarrow, a DataFrame of Polars, a relation of DuckDB, ...;
    ///         see Cleaner.clean_arrow.
    ///     text: The column of texts.
    ///     url: The column of addresses; if not given, "url".
    ///
    /// Returns:
    ///     How many rows were looked at.
    ///
    /// Raises:
    ///     TypeError: This is no Arrow data, or a column holds something else.
    ///     ValueError: There is no such column.
    #[pyo3(signature = (data, text="text", url=None))]
    fn add_arrow(&self, py: Python<'_>, data: &Bound<'_, PyAny>, text: &str, url: Option<&str>) -> PyResult<usize> {
        let names = arrow::Names { text: text.to_owned(), url: Some(url.unwrap_or(arrow::USUAL_URL).to_owned()) };
        let mut seen = 0;
        arrow::show(py, data, &names, |pages| {
            let mut miner = self.lock();
            seen += pages.iter().filter(|(text, url)| miner.add(text, url)).count();
        })?;
        Ok(seen)
    }

    /// Takes in what another Miner of the same options has seen; the other one stays as it is.
    ///
    /// Raises:
    ///     ValueError: Its options are others.
    fn merge(&self, py: Python<'_>, other: &Miner) -> PyResult<()> {
        py.detach(|| {
            // Not both at once: it may be this very one.
            let other = other.lock().clone();
            let mut own = self.lock();
            if own.options() != other.options() {
                return Err(other_options(own.options(), other.options()));
            }
            own.merge(other);
            Ok(())
        })
    }

    /// It as bytes, to be sent to where miners are merged, or kept. The same for the same documents.
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let bytes = py.detach(|| self.lock().to_bytes());
        PyBytes::new(py, &bytes)
    }

    /// The Miner that to_bytes wrote, with its options.
    ///
    /// Args:
    ///     data: bytes or bytearray.
    ///
    /// Raises:
    ///     ValueError: These are other bytes, of another version, or damaged.
    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: PyBackedBytes) -> PyResult<Miner> {
        let read = py.detach(|| mine::Miner::from_bytes(&data));
        read.map(Miner::of).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// The sites it saw documents of, with how many.
    fn sites(&self, py: Python<'_>) -> BTreeMap<String, u64> {
        py.detach(|| self.lock().sites().map(|(site, seen)| (site.to_owned(), seen)).collect())
    }

    /// The packs it has learned, in parallel; other threads of Python run meanwhile.
    ///
    /// Args:
    ///     cleaner: What its rules take already is left out; the built-in packs if not given.
    ///     blocks: Proposes boxes behind the text as blocks, too, as `dechrome mine --blocks` does: what stands
    ///         in these goes, though it does not recur.
    ///     threads: How many threads work, never more than the process has cores; as many as that if not given.
    ///
    /// Returns:
    ///     A dict of sites to packs as TOML texts: what `dechrome mine` writes as SITE.toml. A person reviews
    ///     them; Cleaner takes the dict as it is.
    #[pyo3(signature = (cleaner=None, *, blocks=false, threads=None))]
    fn packs(
        &self,
        py: Python<'_>,
        cleaner: Option<&Cleaner>,
        blocks: bool,
        threads: Option<isize>,
    ) -> PyResult<BTreeMap<String, String>> {
        let known = cleaner.map_or_else(|| Cleaner::built_in(py), |cleaner| Ok(cleaner.shared()))?;
        let threads = Threads::of(threads)?;
        let found = py.detach(|| {
            let miner = self.lock();
            threads.install(|| if blocks { miner.candidates_with_blocks(&known) } else { miner.candidates(&known) })
        })?;
        Ok(found.into_iter().map(|pack| (pack.site.clone(), pack.to_toml())).collect())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let rebuild = py.import("dechrome._native")?.getattr("_miner_of")?;
        Ok((rebuild, (self.to_bytes(py),).into_pyobject(py)?))
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let sites = self.sites(py);
        format!("<dechrome.Miner of {} documents of {} sites>", sites.values().sum::<u64>(), sites.len())
    }
}

impl Miner {
    fn of(miner: mine::Miner) -> Miner {
        Miner { miner: Mutex::new(miner) }
    }

    /// To be asked for where Python goes on: another thread may hold it for long.
    fn lock(&self) -> MutexGuard<'_, mine::Miner> {
        self.miner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a pickled Miner again.
#[pyfunction(name = "_miner_of")]
pub(crate) fn unpickled(py: Python<'_>, data: PyBackedBytes) -> PyResult<Miner> {
    Miner::from_bytes(py, data)
}

fn other_options(own: &MineOptions, other: &MineOptions) -> PyErr {
    let told = |options: &MineOptions| {
        let MineOptions { memory_bytes, site_bytes, document_bytes, fewest_documents, .. } = options;
        format!(
            "memory_bytes={memory_bytes}, site_bytes={site_bytes}, document_bytes={document_bytes}, \
             fewest_documents={fewest_documents}"
        )
    };
    PyValueError::new_err(format!(
        "miners of other options cannot be merged: this one has {}, the other one {}",
        told(own),
        told(other)
    ))
}

fn at_least(name: &str, least: usize, given: usize) -> PyResult<usize> {
    if given >= least { Ok(given) } else { Err(PyValueError::new_err(format!("{name} must be at least {least}"))) }
}
