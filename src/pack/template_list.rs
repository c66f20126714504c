//! Making templates: the texts of a list are folded into one piece of memory, and their placeholders marked.

use std::ops::Range;
use std::sync::Arc;

use crate::text::{Case, FoldBuffer, after_list_marks, before_decoration, core, fold};

use super::anchor::Anchor;
use super::template::{FIRST_BYTE, PLACEHOLDER_NAMES, TemplatePart, TemplateParts};

/// The templates of a list while they are made, and the memory to do it in.
#[derive(Default)]
pub(super) struct TemplateList {
    bytes: Vec<u8>,
    folded: FoldBuffer,
}

impl TemplateList {
    /// Folds a pattern's text and marks its placeholders. Gives the place of the template among the others.
    pub(super) fn add(&mut self, text: &str, anchor: Anchor, case: Case) -> Result<Range<usize>, TemplateError> {
        let start = self.bytes.len();
        if memchr::memchr2(b'{', b'}', text.as_bytes()).is_none() {
            fold(text.as_bytes(), case, &mut self.folded);
            self.bytes.extend_from_slice(anchored(self.folded.text(), anchor));
            return if self.bytes.len() > start { Ok(start..self.bytes.len()) } else { Err(TemplateError::NoText) };
        }
        let (marked, placeholders) = mark_placeholders(text)?;
        fold(marked.as_bytes(), case, &mut self.folded);
        let template = with_placeholders(anchored(self.folded.text(), anchor), &placeholders);
        check_text(TemplateParts::of(&template), anchor)?;
        self.bytes.extend_from_slice(&template);
        Ok(start..self.bytes.len())
    }

    /// All that were added since it was last asked for them; each is a part of them.
    pub(super) fn take(&mut self) -> Arc<[u8]> {
        let list = self.bytes.as_slice().into();
        self.bytes.clear();
        list
    }
}

/// What is wrong with a pattern's text.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum TemplateError {
    UnknownPlaceholder { name: String },
    LoneBrace,
    NoText,
    NoFixedText,
}

/// A template needs fixed text, or numbers, dates and times as a whole line.
fn check_text(parts: TemplateParts<'_>, anchor: Anchor) -> Result<(), TemplateError> {
    let has_text = { parts }.any(|part| part.literal().is_some());
    let has_any = { parts }.any(|part| part == TemplatePart::Any);
    match has_text || anchor == Anchor::Is && !has_any {
        _ if parts.bytes().is_empty() => Err(TemplateError::NoText),
        true => Ok(()),
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
    use crate::pack::template::Template;

    fn parse(text: &str, anchor: Anchor) -> Result<Template, TemplateError> {
        let mut list = TemplateList::default();
        let place = list.add(text, anchor, Case::Folded)?;
        Ok(Template::Made { list: list.take(), place })
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
