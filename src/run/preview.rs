//! Inputs whole, with what would go, in order: for diffs, checks and dry runs.

use std::path::PathBuf;

use crate::clean::Cleaner;
use crate::io::Compression;
use crate::report::Stats;

use super::Observer;
use super::error::RunError;
use super::input::{InputParts, OpenedInput, Source, open};
use super::options::CorpusOptions;
use super::pipeline::{Room, pump};
use super::tables::TableRun;
use super::tally::RunTally;
use super::worker::Worker;

/// An input and what would be left of it, decompressed.
#[derive(Debug)]
pub struct Previewed {
    /// What messages call it.
    pub name: PathBuf,
    /// Its bytes; none of a table, which is no text.
    pub text: Vec<u8>,
    /// What would be left; none of a table.
    pub left: Vec<u8>,
    /// What would go.
    pub stats: Stats,
}

/// So many inputs a thread are read ahead; each is held whole.
const AHEAD: usize = 4;

/// Cleans inputs in parallel and shows them in order to `show`, which returns what `shown_one` is given
/// in order. Each input is held in memory whole, and what is left of it too.
///
/// # Errors
/// That of `shown_one`, which ends the run, or the options are wrong.
pub fn preview<T: Send, E: Send + From<RunError>>(
    cleaner: &Cleaner,
    mut sources: impl Iterator<Item = Source> + Send,
    options: &CorpusOptions,
    observer: &dyn Observer,
    (show, mut shown_one): (impl Fn(&Previewed) -> T + Sync, impl FnMut(T) -> Result<(), E> + Send),
) -> Result<Stats, E> {
    // What is shown is what inputs hold, not how they are compressed.
    let options = CorpusOptions { compress: Some(Compression::None), log_removed: false, ..options.clone() };
    let worker = Worker::new(cleaner, &options).map_err(RunError::from)?;
    let room = Room::for_weight(AHEAD * rayon::current_num_threads());
    let mut sum = Stats::default();
    pump(
        &room,
        || if observer.wants_stop() { None } else { sources.next().map(|source| (source, 1)) },
        |source: Source| one(&worker, source, observer, &show),
        |previewed: Result<(Stats, Option<T>), RunError>| {
            let (stats, shown) = previewed?;
            sum.merge(&stats);
            shown.map_or(Ok(()), &mut shown_one)
        },
    )?;
    Ok(sum)
}

fn one<T>(
    worker: &Worker<'_>,
    source: Source,
    observer: &dyn Observer,
    show: impl Fn(&Previewed) -> T,
) -> Result<(Stats, Option<T>), RunError> {
    let name = source.name.clone();
    let mut tally = RunTally::new(worker.options, observer);
    let (mut text, mut left) = (Vec::new(), Vec::new());
    match open(source, worker.options, observer) {
        OpenedInput::Table(input, file) => {
            let mut table = TableRun { worker, input: &input, tally: &mut tally, observer };
            table.clean(file, std::io::sink(), std::io::sink())?;
        }
        opened => {
            let mut parts = InputParts::new(std::iter::once(opened), worker.options, &worker.spare, observer);
            while let Some(part) = parts.next_part() {
                let input = std::sync::Arc::clone(&part.input);
                text.extend_from_slice(part.content.bytes());
                let done = worker.work(part).map_err(|error| RunError::Output { path: name.clone(), error })?;
                done.write_to(&mut left).map_err(|error| RunError::Output { path: name.clone(), error })?;
                worker.spare.give(tally.add(&input, done)?);
            }
            tally.stats.failed += parts.failed;
        }
    }
    let previewed = Previewed { name, text, left, stats: tally.stats };
    let shown = (previewed.stats.failed == 0).then(|| show(&previewed));
    Ok((previewed.stats, shown))
}
