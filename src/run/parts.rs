//! Inputs in parts: what is read at a time, and worked on by itself.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::io::{Buffers, Chunk, ChunkReader, Compression, Format, Framing, Segment, SegmentReader, UnreadFormat};
use crate::text::WINDOW_BYTES;

use super::Observer;
use super::options::CorpusOptions;
use super::pipeline::BatchLimit;
use super::source::{Opened, Source, open};

/// Part of an input.
pub(super) struct Part {
    pub(super) content: Content,
    pub(super) input: Arc<InputInfo>,
    pub(super) closes: bool,
}

/// What is known of an input.
pub(super) struct InputInfo {
    pub(super) name: PathBuf,
    pub(super) label: PathBuf,
    pub(super) site: Option<String>,
    pub(super) format: Format,
    pub(super) compression: Compression,
}

impl InputInfo {
    /// Whether its output is compressed otherwise. A table's never is.
    pub(super) fn is_recompressed(&self, options: &CorpusOptions) -> bool {
        self.format != Format::Parquet && options.compress.is_some_and(|how| how != self.compression)
    }

    /// What is known of a table.
    pub(super) fn of_table(source: Source) -> InputInfo {
        let Source { name, label, site, .. } = source;
        InputInfo { name, label, site, format: Format::Parquet, compression: Compression::None }
    }
}

pub(super) enum Content {
    /// Part of a document of plain text, which begins so many bytes behind the document's start.
    Segment(Segment, u64),
    /// Whole records.
    Records(Chunk),
}

impl Content {
    /// Whether the input begins with it.
    pub(super) fn begins(&self) -> bool {
        match self {
            Content::Segment(_, at) => *at == 0,
            Content::Records(chunk) => chunk.first == 1 && chunk.long.is_none_or(|part| part.begins),
        }
    }

    /// How many bytes it counts for where work in memory is bounded: a window that does not close its document is full,
    /// of bytes or of lines.
    fn weight(&self) -> usize {
        match self {
            Content::Segment(Segment::Window { closes: false, .. }, _) => WINDOW_BYTES,
            content => content.bytes().len(),
        }
    }

    /// Its bytes as they were read.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Content::Segment(Segment::Window { bytes, .. } | Segment::Pass { bytes, .. }, _) => bytes,
            Content::Records(chunk) => &chunk.bytes,
        }
    }
}

/// The parts of inputs in order. What cannot be read is reported and left out from there on.
pub(super) struct Parts<'o, S> {
    sources: S,
    current: Option<Current<'o>>,
    options: &'o CorpusOptions,
    spare: &'o Buffers,
    observer: &'o dyn Observer,
    /// How many inputs could not be read.
    pub(super) failed: u64,
}

struct Current<'o> {
    info: Arc<InputInfo>,
    reader: PartReader<'o>,
}

enum PartReader<'o> {
    Text { segments: SegmentReader<'o, Box<dyn Read + Send + 'o>>, at: u64 },
    Records(ChunkReader<Box<dyn Read + Send + 'o>>),
}

impl<'o, S: Iterator<Item = Source>> Parts<'o, S> {
    pub(super) fn new(
        sources: S,
        options: &'o CorpusOptions,
        spare: &'o Buffers,
        observer: &'o dyn Observer,
    ) -> Parts<'o, S> {
        Parts { sources, current: None, options, spare, observer, failed: 0 }
    }

    /// As many parts as fit a batch; none at the end of all inputs, or where the run is to stop.
    pub(super) fn next_batch(&mut self, limit: &BatchLimit) -> Vec<Part> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while !self.observer.wants_stop() && limit.has_room(batch.len(), bytes) {
            let Some(part) = self.next_part() else { break };
            bytes += part.content.weight();
            batch.push(part);
        }
        batch
    }

    pub(super) fn next_part(&mut self) -> Option<Part> {
        loop {
            let Some(mut current) = self.current.take() else {
                self.current = Some(self.open_next()?);
                continue;
            };
            match current.reader.next() {
                Ok(None) => {}
                Ok(Some((content, closes))) => {
                    if let Some(found) = self.unread(&current.info, &content, closes) {
                        self.fail(&current.info.name, io::Error::new(io::ErrorKind::Unsupported, found));
                        continue;
                    }
                    let input = Arc::clone(&current.info);
                    if !closes {
                        self.current = Some(current);
                    }
                    return Some(Part { content, input, closes });
                }
                Err(error) => self.fail(&current.info.name, error),
            }
        }
    }

    fn open_next(&mut self) -> Option<Current<'o>> {
        loop {
            let Source { name, label, site, origin } = self.sources.next()?;
            match open(origin, self.options, self.observer) {
                // A table is a file of its own: it can neither follow another output nor be followed.
                Ok(Opened { format: Format::Parquet, .. }) => {
                    self.fail(&name, io::Error::other("a Parquet file among other inputs; clean it alone, or give -o"));
                }
                Ok(Opened { format: Format::Text | Format::Wet, .. }) if self.options.annotate.is_some() => {
                    self.fail(&name, io::Error::other("there are no fields to annotate, as JSONL and Parquet have"));
                }
                Ok(Opened { reader, format, compression }) => {
                    let info = Arc::new(InputInfo { name, label, site, format, compression });
                    return Some(Current { reader: self.part_reader(reader, format), info });
                }
                Err(error) => self.fail(&name, error),
            }
        }
    }

    fn part_reader(&self, reader: Box<dyn Read + Send + 'o>, format: Format) -> PartReader<'o> {
        let framing = match (format, &self.options.separator) {
            (Format::Jsonl, _) => Framing::Lines,
            (Format::Wet, _) => Framing::Warc,
            (_, Some(line)) => Framing::Separated(line.clone().into_bytes()),
            (_, None) => return PartReader::Text { segments: SegmentReader::new(reader, self.spare), at: 0 },
        };
        PartReader::Records(ChunkReader::new(reader, &framing))
    }

    /// What an input is of which this is the beginning, if that is not read; `--format text` insists that it is.
    fn unread(&self, input: &InputInfo, content: &Content, closes: bool) -> Option<UnreadFormat> {
        if !content.begins() || self.options.format == Some(Format::Text) {
            return None;
        }
        UnreadFormat::of(&input.name, input.format, content.bytes(), closes)
    }

    fn fail(&mut self, name: &Path, error: io::Error) {
        self.failed += 1;
        self.observer.failed(name, &error);
    }
}

impl PartReader<'_> {
    fn next(&mut self) -> io::Result<Option<(Content, bool)>> {
        Ok(match self {
            PartReader::Text { segments, at } => segments.next_segment()?.map(|segment| {
                let (Segment::Window { closes, .. } | Segment::Pass { closes, .. }) = segment;
                let content = Content::Segment(segment, *at);
                *at += content.bytes().len() as u64;
                (content, closes)
            }),
            PartReader::Records(chunks) => chunks.next_chunk()?.map(|chunk| {
                let closes = chunk.closes;
                (Content::Records(chunk), closes)
            }),
        })
    }
}
