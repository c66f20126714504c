//! JSON that is not a record a line.

use serde::de::IgnoredAny;
use serde_json::Deserializer;

use super::unread_format::{PROBE_BYTES, UnreadFormat};

/// What a text is that begins with a brace or bracket, if it is JSON to the end of what is looked at; `is_named` says
/// that its name says so.
pub(super) fn of(text: &[u8], is_named: bool, is_whole: bool) -> Option<UnreadFormat> {
    if !is_named && !begins_as_data(text) {
        return None;
    }
    let found = Values::read(text, is_whole)?;
    Some(match text[0] {
        b'[' => UnreadFormat::JsonArray,
        _ if found.first_has_lines => UnreadFormat::Json,
        _ => UnreadFormat::JsonLines,
    })
}

/// What JSON is that was to be a record a line, and whose first line is none.
pub(super) fn not_lines(text: &[u8], is_whole: bool) -> Option<UnreadFormat> {
    // A first line that ends as it begins is a record.
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    if !matches!(text.first(), Some(b'[' | b'{')) || line.len() > 1 && matches!(line.last(), Some(b']' | b'}')) {
        return None;
    }
    let found = Values::read(text, is_whole)?;
    found.first_has_lines.then_some(if text[0] == b'[' { UnreadFormat::JsonArray } else { UnreadFormat::Json })
}

/// A key with its colon, or an array of texts, arrays or objects: no text begins so and goes on as JSON.
fn begins_as_data(text: &[u8]) -> bool {
    let inside = text[1..].trim_ascii_start();
    matches!((text[0], inside.first()), (b'[', Some(b'{' | b'[' | b'"')) | (b'{', Some(b'"')))
}

/// Values one after the other.
struct Values {
    /// Whether the first one goes over a line's end.
    first_has_lines: bool,
}

impl Values {
    /// Reads values as far as is looked; nothing if there is anything else.
    fn read(text: &[u8], is_whole: bool) -> Option<Values> {
        let probe = &text[..text.len().min(PROBE_BYTES)];
        let is_cut = !is_whole || probe.len() < text.len();
        let mut values = Deserializer::from_slice(probe).into_iter::<IgnoredAny>();
        let mut first_end = None;
        while let Some(value) = values.next() {
            match value {
                Ok(_) => _ = first_end.get_or_insert(values.byte_offset()),
                Err(error) if error.is_eof() && is_cut => break,
                Err(_) => return None,
            }
        }
        let first = probe[..first_end.unwrap_or(probe.len())].trim_ascii_end();
        Some(Values { first_has_lines: first.contains(&b'\n') })
    }
}
