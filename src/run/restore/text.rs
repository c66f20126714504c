//! A cleaned text and what is logged of it make the original again.

use std::io::Write;

use crate::io::Checksum;
use crate::run::log::{Contents, LogEntry};

use super::error::RestoreError;

/// Writes one text with what went of it.
pub(in crate::run) fn write_restored(
    left: &[u8],
    entries: &[LogEntry],
    out: &mut impl Write,
) -> Result<(), RestoreError> {
    let (mut written, mut used) = (0, 0);
    for entry in entries {
        let record = entry.document;
        let misfit = || RestoreError::Record { record, what: "the text is not as long as it should be".to_owned() };
        let kept = usize::try_from(entry.start).ok().and_then(|start| start.checked_sub(written)).ok_or_else(misfit)?;
        let kept = left[used..].get(..kept).ok_or_else(misfit)?;
        let gone = gone_text(entry)?;
        out.write_all(kept)?;
        out.write_all(&gone)?;
        used += kept.len();
        written += kept.len() + gone.len();
    }
    if let Some(entry) = entries.first() {
        check_length(entry.document, entry.document_bytes, (written + left.len() - used) as u64)?;
    }
    out.write_all(&left[used..])?;
    Ok(())
}

/// A document that was not cleaned, or cleaned otherwise, does not come out as long as it was, if that is known.
pub(in crate::run) fn check_length(record: u64, was: u64, bytes: u64) -> Result<(), RestoreError> {
    if was == 0 || was == bytes {
        return Ok(());
    }
    Err(RestoreError::Record { record, what: format!("it would have {bytes} bytes of text, and had {was}") })
}

/// What comes out must be what the input held, if the log tells that.
pub(in crate::run) fn check_original(contents: Option<Contents>, restored: Checksum) -> Result<(), RestoreError> {
    match contents {
        Some(Contents { before: original, .. }) if original != restored => {
            Err(RestoreError::OtherOriginal { restored, original })
        }
        _ => Ok(()),
    }
}

/// The bytes that went.
pub(in crate::run) fn gone(entry: &LogEntry) -> Result<Vec<u8>, RestoreError> {
    entry.raw().map_err(|error| RestoreError::Record { record: entry.document, what: error.to_string() })
}

/// The bytes that went of a text, which are as many as their span has.
pub(in crate::run) fn gone_text(entry: &LogEntry) -> Result<Vec<u8>, RestoreError> {
    let gone = gone(entry)?;
    check_span(entry, gone.len())?;
    Ok(gone)
}

/// What went is as long as the place that it stood in.
pub(in crate::run) fn check_span(entry: &LogEntry, bytes: usize) -> Result<(), RestoreError> {
    let LogEntry { document: record, start, end, .. } = *entry;
    if end.checked_sub(start) == Some(bytes as u64) {
        return Ok(());
    }
    let what = format!("of the text from {start} to {end} the log has {bytes} bytes");
    Err(RestoreError::Record { record, what })
}

/// What is logged and does not fit anywhere.
pub(in crate::run) fn left_over(entry: &LogEntry) -> RestoreError {
    if entry.lost_rows > 0 {
        return RestoreError::LostRows { first: entry.document, rows: entry.lost_rows };
    }
    RestoreError::Record { record: entry.document, what: "it is not in the cleaned file".to_owned() }
}
