//! Rows of neighbouring short lines, which may be menus.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::pack::RuleId;

use super::super::round::Round;
use super::super::shape::{FEWEST_ITEMS, Trait};
use super::super::subject;
use super::evidence::{Item, MenuPlace, evidence};

/// A row that is a menu.
struct Menu {
    lines: Vec<u32>,
    texts: Vec<Box<[u8]>>,
    evidence: Vec<RuleId>,
}

/// Takes rows that are menus, for the rule of menus.
pub(super) fn take(round: &mut Round<'_>, rule: RuleId) {
    for row in rows(round) {
        if let Some(Menu { lines, texts, evidence }) = menu_in(round, &row) {
            round.taken.take_menu(&lines, rule, evidence);
            round.known_items.add(texts);
        }
    }
}

fn menu_in(round: &Round<'_>, row: &Range<usize>) -> Option<Menu> {
    let is_between = round.standing.surroundings.is_between_paragraphs(row);
    let place = if is_between { MenuPlace::BetweenParagraphs } else { MenuPlace::AtAnEnd };
    let items = items(round, row.clone());
    evidence(&items, place)?;
    if subject::is_spoken_of(round, row, items.iter().map(|item| item.text)) {
        return None;
    }
    let named = items.iter().filter_map(|item| Some(round.named(item.position, item.rule?)));
    let evidence: BTreeSet<RuleId> = named.collect();
    let lines = items.iter().map(|item| round.standing.lines[item.position]).collect();
    let texts = items.iter().map(|item| item.text.into()).collect();
    Some(Menu { lines, texts, evidence: evidence.into_iter().collect() })
}

/// Rows around lines that match; lines that are taken already are no gap.
fn rows(round: &Round<'_>) -> Vec<Range<usize>> {
    let belongs = |position: usize| {
        let line = round.line(position);
        let is_free = line.kept.is_none() && round.setting(position).is_none();
        let is_taken = round.is_taken(position);
        let is_numbered = || !line.is_matched() && round.shows(position, Trait::Numbered);
        let is_short = is_free && (is_taken || round.shows(position, Trait::Item) && !is_numbered());
        is_short && (is_taken || line.is_matched() || !is_torn(round, position))
    };
    let mut rows: Vec<Range<usize>> = Vec::new();
    for position in round.standing.matched() {
        let covered = rows.last().map_or(0, |row| row.end);
        if position < covered || !belongs(position) {
            continue;
        }
        let start = (covered..position).rev().take_while(|&before| belongs(before)).last().unwrap_or(position);
        let end = (position..round.count()).find(|&after| !belongs(after)).unwrap_or(round.count());
        rows.push(start..end);
    }
    rows.retain(|row| row.len() >= FEWEST_ITEMS);
    rows
}

/// Whether the line is a piece of a sentence: extractors put each link of a paragraph on a line of its
/// own, and what stands before a piece belongs to the sentence too.
fn is_torn(round: &Round<'_>, position: usize) -> bool {
    let goes_on = |position: usize| {
        position < round.count() && !round.line(position).is_matched() && round.shows(position, Trait::Fragment)
    };
    goes_on(position) || goes_on(position + 1)
}

/// The items of a row. The line before prose may be its heading, the line after prose its last one or a caption, and the
/// document's first line its title: none is an item unless it is known.
fn items<'r>(round: &'r Round<'_>, row: Range<usize>) -> Vec<Item<'r>> {
    let (may_be_title, before_text) = (row.start > 0 || round.window.opens, row.end < round.count());
    let item = |position: usize| {
        let line = round.line(position);
        let rule = line.strong.or(line.weak).filter(|&rule| round.engine.traits(rule).is_evidence);
        Item::new(position, round.text(position).trim_ascii(), rule, round.known_items)
    };
    let mut items: Vec<Item<'r>> = row.filter(|&position| !round.is_taken(position)).map(item).collect();
    let is_unknown = |item: &Item<'_>| !item.is_known;
    if before_text && items.last().is_some_and(is_unknown) {
        items.pop();
    }
    if may_be_title && items.first().is_some_and(is_unknown) {
        items.remove(0);
    }
    items
}
