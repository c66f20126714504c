//! One cleaned record and what is logged of it, to the original.

use crate::io::jsonl::{Field, Fields, GonePiece, RawText, decoded_len, locate};
use crate::io::wet::{self, WarcRecord};

use super::jsonl_records::BYTE_ORDER_MARK;
use super::removed::LogEntry;
use super::restore::{RestoreError, check_length, check_span, gone, write_restored};

/// A line of JSON, as it was.
pub(super) fn restored_line(
    line: &[u8],
    fields: &Fields,
    number: u64,
    entries: &[LogEntry],
) -> Result<Vec<u8>, RestoreError> {
    let mark = if number == 1 && line.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    // Old versions cleaned lines with more white space behind them than JSON has.
    let (line, end) = line.split_at(line.trim_ascii_end().len().max(mark));
    let (mark, record) = line.split_at(mark);
    let text = text_of(record, fields, number)?;
    let mut raw = Vec::new();
    for entry in entries {
        raw.push(match &entry.base64 {
            Some(_) => gone(entry)?,
            None => {
                let mut raw = Vec::new();
                crate::io::jsonl::escape_into(entry.text.as_bytes(), &mut raw);
                raw
            }
        });
    }
    let pieces = entries.iter().zip(&raw).map(|(entry, raw)| GonePiece { at: entry.start as usize, raw });
    let restored = text.restore(pieces).map_err(|fault| misfit(number, fault.to_string()))?;
    entries.iter().zip(&raw).try_for_each(|(entry, raw)| check_span(entry, decoded_len(raw)))?;
    if let Some(entry) = entries.first() {
        let bytes = text_of(&restored, fields, number)?.decode(&mut Vec::new()).len();
        check_length(number, entry.document_bytes, bytes as u64)?;
    }
    Ok([mark, &restored, end].concat())
}

fn text_of<'l>(record: &'l [u8], fields: &Fields, number: u64) -> Result<RawText<'l>, RestoreError> {
    let located = locate(record, fields).map_err(|fault| misfit(number, fault.to_string()))?;
    match located.text {
        Field::Text(text) => Ok(text),
        _ => Err(misfit(number, "it has no text".to_owned())),
    }
}

fn misfit(record: u64, what: String) -> RestoreError {
    RestoreError::Record { record, what }
}

/// Appends a record of a web archive, as it was.
pub(super) fn restored_record(
    raw: &[u8],
    number: u64,
    entries: &[LogEntry],
    out: &mut Vec<u8>,
) -> Result<(), RestoreError> {
    let misfit = |what: String| misfit(number, what);
    let record = WarcRecord::parse(raw).map_err(|fault| misfit(fault.to_string()))?;
    let headers = entries.first().and_then(|entry| entry.headers.as_deref());
    let headers = headers.ok_or_else(|| misfit("its headers are not in the log".to_owned()))?;
    let headers = data_encoding::BASE64.decode(headers.as_bytes()).map_err(|error| misfit(error.to_string()))?;
    let mut body = Vec::new();
    write_restored(record.body(), entries, &mut body)?;
    wet::restore(&record, &headers, &body, out).map_err(|fault| misfit(fault.to_string()))
}
