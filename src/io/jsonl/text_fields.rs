//! Which fields of a record could be meant.

use serde_json::{Map, Value};

use super::path::FieldPath;

/// Paths of a record's texts, also inside of objects, the longest text first; those of the eight longest. Nothing of
/// what is no object.
pub fn text_fields(record: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    if let Ok(record) = serde_json::from_slice(record) {
        collect(&record, "", &mut found);
    }
    found.sort_by_key(|(len, _)| std::cmp::Reverse(*len));
    found.truncate(8);
    found.into_iter().map(|(_, path)| path).collect()
}

fn collect(record: &Map<String, Value>, before: &str, found: &mut Vec<(usize, String)>) {
    for (key, value) in record.iter().filter(|(key, _)| !key.is_empty()) {
        let path = format!("{before}{}", FieldPath::top(key));
        match value {
            Value::String(text) => found.push((text.len(), path)),
            Value::Object(inner) => collect(inner, &format!("{path}."), found),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_text_comes_first_by_its_path() {
        let record = br#"{"id":"7","n":1,"doc":{"body":"The council met.","a.b":"xyz","":"?"},"tags":["a"]}"#;
        assert_eq!(text_fields(record), ["doc.body", r"doc.a\.b", "id"]);
        assert_eq!(text_fields(b"[\"a\"]"), [""; 0]);
    }
}
