//! The log of what went: one JSON object a line, from which [`restore`](super::restore) gives back the original.

use std::path::{Path, PathBuf};

use data_encoding::{BASE64, DecodeError};
use serde::{Deserialize, Serialize};

use crate::clean::{Cleaner, Removal};
use crate::io::{Checksum, Compression};

/// One line of the log: a removal, a record that was left out, or what is known of an input as a whole.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, Debug)]
pub struct LogEntry {
    /// The input, as a path below its tree. Bytes that are not UTF-8 are shown as U+FFFD.
    pub input: String,
    /// Its bytes as Base64, if they are not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_base64: Option<String>,
    /// The document in it, from 1: the line of a JSONL file, the record of a web archive, the row of a table.
    pub document: u64,
    /// The page's address, where the record has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Bytes of the document's text, as it was; zero for a plain text that is read in windows.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub document_bytes: u64,
    /// Where the removal begins, in bytes of the document's text as it was.
    #[serde(default)]
    pub start: u64,
    /// Where it ends.
    #[serde(default)]
    pub end: u64,
    /// The full id of the rule.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// Its kind.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// What went. Bytes that are not UTF-8 are shown as U+FFFD, and stand in `base64`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// How it was written in the record, if not as `text` says: with other escapes, or as bytes that are not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    /// The header block of the record of a web archive, as Base64, with the first removal of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headers: Option<String>,
    /// Whether the whole record was left out, and stands in `text` as it was. A long one stands in several lines.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dropped: bool,
    /// So many rows of a table, from `document` on, could not be read and were left out. They stand nowhere.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lost_rows: u64,
    /// What the input was. Stands in a line of its own for document 0: of a file before those of its documents, of a
    /// stream after them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
    /// What the input held, decompressed; in the line with `original`. Of a table it is the rows' texts, with a byte
    /// after each: 0, or 1 where there is no text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Checksum>,
    /// The same of what was left of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Checksum>,
}

/// What an input was.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct Original {
    /// Its path below its tree; `-` for a stream. Bytes that are not UTF-8 are shown as U+FFFD.
    pub name: String,
    /// The path's bytes as Base64, if they are not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_base64: Option<String>,
    /// How it was compressed.
    pub compression: Compression,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl LogEntry {
    /// The input's path below its tree.
    ///
    /// # Errors
    /// `input_base64` is none.
    pub fn path(&self) -> Result<PathBuf, DecodeError> {
        path_of(&self.input, self.input_base64.as_deref())
    }

    /// The bytes that went, as they were written in the record.
    ///
    /// # Errors
    /// `base64` is none.
    pub fn raw(&self) -> Result<Vec<u8>, DecodeError> {
        self.base64.as_ref().map_or(Ok(self.text.clone().into_bytes()), |base64| BASE64.decode(base64.as_bytes()))
    }
}

impl Original {
    /// Its path below its tree.
    ///
    /// # Errors
    /// `name_base64` is none.
    pub fn path(&self) -> Result<PathBuf, DecodeError> {
        path_of(&self.name, self.name_base64.as_deref())
    }
}

/// A path as the log has it: as text, and as Base64 if the text does not say all.
pub(super) fn written_path(path: &Path) -> (String, Option<String>) {
    let base64 = path.to_str().is_none().then(|| BASE64.encode(path.as_os_str().as_encoded_bytes()));
    (path.to_string_lossy().into_owned(), base64)
}

fn path_of(text: &str, base64: Option<&str>) -> Result<PathBuf, DecodeError> {
    match base64 {
        #[cfg(unix)]
        Some(base64) => {
            use std::os::unix::ffi::OsStringExt;
            Ok(std::ffi::OsString::from_vec(BASE64.decode(base64.as_bytes())?).into())
        }
        // Only where any bytes are a name can they be made one.
        _ => Ok(text.into()),
    }
}

/// The document whose removals are logged.
#[derive(Clone, Copy, Debug)]
pub(in crate::run) struct Logged<'d> {
    pub(in crate::run) input: &'d Path,
    pub(in crate::run) document: u64,
    pub(in crate::run) url: Option<&'d str>,
    /// Bytes of its text; 0 where the text is not held whole.
    pub(in crate::run) bytes: usize,
}

/// What went by a removal.
#[derive(Clone, Copy, Default, Debug)]
pub(in crate::run) struct Gone<'g> {
    /// Its bytes.
    pub(in crate::run) text: &'g [u8],
    /// Bytes of the document before the part in which the removal's span counts.
    pub(in crate::run) base: u64,
    /// How the record has it, if not plainly so.
    pub(in crate::run) raw: Option<&'g [u8]>,
    /// The header block of its record.
    pub(in crate::run) headers: Option<&'g [u8]>,
}

impl Logged<'_> {
    /// Appends a removal.
    pub(in crate::run) fn removal(&self, cleaner: &Cleaner, removal: &Removal, gone: &Gone<'_>, log: &mut Vec<u8>) {
        let Gone { text, base, raw, headers } = *gone;
        let rule = cleaner.rule(removal.rule);
        let is_utf8 = std::str::from_utf8(text).is_ok();
        let base64 = raw.or((!is_utf8).then_some(text)).map(|raw| BASE64.encode(raw));
        let entry = LogEntry {
            start: base + removal.span.start as u64,
            end: base + removal.span.end as u64,
            rule: rule.full_id().to_owned(),
            kind: rule.kind().map_or(String::new(), |kind| kind.name().to_owned()),
            text: String::from_utf8_lossy(text).into_owned(),
            base64,
            headers: headers.map(|headers| BASE64.encode(headers)),
            ..self.entry()
        };
        append(&entry, log);
    }

    /// Appends a record that was left out as a whole.
    pub(in crate::run) fn dropped(&self, record: &[u8], log: &mut Vec<u8>) {
        let is_utf8 = std::str::from_utf8(record).is_ok();
        let entry = LogEntry {
            dropped: true,
            end: self.bytes as u64,
            text: String::from_utf8_lossy(record).into_owned(),
            base64: (!is_utf8).then(|| BASE64.encode(record)),
            ..self.entry()
        };
        append(&entry, log);
    }

    /// Appends that so many rows of a table, from this one on, could not be read and were left out.
    pub(in crate::run) fn lost(&self, rows: u64, log: &mut Vec<u8>) {
        append(&LogEntry { dropped: true, lost_rows: rows, ..self.entry() }, log);
    }

    fn entry(&self) -> LogEntry {
        let (input, input_base64) = written_path(self.input);
        LogEntry {
            input,
            input_base64,
            document: self.document,
            url: self.url.map(str::to_owned),
            document_bytes: self.bytes as u64,
            ..LogEntry::default()
        }
    }
}

pub(super) fn append(entry: &LogEntry, log: &mut Vec<u8>) {
    // Strings and numbers can always be written to memory.
    if serde_json::to_writer(&mut *log, entry).is_ok() {
        log.push(b'\n');
    }
}
