//! Documents of plain text in one stream, parted by a line of their own.

use std::fmt::Display;
use std::ops::Range;

use crate::clean::{Removal, kept_spans};
use crate::io::{Chunk, Framing, separators};
use crate::run::log::LogEntry;
use crate::run::restore::{RestoreError, write_restored};

use super::record_format::{DecodeMemory, FramedKind, FramedRecord, RecordContents, RecordFormat, TextRecord};

pub(super) struct SeparatedTexts {
    /// The line between two documents, without its end.
    pub(super) separator: Vec<u8>,
}

/// The document and its separator, which all but the last one have.
fn split<'r>(record: &FramedRecord<'r>) -> (&'r [u8], &'r [u8]) {
    record.bytes.split_at(record.bytes.len() - record.separator)
}

impl RecordFormat for SeparatedTexts {
    fn framing(&self) -> Framing {
        Framing::Separated(self.separator.clone())
    }

    fn records<'c>(&'c self, chunk: &'c Chunk) -> Box<dyn Iterator<Item = FramedRecord<'c>> + 'c> {
        let (mut start, end) = (0, chunk.bytes.len());
        let separators = separators(&chunk.bytes, &self.separator).chain(std::iter::once(end..end));
        let document = move |(number, separator): (u64, Range<usize>)| {
            let bytes = &chunk.bytes[std::mem::replace(&mut start, separator.end)..separator.end];
            FramedRecord { bytes, number, kind: FramedKind::Record, mark: 0, separator: separator.len() }
        };
        Box::new((chunk.first..).zip(separators).map(document).filter(|record| !record.bytes.is_empty()))
    }

    fn read<'r>(&'r self, record: &FramedRecord<'r>, _: &'r mut DecodeMemory) -> RecordContents<'r> {
        let (text, separator) = split(record);
        RecordContents::Text(Box::new(SeparatedText { text, separator }))
    }

    fn restore(&self, record: &FramedRecord<'_>, entries: &[LogEntry], out: &mut Vec<u8>) -> Result<(), RestoreError> {
        let (text, separator) = split(record);
        write_restored(text, entries, out)?;
        out.extend_from_slice(separator);
        Ok(())
    }

    /// All who read the corpus later would find one document more.
    fn splits(&self, pieces: &[&[u8]]) -> bool {
        separators(&pieces.concat(), &self.separator).next().is_some()
    }

    fn may_end_without_a_trace(&self) -> bool {
        true
    }
}

struct SeparatedText<'r> {
    text: &'r [u8],
    separator: &'r [u8],
}

impl TextRecord for SeparatedText<'_> {
    fn text(&self) -> &[u8] {
        self.text
    }

    fn splice(
        &self,
        removals: &[Removal],
        out: &mut Vec<u8>,
        gone: &mut dyn FnMut(&Removal, Option<&[u8]>),
    ) -> Result<(), Box<dyn Display>> {
        removals.iter().for_each(|removal| gone(removal, None));
        kept_spans(self.text.len(), removals).for_each(|span| out.extend_from_slice(&self.text[span]));
        out.extend_from_slice(self.separator);
        Ok(())
    }
}
