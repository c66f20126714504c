//! One site: from its sample to its candidates.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::clean::Cleaner;

use super::blocks::{StrongLine, StrongLines, blocks};
use super::brackets::brackets;
use super::candidate::{Candidate, CandidatePack};
use super::edges::edges;
use super::existing_rules::ExistingRules;
use super::lines::{CountedLines, Covered, LineFacts};
use super::near_duplicates::drop_near_duplicates;
use super::normalised::pattern_of;
use super::pages::{Key, PageLine, Pages};
use super::rules::{CandidateLine, Ids, rules};
use super::sample::Sample;
use super::strength::{Strength, is_rare, strength};
use super::word_lists::word_lists;
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
    drop_near_duplicates(&mut pages);
    let documents = pages.pages.len() as u32;
    if (documents as usize) < fewest_documents {
        return None;
    }
    let counted = CountedLines::new(&pages);
    let known = ExistingRules::new(known, site, &pages);
    let literals = counted.literal_facts();
    let families = counted.family_facts();
    let lines = lines(&counted, &known, &literals, &families);
    let candidates = candidates(&counted, &known, lines, proposals);
    if candidates.is_empty() {
        return None;
    }
    let pack = CandidatePack { site: site.to_owned(), seen: sample.offered, documents, candidates, example: None };
    Some(CandidatePack { example: example::example(&pack), ..pack })
}

type FactsByKey = [(Key, LineFacts)];

/// The lines that are candidates by themselves, with what they are counted as.
fn lines<'f>(
    counted: &CountedLines<'_, '_>,
    known: &ExistingRules<'_, '_>,
    literals: &'f FactsByKey,
    families: &'f FactsByKey,
) -> Vec<(Key, CandidateLine<'f>)> {
    let mut lines: Vec<(Key, CandidateLine<'_>)> = Vec::new();
    let mut covered: HashSet<Key, FixedState> = HashSet::default();
    for (family, facts) in families {
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
        let is_value = families.binary_search_by_key(&family, |(key, _)| *key).is_ok();
        if is_value && facts.documents * 2 < counted.documents() {
            line.strength = Strength::Weak;
        }
        lines.push((*key, line));
    }
    lines
}

/// All candidates, those that speak for themselves first.
fn candidates(
    counted: &CountedLines<'_, '_>,
    known: &ExistingRules<'_, '_>,
    lines: Vec<(Key, CandidateLine<'_>)>,
    proposals: Proposals,
) -> Vec<Candidate> {
    let covered = Covered::new(counted.pages, lines.iter().map(|(key, _)| *key));
    let strong_line = |(key, line): &(Key, CandidateLine<'_>)| {
        let strong = StrongLine { pattern: line.pattern.clone(), kind: line.kind };
        (line.strength == Strength::Strong && line.facts.literals() == 1).then_some((*key, strong))
    };
    let strong: StrongLines = lines.iter().filter_map(strong_line).collect();
    let mut ids = Ids::default();
    let mut candidates = rules(counted.pages, lines.into_iter().map(|(_, line)| line).collect(), &mut ids);
    candidates.extend(edges(counted, known, &covered, &mut ids));
    candidates.extend(word_lists(counted, known, &covered, &mut ids));
    candidates.extend(brackets(counted, known, &covered, &mut ids));
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
fn line<'f>(
    counted: &CountedLines<'_, '_>,
    known: &ExistingRules<'_, '_>,
    facts: &'f LineFacts,
) -> Option<CandidateLine<'f>> {
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
    let strength = strength(facts, counted.documents(), kind)?;
    if known.takes(&facts.seen) {
        return None;
    }
    let has_letters = pattern.chars().any(char::is_alphabetic);
    Some(CandidateLine { pattern, kind, strength: if has_letters { strength } else { Strength::Weak }, facts })
}
