//! Inputs one after another into one writer.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::PathBuf;
use std::sync::Arc;

use crate::clean::Cleaner;
use crate::io::{Buffers, Format};
use crate::report::Stats;

use super::error::RunError;
use super::options::CorpusOptions;
use super::parts::{InputInfo, Parts};
use super::pipeline::{BatchLimit, pump};
use super::removed::log_original;
use super::source::{Source, Told, tell};
use super::tally::RunTally;
use super::work::{DonePart, Worker};
use super::{Observer, tables};

/// Cleans inputs and writes what is left of them one after another, in order, and what goes to `log` if
/// `options` ask for it. The memory needed grows with the number of threads, not with the inputs.
///
/// # Errors
/// A writer fails, or a record cannot be read and `options` say that this ends the run. An input that cannot be read is
/// reported and left out from there on.
pub fn clean_to_writer(
    cleaner: &Cleaner,
    sources: impl Iterator<Item = Source> + Send,
    options: &CorpusOptions,
    writer: impl Write + Send,
    log: impl Write + Send,
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
    let first = match sources.next().map(|source| tell(source, worker.options)) {
        None => None,
        Some(Told::Table(source, file)) if sources.next().is_none() => {
            let input = InputInfo::of_table(source);
            write_table(worker, &input, file, writer, &mut log, &mut tally, observer)?;
            return Ok(tally.stats);
        }
        Some(Told::Table(source, _)) => return Err(RunError::TableAmongOthers { path: source.name }),
        Some(Told::Stream(source)) => Some(source),
    };
    let failed = write_all(worker, first.into_iter().chain(sources), writer, &mut log, &mut tally, observer)?;
    tally.stats.failed = failed;
    log.flush().map_err(RunError::Log)?;
    Ok(tally.stats)
}

/// Says how many inputs could not be read.
fn write_all(
    worker: &Worker<'_>,
    sources: impl Iterator<Item = Source> + Send,
    mut writer: impl Write + Send,
    log: &mut (impl Write + Send),
    tally: &mut RunTally<'_>,
    observer: &dyn Observer,
) -> Result<u64, RunError> {
    let spare = Buffers::default();
    let mut parts = Parts::new(sources, worker.options, &spare, observer);
    let limit = BatchLimit::new();
    let mut border = Border::default();
    pump(
        || parts.next_batch(&limit),
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
            spare.give(tally.add(&input, done)?);
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
                    let compression = options.compress.unwrap_or(input.compression);
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
    worker: &Worker<'_>,
    input: &InputInfo,
    file: File,
    mut writer: impl Write + Send,
    log: &mut (impl Write + Send),
    tally: &mut RunTally<'_>,
    observer: &dyn Observer,
) -> Result<(), RunError> {
    observer.read(file.metadata().map_or(0, |metadata| metadata.len()));
    // The sink must own what it writes to, and a table that fails half way is of no use to anyone.
    let spooled = tempfile::tempfile().map_err(output_error)?;
    let mut spooled = tables::clean(worker, input, file, spooled, &mut *log, tally, observer)?;
    log.write_all(&tally.line_of_input(input)).map_err(RunError::Log)?;
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
