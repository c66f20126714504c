//! What the rules that are there take already, asked of some documents of each candidate.

use std::cell::OnceCell;
use std::ops::Range;

use crate::clean::Cleaner;
use crate::text::Document;

use super::pages::Pages;

/// So many documents of a candidate may be asked...
pub(super) const MOST_ASKED: usize = 12;
/// ...and so many are, where they were not yet cleaned for another.
const FEWEST_ASKED: usize = 5;

/// Where a line stands: its document's number, and its own there.
pub(super) type At = (u32, u32);

/// Cleans documents when they are asked for, each once.
pub(super) struct ExistingRules<'k, 't> {
    cleaner: &'k Cleaner,
    site: &'k str,
    pages: &'k Pages<'t>,
    /// What goes of each document, in bytes.
    gone: Vec<OnceCell<Vec<Range<usize>>>>,
}

impl<'k, 't> ExistingRules<'k, 't> {
    pub(super) fn new(cleaner: &'k Cleaner, site: &'k str, pages: &'k Pages<'t>) -> ExistingRules<'k, 't> {
        ExistingRules { cleaner, site, pages, gone: vec![OnceCell::new(); pages.pages.len()] }
    }

    /// Whether the lines at these places nearly always go: then they need no rule.
    pub(super) fn takes(&self, places: &[At]) -> bool {
        let goes = |(page, at): &At| {
            let line = self.pages.pages[*page as usize].lines[*at as usize];
            self.takes_span(*page, line.start as usize..line.end as usize)
        };
        let (cleaned, others): (Vec<At>, Vec<At>) =
            places.iter().partition(|(page, _)| self.gone[*page as usize].get().is_some());
        let more = FEWEST_ASKED.saturating_sub(cleaned.len());
        let answers: Vec<bool> = cleaned.iter().chain(others.iter().take(more)).map(goes).collect();
        answers.iter().filter(|gone| **gone).count() * 10 >= answers.len() * 9
    }

    /// Whether this span of a document goes whole.
    pub(super) fn takes_span(&self, number: u32, span: Range<usize>) -> bool {
        let gone = self.gone[number as usize].get_or_init(|| {
            let text = self.pages.pages[number as usize].text;
            let removals = self.cleaner.removals(&Document::new(text).with_site(self.site));
            removals.into_iter().map(|removal| removal.span).collect()
        });
        let reaching = gone.partition_point(|gone| gone.end < span.end);
        gone.get(reaching).is_some_and(|gone| gone.start <= span.start)
    }
}
