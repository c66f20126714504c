//! Columns of texts, made of rows of other columns.
//!
//! They are made as columns of bytes, also where they are strings: an array that is given to others carries no type,
//! its field does, and arrow's own strings would be checked for UTF-8 a byte at a time. Here it is looked that what
//! goes of a text begins and ends between characters, so what is left of UTF-8 is UTF-8.

use std::sync::Arc;

use arrow_array::builder::BinaryViewBuilder;
use arrow_array::types::{BinaryType, ByteArrayType, LargeBinaryType};
use arrow_array::{ArrayRef, GenericByteArray, NullArray};
use arrow_buffer::{ArrowNativeType, Buffer, NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType};
use dechrome::{Removal, kept_spans};

use crate::texts::write_left;

use super::rows::Rows;

/// A column that grows row by row.
pub(super) struct Builder {
    strings: bool,
    layout: Layout,
}

enum Layout {
    /// Texts one after the other, how long each is, and whether it is one.
    Offsets { large: bool, values: Vec<u8>, lengths: Vec<usize>, valid: Vec<bool> },
    /// Short texts inside; `left` is room for what is left of one.
    Views { views: BinaryViewBuilder, left: Vec<u8> },
    /// So many nulls.
    Nulls { rows: usize },
}

impl Builder {
    /// A column laid out as that type of texts, with room for so many rows and bytes.
    pub(super) fn new(kind: &DataType, rows: usize, bytes: usize) -> Builder {
        use DataType::{BinaryView, LargeBinary, LargeUtf8, Null, Utf8, Utf8View};
        let layout = match kind {
            Null => Layout::Nulls { rows: 0 },
            Utf8View | BinaryView => Layout::Views { views: BinaryViewBuilder::with_capacity(rows), left: Vec::new() },
            _ => Layout::Offsets {
                large: matches!(kind, LargeUtf8 | LargeBinary),
                values: Vec::with_capacity(bytes),
                lengths: Vec::with_capacity(rows),
                valid: Vec::with_capacity(rows),
            },
        };
        Builder { strings: matches!(kind, Utf8 | LargeUtf8 | Utf8View), layout }
    }

    /// Adds a row: a text without what goes of it, or a null.
    ///
    /// # Errors
    /// A removal begins or ends inside a character.
    pub(super) fn push(&mut self, text: Option<&[u8]>, removals: &[Removal]) -> Result<(), ArrowError> {
        let bytes = text.unwrap_or_default();
        let inside = |at: usize| bytes.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
        if self.strings && removals.iter().any(|gone| inside(gone.span.start) || inside(gone.span.end)) {
            return Err(ArrowError::ComputeError("a text was cut inside a character: please report it".to_owned()));
        }
        match &mut self.layout {
            Layout::Offsets { values, lengths, valid, .. } => {
                let before = values.len();
                match removals {
                    [] => values.extend_from_slice(bytes),
                    _ => kept_spans(bytes.len(), removals).for_each(|span| values.extend_from_slice(&bytes[span])),
                }
                lengths.push(values.len() - before);
                valid.push(text.is_some());
            }
            Layout::Views { views, left } => match removals {
                [] => views.append_option(text),
                _ => {
                    write_left(bytes, removals, left);
                    views.append_value(left);
                }
            },
            Layout::Nulls { rows } => *rows += 1,
        }
        Ok(())
    }

    /// The column.
    ///
    /// # Errors
    /// It is larger than its type can be.
    pub(super) fn finish(self) -> Result<ArrayRef, ArrowError> {
        Ok(match self.layout {
            Layout::Offsets { large: false, values, lengths, valid } => {
                Arc::new(with_offsets::<BinaryType>(values, lengths, valid)?)
            }
            Layout::Offsets { values, lengths, valid, .. } => {
                Arc::new(with_offsets::<LargeBinaryType>(values, lengths, valid)?)
            }
            Layout::Views { mut views, .. } => Arc::new(views.finish()),
            Layout::Nulls { rows } => Arc::new(NullArray::new(rows)),
        })
    }
}

fn with_offsets<T: ByteArrayType>(
    values: Vec<u8>,
    lengths: Vec<usize>,
    valid: Vec<bool>,
) -> Result<GenericByteArray<T>, ArrowError> {
    if T::Offset::from_usize(values.len()).is_none() {
        return Err(ArrowError::InvalidArgumentError(format!(
            "{} bytes of texts are too many for one chunk of this type: give smaller chunks, or a large type",
            values.len()
        )));
    }
    let nulls = Some(NullBuffer::from(valid)).filter(|nulls| nulls.null_count() > 0);
    GenericByteArray::try_new(OffsetBuffer::from_lengths(lengths), Buffer::from_vec(values), nulls)
}

/// A column laid out as that type of texts, of the first `len` rows.
///
/// # Errors
/// It is larger than its type can be.
pub(super) fn column(kind: &DataType, rows: &Rows<'_>, len: usize) -> Result<ArrayRef, ArrowError> {
    let mut column = Builder::new(kind, len, rows.bytes(len));
    (0..len).try_for_each(|row| column.push(rows.at(row), &[]))?;
    column.finish()
}
