//! Values of a column by row, whatever its layout.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;

/// Whether a column of that type holds texts, each in its row, or nothing but nulls, as one has of which no text was known
/// when it was made.
fn is_text(data: &DataType) -> bool {
    use DataType::{Binary, BinaryView, LargeBinary, LargeUtf8, Null, Utf8, Utf8View};
    matches!(data, Utf8 | LargeUtf8 | Utf8View | Binary | LargeBinary | BinaryView | Null)
}

/// Whether a column of that type holds texts, in whatever way.
pub(super) fn holds_texts(data: &DataType) -> bool {
    match data {
        DataType::Dictionary(_, values) => is_text(values),
        _ => is_text(data),
    }
}

type At<'a> = Box<dyn Fn(usize) -> Option<&'a [u8]> + Send + Sync + 'a>;

/// The number of each row's entry.
pub(super) fn keys(array: &ArrayRef) -> impl Iterator<Item = Option<usize>> {
    let dictionary = array.as_any_dictionary();
    // Keys of rows that are null may be anything; where there are no values, all are.
    let keys = if dictionary.values().is_empty() { Vec::new() } else { dictionary.normalized_keys() };
    (0..array.len()).map(move |row| keys.get(row).copied().filter(|_| dictionary.is_valid(row)))
}

/// The values of a column, as bytes.
pub(super) struct Rows<'a> {
    at: At<'a>,
}

impl<'a> Rows<'a> {
    /// The rows of a column of texts or addresses; of any other, and of nulls, nothing.
    pub(super) fn of(array: &'a ArrayRef) -> Rows<'a> {
        macro_rules! rows {
            ($array:expr) => {{
                let array = $array;
                Box::new(move |row| array.is_valid(row).then(|| <_ as AsRef<[u8]>>::as_ref(array.value(row))))
            }};
        }
        let at: At<'a> = match array.data_type() {
            DataType::Utf8 => rows!(array.as_string::<i32>()),
            DataType::LargeUtf8 => rows!(array.as_string::<i64>()),
            DataType::Utf8View => rows!(array.as_string_view()),
            DataType::Binary => rows!(array.as_binary::<i32>()),
            DataType::LargeBinary => rows!(array.as_binary::<i64>()),
            DataType::BinaryView => rows!(array.as_binary_view()),
            DataType::Dictionary(..) => return Rows::of_dictionary(array),
            _ => Box::new(|_| None),
        };
        Rows { at }
    }

    fn of_dictionary(array: &'a ArrayRef) -> Rows<'a> {
        let values = Rows::of(array.as_any_dictionary().values());
        let keys: Vec<Option<usize>> = keys(array).collect();
        Rows { at: Box::new(move |row| values.at((*keys.get(row)?)?)) }
    }

    /// These rows, in this order.
    pub(super) fn picked(self, picks: Vec<usize>) -> Rows<'a> {
        Rows { at: Box::new(move |row| self.at(*picks.get(row)?)) }
    }

    /// How many bytes the first rows have together.
    pub(super) fn bytes(&self, len: usize) -> usize {
        (0..len).map(|row| self.at(row).map_or(0, <[u8]>::len)).sum()
    }

    /// The value of a row; `None` where it is null.
    pub(super) fn at(&self, row: usize) -> Option<&'a [u8]> {
        (self.at)(row)
    }
}
