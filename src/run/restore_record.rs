//! One cleaned record and what is logged of it, to the original.

use crate::io::jsonl::{Field, Fields, GonePiece, locate};
use crate::io::wet::{self, WarcRecord};

use super::jsonl_records::BYTE_ORDER_MARK;
use super::removed::LogEntry;
use super::restore::{RestoreError, check_length, gone, write_restored};

/// A line of JSON, as it was.
pub(super) fn restored_line(
    line: &[u8],
    fields: &Fields,
    number: u64,
    entries: &[LogEntry],
) -> Result<Vec<u8>, RestoreError> {
    let misfit = |what: String| RestoreError::Record { record: number, what };
    let mark = if number == 1 && line.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { b"" };
    let located = locate(&line[mark.len()..], fields).map_err(|fault| misfit(fault.to_string()))?;
    let Field::Text(text) = located.text else { return Err(misfit("it has no text".to_owned())) };
    let mut pieces = Vec::new();
    for entry in entries {
        let raw = match &entry.base64 {
            Some(_) => gone(entry)?,
            None => {
                let mut raw = Vec::new();
                crate::io::jsonl::escape_into(entry.text.as_bytes(), &mut raw);
                raw
            }
        };
        pieces.push((entry.start as usize, raw));
    }
    let gone_bytes: u64 = entries.iter().map(|entry| entry.end - entry.start).sum();
    check_length(entries, text.decode(&mut Vec::new()).len() + gone_bytes as usize)?;
    let pieces = pieces.iter().map(|(at, raw)| GonePiece { at: *at, raw });
    let restored = text.restore(pieces).map_err(|fault| misfit(fault.to_string()))?;
    Ok([mark, &restored].concat())
}

/// Appends a record of a web archive, as it was.
pub(super) fn restored_record(
    raw: &[u8],
    number: u64,
    entries: &[LogEntry],
    out: &mut Vec<u8>,
) -> Result<(), RestoreError> {
    let misfit = |what: String| RestoreError::Record { record: number, what };
    let record = WarcRecord::parse(raw).map_err(|fault| misfit(fault.to_string()))?;
    let headers = entries.first().and_then(|entry| entry.headers.as_deref());
    let headers = headers.ok_or_else(|| misfit("its headers are not in the log".to_owned()))?;
    let headers = data_encoding::BASE64.decode(headers.as_bytes()).map_err(|error| misfit(error.to_string()))?;
    let mut body = Vec::new();
    write_restored(record.body(), entries, &mut body)?;
    wet::restore(&record, &headers, &body, out).map_err(|fault| misfit(fault.to_string()))
}
