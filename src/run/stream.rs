//! Documents one after another into one writer.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use crate::clean::{Cleaner, Removal, take_out};
use crate::io::{Buffers, Segment, SegmentReader};
use crate::report::Stats;
use crate::text::Window;

use super::Observer;
use super::pipeline::{BatchLimit, pump};

/// A document to read.
pub struct Source {
    /// What messages call it.
    pub name: PathBuf,
    /// Its site, as a host in lower case, if that is known.
    pub site: Option<String>,
    /// Opens it. Called when its turn comes, so that a thousand files are not open at once.
    pub open: Box<dyn FnOnce() -> io::Result<Box<dyn Read + Send>> + Send>,
}

/// Cleans documents and writes what is left of them one after another, in order. The memory needed
/// grows with the number of threads, not with the documents.
///
/// # Errors
/// The writer fails. A document that cannot be read is reported and left out from there on.
pub fn clean_to_writer(
    cleaner: &Cleaner,
    sources: impl Iterator<Item = Source> + Send,
    mut writer: impl Write + Send,
    observer: &dyn Observer,
) -> io::Result<Stats> {
    let spare = Buffers::default();
    let mut parts = Parts::new(sources, &spare, observer);
    let limit = BatchLimit::new();
    let mut stats = Stats::default();
    let mut changed = false;
    pump(
        || parts.next_batch(&limit),
        |part| part.clean(cleaner),
        |part: CleanPart| {
            writer.write_all(&part.left)?;
            part.count(&mut stats, &mut changed);
            spare.give(part.left);
            Ok::<(), io::Error>(())
        },
    )?;
    writer.flush()?;
    stats.failed = parts.failed;
    Ok(stats)
}

/// Part of a document, to be cleaned.
pub(super) struct Part {
    segment: Segment,
    site: Option<String>,
    ends_document: bool,
}

/// What is left of a part.
pub(super) struct CleanPart {
    pub(super) left: Vec<u8>,
    pub(super) removals: Vec<Removal>,
    read: usize,
    site: Option<String>,
    binary: bool,
    ends_document: bool,
}

impl Part {
    pub(super) fn clean(self, cleaner: &Cleaner) -> CleanPart {
        let Part { segment, site, ends_document } = self;
        match segment {
            Segment::Window { bytes, opens, closes } => {
                let window = Window { text: &bytes, site: site.as_deref(), opens, closes };
                let removals = cleaner.window_removals(&window);
                let read = bytes.len();
                let mut left = bytes;
                take_out(&mut left, &removals);
                CleanPart { left, removals, read, site, binary: false, ends_document }
            }
            Segment::Pass { bytes, binary, .. } => {
                CleanPart { read: bytes.len(), left: bytes, removals: Vec::new(), site, binary, ends_document }
            }
        }
    }
}

impl CleanPart {
    /// Counts the part; `changed` says whether its document lost something so far.
    pub(super) fn count(&self, stats: &mut Stats, changed: &mut bool) {
        stats.add_part(self.read, self.site.as_deref(), &self.removals);
        *changed |= !self.removals.is_empty();
        if self.ends_document {
            stats.end_document(std::mem::take(changed));
            stats.binary += u64::from(self.binary);
        }
    }
}

/// The parts of documents in order.
pub(super) struct Parts<'o, S> {
    sources: S,
    current: Option<Current<'o>>,
    failed: u64,
    spare: &'o Buffers,
    observer: &'o dyn Observer,
}

struct Current<'o> {
    name: PathBuf,
    site: Option<String>,
    segments: SegmentReader<'o, Box<dyn Read + Send>>,
}

impl<'o, S: Iterator<Item = Source>> Parts<'o, S> {
    pub(super) fn new(sources: S, spare: &'o Buffers, observer: &'o dyn Observer) -> Parts<'o, S> {
        Parts { sources, current: None, failed: 0, spare, observer }
    }

    pub(super) fn next_batch(&mut self, limit: &BatchLimit) -> Vec<Part> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while !self.observer.wants_stop() && limit.has_room(batch.len(), bytes) {
            let Some(part) = self.next_part() else { break };
            let (Segment::Window { bytes: read, .. } | Segment::Pass { bytes: read, .. }) = &part.segment;
            bytes += read.len();
            self.observer.read(read.len() as u64);
            batch.push(part);
        }
        batch
    }

    fn next_part(&mut self) -> Option<Part> {
        loop {
            let Some(mut current) = self.current.take() else {
                self.current = Some(self.open_next()?);
                continue;
            };
            match current.segments.next_segment() {
                Ok(None) => {}
                Ok(Some(segment)) => {
                    let site = current.site.clone();
                    let (Segment::Window { closes, .. } | Segment::Pass { closes, .. }) = segment;
                    if !closes {
                        self.current = Some(current);
                    }
                    return Some(Part { segment, site, ends_document: closes });
                }
                Err(error) => self.fail(&current.name, &error),
            }
        }
    }

    fn open_next(&mut self) -> Option<Current<'o>> {
        loop {
            let Source { name, site, open } = self.sources.next()?;
            match open() {
                Ok(source) => return Some(Current { name, site, segments: SegmentReader::new(source, self.spare) }),
                Err(error) => self.fail(&name, &error),
            }
        }
    }

    fn fail(&mut self, name: &std::path::Path, error: &io::Error) {
        self.failed += 1;
        self.observer.failed(name, error);
    }
}
