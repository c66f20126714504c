//! What a cleaner is made of: small enough to be sent to another process, which makes the same cleaner of it.

use dechrome::{
    CleanOptions, Cleaner, CleanerError, Kind, Pack, PackError, PackSet, UnknownKind, UnknownLevel, UnknownMarkup,
};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use crate::errors::pack_error;
use crate::sources::PackSources;

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
    pub(crate) markup: String,
    pub(crate) level: String,
}

/// Why a recipe does not make a cleaner.
pub(crate) enum RecipeError {
    Pack(PackError),
    Cleaner(CleanerError),
    Kind(UnknownKind),
    Markup(UnknownMarkup),
    Level(UnknownLevel),
}

/// Reads packs from disk or text; each is parsed, so that mistakes are told with their place.
pub(crate) fn read_packs(sources: Option<PackSources>) -> Result<Vec<PackText>, PackError> {
    let mut set = PackSet::empty();
    match sources {
        None => {}
        Some(PackSources::Paths(paths)) => {
            for path in paths {
                set.load(&path)?;
            }
        }
        Some(PackSources::Texts(texts)) => {
            for (name, source) in texts {
                set.insert(Pack::parse(
                    name.strip_prefix("sites/").unwrap_or(&name),
                    &format!("{name}.toml"),
                    &source,
                )?);
            }
        }
    }
    let text = |pack: &Pack| (pack.name().to_owned(), pack.file().to_owned(), pack.source().to_owned());
    Ok(set.packs().iter().map(text).collect())
}

impl Recipe {
    /// Makes the cleaner.
    pub(crate) fn make(&self) -> Result<Cleaner, RecipeError> {
        let mut set = if self.builtin { PackSet::built_in() } else { PackSet::empty() };
        for (name, file, source) in &self.packs {
            set.insert(Pack::parse(name, file, source).map_err(RecipeError::Pack)?);
        }
        let options = CleanOptions {
            only: self.only.as_deref().map(kinds).transpose()?,
            except: kinds(&self.except_)?,
            disable: self.disable.clone(),
            markup: self.markup.parse().map_err(RecipeError::Markup)?,
            level: self.level.parse().map_err(RecipeError::Level)?,
            scorecard: None,
        };
        Cleaner::new(&set, &options).map_err(RecipeError::Cleaner)
    }
}

fn kinds(words: &[String]) -> Result<Vec<Kind>, RecipeError> {
    words.iter().map(|word| word.parse().map_err(RecipeError::Kind)).collect()
}

/// Refuses a recipe of another build, which would take other lines.
pub(crate) fn check_version(version: &str) -> PyResult<()> {
    let own = dechrome::LONG_VERSION;
    if version == own {
        return Ok(());
    }
    Err(PyRuntimeError::new_err(format!(
        "this Cleaner was pickled by dechrome {version}, and here is dechrome {own}, which may take other lines: \
         install one build everywhere"
    )))
}

/// The exception for a cleaner that cannot be made.
pub(crate) fn recipe_error(py: Python<'_>, error: &RecipeError) -> PyErr {
    match error {
        RecipeError::Pack(error) | RecipeError::Cleaner(CleanerError::Pack(error)) => pack_error(py, error),
        RecipeError::Cleaner(other) => PyValueError::new_err(other.to_string()),
        RecipeError::Kind(unknown) => PyValueError::new_err(unknown.to_string()),
        RecipeError::Markup(unknown) => PyValueError::new_err(unknown.to_string()),
        RecipeError::Level(unknown) => PyValueError::new_err(unknown.to_string()),
    }
}
