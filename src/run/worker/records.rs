//! The loop that cleans records, whatever their format.

use std::io;

use crate::clean::{Removal, kept_spans};
use crate::io::{Chunk, Compression};
use crate::run::formats::{DecodeMemory, FramedKind, FramedRecord, RecordContents, RecordFormat, TextRecord};
use crate::run::input::InputInfo;
use crate::run::log::{Gone, Logged};

use super::disposition::Disposition;
use super::documents::Worker;
use super::done::DonePart;

/// Cleans the records of a chunk.
///
/// # Errors
/// A record cannot be compressed.
pub(in crate::run) fn clean(
    worker: &Worker<'_>,
    format: &dyn RecordFormat,
    chunk: &Chunk,
    input: &InputInfo,
    done: &mut DonePart,
) -> io::Result<()> {
    let records = Records { worker, format, input };
    let by_member = input.compresses_each(worker.options);
    let mut members = Vec::new();
    let mut memory = DecodeMemory::default();
    done.left.reserve(chunk.bytes.len());
    for record in format.records(chunk) {
        records.one(&record, &mut memory, done);
        // A byte order mark stays, though its record may be left out; the log has it with the record.
        if record.mark > 0 && done.left.is_empty() {
            done.left.extend_from_slice(&record.bytes[..record.mark]);
        }
        if by_member && !done.left.is_empty() {
            if worker.options.log_removed {
                done.sums.after.update(&done.left);
            }
            members.append(&mut Compression::Gzip.encode(std::mem::take(&mut done.left))?);
        }
    }
    if by_member {
        done.left = members;
    }
    Ok(())
}

struct Records<'r, 'w> {
    worker: &'r Worker<'w>,
    format: &'r dyn RecordFormat,
    input: &'r InputInfo,
}

impl Records<'_, '_> {
    fn one(&self, record: &FramedRecord<'_>, memory: &mut DecodeMemory, done: &mut DonePart) {
        let logged = Logged { input: &self.input.label, document: record.number, url: None, bytes: 0 };
        match record.kind {
            FramedKind::Record => {}
            FramedKind::Fault(fault) => return self.worker.fault(logged, record.bytes, &fault, done),
            FramedKind::More => return self.worker.unreadable(logged, record.bytes, done),
        }
        match self.format.read(record, memory) {
            RecordContents::Text(text) => return self.text(logged, record, &*text, done),
            RecordContents::Fault(what) => return self.worker.fault(logged, record.bytes, &what, done),
            RecordContents::Textless(names) => done.stats.add_textless(names),
            RecordContents::NotAnObject => done.stats.not_objects += 1,
            RecordContents::NotWritten => return,
            RecordContents::Other => {}
        }
        done.left.extend_from_slice(record.bytes);
    }

    fn text(&self, logged: Logged<'_>, record: &FramedRecord<'_>, found: &dyn TextRecord, done: &mut DonePart) {
        let (worker, text) = (self.worker, found.text());
        let logged = Logged { url: found.url(), bytes: text.len(), ..logged };
        let document = worker.document(text, logged.url, self.input);
        let (mut removals, mut disposition) = worker.decide(&document);
        if disposition == Disposition::Cleaned && self.splits(text, &removals) {
            (removals, disposition) = (Vec::new(), Disposition::Suspect);
        }
        worker.show(logged, document.site(), text, &removals);
        if let Err(what) = self.write((logged, record), found, (&removals, disposition), done) {
            return worker.fault(logged, record.bytes, &what, done);
        }
        worker.count(&document, logged.document, (&removals, disposition), done);
    }

    /// Whether what is left would be read as two documents.
    fn splits(&self, text: &[u8], removals: &[Removal]) -> bool {
        let left = || kept_spans(text.len(), removals).map(|span| &text[span]).collect::<Vec<_>>();
        !removals.is_empty() && self.format.splits(&left())
    }

    /// Writes what becomes of a record, and logs it.
    fn write(
        &self,
        (logged, record): (Logged<'_>, &FramedRecord<'_>),
        found: &dyn TextRecord,
        (removals, disposition): (&[Removal], Disposition),
        done: &mut DonePart,
    ) -> Result<(), Box<dyn std::fmt::Display>> {
        let worker = self.worker;
        if let Some(field) = &worker.options.annotate {
            if removals.is_empty() {
                done.left.extend_from_slice(record.bytes);
                return Ok(());
            }
            found.annotate(field, &worker.note(removals), &mut done.left)?;
            done.changed = true;
            return Ok(());
        }
        if disposition == Disposition::Dropped {
            worker.leave_out(logged, record.bytes, done);
            return Ok(());
        }
        let DonePart { left, log, changed, .. } = done;
        let mut headers = found.headers();
        let text = found.text();
        found.splice(removals, left, &mut |removal, raw| {
            if worker.options.log_removed {
                let gone = Gone { text: &text[removal.span.clone()], raw, headers: headers.take(), ..Gone::default() };
                logged.removal(worker.cleaner, removal, &gone, log);
            }
        })?;
        *changed |= !removals.is_empty() || found.is_rewritten();
        Ok(())
    }
}
