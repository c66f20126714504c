//! Texts that are looked for: folded, split at placeholders, compared with those before them.

use std::collections::hash_map::Entry;
use std::ops::Range;

use toml::Spanned;

use super::listed::ListedText;
use super::reader::PackReader;
use super::seen::{FirstPlaces, PatternUse};
use crate::pack::source::{SourceLines, SourceText};
use crate::pack::suggest::nearest;
use crate::pack::template::{PLACEHOLDER_NAMES, Template};
use crate::pack::template_list::TemplateError;
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
    let mut patterns = Vec::new();
    for (anchor, texts) in [
        (Anchor::Is, &lines.is),
        (Anchor::StartsWith, &lines.starts_with),
        (Anchor::EndsWith, &lines.ends_with),
        (Anchor::Contains, &lines.contains),
    ] {
        let mut read = read(reader, texts, anchor, pattern_use, exact_case);
        // Mostly there is one list alone, and it may be large.
        if patterns.is_empty() { patterns = read } else { patterns.append(&mut read) }
    }
    patterns
}

pub(super) fn read(
    reader: &mut PackReader<'_>,
    texts: &[Spanned<SourceText<'_>>],
    anchor: Anchor,
    pattern_use: PatternUse,
    exact_case: bool,
) -> Vec<Pattern> {
    let mut listed = reader.listed(texts);
    let mut seen = reader.seen.remove(&(pattern_use, anchor)).unwrap_or_default();
    seen.reserve(listed.len());
    let patterns = Vec::with_capacity(listed.len());
    let mut list = PatternList { anchor, max_chars: pattern_use.max_chars(anchor), exact_case, seen, patterns };
    loop {
        let some: Vec<ListedText<'_>> = listed.by_ref().take(READ_TOGETHER).collect();
        if some.is_empty() {
            break;
        }
        list.read(reader, &some);
    }
    reader.seen.insert((pattern_use, anchor), list.seen);
    list.patterns
}

/// So many texts are folded before their patterns are made: what is in between stays in the processor's caches.
const READ_TOGETHER: usize = 512;

/// The patterns of a list while it is read.
struct PatternList {
    anchor: Anchor,
    max_chars: Option<u32>,
    exact_case: bool,
    seen: FirstPlaces,
    patterns: Vec<Pattern>,
}

impl PatternList {
    fn read(&mut self, reader: &mut PackReader<'_>, listed: &[ListedText<'_>]) {
        let places: Vec<_> = listed.iter().map(|text| self.fold(reader, text.text)).collect();
        let list = reader.templates.take();
        let template = |place| Template::Made { list: list.clone(), place };
        let PatternList { anchor, max_chars, .. } = *self;
        for (text, places) in listed.iter().zip(places) {
            match places {
                Ok((folded, exact)) => {
                    let (template, exact) = (template(folded), exact.map(template));
                    if self.is_new(reader, text, exact.as_ref().unwrap_or(&template)) {
                        self.patterns.push(Pattern { anchor, max_chars, template, exact });
                    }
                }
                Err(error) => report(reader, text, error),
            }
        }
    }

    /// Adds a pattern's templates to those of its list, and gives their places: without case, and, if wanted, with it.
    fn fold(
        &self,
        reader: &mut PackReader<'_>,
        text: &str,
    ) -> Result<(Range<usize>, Option<Range<usize>>), TemplateError> {
        let mut add = |case| reader.templates.add(text, self.anchor, case);
        let folded = add(Case::Folded)?;
        let exact = if self.exact_case { Some(add(Case::Exact)?) } else { None };
        Ok((folded, exact))
    }

    /// Whether the pack has no such pattern yet.
    fn is_new(&mut self, reader: &mut PackReader<'_>, text: &ListedText<'_>, template: &Template) -> bool {
        let earlier = match self.seen.entry(template.clone()) {
            Entry::Vacant(vacant) => {
                vacant.insert(text.place.start);
                return true;
            }
            Entry::Occupied(earlier) => *earlier.get(),
        };
        let message = format!("the pack has this pattern already, on line {}", reader.line_of(earlier));
        reader.problem(text.place.clone(), message);
        false
    }
}

fn report(reader: &mut PackReader<'_>, text: &ListedText<'_>, error: TemplateError) {
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
    reader.problem_with(text.place.clone(), message, suggestion);
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
