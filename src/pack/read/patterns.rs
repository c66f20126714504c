//! Texts that are looked for: folded, parted at placeholders, compared with those that came before.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use toml::Spanned;

use super::Reader;
use crate::pack::source::{SourceLines, Text};
use crate::pack::suggest::nearest;
use crate::pack::template::{PLACEHOLDER_NAMES, Template, TemplateError, parse_template};
use crate::pack::{Anchor, Pattern};
use crate::text::Case;

/// What a pattern is for; the same text may stand in a pack once for each.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Line(Limits),
    From,
    To,
    Cut { max_chars: Option<u32> },
    Keep,
    Signature,
}

/// A line that `contains` takes is no longer than this unless its rule says so, in characters: a
/// phrase inside a paragraph must not take the paragraph.
const CONTAINS_MAX_CHARS: u32 = 200;

impl Role {
    fn max_chars(self, anchor: Anchor) -> Option<u32> {
        match self {
            Role::Line(limits) => limits.max_chars.or((anchor == Anchor::Contains).then_some(CONTAINS_MAX_CHARS)),
            Role::Cut { max_chars } => max_chars,
            Role::From | Role::To | Role::Keep | Role::Signature => None,
        }
    }
}

/// Rules that take a line under different conditions may share a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Limits {
    pub(super) weak: bool,
    pub(super) first: Option<u32>,
    pub(super) last: Option<u32>,
    pub(super) max_chars: Option<u32>,
}

/// Where each text stood first, in bytes of the file.
pub(super) type Seen = HashMap<(Role, Anchor, Template), usize, foldhash::fast::FixedState>;

pub(super) fn read_lines(
    reader: &mut Reader<'_>,
    lines: &SourceLines<'_>,
    role: Role,
    exact_case: bool,
) -> Vec<Pattern> {
    let by_anchor = [
        (Anchor::Is, &lines.is),
        (Anchor::StartsWith, &lines.starts_with),
        (Anchor::EndsWith, &lines.ends_with),
        (Anchor::Contains, &lines.contains),
    ];
    by_anchor.into_iter().flat_map(|(anchor, texts)| read(reader, texts, anchor, role, exact_case)).collect()
}

pub(super) fn read(
    reader: &mut Reader<'_>,
    texts: &[Spanned<Text<'_>>],
    anchor: Anchor,
    role: Role,
    exact_case: bool,
) -> Vec<Pattern> {
    texts.iter().filter_map(|text| read_one(reader, text, anchor, role, exact_case)).collect()
}

fn read_one(
    reader: &mut Reader<'_>,
    text: &Spanned<Text<'_>>,
    anchor: Anchor,
    role: Role,
    exact_case: bool,
) -> Option<Pattern> {
    let mut parse = |case| parse_template(text.as_ref().as_str(), anchor, case, &mut reader.folded);
    let parsed = parse(Case::Folded).and_then(|template| {
        let exact = if exact_case { Some(parse(Case::Exact)?) } else { None };
        Ok(Pattern { anchor, max_chars: role.max_chars(anchor), template, exact })
    });
    let pattern = match parsed {
        Ok(pattern) => pattern,
        Err(error) => {
            report(reader, text, error);
            return None;
        }
    };
    let identity = pattern.exact.as_ref().unwrap_or(&pattern.template).clone();
    match reader.seen.entry((role, anchor, identity)) {
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

fn report(reader: &mut Reader<'_>, text: &Spanned<Text<'_>>, error: TemplateError) {
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
