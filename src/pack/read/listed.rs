//! All texts of a list, whoever found them.

use std::ops::Range;

use toml::Spanned;

use super::plain_rows::{PlainRows, text_at};
use crate::pack::source::SourceText;

/// A text that a list has, and where it stands, quotes included.
pub(super) struct ListedText<'t> {
    pub(super) text: &'t str,
    pub(super) place: Range<usize>,
}

/// The texts that the TOML library found, each with the row that it begins.
pub(super) struct ListedTexts<'t> {
    source: &'t str,
    rows: &'t PlainRows,
    found: std::slice::Iter<'t, Spanned<SourceText<'t>>>,
    /// What is left of the row that the last of these began.
    row: std::slice::Iter<'t, Range<usize>>,
}

impl<'t> ListedTexts<'t> {
    pub(super) fn of(source: &'t str, rows: &'t PlainRows, found: &'t [Spanned<SourceText<'t>>]) -> ListedTexts<'t> {
        ListedTexts { source, rows, found: found.iter(), row: [].iter() }
    }

    /// How many of them begin a row.
    pub(super) fn rows(&self) -> usize {
        self.found.as_slice().iter().filter(|text| !self.rows.after(text.span().start).is_empty()).count()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        let in_rows = |text: &Spanned<SourceText<'_>>| self.rows.after(text.span().start).len();
        self.row.len() + self.found.as_slice().iter().map(|text| 1 + in_rows(text)).sum::<usize>()
    }
}

impl<'t> Iterator for ListedTexts<'t> {
    type Item = ListedText<'t>;

    fn next(&mut self) -> Option<ListedText<'t>> {
        if let Some(place) = self.row.next() {
            return Some(ListedText { text: text_at(self.source, place), place: place.clone() });
        }
        let text = self.found.next()?;
        let place = text.span();
        self.row = self.rows.after(place.start).iter();
        Some(ListedText { text: text.as_ref().as_str(), place })
    }
}
