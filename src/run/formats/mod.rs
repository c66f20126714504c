//! Formats of records: how each frames its records, where the text of one is, and how a record is written with less of it.
//! One file a format; [`of`] is the only place that knows them all. `clean` is the loop that cleans, and
//! `restore/records.rs` the one that restores, whatever the format.

mod jsonl;
mod record_format;
#[cfg(test)]
mod record_jar;
mod separated;
mod wet;

pub(super) use jsonl::BYTE_ORDER_MARK;
pub(super) use record_format::{DecodeMemory, FramedKind, FramedRecord, RecordContents, RecordFormat, TextRecord};

use crate::io::Format;
use crate::io::jsonl::FieldPathError;

use super::options::CorpusOptions;

/// The format of the records of an input; nothing for plain text that is one document, and for tables.
///
/// # Errors
/// A field's path is none.
pub(super) fn of(format: Format, options: &CorpusOptions) -> Result<Option<Box<dyn RecordFormat>>, FieldPathError> {
    Ok(match (format, &options.separator) {
        (Format::Jsonl, _) => Some(Box::new(jsonl::JsonLines::new(options)?)),
        (Format::Wet, _) => Some(Box::new(wet::WebArchive { to_jsonl: options.to_jsonl })),
        (Format::Text, Some(line)) => {
            Some(Box::new(separated::SeparatedTexts { separator: line.clone().into_bytes() }))
        }
        (Format::Text, None) | (Format::Parquet, _) => None,
    })
}
