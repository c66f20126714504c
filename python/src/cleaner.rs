//! The class `Cleaner`.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::errors::pack_error;
use crate::recipe::{Recipe, check_version, read_packs};
use crate::sources::{PackSources, Words};
use crate::texts::{Text, write_left};
use crate::threads::Threads;
use crate::{arrow, batch, made, removals};

/// Shorter texts, in bytes, are cleaned sooner than other threads of Python would get their turn.
const WORTH_DETACHING: usize = 16 << 10;

/// Takes site chrome out of texts, and says by which rule. Immutable; shared between threads; picklable.
///
/// Args:
///     packs: Packs of your own: a path of a file or folder, a list of such paths, or a dict of pack
///         names to TOML texts. One called like a built-in one stands beside it, unless it says
///         `replaces = true`.
///     builtin: Whether the built-in packs take part.
///     only: Only rules of these kinds, such as "cookie".
///     except_: No rules of these kinds.
///     disable: No rules with these full ids, such as "generic/en/share-buttons"; a pack's name stands
///         for all of its rules, "menu" for the rules for menus, "evidence" for what no rule names.
///     markup: How texts are written: "auto" (as each shows itself), "markdown" or "text". Of Markdown what
///         a reader sees is compared.
///     level: How much goes that no rule names, by what stands around it: nothing ("rules"), or more from
///         "careful" over "standard" to "thorough".
///
/// Raises:
///     PackError: A pack has a mistake.
///     ValueError: A kind, a rule, a markup or a level is not known.
///
/// Making one takes milliseconds, and half a second for 100 000 phrases of your own; other threads of Python run
/// meanwhile. Another one of the same packs and options in this process shares its tables, and so does one that was
/// unpickled. Only the very build of dechrome that pickled one takes the pickle: `dechrome.__build__` tells builds apart.
#[pyclass(frozen, module = "dechrome")]
pub(crate) struct Cleaner {
    recipe: Recipe,
    cleaner: Arc<dechrome::Cleaner>,
}

#[pymethods]
impl Cleaner {
    #[new]
    #[pyo3(signature = (packs=None, *, builtin=true, only=None, except_=None, disable=None, markup="auto", level="standard"))]
    #[allow(clippy::too_many_arguments, reason = "they are keyword arguments in Python")]
    fn new(
        py: Python<'_>,
        packs: Option<PackSources>,
        builtin: bool,
        only: Option<Words>,
        except_: Option<Words>,
        disable: Option<Words>,
        markup: &str,
        level: &str,
    ) -> PyResult<Cleaner> {
        let recipe = Recipe {
            packs: py.detach(|| read_packs(packs)).map_err(|error| pack_error(py, &error))?,
            builtin,
            only: only.map(|words| words.0),
            except_: except_.map_or_else(Vec::new, |words| words.0),
            disable: disable.map_or_else(Vec::new, |words| words.0),
            markup: markup.to_owned(),
            level: level.to_owned(),
        };
        Cleaner::of(py, recipe)
    }

    /// Takes the chrome out of a text.
    ///
    /// Args:
    ///     text: str, or bytes, which need not be UTF-8.
    ///     url: The page's address or host, which activates the packs of its site.
    ///
    /// Returns:
    ///     What is left, of the same type; the very same object if nothing went.
    ///
    /// Other threads of Python run meanwhile, if the text is of some length.
    #[pyo3(signature = (text, url=None))]
    fn clean<'py>(&self, py: Python<'py>, text: &Bound<'py, PyAny>, url: Option<&str>) -> PyResult<Bound<'py, PyAny>> {
        let read = Text::of(text)?;
        let removals = self.removals(py, &read, url);
        if removals.is_empty() {
            return Ok(text.clone());
        }
        let mut left = Vec::with_capacity(read.as_bytes().len());
        write_left(read.as_bytes(), &removals, &mut left);
        read.value(py, &left)
    }

