//! What markup ties together: a line stays while what depends on it does, or else that would be read as something else.

use std::ops::Range;

use crate::markup::{LineKind, MarkupLine, VisibleText};

use super::round::Round;

/// Gives back lines that were taken in this round and on which others depend that still stand: a table's header, and an
/// item of a list with others below it.
pub(super) fn give_back(round: &mut Round<'_>) {
    let Some(visible) = round.written.visible.filter(|_| round.taken.count() > 0) else { return };
    give_back_parents(round, visible);
    for (header, body) in tables(visible) {
        if body.clone().any(|row| stands(round, row)) {
            give_back_line(round, header);
        }
    }
}

/// The tables of a text: where the header is, by number among all lines, and the rows below its rule.
pub(super) fn tables(visible: &VisibleText) -> impl Iterator<Item = (usize, Range<usize>)> {
    let lines = visible.lines();
    let rules = (1..lines.len()).filter(|&number| lines[number].kind == LineKind::TableRule);
    rules.map(|rule| {
        let rows = lines[rule + 1..].iter().take_while(|line| line.is_table_row()).count();
        (rule - 1, rule + 1..rule + 1 + rows)
    })
}

/// From the last item to the first, so that an item that is given back keeps the one above it.
fn give_back_parents(round: &mut Round<'_>, visible: &VisibleText) {
    let lines = visible.lines();
    for (number, line) in lines.iter().enumerate().rev().filter(|(_, line)| line.is_item()) {
        if round.scan.seen_line(number).is_some_and(|seen| round.taken.holds(seen)) {
            let own = indent(round, line);
            let below = (number + 1..lines.len()).filter(|&below| lines[below].kind != LineKind::Blank);
            let mut inside = below.take_while(|&below| indent(round, &lines[below]) > own);
            if inside.any(|below| stands(round, below)) {
                give_back_line(round, number);
            }
        }
    }
}

fn stands(round: &Round<'_>, number: usize) -> bool {
    round.scan.seen_line(number).is_some_and(|seen| !round.taken.holds(seen))
}

fn give_back_line(round: &mut Round<'_>, number: usize) {
    if let Some(seen) = round.scan.seen_line(number) {
        round.taken.give_back(seen);
    }
}

/// How far a line is indented, in columns.
fn indent(round: &Round<'_>, line: &MarkupLine) -> usize {
    const TAB: usize = 4;
    let raw = &round.written.text[line.raw_start as usize..line.raw_end as usize];
    raw.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).map(|&byte| if byte == b'\t' { TAB } else { 1 }).sum()
}
