//! Tables: of each row the text is cleaned, and every other column stays.

use std::fs::File;
use std::io::Write;

use crate::clean::{Removal, kept};
use crate::io::parquet::{
    Columns, ParquetFault, ParquetSink, ParquetSource, RowPolicy, SinkOptions, TextBatch, TextRow,
};

use super::Observer;
use super::error::RunError;
use super::parts::InputInfo;
use super::pipeline::{BatchLimit, pump};
use super::removed::{Gone, Logged};
use super::tally::RunTally;
use super::verdict::Verdict;
use super::work::{DonePart, RecordFault, Worker};

/// So many bytes of text are worked on at a time.
const BATCH_BYTES: usize = 1 << 20;

/// Cleans a table and writes it whole to `writer`, which comes back.
///
/// # Errors
/// The table cannot be read at all or not written, or the log not.
pub(super) fn clean<W: Write + Send + 'static>(
    worker: &Worker<'_>,
    input: &InputInfo,
    file: File,
    writer: W,
    mut log: impl Write + Send,
    tally: &mut RunTally<'_>,
    observer: &dyn Observer,
) -> Result<W, RunError> {
    if worker.options.may_drop() && worker.options.log_removed {
        return Err(RunError::DroppedRows { path: input.name.clone() });
    }
    let table = |fault| RunError::Table { path: input.name.clone(), fault };
    let mut source = open(worker, file).map_err(table)?;
    let rows = if worker.options.may_drop() { RowPolicy::MayDrop } else { RowPolicy::KeepAll };
    let sink_options = SinkOptions { rows, added_column: worker.options.annotate.clone() };
    let mut sink = ParquetSink::create(&source, writer, &sink_options).map_err(table)?;
    let limit = BatchLimit::new();
    let mut numbers = RowNumbers::default();
    let read = || read_batches(&mut source, &limit, &mut numbers, observer);
    pump(
        read,
        |job| job.map(|(first, batch)| rows_of(worker, input, first, batch)),
        |cleaned| {
            let (record, fault) = match cleaned {
                Ok((batch, done)) => {
                    let first = batch.first_row();
                    log.write_all(&done.log).map_err(RunError::Log)?;
                    tally.add(input, done)?;
                    match sink.write_batch(batch) {
                        Ok(()) => return Ok(()),
                        Err(fault) => (first + 1, fault),
                    }
                }
                Err(fault) => fault,
            };
            // A row group that cannot be read passes as it is.
            let Some(row_group) = fault.bad_row_group() else { return Err(table(fault)) };
            let what = format!("{fault}; its row group passes as it is");
            tally.faults(input, vec![RecordFault { record, what }])?;
            sink.splice_row_group_unchanged(row_group).map_err(table)
        },
    )?;
    sink.finish().map_err(table)
}

/// Opens a table; a column for addresses need not be there if it was not asked for by name.
fn open(worker: &Worker<'_>, file: File) -> Result<ParquetSource, ParquetFault> {
    let options = worker.options;
    let with_url = Columns { text: options.text_field.clone(), url: Some(options.url_field().to_owned()) };
    match ParquetSource::open(file.try_clone().map_err(ParquetFault::Read)?, &with_url) {
        Err(ParquetFault::NoSuchColumn { wanted, .. } | ParquetFault::NotText { column: wanted, .. })
            if options.url_field.is_none() && wanted == options.url_field() && wanted != options.text_field =>
        {
            ParquetSource::open(file, &Columns { url: None, ..with_url })
        }
        opened => opened,
    }
}

/// The number of the next row in the whole table, from 1.
#[derive(Default)]
struct RowNumbers {
    row_group: usize,
    before: u64,
}

impl RowNumbers {
    fn go_to(&mut self, row_group: usize, source: &ParquetSource) {
        while self.row_group < row_group {
            self.before += source.rows_of(self.row_group);
            self.row_group += 1;
        }
    }
}

/// Rows with the number of the first, or why those from a number on cannot be read.
type Job = Result<(u64, TextBatch), (u64, ParquetFault)>;

fn read_batches(
    source: &mut ParquetSource,
    limit: &BatchLimit,
    numbers: &mut RowNumbers,
    observer: &dyn Observer,
) -> Vec<Job> {
    let mut jobs = Vec::new();
    let mut bytes = 0;
    while !observer.wants_stop() && limit.has_room(jobs.len(), bytes) {
        match source.next_batch(BATCH_BYTES) {
            Ok(None) => break,
            Ok(Some(batch)) => {
                numbers.go_to(batch.row_group(), source);
                bytes += batch.rows().iter().map(|row| row.text().map_or(0, <[u8]>::len)).sum::<usize>().max(1);
                jobs.push(Ok((numbers.before + batch.first_row() + 1, batch)));
            }
            Err(fault) => {
                let row_group = fault.bad_row_group();
                row_group.into_iter().for_each(|row_group| numbers.go_to(row_group, source));
                let row = if let ParquetFault::BadPage { row, .. } = &fault { *row } else { 0 };
                jobs.push(Err((numbers.before + row + 1, fault)));
                if row_group.is_none() {
                    break;
                }
            }
        }
    }
    jobs
}

fn rows_of(worker: &Worker<'_>, input: &InputInfo, first: u64, mut batch: TextBatch) -> (TextBatch, DonePart) {
    let mut done = DonePart::default();
    for (number, row) in (first..).zip(batch.rows_mut()) {
        clean_row(worker, input, number, row, &mut done);
    }
    done.changed = !batch.is_unchanged();
    (batch, done)
}

fn clean_row(worker: &Worker<'_>, input: &InputInfo, number: u64, row: &mut TextRow, done: &mut DonePart) {
    let url = row.url().and_then(|url| std::str::from_utf8(url).ok()).map(str::to_owned);
    let Some(text) = row.text() else {
        done.stats.textless += 1;
        return;
    };
    let logged = Logged { input: &input.label, document: number, url: url.as_deref(), bytes: text.len() };
    let (removals, judged) = worker.judge(logged, text, input, done);
    if worker.options.annotate.is_some() {
        if !removals.is_empty() {
            row.annotate(worker.note(&removals));
        }
        return;
    }
    if judged == Verdict::Dropped {
        return row.drop_row();
    }
    if removals.is_empty() {
        return;
    }
    worker.log(logged, Gone { text, ..Gone::default() }, &removals, &mut done.log);
    let left = without(text, &removals);
    row.replace(left);
}

fn without(text: &[u8], removals: &[Removal]) -> Vec<u8> {
    kept(text.len(), removals).flat_map(|span| &text[span]).copied().collect()
}
