//! Texts that are looked for: folded, split at placeholders, compared with those before them.

use std::collections::hash_map::Entry;
use std::ops::Range;

use toml::Spanned;

use super::reader::PackReader;
use super::seen::PatternUse;
use crate::pack::source::{SourceLines, SourceText};
use crate::pack::suggest::nearest;
use crate::pack::template::{PLACEHOLDER_NAMES, TemplateError, parse_template};
use crate::pack::{Anchor, Pattern};
use crate::text::Case;

/// A line that `contains` takes is no longer than this unless its rule says so, in characters: a
/// phrase inside a paragraph must not take the paragraph.
const CONTAINS_MAX_CHARS: u32 = 200;

impl PatternUse {
    fn max_chars(self, anchor: Anchor) -> Option<u32> {
        match self {
            PatternUse::Line(limits) => limits.max_chars.or((anchor == Anchor::Contains).then_some(CONTAINS_MAX_CHARS)),
            PatternUse::Cut { max_chars } => max_chars,
            PatternUse::From | PatternUse::To | PatternUse::Keep | PatternUse::Signature => None,
        }
    }
}

pub(super) fn read_lines(
    reader: &mut PackReader<'_>,
    lines: &SourceLines<'_>,
    pattern_use: PatternUse,
    exact_case: bool,
) -> Vec<Pattern> {
    let by_anchor = [
        (Anchor::Is, &lines.is),
        (Anchor::StartsWith, &lines.starts_with),
        (Anchor::EndsWith, &lines.ends_with),
        (Anchor::Contains, &lines.contains),
    ];
    by_anchor.into_iter().flat_map(|(anchor, texts)| read(reader, texts, anchor, pattern_use, exact_case)).collect()
}

pub(super) fn read(
    reader: &mut PackReader<'_>,
    texts: &[Spanned<SourceText<'_>>],
    anchor: Anchor,
    pattern_use: PatternUse,
    exact_case: bool,
) -> Vec<Pattern> {
    reader.seen.reserve(texts.len());
    texts.iter().filter_map(|text| read_one(reader, text, anchor, pattern_use, exact_case)).collect()
}

fn read_one(
    reader: &mut PackReader<'_>,
    text: &Spanned<SourceText<'_>>,
    anchor: Anchor,
    pattern_use: PatternUse,
    exact_case: bool,
) -> Option<Pattern> {
    let mut parse = |case| parse_template(text.as_ref().as_str(), anchor, case, &mut reader.folded);
    let parsed = parse(Case::Folded).and_then(|template| {
        let exact = if exact_case { Some(parse(Case::Exact)?) } else { None };
        Ok(Pattern { anchor, max_chars: pattern_use.max_chars(anchor), template, exact })
    });
    let pattern = match parsed {
        Ok(pattern) => pattern,
        Err(error) => {
            report(reader, text, error);
            return None;
        }
    };
    let identity = pattern.exact.as_ref().unwrap_or(&pattern.template).clone();
    match reader.seen.entry((pattern_use, anchor, identity)) {
        Entry::Vacant(vacant) => {
            vacant.insert(text.span().start);
            return Some(pattern);
        }
        Entry::Occupied(earlier) => {
            let earlier = *earlier.get();
            let message = format!("the pack has this pattern already, on line {}", reader.line_of(earlier));
            reader.problem(text.span(), message);
        }
    }
    None
}

fn report(reader: &mut PackReader<'_>, text: &Spanned<SourceText<'_>>, error: TemplateError) {
    let (message, suggestion) = match error {
        TemplateError::UnknownPlaceholder { name } => {
            let known = "known are {number}, {date}, {time}, {any}; a brace itself is {{";
            let nearest = nearest(&name, PLACEHOLDER_NAMES).map(|word| format!("did you mean {{{word}}}? "));
            (format!("unknown placeholder {{{name}}}"), Some(format!("{}{known}", nearest.unwrap_or_default())))
        }
        TemplateError::LoneBrace => {
            ("a brace without its partner".to_owned(), Some("a brace itself is written {{ or }}".to_owned()))
        }
        TemplateError::NoText => ("the pattern is empty".to_owned(), None),
        TemplateError::NoFixedText => {
            ("the pattern holds no fixed text and would match nearly everything".to_owned(), None)
        }
    };
    reader.problem_with(text.span(), message, suggestion);
}

pub(super) fn non_empty(
    reader: &mut PackReader<'_>,
    span: Range<usize>,
    empty: bool,
    patterns: Vec<Pattern>,
) -> Option<Vec<Pattern>> {
    if empty {
        reader.problem(span, "the rule has no patterns");
        return None;
    }
    Some(patterns)
}

pub(super) fn is_empty(lines: &SourceLines<'_>) -> bool {
    lines.is.is_empty() && lines.starts_with.is_empty() && lines.ends_with.is_empty() && lines.contains.is_empty()
}
