//! Rows of neighbouring short lines, which may be menus.

use std::ops::Range;

use crate::engine::Engine;
use crate::text::Window;

use super::super::fates::Fates;
use super::super::reading::Reading;
use super::super::shape;
use super::super::view::View;
use super::item::is_fragment;
use super::{FEWEST_ITEMS, Item, KnownItems};

/// Rows around lines that match; lines that go already are no gap.
pub(super) fn rows(window: &Window<'_>, reading: &Reading, view: &View, fates: &Fates) -> Vec<Range<usize>> {
    let belongs = |position: usize| {
        let line = view.lines[position];
        let facts = view.facts(position);
        let free = facts.kept.is_none() && view.setting(window, reading, position).is_none();
        let is_numbered = || !facts.is_matched() && shape::is_numbered(reading.text(window, line));
        let short = free && (fates.is_taken(line) || reading.is_item(window, line) && !is_numbered());
        short && (fates.is_taken(line) || facts.is_matched() || !is_torn(window, reading, view, position))
    };
    let mut rows: Vec<Range<usize>> = Vec::new();
    for position in view.matched() {
        let covered = rows.last().map_or(0, |row| row.end);
        if position < covered || !belongs(position) {
            continue;
        }
        let start = (covered..position).rev().take_while(|&before| belongs(before)).last().unwrap_or(position);
        let end = (position..view.lines.len()).find(|&after| !belongs(after)).unwrap_or(view.lines.len());
        rows.push(start..end);
    }
    rows.retain(|row| row.len() >= FEWEST_ITEMS);
    rows
}

/// Whether the line is a piece of a sentence: extractors put each link of a paragraph on a line of its
/// own, and what stands before a piece belongs to the sentence too.
fn is_torn(window: &Window<'_>, reading: &Reading, view: &View, position: usize) -> bool {
    let goes_on = |position: usize| {
        let line = view.lines.get(position);
        line.is_some_and(|&line| !view.facts(position).is_matched() && is_fragment(reading.text(window, line)))
    };
    goes_on(position) || goes_on(position + 1)
}

/// The items of a row. The line before prose may be its heading, the line behind prose its last one or a caption, and the
/// document's first line its title: none is an item unless it is known.
pub(super) fn items<'t>(
    engine: &Engine,
    window: &Window<'t>,
    reading: &'t Reading,
    view: &View,
    (fates, known): (&Fates, &KnownItems),
    row: Range<usize>,
) -> Vec<Item<'t>> {
    let (may_be_title, before_text) = (row.start > 0 || window.opens, row.end < view.lines.len());
    let standing = row.filter(|&position| !fates.is_taken(view.lines[position]));
    let item = |position: usize| {
        let (line, facts) = (view.lines[position], view.facts(position));
        let rule = facts.strong.or(facts.weak).filter(|&rule| engine.rule(rule).menus);
        Item { line, text: reading.text(window, line).trim_ascii(), rule }
    };
    let mut items: Vec<Item<'t>> = standing.map(item).collect();
    if before_text && items.last().is_some_and(|item| !known.holds(item)) {
        items.pop();
    }
    if may_be_title && items.first().is_some_and(|item| !known.holds(item)) {
        items.remove(0);
    }
    items
}
