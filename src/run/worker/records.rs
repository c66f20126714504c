//! The loop that cleans records, whatever their format.

use std::fmt::Display;
use std::io;

use crate::clean::{Removal, kept_spans};
use crate::io::{Chunk, Compression};
use crate::run::formats::{DecodeMemory, FramedKind, FramedRecord, RecordContents, RecordFormat, TextRecord};
use crate::run::input::InputInfo;
use crate::run::log::{Gone, Logged};

use super::disposition::Disposition;
use super::documents::Worker;
use super::done::{DonePart, Written};

/// Cleans the records of a chunk.
///
/// # Errors
/// A record cannot be compressed.
pub(in crate::run) fn clean(
    worker: &Worker<'_>,
    format: &dyn RecordFormat,
    chunk: Chunk,
    input: &InputInfo,
    done: &mut DonePart,
) -> io::Result<()> {
    let records = Records { worker, format, input };
    let mut memory = worker.decoded.lock().ok().and_then(|mut spare| spare.pop()).unwrap_or_default();
    let is_changed = match input.compresses_each(worker.options) {
        true => records.to_members(&chunk, &mut memory, done).map(|()| true)?,
        false => records.all(&chunk, &mut memory, done),
    };
    if let Ok(mut spare) = worker.decoded.lock() {
        spare.push(memory);
    }
    match is_changed {
        true => worker.spare.give(chunk.bytes),
        false => done.left = chunk.bytes,
    }
    Ok(())
}

struct Records<'r, 'w> {
    worker: &'r Worker<'w>,
    format: &'r dyn RecordFormat,
    input: &'r InputInfo,
}

impl Records<'_, '_> {
    /// Cleans all records of a chunk. Whether something is to be written otherwise than it was read; if not, nothing was
    /// copied.
    fn all(&self, chunk: &Chunk, memory: &mut DecodeMemory, done: &mut DonePart) -> bool {
        // What is there already comes first.
        let (mut is_changed, mut as_they_are) = (!done.left.is_empty(), 0);
        for record in self.format.records(chunk) {
            if is_changed {
                self.whole(&record, memory, done);
                continue;
            }
            match self.one(&record, memory, done) {
                Written::AsItIs => as_they_are += record.bytes.len(),
                Written::Otherwise => {
                    is_changed = true;
                    self.keep_mark(&record, done);
                    let mut left = self.worker.spare.take();
                    left.reserve(chunk.bytes.len());
                    left.extend_from_slice(&chunk.bytes[..as_they_are]);
                    left.extend_from_slice(&done.left);
                    done.left = left;
                }
            }
        }
        is_changed
    }

    /// Cleans all records of a chunk and compresses each by itself.
    fn to_members(&self, chunk: &Chunk, memory: &mut DecodeMemory, done: &mut DonePart) -> io::Result<()> {
        let mut members = self.worker.spare.take();
        for record in self.format.records(chunk) {
            self.whole(&record, memory, done);
            if !done.left.is_empty() {
                if self.worker.options.log_removed {
                    done.sums.after.update(&done.left);
                }
                members = Compression::Gzip.encode_after(members, &done.left)?;
                done.left.clear();
            }
        }
        self.worker.spare.give(std::mem::replace(&mut done.left, members));
        Ok(())
    }

    /// Cleans a record and writes it, however that is.
    fn whole(&self, record: &FramedRecord<'_>, memory: &mut DecodeMemory, done: &mut DonePart) {
        match self.one(record, memory, done) {
            Written::AsItIs => done.left.extend_from_slice(record.bytes),
            Written::Otherwise => self.keep_mark(record, done),
        }
    }

    /// A byte order mark stays, though its record may be left out; the log has it with the record.
    fn keep_mark(&self, record: &FramedRecord<'_>, done: &mut DonePart) {
        if record.mark > 0 && done.left.is_empty() {
            done.left.extend_from_slice(&record.bytes[..record.mark]);
        }
    }

    /// Cleans a record, and writes it unless it stays as it is.
    fn one(&self, record: &FramedRecord<'_>, memory: &mut DecodeMemory, done: &mut DonePart) -> Written {
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
            RecordContents::NotWritten => return Written::Otherwise,
            RecordContents::Other => {}
        }
        Written::AsItIs
    }

    fn text(
        &self,
        logged: Logged<'_>,
        record: &FramedRecord<'_>,
        found: &dyn TextRecord,
        done: &mut DonePart,
    ) -> Written {
        let (worker, text) = (self.worker, found.text());
        let logged = Logged { url: found.url(), bytes: text.len(), ..logged };
        let document = worker.document(text, logged.url, self.input);
        let (mut removals, mut disposition) = worker.decide(&document);
        if disposition == Disposition::Cleaned && self.splits(text, &removals) {
            (removals, disposition) = (Vec::new(), Disposition::Suspect);
        }
        worker.show(logged, &document, &removals);
        match self.write((logged, record), found, (&removals, disposition), done) {
            Ok(written) => {
                worker.count(&document, logged.document, (&removals, disposition), done);
                written
            }
            Err(what) => worker.fault(logged, record.bytes, &what, done),
        }
    }

    /// Whether what is left would be read as two documents.
    fn splits(&self, text: &[u8], removals: &[Removal]) -> bool {
        let left = || kept_spans(text.len(), removals).map(|span| &text[span]).collect::<Vec<_>>();
        !removals.is_empty() && self.format.splits(&left())
    }

    /// Writes what becomes of a record, unless it stays as it is, and logs it.
    fn write(
        &self,
        (logged, record): (Logged<'_>, &FramedRecord<'_>),
        found: &dyn TextRecord,
        (removals, disposition): (&[Removal], Disposition),
        done: &mut DonePart,
    ) -> Result<Written, Box<dyn Display>> {
        let worker = self.worker;
        if let Some(field) = &worker.options.annotate {
            if removals.is_empty() {
                return Ok(Written::AsItIs);
            }
            found.annotate(field, &worker.note(removals), &mut done.left)?;
            done.changed = true;
            return Ok(Written::Otherwise);
        }
        if disposition == Disposition::Dropped {
            worker.leave_out(logged, record.bytes, done);
            return Ok(Written::Otherwise);
        }
        if removals.is_empty() && !found.is_rewritten() {
            return Ok(Written::AsItIs);
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
        *changed = true;
        Ok(Written::Otherwise)
    }
}
