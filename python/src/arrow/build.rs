//! Columns of texts, made of rows of other columns.
//!
//! They are made as columns of bytes, also where they are strings: an array that is given to others carries no type,
//! its field does, and arrow's own strings would be checked for UTF-8 a byte at a time. Here it is looked that what
//! goes of a text begins and ends between characters, so what is left of UTF-8 is UTF-8.

use std::sync::Arc;

use arrow_array::builder::BinaryViewBuilder;
use arrow_array::types::{BinaryType, ByteArrayType, LargeBinaryType};
use arrow_array::{ArrayRef, GenericByteArray};
use arrow_buffer::{ArrowNativeType, Buffer, NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType};
use dechrome::{Removal, kept};

use crate::texts::write_left;

use super::rows::Rows;

/// A row of which something goes.
pub(super) struct Gone {
    pub(super) row: usize,
    pub(super) removals: Vec<Removal>,
}

/// A column laid out as that type: the first `len` rows, without what goes of some of them, which are in order.
///
/// # Errors
/// The rows hold more than the type can, or a removal begins or ends inside a character.
pub(super) fn column(kind: &DataType, rows: &Rows<'_>, len: usize, gone: &[Gone]) -> Result<ArrayRef, ArrowError> {
    let left = Left { rows, len, gone };
    if matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View) {
        left.check_characters()?;
    }
    Ok(match kind {
        DataType::Utf8 | DataType::Binary => Arc::new(left.with_offsets::<BinaryType>()?),
        DataType::LargeUtf8 | DataType::LargeBinary => Arc::new(left.with_offsets::<LargeBinaryType>()?),
        DataType::Utf8View | DataType::BinaryView => Arc::new(left.views().finish()),
        other => return Err(ArrowError::InvalidArgumentError(format!("{other} is no type of texts"))),
    })
}

/// What is left of rows.
struct Left<'a, 'r> {
    rows: &'a Rows<'r>,
    len: usize,
    gone: &'a [Gone],
}

impl Left<'_, '_> {
    fn check_characters(&self) -> Result<(), ArrowError> {
        let inside = |text: &[u8], at: usize| text.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
        for Gone { row, removals } in self.gone {
            let text = self.rows.at(*row).unwrap_or_default();
            if removals.iter().any(|gone| inside(text, gone.span.start) || inside(text, gone.span.end)) {
                return Err(ArrowError::ComputeError(format!(
                    "row {row} was cut inside a character: please report it"
                )));
            }
        }
        Ok(())
    }

    fn with_offsets<T: ByteArrayType>(&self) -> Result<GenericByteArray<T>, ArrowError> {
        let bytes = self.bytes();
        if T::Offset::from_usize(bytes).is_none() {
            return Err(ArrowError::InvalidArgumentError(format!(
                "{bytes} bytes of texts are too many for one chunk of this type: give smaller chunks, or a large type"
            )));
        }
        let mut values = Vec::with_capacity(bytes);
        let mut lengths = Vec::with_capacity(self.len);
        self.each(|row, removals| {
            let before = values.len();
            let text = row.unwrap_or_default();
            match removals {
                [] => values.extend_from_slice(text),
                _ => kept(text.len(), removals).for_each(|span| values.extend_from_slice(&text[span])),
            }
            lengths.push(values.len() - before);
        });
        GenericByteArray::try_new(OffsetBuffer::from_lengths(lengths), Buffer::from_vec(values), self.nulls())
    }

    fn views(&self) -> BinaryViewBuilder {
        let mut views = BinaryViewBuilder::with_capacity(self.len);
        let mut left = Vec::new();
        self.each(|row, removals| match (row, removals) {
            (Some(text), [_, ..]) => {
                write_left(text, removals, &mut left);
                views.append_value(&left);
            }
            (row, _) => views.append_option(row),
        });
        views
    }

    /// Goes over all rows with what goes of each.
    fn each(&self, mut see: impl FnMut(Option<&[u8]>, &[Removal])) {
        let mut gone = self.gone.iter().peekable();
        for row in 0..self.len {
            let removals = gone.next_if(|gone| gone.row == row).map_or(&[][..], |gone| &gone.removals);
            see(self.rows.at(row), removals);
        }
    }

    /// How many bytes are left of all rows.
    fn bytes(&self) -> usize {
        let all: usize = (0..self.len).map(|row| self.rows.at(row).map_or(0, <[u8]>::len)).sum();
        all - self.gone.iter().flat_map(|gone| &gone.removals).map(|removal| removal.span.len()).sum::<usize>()
    }

    fn nulls(&self) -> Option<NullBuffer> {
        let valid: NullBuffer = (0..self.len).map(|row| self.rows.at(row).is_some()).collect();
        Some(valid).filter(|valid| valid.null_count() > 0)
    }
}
