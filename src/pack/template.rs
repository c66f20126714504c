//! Templates: a pattern's text, folded, with its placeholders. `template_list` makes them.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// A pattern's text, folded. A byte that no UTF-8 text holds stands for each placeholder, so that a
/// template is one piece of memory: for built-in packs of the program's own, else of one that those of a list share.
#[derive(Clone)]
pub(crate) enum Template {
    OfProgram(&'static [u8]),
    Made { list: Arc<[u8]>, place: Range<usize> },
}

/// What a template is made of, in the order in which it stands there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TemplatePart<'t> {
    /// Folded text.
    Literal(&'t [u8]),
    Number,
    Date,
    Time,
    Any,
}

/// The placeholders' names.
pub(crate) const PLACEHOLDER_NAMES: [&str; 4] = ["number", "date", "time", "any"];
/// In the order of their names.
const PLACEHOLDERS: [TemplatePart<'static>; 4] =
    [TemplatePart::Number, TemplatePart::Date, TemplatePart::Time, TemplatePart::Any];

impl TemplatePart<'_> {
    /// What stands between braces in a pack; nothing for a literal.
    pub(crate) fn placeholder_name(self) -> Option<&'static str> {
        PLACEHOLDERS.iter().zip(PLACEHOLDER_NAMES).find(|(part, _)| **part == self).map(|(_, name)| name)
    }
}

/// The first placeholder's byte; the others follow in the same order.
pub(super) const FIRST_BYTE: u8 = 0xFC;

fn is_placeholder(byte: u8) -> bool {
    byte >= FIRST_BYTE
}

impl Template {
    /// The whole text, where there is no placeholder.
    pub(crate) fn fixed_text(&self) -> Option<&[u8]> {
        // Without a way out early the compiler looks at many bytes at a time.
        let bytes = self.bytes();
        let has_placeholder = bytes.iter().fold(false, |any, &byte| any | is_placeholder(byte));
        (!has_placeholder).then_some(bytes)
    }

    pub(crate) fn parts(&self) -> TemplateParts<'_> {
        TemplateParts(self.bytes())
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Template::OfProgram(bytes) => bytes,
            Template::Made { list, place } => &list[place.clone()],
        }
    }
}

// Where the bytes lie makes no difference to anything.

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Template").field(&self.bytes()).finish()
    }
}

impl PartialEq for Template {
    fn eq(&self, other: &Template) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Template {}

impl Hash for Template {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().hash(state);
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.bytes())
    }
}

/// Borrows: there are tens of thousands of them, and they are read at each start.
impl<'de: 'static> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Template, D::Error> {
        struct TemplateBytes;

        impl<'de: 'static> Visitor<'de> for TemplateBytes {
            type Value = Template;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes of the program")
            }

            fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Template, E> {
                Ok(Template::OfProgram(bytes))
            }
        }

        deserializer.deserialize_bytes(TemplateBytes)
    }
}

/// The parts of a template from some place on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TemplateParts<'t>(&'t [u8]);

impl<'t> TemplateParts<'t> {
    /// The parts of the template of these [bytes](TemplateParts::bytes).
    pub(crate) fn of(bytes: &'t [u8]) -> TemplateParts<'t> {
        TemplateParts(bytes)
    }

    /// The template as one piece of memory.
    pub(crate) fn bytes(self) -> &'t [u8] {
        self.0
    }

    pub(crate) fn first(mut self) -> Option<TemplatePart<'t>> {
        self.next()
    }
}

impl<'t> Iterator for TemplateParts<'t> {
    type Item = TemplatePart<'t>;

    fn next(&mut self) -> Option<TemplatePart<'t>> {
        let (&first, rest) = self.0.split_first()?;
        if is_placeholder(first) {
            self.0 = rest;
            return Some(PLACEHOLDERS[usize::from(first - FIRST_BYTE)]);
        }
        let len = self.0.iter().position(|&byte| is_placeholder(byte)).unwrap_or(self.0.len());
        let (literal, rest) = self.0.split_at(len);
        self.0 = rest;
        Some(TemplatePart::Literal(literal))
    }
}

impl<'t> TemplatePart<'t> {
    pub(crate) fn literal(self) -> Option<&'t [u8]> {
        match self {
            TemplatePart::Literal(text) => Some(text),
            _ => None,
        }
    }
}
