//! The `[[rule]]` tables.

use std::collections::HashMap;

use toml::Spanned;

use super::blocks;
use super::patterns::{self, is_empty, non_empty};
use super::reader::PackReader;
use super::seen::{LineLimits, PatternUse};
use crate::pack::source::{SourceLines, SourceRule, SourceText};
use crate::pack::{Action, Anchor, Notes, Rule};
use crate::text::{Case, folded};

pub(super) fn read_all(reader: &mut PackReader<'_>, rules: Vec<SourceRule<'_>>) -> Vec<Rule> {
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut read = Vec::with_capacity(rules.len());
    for rule in rules {
        let line = reader.line_of(rule.id.span().start);
        if let Some(earlier) = ids.insert(rule.id.as_ref().clone(), line) {
            reader.problem(
                rule.id.span(),
                format!("the pack has a rule `{}` already, on line {earlier}", rule.id.as_ref()),
            );
        }
        read.extend(read_one(reader, rule, line));
    }
    read
}

fn read_one(reader: &mut PackReader<'_>, mut rule: SourceRule<'_>, line: usize) -> Option<Rule> {
    let id = rule.id.clone();
    check_id(reader, &id);
    check_options(reader, &rule);
    check_dates(reader, &rule);
    let has_only_words = rule.made_of.is_some()
        && [&rule.is, &rule.starts_with, &rule.ends_with, &rule.contains].iter().all(|texts| texts.is_none());
    if has_only_words && rule.case.is_some() {
        reader.problem(id.span(), "`case` has no meaning in this kind of rule");
    }
    let action = read_action(reader, &mut rule)?;
    match (&action, rule.kind) {
        (Action::Keep(_), Some(_)) => reader.problem(id.span(), "a keep-rule takes nothing and has no `kind`"),
        (Action::Keep(_), None) | (_, Some(_)) => {}
        (_, None) => reader.problem(id.span(), format!("rule `{}` has no `kind`", id.as_ref())),
    }
    Some(Rule {
        full_id: format!("{}/{}", reader.name, id.as_ref()),
        kind: rule.kind,
        file: reader.file.clone(),
        line,
        weak: rule.weak,
        menu_evidence: true,
        first: rule.first,
        last: rule.last,
        max_chars: rule.max_chars,
        action,
        notes: Notes {
            why: rule.why,
            source: rule.source,
            since: rule.since.map(Spanned::into_inner),
            until: rule.until.map(Spanned::into_inner),
            evidence: rule.evidence,
        },
    })
}

fn check_id(reader: &mut PackReader<'_>, id: &Spanned<String>) {
    let kebab = |text: &str| {
        !text.is_empty()
            && text.split('-').all(|word| {
                !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            })
    };
    if !kebab(id.as_ref()) {
        let lower = id.as_ref().to_lowercase();
        let words: Vec<_> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let suggestion = (!words.is_empty()).then(|| format!("write \"{}\"", words.join("-")));
        reader.problem_with(id.span(), "an id is lower-case words of letters and digits parted by hyphens", suggestion);
    }
}

fn check_options(reader: &mut PackReader<'_>, rule: &SourceRule<'_>) {
    let span = rule.id.span();
    let is_block = rule.from.is_some() || rule.to.is_some();
    let is_line = !is_block && rule.cut.is_none() && rule.keep.is_none();
    for (name, value) in [
        ("first", rule.first),
        ("last", rule.last),
        ("max-chars", rule.max_chars),
        ("max-lines", rule.max_lines),
        ("max-inner-chars", rule.max_inner_chars),
    ] {
        if value == Some(0) {
            reader.problem(span.clone(), format!("`{name}` counts from 1"));
        }
        let applies = match name {
            "max-lines" | "max-inner-chars" => is_block,
            "max-chars" => rule.keep.is_none() && !is_block,
            _ => rule.keep.is_none() && rule.cut.is_none(),
        };
        if value.is_some() && !applies {
            let suggestion = (name == "max-chars" && is_block)
                .then_some("`max-inner-chars` limits the lines of a block that no rule matches");
            reader.problem_with(span.clone(), format!("`{name}` has no meaning in this kind of rule"), suggestion);
        }
    }
    if rule.weak && !is_line {
        reader.problem(span, "only rules that take lines can be `weak`");
    }
}

