//! Documents of plain text in one stream, parted by a line of their own.

use crate::clean::kept;
use crate::io::{Chunk, separators};
use crate::text::Document;

use super::parts::InputInfo;
use super::removed::{Gone, Logged};
use super::verdict::{Verdict, verdict};
use super::work::{DonePart, Worker};

/// Cleans the documents of a chunk.
pub(super) fn clean(worker: &Worker<'_>, chunk: &Chunk, input: &InputInfo, done: &mut DonePart) {
    let separator = worker.options.separator.as_deref().unwrap_or_default().as_bytes();
    let end = chunk.bytes.len();
    let separators = separators(&chunk.bytes, separator).chain(std::iter::once(end..end));
    let mut start = 0;
    for (number, separator) in (chunk.first..).zip(separators) {
        if start < separator.end {
            document(worker, &chunk.bytes[start..separator.end], separator.start - start, number, input, done);
        }
        start = separator.end;
    }
}

/// Cleans a document with its separator, which begins at `text_len`.
fn document(worker: &Worker<'_>, record: &[u8], text_len: usize, number: u64, input: &InputInfo, done: &mut DonePart) {
    let (text, separator) = record.split_at(text_len);
    let document = Document::new(text);
    let document = match &input.site {
        Some(site) => document.with_site(site),
        None => document,
    };
    let mut removals = worker.cleaner.removals(&document);
    let judged = verdict(&worker.options.policy, text, &removals);
    if judged == Verdict::Suspect {
        done.stats.suspect += 1;
        removals.clear();
    }
    done.stats.add_document(&document, &removals);
    let logged = Logged { input: &input.label, document: number, url: None, bytes: text.len() };
    worker.show(logged, &document, &removals);
    if judged == Verdict::Dropped {
        done.stats.dropped += 1;
        done.changed = true;
        if worker.options.log_removed {
            logged.dropped(record, &mut done.log);
        }
        return;
    }
    done.changed |= !removals.is_empty();
    if worker.options.log_removed {
        for removal in &removals {
            let gone = &text[removal.span.clone()];
            let gone = Gone { text: gone, ..Gone::default() };
            logged.removal(worker.cleaner, removal, &gone, &mut done.log);
        }
    }
    kept(text.len(), &removals).for_each(|span| done.left.extend_from_slice(&text[span]));
    done.left.extend_from_slice(separator);
}
