//! Columns without the rows that were dropped.

use std::io::Write;
use std::ops::Range;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, ColumnWriterImpl};
use parquet::data_type::DataType;

use super::ParquetFault;
use super::encoding::writer_as_before;
use super::guarded::{guarded, unless_panicked};
use super::leaves::{bad_page, open_pages};
use super::opened::OpenedFile;
use super::output::SharedOutput;

/// Values are copied in steps of about so many bytes, at least a row.
const STEP_BYTES: u64 = 1 << 20;
/// And at most so many rows.
const STEP_ROWS: u64 = 1024;

/// What is said of values that cannot be written as they were read.
const NO_VALUES: &str = "it holds values that its type cannot have";

/// Rows of a row group that are left out.
#[derive(Default, Debug)]
pub(super) struct DroppedRows {
    /// In order, neither empty nor touching.
    spans: Vec<Range<u64>>,
}

impl DroppedRows {
    /// Adds a row that comes after all that were added.
    pub(super) fn push(&mut self, row: u64) {
        match self.spans.last_mut() {
            Some(last) if last.end == row => last.end += 1,
            _ => self.spans.push(row..row + 1),
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.spans.iter().map(|span| span.end - span.start).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The rows between them, of a row group of so many rows.
    fn kept(&self, rows: u64) -> impl Iterator<Item = Range<u64>> {
        let starts = std::iter::once(0).chain(self.spans.iter().map(|span| span.end));
        let ends = self.spans.iter().map(|span| span.start).chain(std::iter::once(rows));
        starts.zip(ends).map(|(start, end)| start..end).filter(|span| !span.is_empty())
    }
}

/// Levels and values of some rows.
struct Decoded<T: DataType> {
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    values: Vec<T::T>,
}

/// A column of a row group that is written without some of its rows.
pub(super) struct KeptRows<'a> {
    pub(super) opened: &'a OpenedFile,
    pub(super) row_group: usize,
    pub(super) column: usize,
    pub(super) dropped: &'a DroppedRows,
}

impl KeptRows<'_> {
    /// Decodes the column and encodes what is kept, whatever its type and nesting.
    pub(super) fn write<W: Write + Send>(&self, output: &SharedOutput<W>) -> Result<ColumnCloseResult, ParquetFault> {
        let descriptor = self.opened.metadata.file_metadata().schema_descr().column(self.column);
        let pages = open_pages(self.opened, self.row_group, self.column)?;
        let reader = get_column_reader(descriptor, Box::new(pages));
        let mut writer = writer_as_before(self.opened, self.row_group, self.column, Box::new(output.clone()))?;
        self.copy_column(reader, &mut writer)?;
        let closed = unless_panicked(|| writer.close()).ok_or_else(|| self.bad_page(0, NO_VALUES))?;
        closed.map_err(ParquetFault::from_writing)
    }

    fn copy_column(&self, reader: ColumnReader, writer: &mut ColumnWriter<'_>) -> Result<(), ParquetFault> {
        use ColumnReader as R;
        use ColumnWriter as W;
        match (reader, writer) {
            (R::BoolColumnReader(reader), W::BoolColumnWriter(writer)) => self.copy(reader, writer),
            (R::Int32ColumnReader(reader), W::Int32ColumnWriter(writer)) => self.copy(reader, writer),
            (R::Int64ColumnReader(reader), W::Int64ColumnWriter(writer)) => self.copy(reader, writer),
            (R::Int96ColumnReader(reader), W::Int96ColumnWriter(writer)) => self.copy(reader, writer),
            (R::FloatColumnReader(reader), W::FloatColumnWriter(writer)) => self.copy(reader, writer),
            (R::DoubleColumnReader(reader), W::DoubleColumnWriter(writer)) => self.copy(reader, writer),
            (R::ByteArrayColumnReader(reader), W::ByteArrayColumnWriter(writer)) => self.copy(reader, writer),
            (R::FixedLenByteArrayColumnReader(reader), W::FixedLenByteArrayColumnWriter(writer)) => {
                self.copy(reader, writer)
            }
            // Both were made for the same column.
            _ => Err(ParquetFault::Encode("a column has two types".to_owned())),
        }
    }

