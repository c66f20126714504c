//! A field more: adds it to a record, of which every other byte stays.

use std::fmt;

use super::escape::escape_into;
use super::fault::{JsonFault, JsonKind};
use super::path::FieldPath;
use super::scanner::Scanner;
use super::search::search;

/// Why a field cannot be added to a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AnnotateFault {
    /// The line is not one JSON value.
    Record(JsonFault),
    /// The record is no object, so it has no fields.
    NotAnObject(JsonKind),
    /// The field's value is not one JSON value; the column counts in it.
    Value(JsonFault),
    /// The field's value goes over more than one line.
    LineBreak,
}

/// `line` with the field `name`, of the value `json`, which is JSON: in the place of the value it has, the last one if
/// it has more; else after its last field, with a space after comma and colon if the first field has one after its
/// colon.
///
/// # Errors
/// The line is no JSON object, or `json` is not one JSON value in one line.
///
/// ```
/// use dechrome::io::jsonl::with_field;
/// assert_eq!(with_field(b"{\"a\": 1}\r\n", "b", b"[2]")?, b"{\"a\": 1, \"b\": [2]}\r\n");
/// assert_eq!(with_field(br#"{"b":1,"a":2}"#, "b", b"null")?, br#"{"b":null,"a":2}"#);
/// # Ok::<(), dechrome::io::jsonl::AnnotateFault>(())
/// ```
pub fn with_field(line: &[u8], name: &str, json: &[u8]) -> Result<Vec<u8>, AnnotateFault> {
    check_value(json)?;
    let path = FieldPath::top(name);
    let (record, [old]) = search(line, [Some(&path)]).map_err(AnnotateFault::Record)?;
    if record.kind != JsonKind::Object {
        return Err(AnnotateFault::NotAnObject(record.kind));
    }
    let mut out = Vec::with_capacity(line.len() + name.len() + json.len() + 8);
    if let Some(old) = old {
        out.extend_from_slice(&line[..old.span.start]);
        out.extend_from_slice(json);
        out.extend_from_slice(&line[old.span.end..]);
        return Ok(out);
    }
    let inside = &line[..record.span.end - 1];
    let fields = inside.trim_ascii_end();
    let is_empty = fields.len() == record.span.start + 1;
    let space: &[u8] = if is_spaced(line) { b" " } else { b"" };
    out.extend_from_slice(fields);
    if !is_empty {
        out.push(b',');
        out.extend_from_slice(space);
    }
    out.push(b'"');
    escape_into(name.as_bytes(), &mut out);
    out.extend_from_slice(b"\":");
    out.extend_from_slice(space);
    out.extend_from_slice(json);
    out.extend_from_slice(&line[fields.len()..]);
    Ok(out)
}

fn check_value(json: &[u8]) -> Result<(), AnnotateFault> {
    let mut scanner = Scanner::new(json);
    scanner.value().and_then(|_| scanner.end()).map_err(AnnotateFault::Value)?;
    match json.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
        true => Err(AnnotateFault::LineBreak),
        false => Ok(()),
    }
}

/// Whether a space follows the colon of the first field of an object.
fn is_spaced(object: &[u8]) -> bool {
    let mut scanner = Scanner::new(object);
    let has_key = scanner.open().is_ok_and(|opened| opened) && scanner.key().is_ok();
    has_key && object[scanner.at() - 1] == b' '
}

impl fmt::Display for AnnotateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AnnotateFault::Record(fault) => fault.fmt(f),
            AnnotateFault::NotAnObject(kind) => write!(f, "the record is {kind}, and only an object takes a field"),
            AnnotateFault::Value(fault) => write!(f, "the field's value is not JSON: {fault}"),
            AnnotateFault::LineBreak => f.write_str("the field's value is not in one line"),
        }
    }
}

impl std::error::Error for AnnotateFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            AnnotateFault::Record(fault) | AnnotateFault::Value(fault) => Some(fault),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(line: &str) -> String {
        String::from_utf8(with_field(line.as_bytes(), "x", b"9").unwrap()).unwrap()
    }

    #[test]
    fn a_new_field_comes_last_in_the_manner_of_the_record() {
        assert_eq!(with(r#"{"a":1}"#), r#"{"a":1,"x":9}"#);
        assert_eq!(with(r#"{"a": 1, "b": 2}"#), r#"{"a": 1, "b": 2, "x": 9}"#);
        assert_eq!(with("{ \"\": {} }\r\n"), "{ \"\": {}, \"x\": 9 }\r\n");
        assert_eq!(with("{}"), r#"{"x":9}"#);
        assert_eq!(with(" { } \n"), " {\"x\":9 } \n");
    }

    #[test]
    fn a_field_that_is_there_gets_the_value_and_nothing_else_changes() {
        assert_eq!(with(r#"{"x": [1,{"x":2}] ,"a":{"x":1}}"#), r#"{"x": 9 ,"a":{"x":1}}"#);
        assert_eq!(with(r#"{"x":1,"\u0078":2,"y":3}"#), r#"{"x":1,"\u0078":9,"y":3}"#);
    }

    #[test]
    fn a_name_is_taken_as_it_is() {
        let line = with_field(b"{}", "a.\"b\"\n", b"{\"c\":1}").unwrap();
        assert_eq!(line, br#"{"a.\"b\"\n":{"c":1}}"#);
        assert_eq!(with_field(&line, "a.\"b\"\n", b"2").unwrap(), br#"{"a.\"b\"\n":2}"#);
        assert_eq!(with_field(br#"{"":1}"#, "", b"2").unwrap(), br#"{"":2}"#);
    }

    #[test]
    fn what_cannot_be_annotated_is_refused() {
        let message =
            |line: &str, json: &str| with_field(line.as_bytes(), "x", json.as_bytes()).unwrap_err().to_string();
        assert_eq!(message("[1]", "1"), "the record is an array, and only an object takes a field");
        assert_eq!(message("{]", "1"), "column 2: expected a key in quotes, found `]`");
        assert_eq!(
            message("{}", "1,"),
            "the field's value is not JSON: column 2: the record is over but the line goes on: one record a line"
        );
        assert_eq!(message("{}", "[\n]"), "the field's value is not in one line");
    }
}
