//! Habits that make a pack take too much or too little.

mod heads;
mod shown;
mod words;

use std::fmt;

use super::{Action, Anchor, Pack, Pattern, Rule, Scope, common_phrases};
use shown::{fixed_chars, fixed_text, lossy, shown};

/// Something in a pack that is allowed and hardly ever meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// The pack's file.
    pub file: String,
    /// The line of the file, from 1.
    pub line: usize,
    /// What was seen, and what to do.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Fewer characters of fixed text than this, unanchored, stand in too many sentences.
const FEW_CHARS: usize = 8;

impl Pack {
    /// Habits that make a pack take too much or too little. They stop nothing.
    pub fn warnings(&self) -> Vec<Warning> {
        warnings(self)
    }
}

fn warnings(pack: &Pack) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |line, message: String| warnings.push(Warning { file: pack.file.to_string(), line, message });
    for pattern in pack.signature.iter().filter(|pattern| fixed_chars(pattern) < FEW_CHARS) {
        warn(1, format!("the signature \"{}\" is short and may activate the pack on other sites", shown(pattern)));
    }
    for rule in &pack.rules {
        for message in rule_warnings(pack, rule) {
            warn(rule.line, format!("{}: {message}", rule.full_id));
        }
    }
    if pack.examples.is_empty() {
        warn(1, "the pack has no example; an [[example]] shows what it takes and is its test".to_owned());
    }
    warnings
}

fn rule_warnings(pack: &Pack, rule: &Rule) -> Vec<String> {
    let takes_lines = matches!(rule.action, Action::Line { .. });
    let of_pattern = |pattern| {
        common_phrases::warning(pack, rule, pattern)
            .or_else(|| short(pack, rule, pattern))
            .or_else(|| takes_lines.then(|| heads::warning(pack, rule, pattern)).flatten())
    };
    let mut messages: Vec<String> = rule.patterns().filter_map(of_pattern).collect();
    if let Action::Line { vocabulary, .. } = &rule.action
        && matches!(vocabulary.len(), 1 | 2)
    {
        messages.push("`made-of` takes lines of at least three words and has fewer to build them of".to_owned());
    }
    messages.extend(shadowed(rule));
    messages
}

/// What to do about a pattern of few characters.
fn short(pack: &Pack, rule: &Rule, pattern: &Pattern) -> Option<String> {
    let takes_lines = matches!(rule.action, Action::Line { .. });
    if fixed_chars(pattern) >= FEW_CHARS || !takes_lines {
        return None;
    }
    let strong_and_everywhere = !rule.weak && pack.scope() == Scope::Generic;
    match pattern.anchor {
        Anchor::Contains => {
            Some(format!("`contains` \"{}\" is short and stands in ordinary sentences; anchor it", shown(pattern)))
        }
        Anchor::StartsWith | Anchor::EndsWith if strong_and_everywhere && rule.max_chars.is_none() => {
            Some(format!("\"{}\" is short; set `max-chars`, or make the rule weak", shown(pattern)))
        }
        _ => None,
    }
}

/// Patterns that can never be the first to match, as a shorter one of the same rule does before.
fn shadowed(rule: &Rule) -> Vec<String> {
    let heads: Vec<&Pattern> = rule.patterns().filter(|pattern| pattern.anchor == Anchor::StartsWith).collect();
    let mut texts: Vec<&[u8]> = heads.iter().filter_map(|pattern| fixed_text(pattern)).collect();
    texts.sort_unstable();
    let followed_by_space = |short: &[u8], long: &[u8]| long.len() > short.len() && long[short.len()] == b' ';
    texts
        .windows(2)
        .filter(|pair| pair[1].starts_with(pair[0]) && followed_by_space(pair[0], pair[1]))
        .map(|pair| format!("\"{}\" is needless: \"{}\" takes it", lossy(pair[1]), lossy(pair[0])))
        .collect()
}
