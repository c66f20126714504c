//! Templates: a pattern's text, folded, with its placeholders.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::text::{Case, FoldBuffer, after_list_marks, before_decoration, core, fold};

use super::anchor::Anchor;

/// A pattern's text, folded. A byte that no UTF-8 text holds stands for each placeholder, so that a
/// template is one piece of memory, which for built-in packs is the program's own.
#[derive(Clone)]
pub(crate) enum Template {
    OfProgram(&'static [u8]),
    Made(Arc<[u8]>),
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
const FIRST_BYTE: u8 = 0xFC;

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

    fn new(bytes: &[u8]) -> Template {
        Template::Made(bytes.into())
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Template::OfProgram(bytes) => bytes,
            Template::Made(bytes) => bytes,
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

/// What is wrong with a pattern's text; offsets are bytes into it.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum TemplateError {
    UnknownPlaceholder { name: String },
    LoneBrace,
    NoText,
    NoFixedText,
}

/// Folds a pattern's text and marks its placeholders.
pub(super) fn parse_template(
    text: &str,
    anchor: Anchor,
    case: Case,
    folded: &mut FoldBuffer,
) -> Result<Template, TemplateError> {
    if memchr::memchr2(b'{', b'}', text.as_bytes()).is_none() {
        fold(text.as_bytes(), case, folded);
        let span = anchored(folded.text(), anchor);
        return if span.is_empty() { Err(TemplateError::NoText) } else { Ok(Template::new(span)) };
    }
    let (marked, placeholders) = mark_placeholders(text)?;
    fold(marked.as_bytes(), case, folded);
    let template = Template::new(&with_placeholders(anchored(folded.text(), anchor), &placeholders));
    match template.parts().any(|part| part.literal().is_some()) {
        _ if template.bytes().is_empty() => Err(TemplateError::NoText),
        true => Ok(template),
        false if anchor == Anchor::Is && !template.parts().any(|part| part == TemplatePart::Any) => Ok(template),
        false => Err(TemplateError::NoFixedText),
    }
}

/// What is compared of a text at that place of a line: not the marks that a line may have there.
fn anchored(folded: &[u8], anchor: Anchor) -> &[u8] {
    match anchor {
        Anchor::Is => &folded[core(folded)],
        Anchor::StartsWith => &folded[after_list_marks(folded)..],
        Anchor::EndsWith => &folded[..before_decoration(folded)],
        Anchor::Contains => folded,
    }
}

/// Stands for a placeholder while the text is folded: a noncharacter, which text must not hold and
/// folding leaves alone.
const MARK: char = '\u{FFFFF}';

fn mark_placeholders(text: &str) -> Result<(String, Vec<u8>), TemplateError> {
    let mut marked = String::with_capacity(text.len());
    let mut placeholders = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}', MARK]) {
        marked.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            marked.push_str(&rest[..1]);
            rest = &rest[2..];
            continue;
        }
        let name = rest.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let Some((name, after)) = name else { return Err(TemplateError::LoneBrace) };
        match PLACEHOLDER_NAMES.iter().position(|known| *known == name) {
            Some(number) => placeholders.push(FIRST_BYTE + number as u8),
            None => return Err(TemplateError::UnknownPlaceholder { name: name.to_owned() }),
        }
        marked.push(MARK);
        rest = after;
    }
    marked.push_str(rest);
    Ok((marked, placeholders))
}

/// The folded text with the byte of its placeholder for each mark.
fn with_placeholders(folded: &[u8], placeholders: &[u8]) -> Vec<u8> {
    let mut buffer = [0; 4];
    let mark = MARK.encode_utf8(&mut buffer).as_bytes();
    let mut template = Vec::with_capacity(folded.len());
    let mut rest = folded;
    for &placeholder in placeholders {
        let at = memchr::memmem::find(rest, mark).unwrap_or(rest.len());
        template.extend_from_slice(&rest[..at]);
        template.push(placeholder);
        rest = rest.get(at + mark.len()..).unwrap_or_default();
    }
    template.extend_from_slice(rest);
    template
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, anchor: Anchor) -> Result<Template, TemplateError> {
        parse_template(text, anchor, Case::Folded, &mut FoldBuffer::default())
    }

    fn assert_parts(text: &str, anchor: Anchor, want: &[TemplatePart<'_>]) {
        assert_eq!(parse(text, anchor).unwrap().parts().collect::<Vec<_>>(), want, "{text}");
    }

    #[test]
    fn placeholders_part_the_folded_text() {
        let literal = |text: &'static str| TemplatePart::Literal(text.as_bytes());
        assert_parts(
            "• Comments ({number}):",
            Anchor::Is,
            &[literal("comments ("), TemplatePart::Number, literal(")")],
        );
        assert_parts("{number}  Likes", Anchor::Is, &[TemplatePart::Number, literal(" likes")]);
        assert_parts("Read more:", Anchor::StartsWith, &[literal("read more:")]);
        assert_parts("{{x}}", Anchor::Contains, &[literal("{x}")]);
        assert_parts("{date} {time}", Anchor::Is, &[TemplatePart::Date, literal(" "), TemplatePart::Time]);
        assert_parts("{any}{any}x", Anchor::Is, &[TemplatePart::Any, TemplatePart::Any, literal("x")]);
    }

    #[test]
    fn only_a_text_without_placeholders_is_fixed() {
        assert_eq!(parse("Read more", Anchor::Is).unwrap().fixed_text(), Some(&b"read more"[..]));
        assert_eq!(parse("Read {number} more", Anchor::Is).unwrap().fixed_text(), None);
    }

    #[test]
    fn mistakes_are_refused() {
        let parse = |text, anchor| parse(text, anchor).unwrap_err();
        assert_eq!(parse("{nmber} likes", Anchor::Is), TemplateError::UnknownPlaceholder { name: "nmber".into() });
        assert_eq!(parse("a { b", Anchor::Is), TemplateError::LoneBrace);
        assert_eq!(parse("a } b", Anchor::Is), TemplateError::LoneBrace);
        assert_eq!(parse(" \u{a0} ", Anchor::Is), TemplateError::NoText);
        assert_eq!(parse("{any}", Anchor::Is), TemplateError::NoFixedText);
        assert_eq!(parse("{number}", Anchor::StartsWith), TemplateError::NoFixedText);
    }
}
