//! A record's text: what goes of it, counted, shown and logged in one way for all formats.

use crate::clean::Removal;
use crate::text::Document;

use super::parts::InputInfo;
use super::removed::{Gone, Logged};
use super::verdict::{Verdict, verdict};
use super::work::{DonePart, Worker};

impl Worker<'_> {
    /// Finds what goes of a record's text and counts it; of one that is suspect nothing goes. The record's address says
    /// which site it is from, or else what is known of its input.
    pub(super) fn judge(
        &self,
        logged: Logged<'_>,
        text: &[u8],
        input: &InputInfo,
        done: &mut DonePart,
    ) -> (Vec<Removal>, Verdict) {
        let document = Document::new(text);
        let document = match logged.url.or(input.site.as_deref()) {
            Some(site) => document.with_site(site),
            None => document,
        };
        let mut removals = self.cleaner.removals(&document);
        let judged = verdict(&self.options.policy, text, &removals);
        match judged {
            Verdict::Suspect => {
                done.stats.suspect += 1;
                removals.clear();
            }
            Verdict::Dropped => done.stats.dropped += 1,
            Verdict::Cleaned => {}
        }
        done.stats.add_document(&document, &removals);
        self.show(logged, &document, &removals);
        (removals, judged)
    }

    /// Logs what goes of a record's text, with the record's header block if it has one, if a log is wanted.
    pub(super) fn log(
        &self,
        logged: Logged<'_>,
        text: &[u8],
        removals: &[Removal],
        mut headers: Option<&[u8]>,
        log: &mut Vec<u8>,
    ) {
        if !self.options.log_removed {
            return;
        }
        for removal in removals {
            let gone = Gone { text: &text[removal.span.clone()], headers: headers.take(), ..Gone::default() };
            logged.removal(self.cleaner, removal, &gone, log);
        }
    }

    /// Logs a record that is left out as a whole, if a log is wanted.
    pub(super) fn log_dropped(&self, logged: Logged<'_>, record: &[u8], done: &mut DonePart) {
        done.changed = true;
        if self.options.log_removed {
            logged.dropped(record, &mut done.log);
        }
    }
}
