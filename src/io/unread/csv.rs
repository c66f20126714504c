//! Values parted by commas, semicolons or tabs.

use super::unread_format::{PROBE_BYTES, UnreadFormat};

const DELIMITERS: [u8; 3] = *b",;\t";

/// Columns that a corpus has its texts in, or beside them; one of them makes a first line a head.
const COLUMNS: [&str; 12] = [
    "text",
    "content",
    "body",
    "html",
    "url",
    "uri",
    "link",
    "title",
    "document",
    "article",
    "raw_content",
    "markdown",
];

/// What a text is of which nothing else is known: a head of at least two column names, one of them well known, and
/// records with as many values.
pub(super) fn of(text: &[u8], is_whole: bool) -> Option<UnreadFormat> {
    let head = text.split(|byte| *byte == b'\n').next()?.trim_ascii_end();
    // Most first lines are ruled out by their first characters.
    let is_simple =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'"' | b',' | b';' | b'\t');
    if head.len() > 1000 || !head.iter().all(is_simple) {
        return None;
    }
    let delimiter = DELIMITERS.into_iter().find(|delimiter| head.contains(delimiter))?;
    let names: Vec<&[u8]> = head.split(|byte| *byte == delimiter).map(unquoted).collect();
    let is_known = |name: &&[u8]| COLUMNS.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
    if names.iter().any(|name| name.is_empty()) || !names.iter().any(is_known) {
        return None;
    }
    let probe = &text[..text.len().min(PROBE_BYTES)];
    let is_cut = !is_whole || probe.len() < text.len();
    has_records(probe, is_cut, delimiter, names.len()).then_some(UnreadFormat::Csv(char::from(delimiter)))
}

/// What parts the values of a file that is called CSV: what its first line has most of.
pub(super) fn delimiter(text: &[u8]) -> char {
    let head = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| head.iter().filter(|byte| **byte == delimiter).count();
    // Of two that are as many, the comma.
    let most = DELIMITERS.into_iter().rev().max_by_key(|delimiter| count(*delimiter));
    char::from(most.unwrap_or(b','))
}

fn unquoted(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name)
}

/// Whether all records have so many values, and there is one after the head. A last one that is cut off does not
/// count.
fn has_records(text: &[u8], is_cut: bool, delimiter: u8, columns: usize) -> bool {
    let (mut records, mut values, mut inside, mut is_begun) = (0, 1, false, false);
    for &byte in text {
        match byte {
            b'"' => inside = !inside,
            b'\n' if !inside => {
                if is_begun && values != columns {
                    return false;
                }
                records += usize::from(is_begun);
                (values, is_begun) = (1, false);
                continue;
            }
            _ if byte == delimiter && !inside => values += 1,
            _ => {}
        }
        is_begun |= !byte.is_ascii_whitespace();
    }
    if is_begun && !is_cut {
        records += 1;
        return !inside && values == columns && records > 1;
    }
    records > 1
}
