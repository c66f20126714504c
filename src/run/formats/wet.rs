//! Records of web archives: texts are cleaned, all other records pass through.

use std::fmt::Display;

use crate::clean::{Removal, kept_spans};
use crate::io::wet::{self, WarcRecord, to_json_line, with_body};
use crate::io::{Chunk, Framing, PieceKind};
use crate::run::log::LogEntry;
use crate::run::restore::{RestoreError, write_restored};

use super::record_format::{DecodeMemory, FramedKind, FramedRecord, RecordContents, RecordFormat, TextRecord};

pub(super) struct WebArchive {
    /// Texts become JSON lines, and other records are not written.
    pub(super) to_jsonl: bool,
}

impl RecordFormat for WebArchive {
    fn framing(&self) -> Framing {
        Framing::Warc
    }

    fn records<'c>(&'c self, chunk: &'c Chunk) -> Box<dyn Iterator<Item = FramedRecord<'c>> + 'c> {
        let (mut start, mut next) = (0, chunk.first);
        Box::new(chunk.ends.iter().map(move |part| {
            let bytes = &chunk.bytes[std::mem::replace(&mut start, part.end)..part.end];
            let kind = match part.kind {
                PieceKind::Record => FramedKind::Record,
                PieceKind::Fault(fault) => FramedKind::Fault(fault),
                PieceKind::More => FramedKind::More,
            };
            let number = if kind == FramedKind::More { next - 1 } else { next };
            next = number + 1;
            FramedRecord { bytes, number, kind, mark: 0, separator: 0 }
        }))
    }

    fn read<'r>(&'r self, record: &FramedRecord<'r>, _: &'r mut DecodeMemory) -> RecordContents<'r> {
        match WarcRecord::parse(record.bytes) {
            Ok(record) if record.is_text() => {
                let url = record.target_uri().map(|url| url.into_owned());
                RecordContents::Text(Box::new(ArchivedText { record, url, to_jsonl: self.to_jsonl }))
            }
            Ok(_) if self.to_jsonl => RecordContents::NotWritten,
            Ok(_) => RecordContents::Other,
            Err(fault) => RecordContents::Fault(fault.to_string()),
        }
    }

    fn restore(&self, record: &FramedRecord<'_>, entries: &[LogEntry], out: &mut Vec<u8>) -> Result<(), RestoreError> {
        let misfit = |what: String| RestoreError::Record { record: record.number, what };
        let record = WarcRecord::parse(record.bytes).map_err(|fault| misfit(fault.to_string()))?;
        let headers = entries.first().and_then(|entry| entry.headers.as_deref());
        let headers = headers.ok_or_else(|| misfit("its headers are not in the log".to_owned()))?;
        let headers = data_encoding::BASE64.decode(headers.as_bytes()).map_err(|error| misfit(error.to_string()))?;
        let mut body = Vec::new();
        write_restored(record.body(), entries, &mut body)?;
        wet::restore(&record, &headers, &body, out).map_err(|fault| misfit(fault.to_string()))
    }

    fn compresses_each(&self) -> bool {
        !self.to_jsonl
    }
}

/// A record that holds a text.
struct ArchivedText<'r> {
    record: WarcRecord<'r>,
    url: Option<String>,
    to_jsonl: bool,
}

impl TextRecord for ArchivedText<'_> {
    fn text(&self) -> &[u8] {
        self.record.body()
    }

    fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    fn headers(&self) -> Option<&[u8]> {
        Some(self.record.original_headers())
    }

    fn splice(
        &self,
        removals: &[Removal],
        out: &mut Vec<u8>,
        gone: &mut dyn FnMut(&Removal, Option<&[u8]>),
    ) -> Result<(), Box<dyn Display>> {
        removals.iter().for_each(|removal| gone(removal, None));
        let text = self.record.body();
        let pieces: Vec<&[u8]> = kept_spans(text.len(), removals).map(|span| &text[span]).collect();
        match self.to_jsonl {
            true => drop(to_json_line(&self.record, &pieces.concat(), out)),
            false => drop(with_body(&self.record, &pieces, out)),
        }
        Ok(())
    }

    fn is_rewritten(&self) -> bool {
        self.to_jsonl
    }
}
