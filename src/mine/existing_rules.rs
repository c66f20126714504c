//! What the rules that are there take already, asked of some documents of each candidate.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use crate::clean::Cleaner;
use crate::text::{Document, Markup};

use super::pages::Pages;

/// So many documents of a candidate may be asked...
pub(super) const MOST_ASKED: usize = 12;
/// ...and so many are, where they were not yet asked for another.
const FEWEST_ASKED: usize = 5;

/// Where a line stands: its document's number, and its own there.
pub(super) type At = (u32, u32);

/// Cleans documents when an answer needs it, each once.
pub(super) struct ExistingRules<'k, 't> {
    cleaner: &'k Cleaner,
    site: &'k str,
    pages: &'k Pages<'t>,
    /// What goes of each document, in bytes.
    gone: Vec<OnceCell<Vec<Range<usize>>>>,
    /// Documents that were asked before: all that a candidate has of these is asked.
    asked: Vec<Cell<bool>>,
}

impl<'k, 't> ExistingRules<'k, 't> {
    pub(super) fn new(cleaner: &'k Cleaner, site: &'k str, pages: &'k Pages<'t>) -> ExistingRules<'k, 't> {
        let documents = pages.pages.len();
        ExistingRules {
            cleaner,
            site,
            pages,
            gone: vec![OnceCell::new(); documents],
            asked: vec![Cell::new(false); documents],
        }
    }

    /// Whether the lines at these places nearly always go: then they need no rule.
    pub(super) fn takes(&self, places: &[At]) -> bool {
        let (mut asked, others): (Vec<At>, Vec<At>) =
            places.iter().partition(|(page, _)| self.asked[*page as usize].get());
        let more = FEWEST_ASKED.saturating_sub(asked.len());
        asked.extend(others.iter().take(more));
        asked.iter().for_each(|(page, _)| self.asked[*page as usize].set(true));
        // One that stays mostly decides, and is mostly found in a document that is cleaned already.
        asked.sort_by_key(|(page, _)| self.gone[*page as usize].get().is_none());
        let stays = |(page, at): &&At| {
            let line = self.pages.pages[*page as usize].lines[*at as usize];
            !self.takes_span(*page, line.start as usize..line.end as usize)
        };
        let most_staying = asked.len() / 10;
        asked.iter().filter(stays).take(most_staying + 1).count() <= most_staying
    }

    /// Whether this span of a document goes whole.
    pub(super) fn takes_span(&self, number: u32, span: Range<usize>) -> bool {
        self.asked[number as usize].set(true);
        let gone = self.gone[number as usize].get_or_init(|| {
            let text = self.pages.pages[number as usize].text;
            let removals = self.cleaner.removals(&Document::new(text).with_site(self.site).with_markup(Markup::Text));
            removals.into_iter().map(|removal| removal.span).collect()
        });
        let reaching = gone.partition_point(|gone| gone.end < span.end);
        gone.get(reaching).is_some_and(|gone| gone.start <= span.start)
    }
}
