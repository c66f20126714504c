//! A record's text: what goes of it, counted, shown and logged in one way for all formats.

use std::fmt::Display;

use serde::Serialize;

use crate::clean::{Removal, kept_spans};
use crate::io::{Format, is_html_value};
use crate::report::html::DocumentSeen;
use crate::text::Document;

use super::options::OnError;
use super::parts::InputInfo;
use super::removed::{Gone, Logged};
use super::text_records::holds_separator;
use super::verdict::{Verdict, is_emptied, verdict};
use super::work::{DonePart, RecordFault, Worker};

impl Worker<'_> {
    /// Finds what goes of a record's text and counts it; of one that is suspect nothing goes, nor of one that would be
    /// two documents without it. The record's address says
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
        let judged = match verdict(&self.options.policy, text, &removals) {
            Verdict::Cleaned if self.parts_otherwise(text, &removals, input) => Verdict::Suspect,
            judged => judged,
        };
        match judged {
            Verdict::Suspect => {
                done.stats.suspect += 1;
                removals.clear();
            }
            Verdict::Dropped => done.stats.dropped += 1,
            Verdict::Cleaned => {}
        }
        done.stats.html += u64::from(is_html_value(text));
        self.note_emptied(text, &removals, judged, logged.document, done);
        done.stats.add_document(&document, &removals);
        self.show(logged, document.site(), text, &removals);
        (removals, judged)
    }

    /// Notes a document of which hardly anything is left.
    pub(super) fn note_emptied(
        &self,
        text: &[u8],
        removals: &[Removal],
        judged: Verdict,
        document: u64,
        done: &mut DonePart,
    ) {
        let is_written = judged == Verdict::Cleaned && self.options.annotate.is_none() && self.eyes.is_none();
        if is_written && is_emptied(text, removals) {
            done.stats.emptied += 1;
            done.emptied.push(document);
        }
    }

    /// Whether what is left of a document of plain text would hold a line that stands between documents: all who read
    /// the corpus later would find one document more.
    fn parts_otherwise(&self, text: &[u8], removals: &[Removal], input: &InputInfo) -> bool {
        match &self.options.separator {
            Some(separator) if input.format == Format::Text && !removals.is_empty() => {
                let left: Vec<&[u8]> = kept_spans(text.len(), removals).map(|span| &text[span]).collect();
                holds_separator(&left.concat(), separator)
            }
            _ => false,
        }
    }

    /// Shows a document, as it was, to who wants to see it.
    pub(super) fn show(&self, logged: Logged<'_>, site: Option<&str>, text: &[u8], removals: &[Removal]) {
        if let Some(eyes) = self.eyes {
            let Logged { input, document: number, url, .. } = logged;
            let input = &input.to_string_lossy();
            eyes.document(&DocumentSeen { input, number, url, site, text }, removals);
        }
    }

    /// Shows a document of which nothing is known to go.
    pub(super) fn show_whole(&self, document: &DocumentSeen<'_>) {
        if let Some(eyes) = self.eyes {
            eyes.document(document, &[]);
        }
    }

    /// Logs what goes of a text, if a log is wanted; `whole` holds the text and what is to be logged beside it. A
    /// header block is logged once.
    pub(super) fn log(&self, logged: Logged<'_>, mut whole: Gone<'_>, removals: &[Removal], log: &mut Vec<u8>) {
        if !self.options.log_removed {
            return;
        }
        for removal in removals {
            let headers = whole.headers.take();
            let gone = Gone { text: &whole.text[removal.span.clone()], headers, ..whole };
            logged.removal(self.cleaner, removal, &gone, log);
        }
    }

    /// A record that is left out as a whole.
    pub(super) fn leave_out(&self, logged: Logged<'_>, record: &[u8], done: &mut DonePart) {
        done.changed = true;
        if self.options.log_removed {
            logged.dropped(record, &mut done.log);
        }
    }

    /// A record that cannot be read: it is named, and written as it is or left out.
    pub(super) fn fault(&self, logged: Logged<'_>, record: &[u8], what: &dyn Display, done: &mut DonePart) {
        done.faults.push(RecordFault { record: logged.document, what: what.to_string() });
        self.unreadable(logged, record, done);
    }

    /// All or a part of a record that cannot be read and was named: it is written as it is, or left out.
    pub(super) fn unreadable(&self, logged: Logged<'_>, record: &[u8], done: &mut DonePart) {
        if self.options.on_error == OnError::Skip {
            self.leave_out(logged, record, done);
        } else if !self.options.to_jsonl {
            done.left.extend_from_slice(record);
        }
    }

    /// The removals as a JSON array of spans, in bytes of the text as UTF-8, with their rules.
    pub(super) fn note(&self, removals: &[Removal]) -> String {
        let notes = removals.iter().map(|removal| {
            let rule = self.cleaner.rule(removal.rule);
            let kind = rule.kind().map_or("", |kind| kind.name());
            Note { start: removal.span.start, end: removal.span.end, rule: rule.full_id(), kind }
        });
        // Numbers and strings can always be written.
        serde_json::to_string(&notes.collect::<Vec<_>>()).unwrap_or_default()
    }
}

/// A removal as a record is annotated with it.
#[derive(Serialize)]
struct Note<'n> {
    start: usize,
    end: usize,
    rule: &'n str,
    kind: &'n str,
}
