//! Documents one after another into one writer.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use crate::clean::{Cleaner, Removal};
use crate::io::{Segment, SegmentReader};
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
    let mut parts = Parts::new(sources, observer);
    let limit = BatchLimit::new();
    let mut stats = Stats::default();
    let mut changed = false;
    pump(
        || parts.next_batch(&limit),
        |part| part.clean(cleaner),
        |part: CleanPart| {
            writer.write_all(&part.left)?;
            part.count(&mut stats, &mut changed);
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
                let (left, removals) = cleaner.clean_window(&window).into_parts();
                let read = bytes.len();
                let left = match left {
                    Cow::Owned(left) => left,
                    Cow::Borrowed(_) => bytes,
                };
                CleanPart { left, removals, read, site, binary: false, ends_document }
            }
            Segment::Pass { bytes, binary } => {
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
    current: Option<Current>,
    failed: u64,
    observer: &'o dyn Observer,
}

struct Current {
    name: PathBuf,
    site: Option<String>,
    segments: SegmentReader<Box<dyn Read + Send>>,
    /// One segment is read ahead, to know which one is the last.
    ahead: Option<Segment>,
}

impl<'o, S: Iterator<Item = Source>> Parts<'o, S> {
    pub(super) fn new(sources: S, observer: &'o dyn Observer) -> Parts<'o, S> {
        Parts { sources, current: None, failed: 0, observer }
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
            let Some(segment) = current.ahead.take() else { continue };
            match current.segments.next_segment() {
                Ok(ahead) => {
                    let ends_document = ahead.is_none();
                    let site = current.site.clone();
                    if !ends_document {
                        self.current = Some(Current { ahead, ..current });
                    }
                    return Some(Part { segment, site, ends_document });
                }
                Err(error) => {
                    self.fail(&current.name, &error);
                    return Some(Part { segment, site: current.site, ends_document: true });
                }
            }
        }
    }

    fn open_next(&mut self) -> Option<Current> {
        loop {
            let Source { name, site, open } = self.sources.next()?;
            let opened = open().and_then(|source| {
                let mut segments = SegmentReader::new(source);
                Ok((segments.next_segment()?, segments))
            });
            match opened {
                Ok((ahead, segments)) => return Some(Current { name, site, segments, ahead }),
                Err(error) => self.fail(&name, &error),
            }
        }
    }

    fn fail(&mut self, name: &std::path::Path, error: &io::Error) {
        self.failed += 1;
        self.observer.failed(name, error);
    }
}
