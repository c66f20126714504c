//! The row groups of a table as they are written. What was found in one counts only when all of it could be read:
//! else it passes as it is, or is left out.

use std::io::Write;

use crate::io::parquet::{ParquetFault, ParquetSink, TextBatch};
use crate::report::Stats;

use crate::run::error::RunError;
use crate::run::input::InputInfo;
use crate::run::log::{ContentSums, HeldLog, Logged};
use crate::run::options::{CorpusOptions, OnError};
use crate::run::tally::RunTally;
use crate::run::worker::{DonePart, RecordFault};

/// Writes the row groups of a table, in order.
pub(super) struct RowGroups<'r, 't, W: Write + Send + 'static, L> {
    options: &'r CorpusOptions,
    input: &'r InputInfo,
    /// The number of each row group's first row in the table, from 1, and that after the last row.
    firsts: &'r [u64],
    tally: &'r mut RunTally<'t>,
    sink: ParquetSink<W>,
    log: L,
    /// What was found in the row group that is being written.
    found: FoundInGroup,
}

struct FoundInGroup {
    row_group: usize,
    stats: Stats,
    emptied: Vec<u64>,
    changed: bool,
    sums: ContentSums,
    log: HeldLog,
}

impl FoundInGroup {
    fn nothing_in(row_group: usize) -> FoundInGroup {
        let (stats, sums) = (Stats::default(), ContentSums::default());
        FoundInGroup { row_group, stats, emptied: Vec::new(), changed: false, sums, log: HeldLog::new() }
    }
}

impl<'r, 't, W: Write + Send + 'static, L: Write> RowGroups<'r, 't, W, L> {
    pub(super) fn new(
        (options, input): (&'r CorpusOptions, &'r InputInfo),
        firsts: &'r [u64],
        tally: &'r mut RunTally<'t>,
        sink: ParquetSink<W>,
        log: L,
    ) -> RowGroups<'r, 't, W, L> {
        RowGroups { options, input, firsts, tally, sink, log, found: FoundInGroup::nothing_in(0) }
    }

    /// Writes the next batch, with what was found in it.
    pub(super) fn write(&mut self, batch: TextBatch, done: DonePart) -> Result<(), RunError> {
        self.go_to(batch.row_group())?;
        let record = self.first_of(batch.row_group()) + batch.first_row();
        self.found.log.write_all(&done.log).map_err(RunError::Log)?;
        self.found.stats.merge(&done.stats);
        self.found.emptied.extend(done.emptied);
        self.found.changed |= done.changed;
        self.found.sums.append(&done.sums);
        self.sink.write_batch(batch).or_else(|fault| self.fault(record, fault))
    }

    /// The row group that cannot be read from a row on passes as it is, or is left out.
    pub(super) fn fault(&mut self, record: u64, fault: ParquetFault) -> Result<(), RunError> {
        let Some(row_group) = fault.bad_row_group() else { return Err(self.table(fault)) };
        self.go_to(row_group)?;
        self.found = FoundInGroup::nothing_in(row_group);
        let leaves_out = self.options.on_error == OnError::Skip;
        let becomes = if leaves_out { "is left out" } else { "passes as it is" };
        let what = format!("{fault}; its row group {becomes}");
        self.tally.faults(self.input, vec![RecordFault { record, what }])?;
        let written = match leaves_out {
            true => self.leave_out(row_group)?,
            false => self.sink.splice_row_group_unchanged(row_group),
        };
        written.map_err(|fault| self.table(fault))
    }

    fn leave_out(&mut self, row_group: usize) -> Result<Result<(), ParquetFault>, RunError> {
        self.found.changed = true;
        if self.options.log_removed {
            let document = self.first_of(row_group);
            let rows = self.first_of(row_group + 1) - document;
            let logged = Logged { input: &self.input.label, document, url: None, bytes: 0 };
            let mut line = Vec::new();
            logged.lost(rows, &mut line);
            self.found.log.write_all(&line).map_err(RunError::Log)?;
        }
        Ok(self.sink.leave_out_row_group(row_group))
    }

    /// Writes the end, and gives the output back.
    pub(super) fn finish(mut self) -> Result<W, RunError> {
        self.go_to(usize::MAX)?;
        let path = self.input.name.clone();
        self.sink.finish().map_err(|fault| RunError::Table { path, fault })
    }

    /// What was found before that row group counts.
    fn go_to(&mut self, row_group: usize) -> Result<(), RunError> {
        if row_group == self.found.row_group {
            return Ok(());
        }
        let mut found = std::mem::replace(&mut self.found, FoundInGroup::nothing_in(row_group));
        self.tally.is_logged |= found.log.pour(&mut self.log).map_err(RunError::Log)?;
        let FoundInGroup { stats, emptied, changed, sums, .. } = found;
        let done = DonePart { stats, emptied, changed, sums, ..DonePart::default() };
        self.tally.add(self.input, done).map(drop)
    }

    fn first_of(&self, row_group: usize) -> u64 {
        self.firsts.get(row_group).copied().unwrap_or_default()
    }

    fn table(&self, fault: ParquetFault) -> RunError {
        RunError::Table { path: self.input.name.clone(), fault }
    }
}
