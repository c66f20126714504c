//! Cleaning a column: rows in parallel, a column of the same type out.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::builder::BinaryViewBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{BinaryType, ByteArrayType, LargeBinaryType, LargeUtf8Type, Utf8Type};
use arrow_array::{Array, ArrayRef, GenericByteArray, StructArray};
use arrow_buffer::{Buffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType};
use dechrome::kept;

use crate::batch::SLICE_BYTES;
use crate::texts::document;

use super::rows::Rows;
use super::{Columns, Work};

/// Rows of about so many bytes are cleaned in one go.
const CHUNK_BYTES: usize = 64 << 10;

/// The cleaning of one array, in steps, so that whoever asked for it can stop it.
pub(super) struct Task<'w> {
    work: &'w Work,
    array: &'w ArrayRef,
    texts: ArrayRef,
    urls: Option<ArrayRef>,
    chunks: Vec<Range<usize>>,
    done: Vec<Left>,
}

/// What is left of a chunk of rows.
enum Left {
    /// Everything.
    All,
    /// Texts one after the other, and how long each is; 0 for a null.
    Some { bytes: Vec<u8>, lengths: Vec<usize> },
}

impl<'w> Task<'w> {
    /// # Errors
    /// The array is not of the type that its schema says.
    pub(super) fn new(work: &'w Work, array: &'w ArrayRef) -> Result<Task<'w>, super::capsule::Broken> {
        let (texts, urls) = match work.columns {
            Columns::Itself => (array.clone(), None),
            Columns::Of { text, url } => {
                let columns = array.as_struct_opt().ok_or(super::capsule::Broken)?;
                (columns.column(text).clone(), url.map(|url| columns.column(url).clone()))
            }
        };
        let chunks = chunks(&texts);
        Ok(Task { work, array, texts, urls, done: Vec::with_capacity(chunks.len()), chunks })
    }

    /// Does the next few chunks; the cleaned array once all are done.
    ///
    /// # Errors
    /// The array held what its type does not allow.
    pub(super) fn step(&mut self) -> Result<Option<ArrayRef>, ArrowError> {
        let threads = &self.work.threads;
        let at_once = SLICE_BYTES / CHUNK_BYTES * threads.count();
        let next = &self.chunks[self.done.len()..];
        let next = &next[..next.len().min(at_once)];
        let (texts, urls) = (Rows::of(&self.texts), self.urls.as_ref().map(Rows::of));
        self.done.extend(threads.map(next, |rows| clean_rows(self.work, &texts, urls.as_ref(), rows.clone())));
        if self.done.len() < self.chunks.len() {
            return Ok(None);
        }
        if self.done.iter().all(|left| matches!(left, Left::All)) {
            return Ok(Some(self.array.clone()));
        }
        let cleaned = self.rebuilt()?;
        let Columns::Of { text, .. } = self.work.columns else { return Ok(Some(cleaned)) };
        let whole = self.array.as_struct();
        let mut columns = whole.columns().to_vec();
        columns[text] = cleaned;
        let whole =
            StructArray::try_new_with_length(whole.fields().clone(), columns, whole.nulls().cloned(), whole.len());
        Ok(Some(Arc::new(whole?)))
    }

    /// The column of what is left.
    fn rebuilt(&self) -> Result<ArrayRef, ArrowError> {
        Ok(match self.texts.data_type() {
            DataType::Utf8 => Arc::new(self.with_offsets::<Utf8Type>()?),
            DataType::LargeUtf8 => Arc::new(self.with_offsets::<LargeUtf8Type>()?),
            DataType::Binary => Arc::new(self.with_offsets::<BinaryType>()?),
            DataType::LargeBinary => Arc::new(self.with_offsets::<LargeBinaryType>()?),
            DataType::Utf8View => Arc::new(self.views().finish().to_string_view()?),
            DataType::BinaryView => Arc::new(self.views().finish()),
            other => return Err(ArrowError::InvalidArgumentError(format!("{other} is no type of texts"))),
        })
    }

    fn with_offsets<T: ByteArrayType>(&self) -> Result<GenericByteArray<T>, ArrowError> {
        let mut values = Vec::with_capacity(self.left_bytes());
        let mut lengths = Vec::with_capacity(self.texts.len());
        self.each_text(|text| {
            values.extend_from_slice(text.unwrap_or_default());
            lengths.push(text.map_or(0, <[u8]>::len));
        });
        let offsets = OffsetBuffer::from_lengths(lengths);
        GenericByteArray::try_new(offsets, Buffer::from_vec(values), self.texts.nulls().cloned())
    }

    fn views(&self) -> BinaryViewBuilder {
        let mut views = BinaryViewBuilder::with_capacity(self.texts.len());
        self.each_text(|text| views.append_option(text));
        views
    }

    /// How many bytes are left of all rows.
    fn left_bytes(&self) -> usize {
        let rows = Rows::of(&self.texts);
        let whole = |range: &Range<usize>| range.clone().map(|row| rows.at(row).map_or(0, <[u8]>::len)).sum::<usize>();
        let left = self.chunks.iter().zip(&self.done).map(|(range, left)| match left {
            Left::All => whole(range),
            Left::Some { bytes, .. } => bytes.len(),
        });
        left.sum()
    }

    /// Goes over what is left of all rows, in order.
    fn each_text(&self, mut see: impl FnMut(Option<&[u8]>)) {
        let rows = Rows::of(&self.texts);
        for (range, left) in self.chunks.iter().zip(&self.done) {
            match left {
                Left::All => range.clone().for_each(|row| see(rows.at(row))),
                Left::Some { bytes, lengths } => {
                    let mut at = 0;
                    for (row, len) in range.clone().zip(lengths) {
                        see(self.texts.is_valid(row).then_some(&bytes[at..at + len]));
                        at += len;
                    }
                }
            }
        }
    }
}

/// Rows in pieces of some bytes.
fn chunks(texts: &ArrayRef) -> Vec<Range<usize>> {
    let rows = Rows::of(texts);
    let (mut chunks, mut start, mut bytes) = (Vec::new(), 0, 0);
    for row in 0..texts.len() {
        bytes += rows.at(row).map_or(0, <[u8]>::len) + size_of::<usize>();
        if bytes >= CHUNK_BYTES {
            chunks.push(start..row + 1);
            (start, bytes) = (row + 1, 0);
        }
    }
    if start < texts.len() {
        chunks.push(start..texts.len());
    }
    chunks
}

fn clean_rows(work: &Work, texts: &Rows<'_>, urls: Option<&Rows<'_>>, range: Range<usize>) -> Left {
    let mut bytes = Vec::new();
    let mut lengths = Vec::new();
    let mut unchanged = true;
    for row in range.clone() {
        let text = texts.at(row).unwrap_or_default();
        let url = urls.and_then(|urls| urls.at(row)).and_then(|url| std::str::from_utf8(url).ok());
        let removals = work.cleaner.removals(&document(text, url));
        if unchanged && removals.is_empty() {
            continue;
        }
        if unchanged {
            // The first row that changes: those before it are needed after all.
            unchanged = false;
            bytes.reserve(range.clone().map(|row| texts.at(row).map_or(0, <[u8]>::len)).sum());
            lengths.reserve(range.len());
            for row in range.start..row {
                let text = texts.at(row).unwrap_or_default();
                bytes.extend_from_slice(text);
                lengths.push(text.len());
            }
        }
        let before = bytes.len();
        kept(text.len(), &removals).for_each(|span| bytes.extend_from_slice(&text[span]));
        lengths.push(bytes.len() - before);
    }
    if unchanged { Left::All } else { Left::Some { bytes, lengths } }
}
