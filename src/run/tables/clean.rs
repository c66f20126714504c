//! Tables: of each row the text is cleaned, and every other column stays.

use std::fs::File;
use std::io::Write;

use crate::clean::{Removal, kept_spans};
use crate::io::parquet::{
    Columns, ParquetFault, ParquetSink, ParquetSource, RowPolicy, SinkOptions, TextBatch, TextRow,
};

use crate::run::Observer;
use crate::run::error::RunError;
use crate::run::input::InputInfo;
use crate::run::log::{Gone, Logged, add_row};
use crate::run::pipeline::pump;
use crate::run::tally::RunTally;
use crate::run::worker::{Disposition, DonePart, Worker};

use super::row_groups::RowGroups;

/// So many bytes of text are worked on at a time.
const BATCH_BYTES: usize = 1 << 20;

/// A table that is cleaned.
pub(in crate::run) struct TableRun<'r, 't> {
    pub(in crate::run) worker: &'r Worker<'r>,
    pub(in crate::run) input: &'r InputInfo,
    pub(in crate::run) tally: &'r mut RunTally<'t>,
    pub(in crate::run) observer: &'r dyn Observer,
}

impl TableRun<'_, '_> {
    /// Cleans the table and writes it whole to `writer`, which comes back.
    ///
    /// # Errors
    /// The table cannot be read at all or not written, or the log not.
    pub(in crate::run) fn clean<W: Write + Send + 'static>(
        &mut self,
        file: File,
        writer: W,
        log: impl Write + Send,
    ) -> Result<W, RunError> {
        let TableRun { worker, input, observer, .. } = *self;
        if worker.options.may_drop() && worker.options.log_removed {
            return Err(RunError::DroppedRows { path: input.name.clone() });
        }
        let table = |fault| RunError::Table { path: input.name.clone(), fault };
        let mut source = open(worker, file).map_err(table)?;
        let rows = if worker.options.may_drop() { RowPolicy::MayDrop } else { RowPolicy::KeepAll };
        let sink_options = SinkOptions { rows, added_column: worker.options.annotate.clone() };
        let sink = ParquetSink::create(&source, writer, &sink_options).map_err(table)?;
        let firsts = first_rows(&source);
        let mut row_groups = RowGroups::new((worker.options, input), &firsts, self.tally, sink, log);
        pump(
            &worker.room,
            || if observer.wants_stop() { None } else { read_batch(&mut source, &firsts) },
            |job| job.map(|(first, batch)| rows_of(worker, input, first, batch)),
            |cleaned| match cleaned {
                Ok((batch, done)) => row_groups.write(batch, done),
                Err((record, fault)) => row_groups.fault(record, fault),
            },
        )?;
        row_groups.finish()
    }
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

/// The number of each row group's first row in the whole table, from 1, and that after the last row.
pub(in crate::run) fn first_rows(source: &ParquetSource) -> Vec<u64> {
    let rows = (0..source.num_row_groups()).map(|row_group| source.rows_of(row_group));
    let after = rows.scan(1, |next, rows| {
        *next += rows;
        Some(*next)
    });
    std::iter::once(1).chain(after).collect()
}

/// Rows with the number of the first, or why those from a number on cannot be read.
type Job = Result<(u64, TextBatch), (u64, ParquetFault)>;

/// The next rows, with the bytes of their texts.
fn read_batch(source: &mut ParquetSource, firsts: &[u64]) -> Option<(Job, usize)> {
    match source.next_batch(BATCH_BYTES) {
        Ok(batch) => batch.map(|batch| {
            let bytes = batch.rows().iter().map(|row| row.text().map_or(0, <[u8]>::len)).sum();
            (Ok((firsts[batch.row_group()] + batch.first_row(), batch)), bytes)
        }),
        Err(fault) => {
            let row_group = fault.bad_row_group();
            let row = if let ParquetFault::BadPage { row, .. } = &fault { *row } else { 0 };
            Some((Err((row_group.map_or(1, |row_group| firsts[row_group] + row), fault)), 0))
        }
    }
}

fn rows_of(worker: &Worker<'_>, input: &InputInfo, first: u64, mut batch: TextBatch) -> (TextBatch, DonePart) {
    let mut done = DonePart::default();
    for (number, row) in (first..).zip(batch.rows_mut()) {
        if worker.options.log_removed {
            add_row(&mut done.sums.before, row.text());
        }
        clean_row(worker, input, number, row, &mut done);
        if worker.options.log_removed {
            add_row(&mut done.sums.after, row.text());
        }
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
    let document = worker.document(text, logged.url, input);
    let (removals, disposition) = worker.decide(&document);
    worker.show(logged, &document, &removals);
    worker.count(&document, number, (&removals, disposition), done);
    if worker.options.annotate.is_some() {
        if !removals.is_empty() {
            row.annotate(worker.note(&removals));
        }
        return;
    }
    if disposition == Disposition::Dropped {
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
    kept_spans(text.len(), removals).map(|span| &text[span]).collect::<Vec<_>>().concat()
}
