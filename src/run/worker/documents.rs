//! Who cleans: what all parts of a run share, and what is done with a document whatever its format.

use std::fmt::Display;
use std::sync::Mutex;

use serde::Serialize;

use crate::clean::{Cleaner, Removal};
use crate::io::jsonl::FieldPathError;
use crate::io::{Buffers, is_html_value};
use crate::report::html::DocumentSeen;
use crate::run::formats::DecodeMemory;
use crate::run::input::InputInfo;
use crate::run::log::{Gone, Logged};
use crate::run::options::{CorpusOptions, OnError};
use crate::run::pipeline::Room;
use crate::run::visitor::DocumentVisitor;
use crate::text::{Document, Markup};

use super::disposition::{Disposition, disposition, is_emptied};
use super::done::{DonePart, RecordFault, Written};

/// Cleans parts of inputs; shared by all threads.
pub(in crate::run) struct Worker<'w> {
    pub(in crate::run) cleaner: &'w Cleaner,
    pub(in crate::run) options: &'w CorpusOptions,
    /// Who is shown each document.
    pub(in crate::run) visitor: Option<&'w dyn DocumentVisitor>,
    /// Memory of parts that were read and written.
    pub(in crate::run) spare: Buffers,
    /// Memory of records that were decoded.
    pub(in crate::run) decoded: Mutex<Vec<DecodeMemory>>,
    /// Room for parts that are read and not written.
    pub(in crate::run) room: Room,
}

impl<'w> Worker<'w> {
    /// A worker that shows documents to nobody.
    ///
    /// # Errors
    /// A field's path is none.
    pub(in crate::run) fn new(cleaner: &'w Cleaner, options: &'w CorpusOptions) -> Result<Worker<'w>, FieldPathError> {
        options.fields()?;
        let (spare, decoded, room) = (Buffers::default(), Mutex::default(), Room::in_memory());
        Ok(Worker { cleaner, options, visitor: None, spare, decoded, room })
    }
}

impl Worker<'_> {
    /// A document of an input. The record's address says which site it is from, or else what is known of the input.
    pub(in crate::run) fn document<'t>(
        &self,
        text: &'t [u8],
        url: Option<&'t str>,
        input: &'t InputInfo,
    ) -> Document<'t> {
        self.document_of(text, url.or(input.site.as_deref()), input.markup)
    }

    /// A document of that site. How it is written is found out where something may go of it.
    pub(in crate::run) fn document_of<'t>(
        &self,
        text: &'t [u8],
        site: Option<&'t str>,
        markup: Markup,
    ) -> Document<'t> {
        let markup = if self.cleaner.rules().is_empty() { markup } else { self.cleaner.markup_of(markup, text) };
        let document = Document::new(text).with_markup(markup);
        match site {
            Some(site) => document.with_site(site),
            None => document,
        }
    }

    /// What is removed of a document, and what becomes of it as a whole; nothing is removed of one that is suspect.
    pub(in crate::run) fn decide(&self, document: &Document<'_>) -> (Vec<Removal>, Disposition) {
        let removals = self.cleaner.removals(document);
        match disposition(&self.options.policy, document.text(), &removals) {
            Disposition::Suspect => (Vec::new(), Disposition::Suspect),
            disposition => (removals, disposition),
        }
    }

    /// Counts a document that was decided on and could be written.
    pub(in crate::run) fn count(
        &self,
        document: &Document<'_>,
        number: u64,
        (removals, disposition): (&[Removal], Disposition),
        done: &mut DonePart,
    ) {
        match disposition {
            Disposition::Suspect => done.stats.suspect += 1,
            Disposition::Dropped => done.stats.dropped += 1,
            Disposition::Cleaned => self.note_emptied(document.text(), removals, number, done),
        }
        done.stats.html += u64::from(is_html_value(document.text()));
        done.stats.add_document(document, removals);
    }

    /// Notes a document that is written, if hardly anything is left of it.
    pub(in crate::run) fn note_emptied(&self, text: &[u8], removals: &[Removal], document: u64, done: &mut DonePart) {
        if self.options.annotate.is_none() && self.visitor.is_none() && is_emptied(text, removals) {
            done.stats.emptied += 1;
            done.emptied.push(document);
        }
    }

    /// Shows a document, as it was, to who wants to see it.
    pub(in crate::run) fn show(&self, logged: Logged<'_>, shown: &Document<'_>, removals: &[Removal]) {
        if let Some(visitor) = self.visitor {
            let (text, site, markup) = (shown.text(), shown.site(), shown.markup());
            let Logged { input, document: number, url, .. } = logged;
            let input = &input.to_string_lossy();
            visitor.document(&DocumentSeen { input, number, url, site, markup, text }, removals);
        }
    }

    /// Shows a document of which nothing is known to go.
    pub(in crate::run) fn show_whole(&self, document: &DocumentSeen<'_>) {
        if let Some(visitor) = self.visitor {
            visitor.document(document, &[]);
        }
    }

    /// Logs what is removed of a text, if a log is wanted; `whole` holds the text and where it begins.
    pub(in crate::run) fn log(&self, logged: Logged<'_>, whole: Gone<'_>, removals: &[Removal], log: &mut Vec<u8>) {
        if !self.options.log_removed {
            return;
        }
        for removal in removals {
            let gone = Gone { text: &whole.text[removal.span.clone()], ..whole };
            logged.removal(self.cleaner, removal, &gone, log);
        }
    }

    /// A record that is left out as a whole.
    pub(in crate::run) fn leave_out(&self, logged: Logged<'_>, record: &[u8], done: &mut DonePart) {
        done.changed = true;
        if self.options.log_removed {
            logged.dropped(record, &mut done.log);
        }
    }

    /// A record that cannot be read: it is named, and left out or to be written as it is.
    pub(in crate::run) fn fault(
        &self,
        logged: Logged<'_>,
        record: &[u8],
        what: &dyn Display,
        done: &mut DonePart,
    ) -> Written {
        done.faults.push(RecordFault { record: logged.document, what: what.to_string() });
        self.unreadable(logged, record, done)
    }

    /// All or a part of a record that cannot be read and was named: it is left out, or to be written as it is.
    pub(in crate::run) fn unreadable(&self, logged: Logged<'_>, record: &[u8], done: &mut DonePart) -> Written {
        match self.options.on_error {
            OnError::Skip => {
                self.leave_out(logged, record, done);
                Written::Otherwise
            }
            _ if self.options.to_jsonl => Written::Otherwise,
            _ => Written::AsItIs,
        }
    }

    /// The removals as a JSON array of spans, in bytes of the text as UTF-8, with their rules.
    pub(in crate::run) fn note(&self, removals: &[Removal]) -> String {
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
