//! Inputs one after another into one writer.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::PathBuf;
use std::sync::Arc;

use crate::clean::Cleaner;
use crate::io::Format;
use crate::report::Stats;

use super::Observer;
use super::error::RunError;
use super::input::{InputInfo, InputParts, OpenedInput, Source, open};
use super::log::log_original;
use super::options::CorpusOptions;
use super::pipeline::pump;
use super::tables::TableRun;
use super::tally::RunTally;
use super::worker::{DonePart, Worker};

/// Cleans inputs and writes what is left of them one after another, in order, to a writer, and what was removed to a
/// log if `options` ask for it. The memory needed grows with the number of threads, not with the inputs.
///
/// # Errors
/// A writer fails, or a record cannot be read and `options` say that this ends the run. An input that cannot be read is
/// reported and left out from there on.
pub fn clean_to_writer(
    cleaner: &Cleaner,
    sources: impl Iterator<Item = Source> + Send,
    options: &CorpusOptions,
    (writer, log): (impl Write + Send, impl Write + Send),
    observer: &dyn Observer,
) -> Result<Stats, RunError> {
    clean_with(&Worker::new(cleaner, options)?, sources, writer, log, observer)
}

/// The same with a worker that is there already.
pub(super) fn clean_with(
    worker: &Worker<'_>,
    mut sources: impl Iterator<Item = Source> + Send,
    writer: impl Write + Send,
    mut log: impl Write + Send,
    observer: &dyn Observer,
) -> Result<Stats, RunError> {
    let mut tally = RunTally::new(worker.options, observer);
    let first = sources.next().map(|source| open(source, worker.options, observer));
    let first = match first {
        Some(OpenedInput::Table(input, file)) if sources.next().is_none() => {
            let mut table = TableRun { worker, input: &input, tally: &mut tally, observer };
            write_table(&mut table, file, writer, &mut log)?;
            return Ok(tally.stats);
        }
        Some(OpenedInput::Table(input, _)) => return Err(RunError::TableAmongOthers { path: input.name }),
        first => first,
    };
    let inputs = first.into_iter().chain(sources.map(|source| open(source, worker.options, observer)));
    let parts = InputParts::new(inputs, worker.options, &worker.spare, observer);
    tally.stats.failed = write_all(worker, parts, writer, &mut log, &mut tally)?;
    log.flush().map_err(RunError::Log)?;
    Ok(tally.stats)
}

/// Returns how many inputs could not be read.
fn write_all<'o>(
    worker: &Worker<'_>,
    mut parts: InputParts<'o, impl Iterator<Item = OpenedInput<'o>> + Send>,
    mut writer: impl Write + Send,
    log: &mut (impl Write + Send),
    tally: &mut RunTally<'_>,
) -> Result<u64, RunError> {
    let mut border = Border::default();
    pump(
        &worker.room,
        || parts.next_job(),
        |part| (Arc::clone(&part.input), worker.work(part)),
        |(input, done)| {
            let done = done.map_err(output_error)?;
            border.before(&input, &done, worker.options, &mut writer).map_err(output_error)?;
            let mut original = Vec::new();
            // Also of one that cannot be read to its end.
            if done.begins_input && worker.options.log_removed && input.is_recompressed(worker.options) {
                log_original(&input, None, &mut original);
            }
            log.write_all(&original).and_then(|()| log.write_all(&done.log)).map_err(RunError::Log)?;
            done.write_to(&mut writer).map_err(output_error)?;
            let ends_input = done.ends_input;
            worker.spare.give(tally.add(&input, done)?);
            if ends_input {
                log.write_all(&tally.line_of_input(&input)).map_err(RunError::Log)?;
            }
            Ok::<(), RunError>(())
        },
    )?;
    writer.flush().map_err(output_error)?;
    Ok(parts.failed)
}

/// What stands between inputs in one output, so that the last record of one and the first of the next stay two.
#[derive(Default)]
struct Border {
    /// The last input of which something was written, and the last byte of that.
    last: Option<(Arc<InputInfo>, Option<u8>)>,
}

impl Border {
    /// Writes what comes before a part, if it is the first one of its input: after plain text the separator, if there is
    /// one; after a JSON line that did not end, its end.
    fn before(
        &mut self,
        input: &Arc<InputInfo>,
        part: &DonePart,
        options: &CorpusOptions,
        writer: &mut impl Write,
    ) -> io::Result<()> {
        if part.dropped {
            return Ok(());
        }
        let last_byte = match self.last.take() {
            Some((last, byte)) if Arc::ptr_eq(&last, input) => byte,
            Some((last, byte)) => {
                let line_end = if byte.is_some_and(|byte| byte != b'\n') { "\n" } else { "" };
                let border = match (last.format, &options.separator) {
                    (Format::Jsonl, _) => line_end.to_owned(),
                    (Format::Text, Some(separator)) => format!("{line_end}{separator}\n"),
                    _ => String::new(),
                };
                if !border.is_empty() {
                    let compression = input.compression_of_output(options);
                    writer.write_all(&compression.encode(border.into_bytes())?)?;
                }
                None
            }
            None => None,
        };
        self.last = Some((Arc::clone(input), part.last_byte.or(last_byte)));
        Ok(())
    }
}

fn write_table(
    table: &mut TableRun<'_, '_>,
    file: File,
    mut writer: impl Write + Send,
    log: &mut (impl Write + Send),
) -> Result<(), RunError> {
    table.observer.read(file.metadata().map_or(0, |metadata| metadata.len()));
    // The sink must own what it writes to, and a table that fails half way is of no use to anyone.
    let spooled = tempfile::tempfile().map_err(output_error)?;
    let mut spooled = table.clean(file, spooled, &mut *log)?;
    log.write_all(&table.tally.line_of_input(table.input)).map_err(RunError::Log)?;
    spooled
        .rewind()
        .and_then(|()| io::copy(&mut spooled, &mut writer))
        .and_then(|_| writer.flush())
        .map_err(output_error)?;
    log.flush().map_err(RunError::Log)
}

fn output_error(error: io::Error) -> RunError {
    RunError::Output { path: PathBuf::from("standard output"), error }
}
