//! Templates: a pattern's text, folded, with its placeholders.

use crate::text::{Case, after_list_marks, before_decoration, core, folded};

use super::Anchor;

/// What a pattern is made of, in the order in which it stands there.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Part {
    /// Folded text.
    Literal(Box<[u8]>),
    Number,
    Date,
    Time,
    Any,
}

/// What is wrong with a pattern's text; offsets are bytes into it.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum TemplateError {
    UnknownPlaceholder { name: String },
    LoneBrace,
    NoText,
    NoFixedText,
}

const PLACEHOLDERS: [(&str, Part); 4] =
    [("number", Part::Number), ("date", Part::Date), ("time", Part::Time), ("any", Part::Any)];

/// The placeholders' names, for messages.
pub(super) const PLACEHOLDER_NAMES: [&str; 4] = ["number", "date", "time", "any"];

/// Folds a pattern's text and parts it at its placeholders.
pub(super) fn parse_template(text: &str, anchor: Anchor, case: Case) -> Result<Vec<Part>, TemplateError> {
    let (marked, placeholders) = mark_placeholders(text)?;
    let folded = folded(marked.as_bytes(), case);
    let span = match anchor {
        Anchor::Is => core(&folded),
        Anchor::StartsWith => after_list_marks(&folded)..folded.len(),
        Anchor::EndsWith => 0..before_decoration(&folded),
        Anchor::Contains => 0..folded.len(),
    };
    let parts = split_at_marks(&folded[span], placeholders);
    match parts.iter().any(|part| matches!(part, Part::Literal(_))) {
        _ if parts.is_empty() => Err(TemplateError::NoText),
        true => Ok(parts),
        false if anchor == Anchor::Is && !parts.contains(&Part::Any) => Ok(parts),
        false => Err(TemplateError::NoFixedText),
    }
}

/// Stands for a placeholder while the text is folded: a noncharacter, which text must not hold and
/// folding leaves alone.
const MARK: char = '\u{FFFFF}';

fn mark_placeholders(text: &str) -> Result<(String, Vec<Part>), TemplateError> {
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
        match PLACEHOLDERS.iter().find(|(known, _)| *known == name) {
            Some((_, part)) => placeholders.push(part.clone()),
            None => return Err(TemplateError::UnknownPlaceholder { name: name.to_owned() }),
        }
        marked.push(MARK);
        rest = after;
    }
    marked.push_str(rest);
    Ok((marked, placeholders))
}

fn split_at_marks(folded: &[u8], placeholders: Vec<Part>) -> Vec<Part> {
    let mut buffer = [0; 4];
    let mark = MARK.encode_utf8(&mut buffer).as_bytes();
    let mut parts = Vec::new();
    let mut rest = folded;
    for placeholder in placeholders {
        let at = memchr::memmem::find(rest, mark).unwrap_or(rest.len());
        push_literal(&mut parts, &rest[..at]);
        parts.push(placeholder);
        rest = rest.get(at + mark.len()..).unwrap_or_default();
    }
    push_literal(&mut parts, rest);
    parts
}

fn push_literal(parts: &mut Vec<Part>, text: &[u8]) {
    if !text.is_empty() {
        parts.push(Part::Literal(text.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Part {
        Part::Literal(text.as_bytes().into())
    }

    #[test]
    fn placeholders_part_the_folded_text() {
        let parse = |text, anchor| parse_template(text, anchor, Case::Folded);
        assert_eq!(
            parse("• Comments ({number}):", Anchor::Is),
            Ok(vec![literal("comments ("), Part::Number, literal(")")])
        );
        assert_eq!(parse("{number}  Likes", Anchor::Is), Ok(vec![Part::Number, literal(" likes")]));
        assert_eq!(parse("Read more:", Anchor::StartsWith), Ok(vec![literal("read more:")]));
        assert_eq!(parse("{{x}}", Anchor::Contains), Ok(vec![literal("{x}")]));
        assert_eq!(parse("{date} {time}", Anchor::Is).unwrap().len(), 3);
    }

    #[test]
    fn mistakes_are_refused() {
        let parse = |text, anchor| parse_template(text, anchor, Case::Folded).unwrap_err();
        assert_eq!(parse("{nmber} likes", Anchor::Is), TemplateError::UnknownPlaceholder { name: "nmber".into() });
        assert_eq!(parse("a { b", Anchor::Is), TemplateError::LoneBrace);
        assert_eq!(parse("a } b", Anchor::Is), TemplateError::LoneBrace);
        assert_eq!(parse(" \u{a0} ", Anchor::Is), TemplateError::NoText);
        assert_eq!(parse("{any}", Anchor::Is), TemplateError::NoFixedText);
        assert_eq!(parse("{number}", Anchor::StartsWith), TemplateError::NoFixedText);
    }
}
