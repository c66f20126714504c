//! One site: from its sample to its candidates.

use crate::clean::Cleaner;
use crate::pack::{Evidence, Kind};
use crate::text::Document;

use super::candidate::{Candidate, CandidatePack, Shape};
use super::kinds;
use super::lines::{LineFacts, line_facts};
use super::options::MineOptions;
use super::pages::{Page, Pages};
use super::sample::Sample;
use super::spelling::pattern_of;
use super::twins::drop_twins;
use super::weigh::{Weight, place, weigh};

/// A line that is a candidate by itself.
struct Line<'f> {
    pattern: String,
    kind: Kind,
    weight: Weight,
    facts: &'f LineFacts,
}

/// The candidates of a site; nothing where there are none.
pub(super) fn mine(site: &str, sample: &Sample, known: &Cleaner, options: &MineOptions) -> Option<CandidatePack> {
    let mut pages = Pages::read(sample.texts());
    drop_twins(&mut pages);
    let documents = pages.pages.len() as u32;
    if (documents as usize) < options.fewest_documents {
        return None;
    }
    let taken: Vec<Vec<bool>> = pages.pages.iter().map(|page| taken_lines(page, site, known)).collect();
    let facts = line_facts(&pages, &taken, |line| line.key);
    let families = line_facts(&pages, &taken, |line| line.family);
    let mut lines: Vec<Line<'_>> = facts.values().filter_map(|facts| line(&pages, facts, documents)).collect();
    lines.extend(
        families.values().filter(|facts| facts.literals() > 1).filter_map(|facts| line(&pages, facts, documents)),
    );
    lines.sort_by(|a, b| {
        let order = |line: &Line<'_>| (line.weight, line.facts.place());
        order(a).cmp(&order(b)).then_with(|| a.pattern.cmp(&b.pattern))
    });
    let candidates = grouped(&pages, lines, documents);
    (!candidates.is_empty()).then(|| CandidatePack {
        site: site.to_owned(),
        seen: sample.offered,
        documents,
        candidates,
    })
}

/// Which lines of a page the known rules take whole.
fn taken_lines(page: &Page<'_>, site: &str, known: &Cleaner) -> Vec<bool> {
    let removals = known.removals(&Document::new(page.text).with_site(site));
    let mut removals = removals.iter().peekable();
    let is_taken = |line: &super::pages::PageLine| {
        while removals.next_if(|removal| removal.span.end < line.end as usize).is_some() {}
        removals.peek().is_some_and(|removal| removal.span.start <= line.start as usize)
    };
    page.lines.iter().map(is_taken).collect()
}

fn line<'f>(pages: &Pages<'_>, facts: &'f LineFacts, of: u32) -> Option<Line<'f>> {
    // What goes nearly always needs no rule.
    if facts.known * 10 >= facts.documents * 9 {
        return None;
    }
    let (page, at) = facts.first;
    let page = &pages.pages[page as usize];
    let pattern = pattern_of(page.text(&page.lines[at as usize]), facts.literals() > 1)?;
    let kind = kinds::guess(&pattern);
    let varies = facts.literals() > 1;
    // What varies in other lines is a fact of the document: a price, a year, a number of pages.
    if varies && !kinds::counts(kind) {
        return None;
    }
    let weight = weigh(facts, of, kind)?;
    let has_letters = pattern.chars().any(char::is_alphabetic);
    let weight = if has_letters { weight } else { Weight::Weak };
    Some(Line { pattern, kind, weight, facts })
}

/// Lines that come together become one candidate.
fn grouped(pages: &Pages<'_>, lines: Vec<Line<'_>>, of: u32) -> Vec<Candidate> {
    const MOST_PATTERNS: usize = 40;
    let mut groups: Vec<Vec<Line<'_>>> = Vec::new();
    for line in lines {
        let belongs = |group: &Vec<Line<'_>>| {
            let first = &group[0];
            let alike =
                first.kind == line.kind && first.weight == line.weight && place(first.facts) == place(line.facts);
            let (a, b) = (first.facts.documents, line.facts.documents);
            alike && a.min(b) * 5 >= a.max(b) * 4 && group.len() < MOST_PATTERNS
        };
        match groups.last_mut().filter(|group| belongs(group)) {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    let mut ids = Ids::default();
    groups.iter().map(|group| candidate(pages, group, of, &mut ids)).collect()
}

fn candidate(pages: &Pages<'_>, group: &[Line<'_>], of: u32, ids: &mut Ids) -> Candidate {
    let first = &group[0];
    let documents = group.iter().map(|line| line.facts.documents).min().unwrap_or(0);
    let example = Some(example(pages, first.facts));
    Candidate {
        id: ids.of(&first.pattern, first.kind),
        kind: first.kind,
        weak: first.weight == Weight::Weak,
        shape: Shape::Is(group.iter().map(|line| line.pattern.clone()).collect()),
        max_chars: None,
        evidence: Evidence { documents, of, place: place(first.facts), example },
    }
}

/// The line in its first document, with those beside it; each cut where it is long.
fn example(pages: &Pages<'_>, facts: &LineFacts) -> String {
    const MOST_CHARS: usize = 80;
    let (page, at) = facts.first;
    let page = &pages.pages[page as usize];
    let shown = |at: Option<usize>| {
        let line = at.and_then(|at| page.lines.get(at)).map(|line| String::from_utf8_lossy(page.text(line)));
        let plain: String = line.unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
        let plain = plain.trim();
        match plain.char_indices().nth(MOST_CHARS) {
            Some((end, _)) => format!("{}…", &plain[..end]),
            None => plain.to_owned(),
        }
    };
    let at = at as usize;
    [shown(at.checked_sub(1)), shown(Some(at)), shown(Some(at + 1))].join("\n")
}

/// Ids of rules, each once.
#[derive(Default)]
struct Ids(std::collections::HashSet<String>);

impl Ids {
    /// An id of the pattern's first words, or of the kind where these have no plain letters.
    fn of(&mut self, pattern: &str, kind: Kind) -> String {
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
