//! What is done with a part of an input: cleaned, written as it is to be written, counted, logged.

use std::io::{self, Write};

use crate::clean::{Cleaner, Removal, apply, kept_spans};
use crate::io::jsonl::{FieldPathError, Fields};
use crate::io::{Chunk, Compression, Format, Segment};
use crate::report::Stats;
use crate::text::Window;

use super::documents::DocumentWitness;
use super::options::CorpusOptions;
use super::parts::{Content, InputInfo, Part};
use super::removed::{Gone, Logged};
use super::sums::ContentSums;
use super::verdict::{Verdict, verdict};
use super::{jsonl_records, text_records, wet_records};

/// Cleans parts of inputs; shared by all threads.
pub(super) struct Worker<'w> {
    pub(super) cleaner: &'w Cleaner,
    pub(super) options: &'w CorpusOptions,
    pub(super) fields: Fields,
    /// Who is shown each document.
    pub(super) eyes: Option<&'w dyn DocumentWitness>,
}

/// What became of a part.
#[derive(Default)]
pub(super) struct DonePart {
    /// What is to be written, and in it...
    pub(super) left: Vec<u8>,
    /// ...what is not: going around it while writing is cheaper than moving the rest together.
    pub(super) gone: Vec<Removal>,
    pub(super) stats: Stats,
    /// Lines of the log of removals.
    pub(super) log: Vec<u8>,
    pub(super) faults: Vec<RecordFault>,
    /// Documents of which hardly anything is left.
    pub(super) emptied: Vec<u64>,
    /// Bytes that went of a window of a longer document.
    pub(super) window_gone: u64,
    /// Whether anything is written otherwise than it was read.
    pub(super) changed: bool,
    /// Whether a document of plain text ends with it; records end within their part.
    pub(super) ends_document: bool,
    /// Whether it is of a binary file.
    pub(super) binary: bool,
    /// Whether the document was left out, where the part is all of it.
    pub(super) dropped: bool,
    /// The last byte of the text that is to be written; nothing if there is none.
    pub(super) last_byte: Option<u8>,
    /// Whether the input begins with it.
    pub(super) begins_input: bool,
    /// Whether the input ends with it.
    pub(super) ends_input: bool,
    /// Of the part, if there is a log.
    pub(super) sums: ContentSums,
}

/// Kept spans are brought together in pieces of so many bytes, which a cache holds.
const PIECE_BYTES: usize = 64 << 10;

impl DonePart {
    /// The last byte that is to be written, before it is compressed.
    fn last_byte(&self) -> Option<u8> {
        let mut end = self.left.len();
        for removal in self.gone.iter().rev() {
            if removal.span.end < end {
                break;
            }
            end = removal.span.start;
        }
        self.left[..end].last().copied()
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// That of the writer.
    pub(super) fn write_to(&self, writer: &mut impl Write) -> io::Result<()> {
        if self.gone.is_empty() {
            return writer.write_all(&self.left);
        }
        let mut piece = Vec::with_capacity(PIECE_BYTES);
        for span in kept_spans(self.left.len(), &self.gone) {
            if piece.len() + span.len() > PIECE_BYTES {
                writer.write_all(&piece)?;
                piece.clear();
            }
            match span.len() {
                0..=PIECE_BYTES => piece.extend_from_slice(&self.left[span]),
                _ => writer.write_all(&self.left[span])?,
            }
        }
        writer.write_all(&piece)
    }
}

/// A record that cannot be read.
#[derive(Debug)]
pub(super) struct RecordFault {
    pub(super) record: u64,
    pub(super) what: String,
}

impl<'w> Worker<'w> {
    pub(super) fn new(cleaner: &'w Cleaner, options: &'w CorpusOptions) -> Result<Worker<'w>, FieldPathError> {
        Ok(Worker { cleaner, options, fields: options.fields()?, eyes: None })
    }

    /// Cleans a part. Compressed outputs are compressed here too, part by part.
    pub(super) fn work(&self, part: Part) -> io::Result<DonePart> {
        let Part { content, input, closes } = part;
        let mut done = DonePart { begins_input: content.begins(), ends_input: closes, ..DonePart::default() };
        if self.options.log_removed {
            done.sums.before.update(content.bytes());
        }
        match content {
            Content::Segment(segment, at) => self.segment(segment, at, &input, &mut done),
            Content::Records(chunk) => self.records(chunk, &input, &mut done)?,
        }
        done.ends_document &= closes;
        done.last_byte = done.last_byte();
        if self.options.log_removed && !self.compresses_records(&input) {
            kept_spans(done.left.len(), &done.gone).for_each(|span| done.sums.after.update(&done.left[span]));
        }
        let compression = self.compression(&input);
        if compression != Compression::None {
            apply(&mut done.left, &std::mem::take(&mut done.gone));
            // A stream that is empty is a member without content.
            if !done.left.is_empty() && !self.compresses_records(&input) || done.left.is_empty() && closes {
                done.left = compression.encode(std::mem::take(&mut done.left))?;
            }
        }
        Ok(done)
    }

    /// Whether each record of an input is compressed by itself, as readers that look up single records ask for.
    pub(super) fn compresses_records(&self, input: &InputInfo) -> bool {
        input.format == Format::Wet && self.compression(input) == Compression::Gzip && !self.options.to_jsonl
    }

    fn compression(&self, input: &InputInfo) -> Compression {
        self.options.compress.unwrap_or(input.compression)
    }

    fn segment(&self, segment: Segment, at: u64, input: &InputInfo, done: &mut DonePart) {
        done.ends_document = true;
        match segment {
            Segment::Window { bytes, opens, closes } => {
                let window = Window { text: &bytes, site: input.site.as_deref(), opens, closes };
                let mut removals = self.cleaner.window_removals(&window);
                let is_whole = opens && closes;
                let judged = verdict(&self.options.policy, &bytes, &removals);
                if judged == Verdict::Suspect {
                    removals.clear();
                    done.stats.suspect += u64::from(closes);
                }
                done.dropped = is_whole && judged == Verdict::Dropped;
                done.stats.dropped += u64::from(done.dropped);
                done.stats.add_part(bytes.len(), input.site.as_deref(), &removals);
                done.changed = !removals.is_empty();
                if is_whole {
                    self.note_emptied(&bytes, &removals, judged, 1, done);
                } else {
                    done.window_gone = removals.iter().map(|removal| removal.span.len() as u64).sum();
                }
                let len = if is_whole { bytes.len() } else { 0 };
                let logged = Logged { input: &input.label, document: 1, url: None, bytes: len };
                self.show(logged, window.site, &bytes, &removals);
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

    fn records(&self, chunk: Chunk, input: &InputInfo, done: &mut DonePart) -> io::Result<()> {
        if let Some(part) = chunk.long {
            if part.begins {
                let what = format!("longer than {} MiB, passed through as it is", crate::io::RECORD_LIMIT >> 20);
                done.faults.push(RecordFault { record: chunk.first, what });
            }
            done.left = chunk.bytes;
            return Ok(());
        }
        match input.format {
            Format::Jsonl => jsonl_records::clean(self, &chunk, input, done),
            Format::Wet => return wet_records::clean(self, &chunk, input, done),
            Format::Text | Format::Parquet => text_records::clean(self, &chunk, input, done),
        }
        Ok(())
    }
}
