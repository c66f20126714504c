//! Documents whole, with what would go, in order: for diffs, checks and dry runs.

use std::io::Read;
use std::path::PathBuf;

use crate::clean::{Cleaned, Cleaner};
use crate::report::Stats;
use crate::text::{Document, is_binary};

use super::Observer;
use super::pipeline::pump;
use super::stream::Source;

/// A document and what would be left of it.
#[derive(Debug)]
pub struct Reviewed<'t> {
    /// What messages call it.
    pub name: PathBuf,
    /// Its bytes.
    pub text: &'t [u8],
    /// What would be left, and what would go.
    pub cleaned: Cleaned<'t>,
}

/// So many documents a thread are read ahead; each is held whole.
const AHEAD: usize = 4;

/// Cleans documents in parallel and shows them in order to `show`, which returns what is to be done
/// with them in order by `tell`. Each document is held in memory whole.
///
/// # Errors
/// That of `tell`, which ends the run.
pub fn review<T: Send, E: Send>(
    cleaner: &Cleaner,
    mut sources: impl Iterator<Item = Source> + Send,
    observer: &dyn Observer,
    show: impl Fn(&Reviewed<'_>) -> T + Sync,
    mut tell: impl FnMut(T) -> Result<(), E> + Send,
) -> Result<Stats, E> {
    let ahead = AHEAD * rayon::current_num_threads();
    let mut sum = Stats::default();
    let next_batch = || if observer.wants_stop() { Vec::new() } else { sources.by_ref().take(ahead).collect() };
    pump(
        next_batch,
        |source: Source| one(cleaner, source, observer, &show),
        |(stats, shown)| {
            sum.merge(&stats);
            shown.map_or(Ok(()), &mut tell)
        },
    )?;
    Ok(sum)
}

fn one<T>(
    cleaner: &Cleaner,
    source: Source,
    observer: &dyn Observer,
    show: impl Fn(&Reviewed<'_>) -> T,
) -> (Stats, Option<T>) {
    let mut stats = Stats::default();
    let mut text = Vec::new();
    if let Err(error) = (source.open)().and_then(|mut reader| reader.read_to_end(&mut text)) {
        stats.failed += 1;
        observer.failed(&source.name, &error);
        return (stats, None);
    }
    observer.read(text.len() as u64);
    let document = Document::new(&text);
    let document = match &source.site {
        Some(site) => document.with_site(site),
        None => document,
    };
    let cleaned = cleaner.clean(&document);
    stats.add_document(&document, cleaned.removals());
    stats.binary += u64::from(is_binary(&text));
    let shown = show(&Reviewed { name: source.name, text: &text, cleaned });
    (stats, Some(shown))
}
