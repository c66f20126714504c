//! Rows between reading and writing.

use parquet::data_type::ByteArray;

/// Texts of consecutive rows of one row group.
#[derive(Debug)]
pub struct TextBatch {
    pub(super) row_group: usize,
    /// Number of the first row within the row group.
    pub(super) first_row: u64,
    pub(super) rows: Vec<TextRow>,
}

/// A row: its text, its address, and what is to become of it.
#[derive(Debug)]
pub struct TextRow {
    pub(super) text: Leaf,
    url: Option<ByteArray>,
    pub(super) fate: Fate,
    /// Its value in the added column.
    pub(super) note: Option<String>,
}

/// A value of a column that is not repeated.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// How many of the optional things on the way to the value are there.
    pub(super) level: i16,
    /// The value's bytes, if it is there.
    pub(super) value: Option<ByteArray>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    Unchanged,
    Replaced,
    Dropped,
}

impl TextBatch {
    /// Number of the row group in the file, from 0.
    pub fn row_group(&self) -> usize {
        self.row_group
    }

    /// Number of the first row within its row group, from 0.
    pub fn first_row(&self) -> u64 {
        self.first_row
    }

    /// Its rows in order, at least one.
    pub fn rows(&self) -> &[TextRow] {
        &self.rows
    }

    /// Its rows, to be cleaned one by one or in parallel.
    pub fn rows_mut(&mut self) -> &mut [TextRow] {
        &mut self.rows
    }

    /// Whether all rows are as they were read.
    pub fn is_unchanged(&self) -> bool {
        self.rows.iter().all(|row| row.fate == Fate::Unchanged)
    }
}

impl TextRow {
    pub(super) fn new(text: Leaf, url: Option<ByteArray>) -> TextRow {
        TextRow { text, url, fate: Fate::Unchanged, note: None }
    }

    /// The text's bytes, which need not be UTF-8; `None` where the column is null.
    pub fn text(&self) -> Option<&[u8]> {
        self.text.value.as_ref().map(ByteArray::data)
    }

    /// The bytes of the page's address; `None` where the column is null or was not asked for.
    pub fn url(&self) -> Option<&[u8]> {
        self.url.as_ref().map(ByteArray::data)
    }

    /// Puts `text` in the place of the row's text. The same text again is no change, a null stays
    /// null, and a dropped row dropped.
    pub fn replace(&mut self, text: Vec<u8>) {
        if self.fate != Fate::Dropped && self.text().is_some_and(|old| old != text) {
            self.text.value = Some(text.into());
            self.fate = Fate::Replaced;
        }
    }

    /// Sets the row's value in the [column that is added](super::SinkOptions::added_column); without it
    /// the value is null, and without such a column it goes nowhere.
    pub fn annotate(&mut self, note: String) {
        self.note = Some(note);
    }

    /// Leaves the whole row out of the output.
    pub fn drop_row(&mut self) {
        self.fate = Fate::Dropped;
    }
}
