//! What a cleaner is made of: small enough to be sent to another process, which makes the same cleaner of it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use dechrome::{CleanOptions, Cleaner, Kind, Pack, PackSet};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use crate::errors::{cleaner_error, pack_error};

/// A pack's name, its file and its text.
type PackText = (String, String, String);

/// The packs that were added, and all options.
#[derive(Clone, PartialEq, Eq, Debug, FromPyObject, IntoPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Recipe {
    pub(crate) packs: Vec<PackText>,
    pub(crate) builtin: bool,
    pub(crate) only: Option<Vec<String>>,
    pub(crate) except_: Vec<String>,
    pub(crate) disable: Vec<String>,
}

/// Packs as a caller gives them.
#[derive(FromPyObject)]
pub(crate) enum PackSources {
    Path(PathBuf),
    Texts(BTreeMap<String, String>),
    Paths(Vec<PathBuf>),
}

/// One word or many.
#[derive(FromPyObject)]
pub(crate) enum Words {
    One(String),
    Many(Vec<String>),
}

impl Words {
    pub(crate) fn into_vec(self) -> Vec<String> {
        match self {
            Words::One(word) => vec![word],
            Words::Many(words) => words,
        }
    }
}

/// Cleaners that were made in this process, the last one last: tasks of an engine that come one after the
/// other bring the same recipe each time.
static MADE: Mutex<Vec<(Recipe, Arc<Cleaner>)>> = Mutex::new(Vec::new());

/// So many are kept.
const KEPT: usize = 8;

/// Reads packs from disk or text; each is parsed, so that mistakes are told with their place.
pub(crate) fn read_packs(py: Python<'_>, sources: Option<PackSources>) -> PyResult<Vec<PackText>> {
    let mut set = PackSet::empty();
    let paths = match sources {
        None => Vec::new(),
        Some(PackSources::Path(path)) => vec![path],
        Some(PackSources::Paths(paths)) => paths,
        Some(PackSources::Texts(texts)) => {
            for (name, source) in texts {
                set.insert(parse(py, name.strip_prefix("sites/").unwrap_or(&name), &format!("{name}.toml"), &source)?);
            }
            Vec::new()
        }
    };
    for path in paths {
        set.load(&path).map_err(|error| pack_error(py, &error))?;
    }
    let text = |pack: &Pack| (pack.name().to_owned(), pack.file().to_owned(), pack.source().to_owned());
    Ok(set.packs().iter().map(text).collect())
}

impl Recipe {
    /// The cleaner, made anew or kept from before.
    ///
    /// # Errors
    /// `PackError` for packs, `ValueError` for words that name nothing.
    pub(crate) fn cleaner(&self, py: Python<'_>) -> PyResult<Arc<Cleaner>> {
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = match made.iter().position(|(recipe, _)| recipe == self) {
            Some(index) => made.remove(index),
            None => (self.clone(), Arc::new(self.make(py)?)),
        };
        let cleaner = entry.1.clone();
        made.push(entry);
        if made.len() > KEPT {
            made.remove(0);
        }
        Ok(cleaner)
    }

    fn make(&self, py: Python<'_>) -> PyResult<Cleaner> {
        let mut set = if self.builtin { PackSet::built_in() } else { PackSet::empty() };
        for (name, file, source) in &self.packs {
            set.insert(parse(py, name, file, source)?);
        }
        let options = CleanOptions {
            only: self.only.as_deref().map(kinds).transpose()?,
            except: kinds(&self.except_)?,
            disable: self.disable.clone(),
        };
        Cleaner::new(&set, &options).map_err(|error| cleaner_error(py, &error))
    }
}

fn parse(py: Python<'_>, name: &str, file: &str, source: &str) -> PyResult<Pack> {
    Pack::parse(name, file, source).map_err(|error| pack_error(py, &error))
}

fn kinds(words: &[String]) -> PyResult<Vec<Kind>> {
    let kind =
        |word: &String| word.parse().map_err(|error: dechrome::UnknownKind| PyValueError::new_err(error.to_string()));
    words.iter().map(kind).collect()
}

/// Refuses a recipe of another version, whose built-in packs would take other lines.
pub(crate) fn check_version(version: &str) -> PyResult<()> {
    let own = env!("CARGO_PKG_VERSION");
    if version == own {
        return Ok(());
    }
    Err(PyRuntimeError::new_err(format!(
        "this Cleaner was pickled by dechrome {version}, and here is dechrome {own}: install one version everywhere"
    )))
}
