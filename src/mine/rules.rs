//! From lines to rules: those that stand together and are alike become one.

use std::collections::HashSet;

use crate::pack::{Evidence, Kind};

use super::candidate::{Candidate, CandidateShape};
use super::example;
use super::lines::LineFacts;
use super::pages::Pages;
use super::strength::{Strength, place};

/// A line that is a candidate by itself.
pub(super) struct CandidateLine<'f> {
    pub(super) pattern: String,
    pub(super) kind: Kind,
    pub(super) strength: Strength,
    pub(super) facts: &'f LineFacts,
}

/// A longer list is two rules.
const MOST_PATTERNS: usize = 40;

/// Candidates of lines: the strong ones first, and each in the order in which they stand in documents.
pub(super) fn rules(pages: &Pages<'_>, mut lines: Vec<CandidateLine<'_>>, ids: &mut Ids) -> Vec<Candidate> {
    let order = |line: &CandidateLine<'_>| (line.strength, place(line.facts), line.facts.place());
    lines.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.pattern.cmp(&b.pattern)));
    // Of two spellings, one is enough.
    let mut seen = HashSet::new();
    lines.retain(|line| seen.insert(line.pattern.to_lowercase()));
    let mut groups: Vec<Vec<CandidateLine<'_>>> = Vec::new();
    for line in lines {
        match groups.iter_mut().rev().take(LATEST_GROUPS).find(|group| belongs(group, &line)) {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups.iter().map(|group| candidate(pages, group, ids)).collect()
}

/// A line may join one of so many groups before it: lines of other kinds stand in between.
const LATEST_GROUPS: usize = 6;

/// Whether a line is of the same kind and place as those of the group, and about as frequent.
fn belongs(group: &[CandidateLine<'_>], line: &CandidateLine<'_>) -> bool {
    let first = &group[0];
    let alike = first.kind == line.kind && first.strength == line.strength && place(first.facts) == place(line.facts);
    let (a, b) = (first.facts.documents, line.facts.documents);
    alike && a.min(b) * 5 >= a.max(b) * 4 && group.len() < MOST_PATTERNS
}

fn candidate(pages: &Pages<'_>, group: &[CandidateLine<'_>], ids: &mut Ids) -> Candidate {
    let first = &group[0];
    let documents = group.iter().map(|line| line.facts.documents).min().unwrap_or(0);
    Candidate {
        id: ids.of(&first.pattern, first.kind),
        kind: first.kind,
        weak: first.strength == Strength::Weak,
        shape: CandidateShape::Is(group.iter().map(|line| line.pattern.clone()).collect()),
        max_chars: None,
        evidence: Evidence {
            documents,
            of: pages.pages.len() as u32,
            place: place(first.facts),
            example: Some(shown(pages, first.facts.first())),
        },
    }
}

/// The line in its first document, with those beside it; each cut where it is long.
pub(super) fn shown(pages: &Pages<'_>, (page, at): (u32, u32)) -> [String; 3] {
    let page = &pages.pages[page as usize];
    let line = |at: Option<usize>| {
        let line = at.and_then(|at| page.lines.get(at));
        line.map_or_else(String::new, |line| example::shortened(page.text(line)))
    };
    let at = at as usize;
    [line(at.checked_sub(1)), line(Some(at)), line(Some(at + 1))]
}

/// Ids of rules, each once.
#[derive(Default)]
pub(super) struct Ids(HashSet<String>);

impl Ids {
    /// An id of the pattern's first words, or of the kind where these have no plain letters.
    pub(super) fn of(&mut self, pattern: &str, kind: Kind) -> String {
        const MOST_WORDS: usize = 4;
        let lower = pattern.to_lowercase();
        let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.take(MOST_WORDS).collect();
        let plain = lower.chars().filter(|c| c.is_alphabetic()).all(|c| c.is_ascii());
        let stem = if words.is_empty() || !plain { kind.name().to_owned() } else { words.join("-") };
        let numbered = |number: u32| if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
        let id = (1..).map(numbered).find(|id| !self.0.contains(id)).unwrap_or_default();
        self.0.insert(id.clone());
        id
    }
}
