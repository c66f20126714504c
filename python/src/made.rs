//! Cleaners that were made in this process: tasks of an engine that come one after the other bring the same recipe each
//! time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dechrome::Cleaner;
use pyo3::prelude::*;

use crate::recipe::{Recipe, recipe_error};

/// The last one last. Whoever holds it is attached to Python and runs no code of Python's meanwhile, so that nobody
/// waits for it, and no fork finds it held.
static MADE: Mutex<Vec<(Recipe, Arc<Cleaner>)>> = Mutex::new(Vec::new());

/// So many are kept.
const KEPT: usize = 8;

/// The cleaner of a recipe, made anew, while other threads of Python run, or kept from before.
///
/// # Errors
/// `PackError` for packs, `ValueError` for words that name nothing.
pub(crate) fn cleaner(py: Python<'_>, recipe: &Recipe) -> PyResult<Arc<Cleaner>> {
    if let Some(known) = known(recipe) {
        return Ok(known);
    }
    let made = py.detach(|| recipe.make()).map_err(|error| recipe_error(py, &error))?;
    Ok(keep(recipe, Arc::new(made)))
}

fn known(recipe: &Recipe) -> Option<Arc<Cleaner>> {
    let mut made = lock();
    let index = made.iter().position(|(known, _)| known == recipe)?;
    let entry = made.remove(index);
    let cleaner = entry.1.clone();
    made.push(entry);
    Some(cleaner)
}

/// Keeps a cleaner, unless another thread has made the same meanwhile; gives the one that is kept.
fn keep(recipe: &Recipe, cleaner: Arc<Cleaner>) -> Arc<Cleaner> {
    if let Some(known) = known(recipe) {
        return known;
    }
    let mut made = lock();
    made.push((recipe.clone(), cleaner.clone()));
    if made.len() > KEPT {
        made.remove(0);
    }
    cleaner
}

fn lock() -> MutexGuard<'static, Vec<(Recipe, Arc<Cleaner>)>> {
    MADE.lock().unwrap_or_else(PoisonError::into_inner)
}
