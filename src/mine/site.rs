//! One site: from its sample to its candidates.

use std::collections::{HashMap, HashSet};

use crate::clean::Cleaner;

use super::blocks::{StrongLine, blocks};
use super::candidate::{Candidate, CandidatePack};
use super::edges::edges;
use super::known::Known;
use super::lines::{Counted, Covered, LineFacts};
use super::pages::{Key, PageLine, Pages};
use super::pieces::pieces;
use super::rows::rows;
use super::rules::{Ids, Line, rules};
use super::sample::Sample;
use super::spelling::pattern_of;
use super::twins::drop_twins;
use super::weigh::{Weight, is_rare, weigh};
use super::{example, kinds};

/// What is proposed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Proposals {
    WhatRecurs,
    BlocksToo,
}

/// The candidates of a site; nothing where there are none.
pub(super) fn mine(
    site: &str,
    sample: &Sample,
    known: &Cleaner,
    fewest_documents: usize,
    proposals: Proposals,
) -> Option<CandidatePack> {
    let mut pages = Pages::read(sample.texts());
    drop_twins(&mut pages);
    let documents = pages.pages.len() as u32;
    if (documents as usize) < fewest_documents {
        return None;
    }
    let counted = Counted::new(&pages);
    let known = Known::new(known, site, &pages);
    let literals = counted.line_facts(|line| line.key);
    let families = counted.line_facts(|line| line.family);
    let lines = lines(&counted, &known, &literals, &families);
    let candidates = candidates(&counted, &known, lines, proposals);
    if candidates.is_empty() {
        return None;
    }
    let pack = CandidatePack { site: site.to_owned(), seen: sample.offered, documents, candidates, example: None };
    Some(CandidatePack { example: example::example(&pack), ..pack })
}

type Facts = [(Key, LineFacts)];

/// The lines that are candidates by themselves, with what they are counted as.
fn lines<'f>(
    counted: &Counted<'_, '_>,
    known: &Known<'_, '_>,
    literals: &'f Facts,
    families: &'f Facts,
) -> Vec<(Key, Line<'f>)> {
    let mut lines: Vec<(Key, Line<'_>)> = Vec::new();
    let mut covered = HashSet::new();
    for (family, facts) in families.iter().filter(|(_, facts)| facts.literals() > 1) {
        if let Some(line) = line(counted, known, facts) {
            covered.insert(*family);
            lines.push((*family, line));
        }
    }
    for (key, facts) in literals {
        let family = first_line(counted.pages, facts).family;
        if covered.contains(&family) {
            continue;
        }
        let Some(mut line) = line(counted, known, facts) else { continue };
        // One value among others is a fact of the document, unless most documents have it.
        let found = families.binary_search_by_key(&family, |(key, _)| *key);
        let is_value = found.is_ok_and(|at| families[at].1.literals() > 1);
        if is_value && facts.documents * 2 < counted.documents() {
            line.weight = Weight::Weak;
        }
        lines.push((*key, line));
    }
    lines
}

/// All candidates, those that speak for themselves first.
fn candidates(
    counted: &Counted<'_, '_>,
    known: &Known<'_, '_>,
    lines: Vec<(Key, Line<'_>)>,
    proposals: Proposals,
) -> Vec<Candidate> {
    let covered = Covered::new(counted.pages, lines.iter().map(|(key, _)| *key));
    let strong_line = |(key, line): &(Key, Line<'_>)| {
        let strong = StrongLine { pattern: line.pattern.clone(), kind: line.kind };
        (line.weight == Weight::Strong && line.facts.literals() == 1).then_some((*key, strong))
    };
    let strong: HashMap<Key, StrongLine> = lines.iter().filter_map(strong_line).collect();
    let mut ids = Ids::default();
    let mut candidates = rules(counted.pages, lines.into_iter().map(|(_, line)| line).collect(), &mut ids);
    candidates.extend(edges(counted, known, &covered, &mut ids));
    candidates.extend(rows(counted, known, &covered, &mut ids));
    candidates.extend(pieces(counted, known, &covered, &mut ids));
    if proposals == Proposals::BlocksToo {
        candidates.extend(blocks(counted, &strong, &covered, &mut ids));
    }
    candidates.sort_by_key(|candidate| candidate.weak);
    candidates
}

/// The line where it was met first.
fn first_line(pages: &Pages<'_>, facts: &LineFacts) -> PageLine {
    let (page, at) = facts.first();
    pages.pages[page as usize].lines[at as usize]
}

/// The line as a candidate, if its facts are enough for one.
fn line<'f>(counted: &Counted<'_, '_>, known: &Known<'_, '_>, facts: &'f LineFacts) -> Option<Line<'f>> {
    if is_rare(facts, counted.documents()) {
        return None;
    }
    let pages = counted.pages;
    let page = &pages.pages[facts.first().0 as usize];
    let varies = facts.literals() > 1;
    let pattern = pattern_of(page.text(&first_line(pages, facts)), varies)?;
    let kind = kinds::guess(&pattern);
    // What varies in other lines is a fact of the document: a price, a year, a number of pages.
    if varies && !kinds::counts(kind) {
        return None;
    }
    let weight = weigh(facts, counted.documents(), kind)?;
    if known.takes(&facts.seen) {
        return None;
    }
    let has_letters = pattern.chars().any(char::is_alphabetic);
    Some(Line { pattern, kind, weight: if has_letters { weight } else { Weight::Weak }, facts })
}
