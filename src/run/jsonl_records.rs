//! JSON lines: of each record the text is cleaned, and every other byte stays.

use memchr::memchr_iter;

use crate::clean::Removal;
use crate::io::jsonl::{Field, Located, RawText, Without, is_plain, locate, text_fields, with_field};
use crate::io::{Chunk, is_html_value};
use crate::text::Document;

use super::parts::InputInfo;
use super::removed::{Gone, Logged};
use super::verdict::{Verdict, verdict};
use super::work::{DonePart, Worker};

pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Cleans the records of a chunk.
pub(super) fn clean(worker: &Worker<'_>, chunk: &Chunk, input: &InputInfo, done: &mut DonePart) {
    let mut lines = Lines { worker, input, done, mark: 0, text: Vec::new(), url: Vec::new() };
    lines.done.left.reserve(chunk.bytes.len());
    let mut start = 0;
    let ends = memchr_iter(b'\n', &chunk.bytes).map(|at| at + 1).chain([chunk.bytes.len()]);
    for (number, end) in (chunk.first..).zip(ends) {
        let line = &chunk.bytes[start..end];
        start = end;
        let has_mark = number == 1 && line.starts_with(BYTE_ORDER_MARK);
        lines.mark = if has_mark { BYTE_ORDER_MARK.len() } else { 0 };
        lines.line(number, line);
        // A byte order mark stays, though its line may be left out; the log has it with the line.
        if has_mark && lines.done.left.is_empty() {
            lines.done.left.extend_from_slice(BYTE_ORDER_MARK);
        }
    }
}

struct Lines<'l, 'w> {
    worker: &'l Worker<'w>,
    input: &'l InputInfo,
    done: &'l mut DonePart,
    /// Bytes of the line before its record.
    mark: usize,
    /// Memory for decoding.
    text: Vec<u8>,
    url: Vec<u8>,
}

impl Lines<'_, '_> {
    fn line(&mut self, number: u64, line: &[u8]) {
        let record = without_end(&line[self.mark..]);
        if record.is_empty() {
            self.done.left.extend_from_slice(line);
            return;
        }
        let logged = Logged { input: &self.input.label, document: number, url: None, bytes: 0 };
        // Without its end a line that was cut off is told as what it is.
        let located = match locate(record, &self.worker.fields) {
            Ok(located) => located,
            Err(fault) => return self.worker.fault(logged, line, &fault, self.done),
        };
        let raw = match located.text {
            Field::Text(raw) => raw,
            Field::Missing | Field::Null => {
                match record.first() {
                    Some(b'{') => self.done.stats.add_textless(|| text_fields(record)),
                    _ => self.done.stats.not_objects += 1,
                }
                self.done.left.extend_from_slice(line);
                return;
            }
            Field::NotText(kind) => {
                let what = format!("`{}` is {kind}, not a text", self.worker.fields.text);
                return self.worker.fault(logged, line, &what, self.done);
            }
        };
        self.record(logged, line, &located, raw);
    }

    fn record(&mut self, logged: Logged<'_>, line: &[u8], located: &Located<'_>, raw: RawText<'_>) {
        let Lines { worker, input, done, mark, text: buffer, url: url_buffer } = self;
        let url = located.url.text().map(|url| url.decode(url_buffer)).and_then(|url| std::str::from_utf8(url).ok());
        let text = raw.decode(buffer);
        let document = match (url, &input.site) {
            (Some(url), _) => Document::new(text).with_site(url),
            (None, Some(site)) => Document::new(text).with_site(site),
            (None, None) => Document::new(text),
        };
        let removals = worker.cleaner.removals(&document);
        let logged = Logged { url, bytes: text.len(), ..logged };
        worker.show(logged, document.site(), text, &removals);
        let judged = verdict(&worker.options.policy, text, &removals);
        done.stats.html += u64::from(is_html_value(text));
        if judged == Verdict::Suspect || removals.is_empty() && judged == Verdict::Cleaned {
            done.stats.suspect += u64::from(judged == Verdict::Suspect);
            done.stats.add_document(&document, &[]);
            return done.left.extend_from_slice(line);
        }
        if let Some(field) = &worker.options.annotate {
            done.stats.add_document(&document, &removals);
            return annotate(worker, done, logged, line.split_at(*mark), field, &removals);
        }
        let without = match raw.without(removals.iter().map(|removal| removal.span.clone())) {
            Ok(without) => without,
            Err(fault) => return worker.fault(logged, line, &fault, done),
        };
        done.stats.add_document(&document, &removals);
        done.changed = true;
        worker.note_emptied(text, &removals, judged, logged.document, done);
        if judged == Verdict::Dropped {
            done.stats.dropped += 1;
            return worker.leave_out(logged, line, done);
        }
        if worker.options.log_removed {
            log(worker, logged, text, &removals, &without, &mut done.log);
        }
        done.left.extend_from_slice(&line[..*mark + raw.span().start]);
        without.kept().for_each(|piece| done.left.extend_from_slice(piece));
        done.left.extend_from_slice(&line[*mark + raw.span().end..]);
    }
}

/// The record without JSON's own white space behind it, which is less than other formats' is.
fn without_end(line: &[u8]) -> &[u8] {
    let end = line.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    &line[..end.map_or(0, |last| last + 1)]
}

fn annotate(
    worker: &Worker<'_>,
    done: &mut DonePart,
    logged: Logged<'_>,
    (mark, record): (&[u8], &[u8]),
    field: &str,
    removals: &[Removal],
) {
    match with_field(record, field, worker.note(removals).as_bytes()) {
        Ok(annotated) => {
            done.changed = true;
            done.left.extend_from_slice(mark);
            done.left.extend_from_slice(&annotated);
        }
        Err(fault) => worker.fault(logged, &[mark, record].concat(), &fault, done),
    }
}

fn log(
    worker: &Worker<'_>,
    logged: Logged<'_>,
    text: &[u8],
    removals: &[Removal],
    without: &Without<'_>,
    log: &mut Vec<u8>,
) {
    for (removal, raw) in removals.iter().zip(without.gone()) {
        let gone = &text[removal.span.clone()];
        let is_plain = std::str::from_utf8(gone).is_ok() && is_plain(raw, gone);
        let raw = (!is_plain).then_some(raw);
        let gone = Gone { text: gone, raw, ..Gone::default() };
        logged.removal(worker.cleaner, removal, &gone, log);
    }
}