    /// Tells what goes of a text, and by which rule.
    ///
    /// Args:
    ///     text: str, or bytes, which need not be UTF-8.
    ///     url: The page's address or host, which activates the packs of its site.
    ///
    /// Returns:
    ///     A list of Removal, in order. `start` and `end` index the text that was given: characters of a
    ///     str, bytes of bytes. The text without these parts is what `clean` returns.
    #[pyo3(signature = (text, url=None))]
    fn explain<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        url: Option<&str>,
    ) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let text = Text::of(text)?;
        let removals = self.removals(py, &text, url);
        removals::listed(py, &self.cleaner, &text, &removals)
    }

    /// Takes the chrome out of many texts, in parallel; other threads of Python run meanwhile.
    ///
    /// Args:
    ///     texts: An iterable of str, bytes or None.
    ///     urls: An iterable of as many addresses or None.
    ///     threads: How many threads work, never more than the process has cores, nor than there are texts; as
    ///         many as that if not given. 1 is the calling thread alone, for workers of an engine that has a
    ///         worker for each core.
    ///
    /// Returns:
    ///     A list of what is left, in order; None stays None.
    ///
    /// Raises:
    ///     TypeError: Something is no text.
    ///     ValueError: There are more or fewer urls than texts, or threads is less than 1.
    #[pyo3(signature = (texts, urls=None, *, threads=None))]
    fn clean_batch<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        urls: Option<&Bound<'py, PyAny>>,
        threads: Option<isize>,
    ) -> PyResult<Vec<Bound<'py, PyAny>>> {
        batch::clean(py, &self.cleaner, texts, urls, Threads::of(threads)?)
    }

    /// Takes the chrome out of a column of Arrow data, without a copy of what does not change.
    ///
    /// Args:
    ///     data: What has `__arrow_c_array__` or `__arrow_c_stream__`: an array, chunked array, record batch,
    ///         table or reader of pyarrow, a Series or DataFrame of Polars, a relation of DuckDB, ...
    ///     text: The column of texts, if data has columns: strings or binary of any layout, or a dictionary
    ///         of them, of which each entry is cleaned once.
    ///     url: The column of addresses; if not given, "url" where there is such a column of strings.
    ///     threads: As for clean_batch.
    ///
    /// Returns:
    ///     ArrowArray for an array or a record batch: cleaned. ArrowStream for all else: cleaned as it is
    ///     read, a chunk at a time. Both are for pyarrow.array, pyarrow.record_batch, pyarrow.table,
    ///     polars.DataFrame and the like. Types, other columns and metadata stay;
    ///     but a dictionary comes out plain where there are addresses, as the same text may become two.
    ///
    /// Raises:
    ///     TypeError: This is no Arrow data, or the column holds no text.
    ///     ValueError: There is no such column.
    #[pyo3(signature = (data, text="text", url=None, *, threads=None))]
    #[allow(clippy::too_many_arguments, reason = "they are keyword arguments in Python")]
    fn clean_arrow<'py>(
        &self,
        py: Python<'py>,
        data: &Bound<'py, PyAny>,
        text: &str,
        url: Option<&str>,
        threads: Option<isize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let names = arrow::Names { text: text.to_owned(), url: url.map(str::to_owned) };
        arrow::clean(py, &self.cleaner, data, names, Threads::of(threads)?)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let rebuild = py.import("dechrome._native")?.getattr("_rebuild")?;
        let recipe = self.recipe.clone().into_pyobject(py)?;
        Ok((rebuild, (dechrome::LONG_VERSION, recipe).into_pyobject(py)?))
    }

    fn __repr__(&self) -> String {
        let Recipe { packs, builtin, .. } = &self.recipe;
        let own: Vec<&str> = packs.iter().map(|(name, ..)| &**name).collect();
        let rules = self.cleaner.rules().len();
        format!(
            "<dechrome.Cleaner of {rules} rules, builtin={}, own packs {own:?}>",
            if *builtin { "True" } else { "False" }
        )
    }
}

impl Cleaner {
    fn of(py: Python<'_>, recipe: Recipe) -> PyResult<Cleaner> {
        let cleaner = made::cleaner(py, &recipe)?;
        Ok(Cleaner { recipe, cleaner })
    }

    /// The library's own, of the built-in packs.
    pub(crate) fn built_in(py: Python<'_>) -> PyResult<Arc<dechrome::Cleaner>> {
        let (except_, disable) = (Vec::new(), Vec::new());
        let (markup, level) = ("auto".to_owned(), "standard".to_owned());
        let recipe = Recipe { packs: Vec::new(), builtin: true, only: None, except_, disable, markup, level };
        made::cleaner(py, &recipe)
    }

    /// The library's own.
    pub(crate) fn shared(&self) -> Arc<dechrome::Cleaner> {
        self.cleaner.clone()
    }

    fn removals(&self, py: Python<'_>, text: &Text, url: Option<&str>) -> Vec<dechrome::Removal> {
        let work = || self.cleaner.removals(&text.document(url));
        if text.as_bytes().len() < WORTH_DETACHING { work() } else { py.detach(work) }
    }
}

/// Makes a pickled Cleaner again.
#[pyfunction(name = "_rebuild")]
pub(crate) fn rebuild(py: Python<'_>, version: &str, recipe: Recipe) -> PyResult<Cleaner> {
    check_version(version)?;
    Cleaner::of(py, recipe)
}
