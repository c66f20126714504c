//! Documents of plain text in one stream, parted by a line of their own.

use crate::clean::kept_spans;
use crate::io::{Chunk, separators};

use super::parts::InputInfo;
use super::removed::{Gone, Logged};
use super::verdict::Verdict;
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

/// Whether a document is two, with a separator between them.
pub(super) fn holds_separator(text: &[u8], separator: &str) -> bool {
    separators(text, separator.as_bytes()).next().is_some()
}

/// Cleans a document with its separator, which begins at `text_len`.
fn document(worker: &Worker<'_>, record: &[u8], text_len: usize, number: u64, input: &InputInfo, done: &mut DonePart) {
    let (text, separator) = record.split_at(text_len);
    let logged = Logged { input: &input.label, document: number, url: None, bytes: text.len() };
    let (removals, judged) = worker.judge(logged, text, input, done);
    if judged == Verdict::Dropped {
        return worker.leave_out(logged, record, done);
    }
    done.changed |= !removals.is_empty();
    worker.log(logged, Gone { text, ..Gone::default() }, &removals, &mut done.log);
    kept_spans(text.len(), &removals).for_each(|span| done.left.extend_from_slice(&text[span]));
    done.left.extend_from_slice(separator);
}
