//! What is done with a part of an input: cleaned, written as it is to be written, counted, logged.

use std::io;

use crate::clean::{apply, kept_spans};
use crate::io::{Chunk, Compression, Segment};
use crate::run::input::{InputInfo, InputPart, PartContent};
use crate::run::log::{Gone, Logged};
use crate::text::{Markup, Window};

use super::disposition::{Disposition, disposition};
use super::documents::Worker;
use super::done::{DonePart, RecordFault};
use super::records;

impl Worker<'_> {
    /// Cleans a part. Compressed outputs are compressed here too, part by part.
    pub(in crate::run) fn work(&self, part: InputPart) -> io::Result<DonePart> {
        let InputPart { content, input, closes } = part;
        let mut done = DonePart { begins_input: content.begins(), ends_input: closes, ..DonePart::default() };
        if self.options.log_removed {
            done.sums.before.update(content.bytes());
        }
        match content {
            PartContent::Segment(segment, at) => self.segment(segment, at, &input, &mut done),
            PartContent::Records(chunk) => self.chunk(chunk, &input, &mut done)?,
        }
        let compresses_each = input.compresses_each(self.options);
        done.ends_document &= closes;
        done.last_byte = done.last_byte();
        if self.options.log_removed && !compresses_each {
            kept_spans(done.left.len(), &done.gone).for_each(|span| done.sums.after.update(&done.left[span]));
        }
        let compression = input.compression_of_output(self.options);
        if compression != Compression::None {
            apply(&mut done.left, &std::mem::take(&mut done.gone));
            // A stream that is empty is a member without content.
            if !done.left.is_empty() && !compresses_each || done.left.is_empty() && closes {
                let left = compression.encode_after(self.spare.take(), &done.left)?;
                self.spare.give(std::mem::replace(&mut done.left, left));
            }
        }
        Ok(done)
    }

    fn segment(&self, segment: Segment, at: u64, input: &InputInfo, done: &mut DonePart) {
        done.ends_document = true;
        match segment {
            Segment::Window { bytes, markup, opens, closes } => {
                let document = self.document_of(&bytes, input.site.as_deref(), input.markup.or(markup));
                let (site, markup) = (document.site(), document.markup());
                let window = Window { text: &bytes, site, markup, opens, closes };
                done.stats.markdown += u64::from(closes && markup == Markup::Markdown);
                let mut removals = self.cleaner.window_removals(&window);
                let is_whole = opens && closes;
                let disposition = disposition(&self.options.policy, &bytes, &removals);
                if disposition == Disposition::Suspect {
                    removals.clear();
                    done.stats.suspect += u64::from(closes);
                }
                done.dropped = is_whole && disposition == Disposition::Dropped;
                done.stats.dropped += u64::from(done.dropped);
                done.stats.add_part(bytes.len(), input.site.as_deref(), &removals);
                done.changed = !removals.is_empty();
                if is_whole {
                    if disposition == Disposition::Cleaned {
                        self.note_emptied(&bytes, &removals, 1, done);
                    }
                } else {
                    done.window_gone = removals.iter().map(|removal| removal.span.len() as u64).sum();
                }
                let len = if is_whole { bytes.len() } else { 0 };
                let logged = Logged { input: &input.label, document: 1, url: None, bytes: len };
                self.show(logged, &document, &removals);
                if done.dropped {
                    return self.leave_out(logged, &bytes, done);
                }
                let gone = Gone { text: &bytes, base: at, ..Gone::default() };
                self.log(logged, gone, &removals, &mut done.log);
                (done.left, done.gone) = (bytes, removals);
            }
            Segment::Pass { bytes, binary, .. } => {
                done.binary = binary;
                done.stats.add_part(bytes.len(), input.site.as_deref(), &[]);
                done.left = bytes;
            }
        }
    }

    fn chunk(&self, chunk: Chunk, input: &InputInfo, done: &mut DonePart) -> io::Result<()> {
        if let Some(part) = chunk.long {
            if part.begins {
                let what = format!("longer than {} MiB, passed through as it is", crate::io::RECORD_LIMIT >> 20);
                done.faults.push(RecordFault { record: chunk.first, what });
            }
            done.left = chunk.bytes;
            return Ok(());
        }
        match &input.records {
            Some(format) => records::clean(self, &**format, chunk, input, done),
            // Only inputs with records come in chunks.
            None => {
                done.left = chunk.bytes;
                Ok(())
            }
        }
    }
}
