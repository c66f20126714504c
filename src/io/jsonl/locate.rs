//! From a line to the text and the address in it.

use super::fault::{JsonFault, JsonKind};
use super::path::FieldPath;
use super::raw_text::RawText;
use super::search::{SearchedValue, search, search_into};

/// Where the records of a corpus have what we look for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fields {
    /// The text that is cleaned.
    pub text: FieldPath,
    /// The address of the page, if records have one.
    pub url: Option<FieldPath>,
}

/// A record, and where its fields are.
#[derive(Clone, Copy, Debug)]
pub struct Located<'l> {
    /// The text.
    pub text: Field<'l>,
    /// The address of the page.
    pub url: Field<'l>,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug)]
pub enum Field<'l> {
    /// A string.
    Text(RawText<'l>),
    /// Nothing: a key is not there, an array is shorter, or the path was not given.
    Missing,
    /// `null`.
    Null,
    /// A value of another kind.
    NotText(JsonKind),
}

impl<'l> Field<'l> {
    /// The string, if it is one.
    pub fn text(&self) -> Option<RawText<'l>> {
        match self {
            Field::Text(text) => Some(*text),
            _ => None,
        }
    }

    fn new(line: &'l [u8], value: Option<SearchedValue>) -> Field<'l> {
        match value {
            None => Field::Missing,
            Some(SearchedValue { kind: JsonKind::Null, .. }) => Field::Null,
            Some(SearchedValue { kind: JsonKind::String, span, .. }) => {
                Field::Text(RawText::inside(line, span.start + 1..span.end - 1))
            }
            Some(SearchedValue { kind, .. }) => Field::NotText(kind),
        }
    }
}

/// Checks that `line` is one JSON value, to its last byte, and finds the fields. Where an object has a key twice, the
/// last one counts, as for JSON parsers; a key with escapes counts as what it means.
///
/// Goes over the line once; allocates nothing, unless a key has escapes.
///
/// # Errors
/// The line is not one JSON value, or is nested more than 128 deep. Bytes that are not UTF-8 are no error in strings.
pub fn locate<'l>(line: &'l [u8], fields: &Fields) -> Result<Located<'l>, JsonFault> {
    let (_, [text, url]) = search(line, [Some(&fields.text), fields.url.as_ref()])?;
    Ok(Located { text: Field::new(line, text), url: Field::new(line, url) })
}

