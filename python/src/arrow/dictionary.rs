//! Columns that are dictionaries: keys into a list of entries, each cleaned once.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::PrimitiveBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, DictionaryArray};
use arrow_buffer::ArrowNativeType;
use arrow_schema::{ArrowError, DataType};

use super::build;
use super::capsule::Broken;
use super::rows::{Rows, keys};

/// The rows of a dictionary, as numbers of those entries that any row uses.
pub(super) struct Entries {
    /// The type of the keys.
    kind: DataType,
    rows: Vec<Option<usize>>,
}

impl Entries {
    /// The entries that are used, each once, and which one stands in each row. Slices of a table share its dictionary:
    /// what no row uses is left out, or else it would be cleaned with each of them.
    ///
    /// # Errors
    /// The array is not of the type that its schema says.
    pub(super) fn of(array: &ArrayRef) -> Result<(Entries, ArrayRef), ArrowError> {
        let DataType::Dictionary(kind, _) = array.data_type() else { return Err(Broken.into()) };
        let values = array.as_any_dictionary().values();
        let mut rows: Vec<Option<usize>> = keys(array).collect();
        let mut used = vec![false; values.len()];
        rows.iter().flatten().for_each(|&key| used[key] = true);
        let entries = Entries { kind: (**kind).clone(), rows: Vec::new() };
        if used.iter().all(|used| *used) {
            return Ok((Entries { rows, ..entries }, values.clone()));
        }
        let picks: Vec<usize> = (0..used.len()).filter(|&key| used[key]).collect();
        let mut places = vec![0; used.len()];
        picks.iter().enumerate().for_each(|(place, &key)| places[key] = place);
        rows.iter_mut().flatten().for_each(|key| *key = places[*key]);
        let len = picks.len();
        let texts = build::column(values.data_type(), &Rows::of(values).picked(picks), len)?;
        Ok((Entries { rows, ..entries }, texts))
    }

    /// The rows, with what is left of each entry. Entries that became the same are one, as categories have to be.
    ///
    /// # Errors
    /// The array is not of the type that its schema says.
    pub(super) fn with(&self, left: &ArrayRef) -> Result<ArrayRef, ArrowError> {
        let texts = Rows::of(left);
        let mut firsts = HashMap::new();
        let mut picks = Vec::new();
        let mut places = Vec::with_capacity(left.len());
        for row in 0..left.len() {
            let place = *firsts.entry(texts.at(row)).or_insert(picks.len());
            if place == picks.len() {
                picks.push(row);
            }
            places.push(place);
        }
        let len = picks.len();
        let values = match len == left.len() {
            true => left.clone(),
            false => build::column(left.data_type(), &Rows::of(left).picked(picks), len)?,
        };
        let rows = self.rows.iter().map(|entry| entry.map(|entry| places[entry]));
        match &self.kind {
            DataType::Int8 => joined::<Int8Type>(rows, values),
            DataType::Int16 => joined::<Int16Type>(rows, values),
            DataType::Int32 => joined::<Int32Type>(rows, values),
            DataType::Int64 => joined::<Int64Type>(rows, values),
            DataType::UInt8 => joined::<UInt8Type>(rows, values),
            DataType::UInt16 => joined::<UInt16Type>(rows, values),
            DataType::UInt32 => joined::<UInt32Type>(rows, values),
            DataType::UInt64 => joined::<UInt64Type>(rows, values),
            _ => Err(Broken.into()),
        }
    }
}

/// The rows of a dictionary as a plain column.
///
/// # Errors
/// They are more than a column of that type can hold.
pub(super) fn decoded(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    build::column(array.as_any_dictionary().values().data_type(), &Rows::of(array), array.len())
}

fn joined<K: ArrowDictionaryKeyType>(
    rows: impl Iterator<Item = Option<usize>>,
    values: ArrayRef,
) -> Result<ArrayRef, ArrowError> {
    let mut keys = PrimitiveBuilder::<K>::with_capacity(rows.size_hint().0);
    for row in rows {
        // No more entries than there were, so each has its key.
        keys.append_option(row.map(K::Native::usize_as));
    }
    Ok(Arc::new(DictionaryArray::try_new(keys.finish(), values)?))
}
