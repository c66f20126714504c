//! Every document of inputs with what would go of it, for those who want to look at them all.

use std::io;
use std::sync::Arc;

use crate::clean::Cleaner;
use crate::io::Compression;
use crate::report::Stats;
use crate::report::html::DocumentSeen;

use super::Observer;
use super::error::RunError;
use super::input::{InputParts, OpenedInput, PartContent, Source, open};
use super::options::CorpusOptions;
use super::stream::clean_with;
use super::tables::TableRun;
use super::tally::RunTally;
use super::visitor::DocumentVisitor;
use super::worker::{DonePart, Worker};

/// Shows each document of inputs to `visitor` as it is, a plain text whole, and finds nothing that would go. In order where the
/// current rayon pool has one thread.
///
/// # Errors
/// The options are wrong, or a table cannot be read. Another input that cannot be read is reported and left out.
pub fn read_documents(
    sources: impl Iterator<Item = Source>,
    options: &CorpusOptions,
    observer: &dyn Observer,
    visitor: &dyn DocumentVisitor,
) -> Result<Stats, RunError> {
    let options = CorpusOptions { compress: Some(Compression::None), log_removed: false, ..options.clone() };
    // Without packs nothing can be wrong with it.
    let nothing = Cleaner::without_rules();
    let worker = Worker { visitor: Some(visitor), ..Worker::new(&nothing, &options)? };
    let mut sum = Stats::default();
    for source in sources {
        if observer.wants_stop() {
            break;
        }
        let mut tally = RunTally::new(&options, observer);
        match open(source, &options, observer) {
            OpenedInput::Table(input, file) => {
                let mut table = TableRun { worker: &worker, input: &input, tally: &mut tally, observer };
                table.clean(file, io::sink(), io::sink())?;
            }
            opened => read_stream(&worker, opened, &mut tally, observer)?,
        }
        sum.merge(&tally.stats);
    }
    Ok(sum)
}

fn read_stream(
    worker: &Worker<'_>,
    input: OpenedInput<'_>,
    tally: &mut RunTally<'_>,
    observer: &dyn Observer,
) -> Result<(), RunError> {
    let mut parts = InputParts::new(std::iter::once(input), worker.options, &worker.spare, observer);
    let mut text = Vec::new();
    while !observer.wants_stop()
        && let Some(part) = parts.next_part()
    {
        let input = Arc::clone(&part.input);
        let done = match &part.content {
            PartContent::Segment(..) => {
                text.extend_from_slice(part.content.bytes());
                if part.closes {
                    let (label, site) = (input.label.to_string_lossy(), input.site.as_deref());
                    let seen =
                        DocumentSeen { input: &label, number: 1, url: None, site, markup: input.markup, text: &text };
                    worker.show_whole(&seen);
                    tally.stats.add_part(text.len(), site, &[]);
                }
                DonePart { ends_document: part.closes, ..DonePart::default() }
            }
            PartContent::Records(_) => {
                worker.work(part).map_err(|error| RunError::Output { path: input.name.clone(), error })?
            }
        };
        worker.spare.give(tally.add(&input, done)?);
    }
    tally.stats.failed += parts.failed;
    Ok(())
}

/// Cleans inputs, writes nothing, and shows each document to `visitor`.
///
/// # Errors
/// As [`clean_to_writer`](super::clean_to_writer), but for its writers.
pub fn visit_documents(
    cleaner: &Cleaner,
    sources: impl Iterator<Item = Source> + Send,
    options: &CorpusOptions,
    observer: &dyn Observer,
    visitor: &dyn DocumentVisitor,
) -> Result<Stats, RunError> {
    let options = CorpusOptions { compress: Some(Compression::None), log_removed: false, ..options.clone() };
    let worker = Worker { visitor: Some(visitor), ..Worker::new(cleaner, &options)? };
    let mut sum = Stats::default();
    // One by one, so that tables may stand among other inputs.
    for source in sources {
        if observer.wants_stop() {
            break;
        }
        sum.merge(&clean_with(&worker, std::iter::once(source), io::sink(), io::sink(), observer)?);
    }
    Ok(sum)
}
