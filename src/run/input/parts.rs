//! Inputs in parts: what is read at a time, and worked on by itself.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::io::{Buffers, Chunk, ChunkReader, Format, Segment, SegmentReader, UnreadFormat};
use crate::text::WINDOW_BYTES;

use super::info::InputInfo;
use super::source::OpenedInput;
use crate::run::Observer;
use crate::run::options::CorpusOptions;

/// Part of an input, which is worked on by itself.
pub(in crate::run) struct InputPart {
    pub(in crate::run) content: PartContent,
    pub(in crate::run) input: Arc<InputInfo>,
    pub(in crate::run) closes: bool,
}

impl InputPart {
    /// The part with the bytes that it counts for.
    pub(in crate::run) fn weighed(self) -> (InputPart, usize) {
        let weight = self.content.weight();
        (self, weight)
    }
}

pub(in crate::run) enum PartContent {
    /// Part of a document of plain text, which begins so many bytes after the document's start.
    Segment(Segment, u64),
    /// Whole records.
    Records(Chunk),
}

impl PartContent {
    /// Whether the input begins with it.
    pub(in crate::run) fn begins(&self) -> bool {
        match self {
            PartContent::Segment(_, at) => *at == 0,
            PartContent::Records(chunk) => chunk.first == 1 && chunk.long.is_none_or(|part| part.begins),
        }
    }

    /// How many bytes it counts for where work in memory is bounded. A window that does not close its document is full,
    /// of bytes or of lines; records are held once more as they are written, but not all at the same time.
    fn weight(&self) -> usize {
        PART_BYTES
            + match self {
                PartContent::Segment(Segment::Window { closes: false, .. }, _) => WINDOW_BYTES,
                PartContent::Segment(..) => self.bytes().len(),
                PartContent::Records(chunk) => chunk.bytes.len() * 3 / 2,
            }
    }

    /// Its bytes as they were read.
    pub(in crate::run) fn bytes(&self) -> &[u8] {
        match self {
            PartContent::Segment(Segment::Window { bytes, .. } | Segment::Pass { bytes, .. }, _) => bytes,
            PartContent::Records(chunk) => &chunk.bytes,
        }
    }
}

/// What is known of a part takes about so many bytes.
const PART_BYTES: usize = 32 << 10;

/// The parts of inputs in order. What cannot be read is reported and left out from there on.
pub(in crate::run) struct InputParts<'o, S> {
    inputs: S,
    current: Option<OpenInput<'o>>,
    options: &'o CorpusOptions,
    spare: &'o Buffers,
    observer: &'o dyn Observer,
    /// How many inputs could not be read.
    pub(in crate::run) failed: u64,
}

struct OpenInput<'o> {
    info: Arc<InputInfo>,
    reader: PartReader<'o>,
}

enum PartReader<'o> {
    Text { segments: SegmentReader<'o, Box<dyn Read + Send + 'o>>, at: u64 },
    Records(ChunkReader<'o, Box<dyn Read + Send + 'o>>),
}

impl<'o, S: Iterator<Item = OpenedInput<'o>>> InputParts<'o, S> {
    /// The parts of these inputs, each opened when its turn comes.
    pub(in crate::run) fn new(
        inputs: S,
        options: &'o CorpusOptions,
        spare: &'o Buffers,
        observer: &'o dyn Observer,
    ) -> InputParts<'o, S> {
        InputParts { inputs, current: None, options, spare, observer, failed: 0 }
    }

    /// The next part, with the bytes that it counts for; none at the end of all inputs, or where the run is to stop.
    pub(in crate::run) fn next_job(&mut self) -> Option<(InputPart, usize)> {
        if self.observer.wants_stop() { None } else { self.next_part().map(InputPart::weighed) }
    }

    pub(in crate::run) fn next_part(&mut self) -> Option<InputPart> {
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
                    return Some(InputPart { content, input, closes });
                }
                Err(error) => self.fail(&current.info.name, error),
            }
        }
    }

    fn open_next(&mut self) -> Option<OpenInput<'o>> {
        loop {
            match self.inputs.next()? {
                // A table is a file of its own: it can neither follow another output nor be followed.
                OpenedInput::Table(input, _) => {
                    let what = "a Parquet file among other inputs; clean it alone, or give -o";
                    self.fail(&input.name, io::Error::other(what));
                }
                OpenedInput::Stream(input, _)
                    if self.options.annotate.is_some() && matches!(input.format, Format::Text | Format::Wet) =>
                {
                    let what = "there are no fields to annotate, as JSONL and Parquet have";
                    self.fail(&input.name, io::Error::other(what));
                }
                OpenedInput::Stream(input, reader) => {
                    let reader = match &input.records {
                        Some(format) => PartReader::Records(ChunkReader::new(reader, &format.framing(), self.spare)),
                        None => PartReader::Text { segments: SegmentReader::new(reader, self.spare), at: 0 },
                    };
                    return Some(OpenInput { info: Arc::new(input), reader });
                }
                OpenedInput::Failed(name, error) => self.fail(&name, error),
            }
        }
    }

    /// What an input is of which this is the beginning, if that is not read; `--format text` insists that it is.
    fn unread(&self, input: &InputInfo, content: &PartContent, closes: bool) -> Option<UnreadFormat> {
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
    fn next(&mut self) -> io::Result<Option<(PartContent, bool)>> {
        Ok(match self {
            PartReader::Text { segments, at } => segments.next_segment()?.map(|segment| {
                let (Segment::Window { closes, .. } | Segment::Pass { closes, .. }) = segment;
                let content = PartContent::Segment(segment, *at);
                *at += content.bytes().len() as u64;
                (content, closes)
            }),
            PartReader::Records(chunks) => chunks.next_chunk()?.map(|chunk| {
                let closes = chunk.closes;
                (PartContent::Records(chunk), closes)
            }),
        })
    }
}