fn check_dates(reader: &mut PackReader<'_>, rule: &SourceRule<'_>) {
    for date in rule.since.iter().chain(&rule.until) {
        if !is_date(date.as_ref()) {
            reader.problem(date.span(), "a date is a year, month or day such as \"2024\", \"2024-07\", \"2024-07-01\"");
        }
    }
}

/// A year, a month or a day; that a month has so many days is not looked at.
fn is_date(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let numbers: Option<Vec<u32>> = text.split('-').map(|part| part.parse().ok()).collect();
    let in_range = |index: usize, last: u32| {
        let number = numbers.as_ref().and_then(|numbers| numbers.get(index));
        number.is_none_or(|number| (1..=last).contains(number))
    };
    numbers.is_some() && matches!(lengths[..], [4] | [4, 2] | [4, 2, 2]) && in_range(1, 12) && in_range(2, 31)
}

fn read_action(reader: &mut PackReader<'_>, rule: &mut SourceRule<'_>) -> Option<Action> {
    let span = rule.id.span();
    let line_keys = [&rule.is, &rule.starts_with, &rule.ends_with, &rule.contains, &rule.made_of];
    let ways = [
        line_keys.iter().any(|key| key.is_some()),
        rule.from.is_some() || rule.to.is_some(),
        rule.cut.is_some(),
        rule.keep.is_some(),
    ];
    if ways.iter().filter(|way| **way).count() != 1 {
        let message = "a rule acts in one way: line patterns (is, starts-with, ends-with, contains, made-of), a block (from and to), cut, or keep";
        reader.problem(span, message);
        return None;
    }
    let exact_case = rule.case.is_some();
    if let Some(texts) = rule.cut.take() {
        let patterns =
            patterns::read(reader, &texts, Anchor::Contains, PatternUse::Cut { max_chars: rule.max_chars }, exact_case);
        return non_empty(reader, span, texts.is_empty(), patterns).map(Action::Cut);
    }
    if let Some(lines) = rule.keep.take() {
        let patterns = patterns::read_lines(reader, &lines, PatternUse::Keep, exact_case);
        return non_empty(reader, span, is_empty(&lines), patterns).map(Action::Keep);
    }
    if ways[1] {
        return blocks::read(reader, rule, exact_case);
    }
    read_line_action(reader, rule, exact_case)
}

fn read_line_action(reader: &mut PackReader<'_>, rule: &mut SourceRule<'_>, exact_case: bool) -> Option<Action> {
    let span = rule.id.span();
    let words = rule.made_of.take().unwrap_or_default();
    let lines = SourceLines {
        is: rule.is.take().unwrap_or_default(),
        starts_with: rule.starts_with.take().unwrap_or_default(),
        ends_with: rule.ends_with.take().unwrap_or_default(),
        contains: rule.contains.take().unwrap_or_default(),
    };
    let limits = LineLimits { weak: rule.weak, first: rule.first, last: rule.last, max_chars: rule.max_chars };
    let patterns = patterns::read_lines(reader, &lines, PatternUse::Line(limits), exact_case);
    let patterns = non_empty(reader, span, is_empty(&lines) && words.is_empty(), patterns)?;
    let vocabulary = read_vocabulary(reader, &words);
    Some(Action::Line { patterns, vocabulary })
}

fn read_vocabulary(reader: &mut PackReader<'_>, words: &[Spanned<SourceText<'_>>]) -> Vec<Box<[u8]>> {
    let words = reader.listed(words);
    let mut vocabulary: Vec<Box<[u8]>> = Vec::with_capacity(words.len());
    let mut seen = std::collections::HashSet::new();
    for word in words {
        let folded = folded(word.text.as_bytes(), Case::Folded);
        let letters = std::str::from_utf8(&folded).unwrap_or_default();
        if letters.is_empty() || !letters.chars().all(char::is_alphanumeric) {
            reader.problem(word.place, "made-of takes single words of letters and digits");
        } else if !seen.insert(folded.clone()) {
            reader.problem(word.place, "the rule has this word already");
        } else {
            vocabulary.push(folded.into());
        }
    }
    vocabulary
}
