//! One site: from its sample to its candidates.

use std::collections::HashSet;

use crate::clean::Cleaner;
use crate::text::Document;

use super::candidate::CandidatePack;
use super::heads::heads;
use super::lines::{LineFacts, line_facts};
use super::options::MineOptions;
use super::pages::{Page, PageLine, Pages};
use super::rules::{Ids, Line, rules};
use super::sample::Sample;
use super::spelling::pattern_of;
use super::twins::drop_twins;
use super::weigh::{Weight, weigh};
use super::{example, kinds};

/// The candidates of a site; nothing where there are none.
pub(super) fn mine(site: &str, sample: &Sample, known: &Cleaner, options: &MineOptions) -> Option<CandidatePack> {
    let mut pages = Pages::read(sample.texts());
    drop_twins(&mut pages);
    let documents = pages.pages.len() as u32;
    if (documents as usize) < options.fewest_documents {
        return None;
    }
    let taken: Vec<Vec<bool>> = pages.pages.iter().map(|page| taken_lines(page, site, known)).collect();
    let literals = line_facts(&pages, &taken, |line| line.key);
    let families = line_facts(&pages, &taken, |line| line.family);
    let mut covered = HashSet::new();
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (family, facts) in families.iter().filter(|(_, facts)| facts.literals() > 1) {
        if let Some(line) = line(&pages, facts, documents) {
            covered.insert(*family);
            lines.push(line);
        }
    }
    for facts in literals.values() {
        let family = first_line(&pages, facts).family;
        let Some(mut line) = line(&pages, facts, documents).filter(|_| !covered.contains(&family)) else { continue };
        // One value among others is a fact of the document, unless most documents have it.
        let is_value = families.get(&family).is_some_and(|family| family.literals() > 1);
        if is_value && facts.documents * 2 < documents {
            line.weight = Weight::Weak;
        }
        lines.push(line);
    }
    covered.extend(lines.iter().map(|line| first_line(&pages, line.facts).key));
    let mut ids = Ids::default();
    let mut candidates = rules(&pages, lines, &mut ids);
    candidates.extend(heads(&pages, &covered, &taken, &mut ids));
    candidates.sort_by_key(|candidate| candidate.weak);
    if candidates.is_empty() {
        return None;
    }
    let pack = CandidatePack { site: site.to_owned(), seen: sample.offered, documents, candidates, example: None };
    Some(CandidatePack { example: example::example(&pack), ..pack })
}

/// Which lines of a page the known rules take whole.
fn taken_lines(page: &Page<'_>, site: &str, known: &Cleaner) -> Vec<bool> {
    let removals = known.removals(&Document::new(page.text).with_site(site));
    let mut removals = removals.iter().peekable();
    let is_taken = |line: &PageLine| {
        while removals.next_if(|removal| removal.span.end < line.end as usize).is_some() {}
        removals.peek().is_some_and(|removal| removal.span.start <= line.start as usize)
    };
    page.lines.iter().map(is_taken).collect()
}

/// The line where it was met first.
fn first_line(pages: &Pages<'_>, facts: &LineFacts) -> PageLine {
    let (page, at) = facts.first;
    pages.pages[page as usize].lines[at as usize]
}

/// The line as a candidate, if its facts are enough for one.
fn line<'f>(pages: &Pages<'_>, facts: &'f LineFacts, of: u32) -> Option<Line<'f>> {
    // What goes nearly always needs no rule.
    if facts.known * 10 >= facts.documents * 9 {
        return None;
    }
    let page = &pages.pages[facts.first.0 as usize];
    let varies = facts.literals() > 1;
    let pattern = pattern_of(page.text(&first_line(pages, facts)), varies)?;
    let kind = kinds::guess(&pattern);
    // What varies in other lines is a fact of the document: a price, a year, a number of pages.
    if varies && !kinds::counts(kind) {
        return None;
    }
    let weight = weigh(facts, of, kind)?;
    let has_letters = pattern.chars().any(char::is_alphabetic);
    Some(Line { pattern, kind, weight: if has_letters { weight } else { Weight::Weak }, facts })
}
