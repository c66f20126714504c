//! JSON lines: of each record the text is cleaned, and every other byte stays.

use std::fmt::Display;

use memchr::memchr_iter;

use crate::clean::Removal;
use crate::io::jsonl::{
    Field, FieldPathError, Fields, GonePiece, RawText, decoded_len, escape_into, is_plain, locate, locate_and_decode,
    text_fields, with_field,
};
use crate::io::{Chunk, Framing};
use crate::run::log::LogEntry;
use crate::run::options::CorpusOptions;
use crate::run::restore::{RestoreError, check_length, check_span, gone};

use super::record_format::{DecodeMemory, FramedKind, FramedRecord, RecordContents, RecordFormat, TextRecord};

pub(in crate::run) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

pub(super) struct JsonLines {
    fields: Fields,
}

impl JsonLines {
    pub(super) fn new(options: &CorpusOptions) -> Result<JsonLines, FieldPathError> {
        Ok(JsonLines { fields: options.fields()? })
    }
}

impl RecordFormat for JsonLines {
    fn framing(&self) -> Framing {
        Framing::Lines
    }

    fn records<'c>(&'c self, chunk: &'c Chunk) -> Box<dyn Iterator<Item = FramedRecord<'c>> + 'c> {
        let mut start = 0;
        let ends = memchr_iter(b'\n', &chunk.bytes).map(|at| at + 1).chain([chunk.bytes.len()]);
        let line = move |(number, end): (u64, usize)| {
            let bytes = &chunk.bytes[std::mem::replace(&mut start, end)..end];
            let has_mark = number == 1 && bytes.starts_with(BYTE_ORDER_MARK);
            let mark = if has_mark { BYTE_ORDER_MARK.len() } else { 0 };
            FramedRecord { bytes, number, kind: FramedKind::Record, mark, separator: 0 }
        };
        Box::new((chunk.first..).zip(ends).map(line).filter(|record| !record.bytes.is_empty()))
    }

    fn read<'r>(&'r self, record: &FramedRecord<'r>, memory: &'r mut DecodeMemory) -> RecordContents<'r> {
        let FramedRecord { bytes: line, mark, .. } = *record;
        // Without its end a line that was cut off is named as what it is.
        let object = without_end(&line[mark..]);
        if object.is_empty() {
            return RecordContents::Other;
        }
        let DecodeMemory { text, url } = memory;
        let (located, text) = match locate_and_decode(object, &self.fields, text) {
            Ok(found) => found,
            Err(fault) => return RecordContents::Fault(fault.to_string()),
        };
        match located.text {
            Field::Text(raw) => {
                let url = located.url.text().map(|raw| raw.decode(url));
                let url = url.and_then(|url| std::str::from_utf8(url).ok());
                RecordContents::Text(Box::new(LineWithText { line, mark, raw, text, url }))
            }
            Field::Missing | Field::Null if object.first() == Some(&b'{') => {
                RecordContents::Textless(Box::new(move || text_fields(object)))
            }
            Field::Missing | Field::Null => RecordContents::NotAnObject,
            Field::NotText(kind) => RecordContents::Fault(format!("`{}` is {kind}, not a text", self.fields.text)),
        }
    }

    fn restore(&self, record: &FramedRecord<'_>, entries: &[LogEntry], out: &mut Vec<u8>) -> Result<(), RestoreError> {
        let (number, line) = (record.number, record.bytes);
        // Old versions cleaned lines with more white space after them than JSON has.
        let (line, end) = line.split_at(line.trim_ascii_end().len().max(record.mark));
        let (mark, object) = line.split_at(record.mark);
        let text = self.text_of(object, number)?;
        let pieces = entries.iter().map(raw_piece).collect::<Result<Vec<_>, _>>()?;
        let back = entries.iter().zip(&pieces).map(|(entry, raw)| GonePiece { at: entry.start as usize, raw });
        let restored = text.restore(back).map_err(|fault| misfit(number, fault.to_string()))?;
        entries.iter().zip(&pieces).try_for_each(|(entry, raw)| check_span(entry, decoded_len(raw)))?;
        if let Some(entry) = entries.first() {
            let bytes = self.text_of(&restored, number)?.decode(&mut Vec::new()).len();
            check_length(number, entry.document_bytes, bytes as u64)?;
        }
        [mark, &restored, end].iter().for_each(|part| out.extend_from_slice(part));
        Ok(())
    }
}

impl JsonLines {
    fn text_of<'l>(&self, object: &'l [u8], number: u64) -> Result<RawText<'l>, RestoreError> {
        let located = locate(object, &self.fields).map_err(|fault| misfit(number, fault.to_string()))?;
        located.text.text().ok_or_else(|| misfit(number, "it has no text".to_owned()))
    }
}

/// What was removed, as a string of JSON has it.
fn raw_piece(entry: &LogEntry) -> Result<Vec<u8>, RestoreError> {
    if entry.base64.is_some() {
        return gone(entry);
    }
    let mut raw = Vec::new();
    escape_into(entry.text.as_bytes(), &mut raw);
    Ok(raw)
}

fn misfit(record: u64, what: String) -> RestoreError {
    RestoreError::Record { record, what }
}

/// The record without JSON's own white space after it, which is less than other formats' is.
fn without_end(line: &[u8]) -> &[u8] {
    let end = line.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    &line[..end.map_or(0, |last| last + 1)]
}

/// A line with a text.
struct LineWithText<'l> {
    line: &'l [u8],
    /// Bytes of the line before its record.
    mark: usize,
    raw: RawText<'l>,
    text: &'l [u8],
    url: Option<&'l str>,
}

impl TextRecord for LineWithText<'_> {
    fn text(&self) -> &[u8] {
        self.text
    }

    fn url(&self) -> Option<&str> {
        self.url
    }

    fn splice(
        &self,
        removals: &[Removal],
        out: &mut Vec<u8>,
        gone: &mut dyn FnMut(&Removal, Option<&[u8]>),
    ) -> Result<(), Box<dyn Display>> {
        if removals.is_empty() {
            out.extend_from_slice(self.line);
            return Ok(());
        }
        let without = self.raw.without(removals.iter().map(|removal| removal.span.clone()));
        let without = without.map_err(|fault| Box::new(fault) as Box<dyn Display>)?;
        for (removal, raw) in removals.iter().zip(without.gone()) {
            let text = &self.text[removal.span.clone()];
            let is_plain = std::str::from_utf8(text).is_ok() && is_plain(raw, text);
            gone(removal, (!is_plain).then_some(raw));
        }
        let span = self.raw.span();
        out.extend_from_slice(&self.line[..self.mark + span.start]);
        without.kept().for_each(|piece| out.extend_from_slice(piece));
        out.extend_from_slice(&self.line[self.mark + span.end..]);
        Ok(())
    }

    fn annotate(&self, field: &str, json: &str, out: &mut Vec<u8>) -> Result<(), Box<dyn Display>> {
        let (mark, record) = self.line.split_at(self.mark);
        let annotated = with_field(record, field, json.as_bytes());
        let annotated = annotated.map_err(|fault| Box::new(fault) as Box<dyn Display>)?;
        out.extend_from_slice(mark);
        out.extend_from_slice(&annotated);
        Ok(())
    }
}
