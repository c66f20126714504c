//! Cleaning a column: rows in parallel, a column of the same type out.

use std::ops::Range;
use std::str;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::{ArrowError, DataType, Field};
use dechrome::Removal;

use crate::batch::SLICE_BYTES;
use crate::texts::document;
use crate::threads::{NoThreads, Workers};

use super::build::Builder;
use super::dictionary::{self, Entries};
use super::rows::Rows;
use super::{Columns, Work};

/// Rows of about so many bytes are cleaned in one go.
const CHUNK_BYTES: usize = 64 << 10;

/// An array, and what is to be cleaned of it.
pub(super) struct Column<'w> {
    work: &'w Work,
    array: &'w ArrayRef,
    /// Where the texts are a dictionary of which each entry is cleaned once.
    entries: Option<Entries>,
    /// A column of texts, the entries of a dictionary, or its rows.
    texts: ArrayRef,
    urls: Option<ArrayRef>,
}

impl<'w> Column<'w> {
    /// # Errors
    /// The array is not of the type that its schema says, or a dictionary too large to be decoded.
    pub(super) fn of(work: &'w Work, array: &'w ArrayRef) -> Result<Column<'w>, ArrowError> {
        let (texts, urls) = match work.columns {
            Columns::Itself => (array.clone(), None),
            Columns::Of { text, url } => {
                let columns = array.as_struct_opt().ok_or(super::capsule::Broken)?;
                (columns.column(text).clone(), url.map(|url| columns.column(url).clone()))
            }
        };
        let (texts, entries) = match (texts.data_type(), &urls) {
            (DataType::Dictionary(..), None) => {
                let (entries, texts) = Entries::of(&texts)?;
                (texts, Some(entries))
            }
            // The same text may stand on pages of two sites, of which one has packs.
            (DataType::Dictionary(..), Some(_)) => (dictionary::decoded(&texts)?, None),
            _ => (texts, None),
        };
        Ok(Column { work, array, entries, texts, urls })
    }

    /// The array, with what is left in the place of the texts, if anything went; laid out as the field says.
    fn cleaned(&self, left: Option<ArrayRef>) -> Result<ArrayRef, ArrowError> {
        let kind = self.work.field.data_type();
        if left.is_none() && kind == self.array.data_type() {
            return Ok(self.array.clone());
        }
        let left = left.unwrap_or_else(|| self.texts.clone());
        let left = match &self.entries {
            Some(entries) => entries.with(&left)?,
            None => left,
        };
        let (Columns::Of { text, .. }, DataType::Struct(fields)) = (self.work.columns, kind) else { return Ok(left) };
        let whole = self.array.as_struct();
        let (mut columns, mut fields) = (whole.columns().to_vec(), fields.to_vec());
        fields[text] = Arc::new(Field::clone(&fields[text]).with_data_type(left.data_type().clone()));
        columns[text] = left;
        let whole = StructArray::try_new_with_length(fields.into(), columns, whole.nulls().cloned(), whole.len());
        Ok(Arc::new(whole?))
    }
}

/// A row of which something goes.
struct Gone {
    row: usize,
    removals: Vec<Removal>,
}

/// The cleaning of a column, in steps, so that whoever asked for it can stop it.
pub(super) struct Task<'c> {
    column: &'c Column<'c>,
    texts: Rows<'c>,
    urls: Option<Rows<'c>>,
    chunks: Vec<Range<usize>>,
    workers: Workers,
    /// How many chunks are done in one step.
    at_once: usize,
    /// How many chunks are done.
    done: usize,
    /// What is left of their rows, from when the first one changed.
    left: Option<Builder>,
}

impl<'c> Task<'c> {
    /// # Errors
    /// A thread does not start.
    pub(super) fn new(column: &'c Column<'c>) -> Result<Task<'c>, NoThreads> {
        let (texts, urls) = (Rows::of(&column.texts), column.urls.as_ref().map(Rows::of));
        let chunks = chunks(&texts, column.texts.len());
        let threads = column.work.threads.at_most(chunks.len());
        // What was cleaned is copied at once: it is still in the core's cache.
        let at_once = match threads.count() {
            1 => 1,
            count => count * (SLICE_BYTES / CHUNK_BYTES),
        };
        Ok(Task { column, texts, urls, chunks, workers: threads.workers()?, at_once, done: 0, left: None })
    }

    /// Does the next few chunks; the cleaned array once all are done.
    ///
    /// # Errors
    /// What is left is larger than its type can be.
    pub(super) fn step(&mut self) -> Result<Option<ArrayRef>, ArrowError> {
        let next = self.done..self.chunks.len().min(self.done + self.at_once);
        let chunks = &self.chunks[next.clone()];
        let gone = self.workers.map(chunks, |rows| self.clean(rows.clone()));
        for (chunk, gone) in next.clone().zip(gone) {
            self.keep(self.chunks[chunk].clone(), &gone)?;
        }
        self.done = next.end;
        if self.done < self.chunks.len() {
            return Ok(None);
        }
        let left = self.left.take().map(Builder::finish).transpose()?;
        self.column.cleaned(left).map(Some)
    }

    /// Adds what is left of rows to the column.
    fn keep(&mut self, rows: Range<usize>, gone: &[Gone]) -> Result<(), ArrowError> {
        let texts = &self.texts;
        let left = match (&mut self.left, gone) {
            (Some(left), _) => left,
            (None, []) => return Ok(()),
            (none, _) => {
                let len = self.column.texts.len();
                let left = none.insert(Builder::new(self.column.texts.data_type(), len, texts.bytes(len)));
                (0..rows.start).try_for_each(|row| left.push(texts.at(row), &[]))?;
                left
            }
        };
        let mut gone = gone.iter().peekable();
        for row in rows {
            let removals = gone.next_if(|gone| gone.row == row).map_or(&[][..], |gone| &gone.removals);
            left.push(texts.at(row), removals)?;
        }
        Ok(())
    }

    /// What goes of these rows.
    fn clean(&self, rows: Range<usize>) -> Vec<Gone> {
        let mut gone = Vec::new();
        for row in rows {
            let Some(text) = self.texts.at(row) else { continue };
            let url = self.urls.as_ref().and_then(|urls| urls.at(row)).and_then(|url| str::from_utf8(url).ok());
            let removals = self.column.work.cleaner.removals(&document(text, url));
            if !removals.is_empty() {
                gone.push(Gone { row, removals });
            }
        }
        gone
    }
}

/// Rows in pieces of some bytes.
fn chunks(texts: &Rows<'_>, len: usize) -> Vec<Range<usize>> {
    let (mut chunks, mut start, mut bytes) = (Vec::new(), 0, 0);
    for row in 0..len {
        bytes += texts.at(row).map_or(0, <[u8]>::len) + size_of::<usize>();
        if bytes >= CHUNK_BYTES {
            chunks.push(start..row + 1);
            (start, bytes) = (row + 1, 0);
        }
    }
    if start < len {
        chunks.push(start..len);
    }
    chunks
}