    fn copy<T: DataType>(
        &self,
        mut reader: ColumnReaderImpl<T>,
        writer: &mut ColumnWriterImpl<'_, T>,
    ) -> Result<(), ParquetFault> {
        let rows = self.opened.rows(self.row_group);
        let step = self.step_rows();
        let mut next_row = 0;
        for kept in self.dropped.kept(rows) {
            self.skip(&mut reader, next_row..kept.start)?;
            let mut row = kept.start;
            while row < kept.end {
                let count = step.min(kept.end - row);
                self.copy_rows(&mut reader, writer, row..row + count)?;
                row += count;
            }
            next_row = kept.end;
        }
        Ok(())
    }

    fn copy_rows<T: DataType>(
        &self,
        reader: &mut ColumnReaderImpl<T>,
        writer: &mut ColumnWriterImpl<'_, T>,
        rows: Range<u64>,
    ) -> Result<(), ParquetFault> {
        let Decoded { definitions, repetitions, values } = self.read_rows(reader, &rows)?;
        let descriptor = writer.get_descriptor();
        let fits = |levels: &[i16], most| levels.iter().all(|level| (0..=most).contains(level));
        if !fits(&definitions, descriptor.max_def_level()) || !fits(&repetitions, descriptor.max_rep_level()) {
            return Err(self.bad_page(rows.start, "it says of values that they are deeper than the schema"));
        }
        // A column that is always there, or there once, has no levels.
        let definitions = (!definitions.is_empty()).then_some(definitions.as_slice());
        let repetitions = (!repetitions.is_empty()).then_some(repetitions.as_slice());
        let written = unless_panicked(|| writer.write_batch(&values, definitions, repetitions));
        let written = written.ok_or_else(|| self.bad_page(rows.start, NO_VALUES))?;
        written.map(|_| ()).map_err(ParquetFault::from_writing)
    }

    fn read_rows<T: DataType>(
        &self,
        reader: &mut ColumnReaderImpl<T>,
        rows: &Range<u64>,
    ) -> Result<Decoded<T>, ParquetFault> {
        let count = (rows.end - rows.start) as usize;
        let (mut definitions, mut repetitions, mut values) = (Vec::new(), Vec::new(), Vec::new());
        let read = guarded(|| reader.read_records(count, Some(&mut definitions), Some(&mut repetitions), &mut values));
        match read {
            Ok((read, ..)) if read == count => Ok(Decoded { definitions, repetitions, values }),
            Ok(_) => Err(self.bad_page(rows.start, "the column ends before its row group does")),
            Err(message) => Err(self.bad_page(rows.start, &message)),
        }
    }

    fn skip<T: DataType>(&self, reader: &mut ColumnReaderImpl<T>, rows: Range<u64>) -> Result<(), ParquetFault> {
        let descriptor = self.opened.metadata.file_metadata().schema_descr().column(self.column);
        if descriptor.max_rep_level() > 0 {
            // Where repetition levels are missing the decoder skips for ever; reading says that they are.
            let step = self.step_rows();
            let mut steps = rows.clone().step_by(step as usize);
            return steps.try_for_each(|row| self.read_rows(reader, &(row..rows.end.min(row + step))).map(|_| ()));
        }
        let count = (rows.end - rows.start) as usize;
        match guarded(|| reader.skip_records(count)) {
            Ok(skipped) if skipped == count => Ok(()),
            Ok(_) => Err(self.bad_page(rows.start, "the column ends before its row group does")),
            Err(message) => Err(self.bad_page(rows.start, &message)),
        }
    }

    fn step_rows(&self) -> u64 {
        let bytes = self.opened.metadata.row_group(self.row_group).column(self.column).uncompressed_size();
        let row_bytes = u64::try_from(bytes).unwrap_or(0) / self.opened.rows(self.row_group).max(1);
        (STEP_BYTES / row_bytes.max(1)).clamp(1, STEP_ROWS)
    }

    fn bad_page(&self, row: u64, message: &str) -> ParquetFault {
        bad_page(self.opened, self.row_group, self.column, row, message)
    }
}