/// The same, and what the text says, as [`RawText::decode`] gives it; nothing where no text is.
///
/// # Errors
/// As those of [`locate`].
pub fn locate_and_decode<'l, 'b>(
    line: &'l [u8],
    fields: &Fields,
    buffer: &'b mut Vec<u8>,
) -> Result<(Located<'l>, &'b [u8]), JsonFault>
where
    'l: 'b,
{
    let (_, [text, url]) = search_into(line, [Some(&fields.text), fields.url.as_ref()], Some(buffer))?;
    let said = text.as_ref().and_then(|text| text.said);
    let located = Located { text: Field::new(line, text), url: Field::new(line, url) };
    let text = match said {
        Some(len) => &buffer[..len],
        None => located.text.text().map_or(&[][..], |text| text.raw()),
    };
    Ok((located, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(line: &str, path: &str) -> String {
        let fields = Fields { text: FieldPath::parse(path).unwrap(), url: None };
        match locate(line.as_bytes(), &fields).unwrap().text {
            Field::Text(text) => String::from_utf8(text.raw().to_vec()).unwrap(),
            Field::Missing => "missing".into(),
            Field::Null => "null".into(),
            Field::NotText(kind) => kind.to_string(),
        }
    }

    #[test]
    fn a_path_leads_through_objects_and_arrays() {
        assert_eq!(field(r#"{"text":"a"}"#, "text"), "a");
        assert_eq!(field(" {\t\"text\" :\n\"a\" , \"b\":1} \r\n", "text"), "a");
        let nested = r#"{"pages":[{"text":"one"},{"text":"two"}],"0":{"text":"zero"},"og.title":"t"}"#;
        assert_eq!(field(nested, "pages.1.text"), "two");
        assert_eq!(field(nested, "0.text"), "zero");
        assert_eq!(field(nested, r"og\.title"), "t");
        assert_eq!(field(r#"["a",["b","c"]]"#, "1.0"), "b");
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        assert_eq!(field(r#"{"a":1}"#, "text"), "missing");
        assert_eq!(field(r#"{"pages":["a"]}"#, "pages.1"), "missing");
        assert_eq!(field(r#"{"pages":["a"]}"#, "pages.text"), "missing");
        assert_eq!(field(r#"{"a":"b"}"#, "a.b"), "missing");
        assert_eq!(field(r#""text""#, "text"), "missing");
        assert_eq!(field(r#"{"text":null}"#, "text"), "null");
        assert_eq!(field(r#"{"text":-0}"#, "text"), "a number");
        assert_eq!(field(r#"{"text":false}"#, "text"), "a boolean");
        assert_eq!(field(r#"{"text":["a"]}"#, "text"), "an array");
        assert_eq!(field(r#"{"text":{"text":"a"}}"#, "text"), "an object");
        assert_eq!(field(r#"{"text":""}"#, "text"), "");
    }

    #[test]
    fn of_a_key_that_comes_twice_the_last_one_counts() {
        assert_eq!(field(r#"{"text":"a","text":"b"}"#, "text"), "b");
        assert_eq!(field(r#"{"text":"a","text":null}"#, "text"), "null");
        assert_eq!(field(r#"{"a":{"text":"a"},"a":{"text":"b"}}"#, "a.text"), "b");
        assert_eq!(field(r#"{"a":{"text":"a"},"a":{}}"#, "a.text"), "missing");
        assert_eq!(field(r#"{"a":{"text":"a"},"a":["text"]}"#, "a.text"), "missing");
        assert_eq!(field(r#"{"a":["x"],"a":{"0":"y"}}"#, "a.0"), "y");
        assert_eq!(field(r#"{"a":{"text":"a"},"b":{"text":"b"}}"#, "a.text"), "a");
    }

    #[test]
    fn a_key_counts_as_what_its_escapes_mean() {
        assert_eq!(field(r#"{"\u0074e\u0078t":"a"}"#, "text"), "a");
        assert_eq!(field(r#"{"text":"a","\u0074ext":"b"}"#, "text"), "b");
        assert_eq!(field(r#"{"a\/b\\c":"a"}"#, r"a/b\\c"), "a");
        assert_eq!(field(r#"{"\u0442екст":"a"}"#, "текст"), "a");
        assert_eq!(field(r#"{"\ud83d\ude00":"a"}"#, "😀"), "a");
        assert_eq!(field(r#"{"\u0074extra":"a"}"#, "text"), "missing");
    }

    #[test]
    fn text_and_address_may_lie_in_one_another() {
        let parse = |path| FieldPath::parse(path).unwrap();
        let fields = Fields { text: parse("a.text"), url: Some(parse("a.meta.url")) };
        let line = br#"{"a":{"meta":{"url":"u"},"text":"t"}}"#;
        let located = locate(line, &fields).unwrap();
        assert_eq!(located.text.text().unwrap().raw(), b"t");
        assert_eq!(located.url.text().unwrap().raw(), b"u");
        let same = Fields { text: parse("a"), url: Some(parse("a.meta")) };
        let located = locate(br#"{"a":{"meta":"m"}}"#, &same).unwrap();
        assert!(matches!(located.text, Field::NotText(JsonKind::Object)));
        assert_eq!(located.url.text().unwrap().raw(), b"m");
    }

    #[test]
    fn what_comes_after_the_text_must_be_json_too() {
        let fields = Fields { text: FieldPath::parse("text").unwrap(), url: None };
        assert_eq!(locate(br#"{"text":"a","b":[1,}"#, &fields).unwrap_err().column(), 20);
        assert_eq!(locate(br#"{"text":"a"}{"#, &fields).unwrap_err().column(), 13);
        let deep = [br#"{"text":"a","b":"#.as_slice(), &b"[".repeat(500)].concat();
        assert!(locate(&deep, &fields).is_err());
    }

    #[test]
    fn a_deep_path_meets_the_same_limit() {
        let path = FieldPath::parse(&["a"; 200].join(".")).unwrap();
        let line = [br#"{"a":"#.repeat(200), b"1".to_vec(), b"}".repeat(200)].concat();
        let fault = locate(&line, &Fields { text: path, url: None }).unwrap_err();
        assert_eq!(fault.to_string(), "column 641: arrays and objects are nested more than 128 deep");
    }
}
