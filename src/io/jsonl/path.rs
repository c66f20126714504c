//! Paths: where in a record a field stands.

use std::fmt;
use std::str::FromStr;

/// The way from a record to one of its fields, like `text` or `pages.0.text`.
///
/// Keys are parted by dots; a dot inside a key is written `\.`, a backslash `\\`. A number is an index where an array
/// stands, from 0, and a key where an object does. Keys without a character cannot be named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldPath {
    steps: Vec<Step>,
}

/// One key of a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Step {
    key: Box<str>,
    /// What it is in an array.
    index: Option<usize>,
}

/// What is wrong with a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldPathError {
    /// A key is empty: the path itself, or what lies between two dots.
    EmptyKey {
        /// The byte of the path where it should stand, from 0.
        at: usize,
    },
    /// A backslash before anything but a dot or a backslash.
    UnknownEscape {
        /// The backslash's byte in the path, from 0.
        at: usize,
    },
}

impl FieldPath {
    /// Reads a path.
    ///
    /// # Errors
    /// A key is empty, or a backslash stands before anything but `.` and `\`.
    ///
    /// ```
    /// use dechrome::io::jsonl::FieldPath;
    /// assert_eq!(FieldPath::parse(r"meta.og\.title")?.to_string(), r"meta.og\.title");
    /// assert!(FieldPath::parse("meta..title").is_err());
    /// # Ok::<(), dechrome::io::jsonl::FieldPathError>(())
    /// ```
    pub fn parse(text: &str) -> Result<FieldPath, FieldPathError> {
        let mut steps = Vec::new();
        let mut key = String::new();
        let mut start = 0;
        let mut chars = text.char_indices();
        while let Some((at, char)) = chars.next() {
            match char {
                '.' if key.is_empty() => return Err(FieldPathError::EmptyKey { at: start }),
                '.' => {
                    steps.push(Step::new(std::mem::take(&mut key)));
                    start = at + 1;
                }
                '\\' => match chars.next() {
                    Some((_, escaped @ ('.' | '\\'))) => key.push(escaped),
                    _ => return Err(FieldPathError::UnknownEscape { at }),
                },
                _ => key.push(char),
            }
        }
        if key.is_empty() {
            return Err(FieldPathError::EmptyKey { at: start });
        }
        steps.push(Step::new(key));
        Ok(FieldPath { steps })
    }

    /// The path of a key of the record itself, whatever characters it has.
    pub(super) fn top(key: &str) -> FieldPath {
        FieldPath { steps: vec![Step::new(key.to_owned())] }
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }
}

impl Step {
    fn new(key: String) -> Step {
        let is_index = key.bytes().all(|byte| byte.is_ascii_digit()) && (key == "0" || !key.starts_with('0'));
        let index = if is_index { key.parse().ok() } else { None };
        Step { key: key.into(), index }
    }

    pub(super) fn is_key(&self, key: &[u8]) -> bool {
        self.key.as_bytes() == key
    }

    pub(super) fn is_index(&self, index: usize) -> bool {
        self.index == Some(index)
    }
}

impl FromStr for FieldPath {
    type Err = FieldPathError;

    fn from_str(text: &str) -> Result<FieldPath, FieldPathError> {
        FieldPath::parse(text)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.steps.iter().enumerate() {
            let dot = if i > 0 { "." } else { "" };
            write!(f, "{dot}{}", step.key.replace('\\', r"\\").replace('.', r"\."))?;
        }
        Ok(())
    }
}

impl fmt::Display for FieldPathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldPathError::EmptyKey { at } => {
                write!(f, "a key is missing at byte {at}: a dot inside a key is written `\\.`")
            }
            FieldPathError::UnknownEscape { at } => {
                write!(f, "the backslash at byte {at} stands before neither `.` nor `\\`: write it `\\\\`")
            }
        }
    }
}

impl std::error::Error for FieldPathError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(path: &str) -> Vec<String> {
        FieldPath::parse(path).unwrap().steps.iter().map(|step| step.key.to_string()).collect()
    }

    #[test]
    fn dots_part_keys_and_escaped_dots_do_not() {
        assert_eq!(keys("text"), ["text"]);
        assert_eq!(keys("a.b.c"), ["a", "b", "c"]);
        assert_eq!(keys(r"og\.title.a\\b"), ["og.title", r"a\b"]);
        assert_eq!(keys("текст. "), ["текст", " "]);
    }

    #[test]
    fn only_a_number_as_arrays_count_is_an_index() {
        let index = |path| FieldPath::parse(path).unwrap().steps[0].index;
        assert_eq!(index("0"), Some(0));
        assert_eq!(index("12"), Some(12));
        assert_eq!(index("012"), None);
        assert_eq!(index("+1"), None);
        assert_eq!(index("-1"), None);
        assert_eq!(index("99999999999999999999999"), None);
    }

    #[test]
    fn mistakes_are_named_with_their_byte() {
        let mistake = |path| FieldPath::parse(path).unwrap_err();
        assert_eq!(mistake(""), FieldPathError::EmptyKey { at: 0 });
        assert_eq!(mistake("."), FieldPathError::EmptyKey { at: 0 });
        assert_eq!(mistake("a."), FieldPathError::EmptyKey { at: 2 });
        assert_eq!(mistake("a..b"), FieldPathError::EmptyKey { at: 2 });
        assert_eq!(mistake(r"a\b"), FieldPathError::UnknownEscape { at: 1 });
        assert_eq!(mistake(r"ab\"), FieldPathError::UnknownEscape { at: 2 });
    }

    #[test]
    fn a_path_is_shown_as_it_is_read() {
        for path in ["text", "pages.0.text", r"og\.title.a\\b"] {
            assert_eq!(FieldPath::parse(path).unwrap().to_string(), path);
        }
    }
}
