//! What markup ties together: a line stays while what depends on it does, or else that would be read as something else.

use std::ops::Range;

use crate::markup::{LineKind, MarkupLine, VisibleText};

use super::round::Round;
use super::taken::How;

/// Gives back lines that were taken in this round and on which others depend that still stand.
pub(super) fn give_back(round: &mut Round<'_>) {
    let Some(visible) = round.written.visible.filter(|_| round.taken.count() > 0) else { return };
    let mut before = usize::MAX;
    // What is given back may need what stands above it, and below.
    while round.taken.count() < before {
        before = round.taken.count();
        for number in (0..visible.lines().len()).rev() {
            let seen = round.scan.seen_line(number).filter(|&seen| round.taken.is_of_round(seen));
            if let Some(seen) = seen.filter(|_| is_needed(round, visible, number)) {
                round.taken.give_back(seen);
            }
        }
    }
}

/// Whether others depend on the line that is seen of one.
pub(super) fn is_seen_line_needed(round: &Round<'_>, seen: u32) -> bool {
    let visible = round.written.visible;
    visible.is_some_and(|visible| is_needed(round, visible, round.scan.written_line(seen)))
}

/// Whether a line is the header of a table of which rows stand, an item of a list with lines below it that stand, the
/// heading of what stands, an entry of contents among others, or all that parts what stands above from what stands below.
fn is_needed(round: &Round<'_>, visible: &VisibleText, number: usize) -> bool {
    let lines = visible.lines();
    let is_header = lines.get(number + 1).is_some_and(|next| next.kind == LineKind::TableRule);
    if is_header {
        return rows_below(lines, number + 1).any(|row| stands(round, row));
    }
    let is_parent = lines[number].is_item() && !visible.is_dump();
    is_parent && inside_item(round, lines, number).any(|below| stands(round, below))
        || is_heading_of_text(round, lines, number)
        || is_entry_of_contents(round, visible, number)
        || keeps_apart(round, lines, number)
}

/// Whether a line is a heading that no strong rule takes, and what stands below it is no other heading.
fn is_heading_of_text(round: &Round<'_>, lines: &[MarkupLine], number: usize) -> bool {
    let is_weak = || {
        let cause = round.scan.seen_line(number).and_then(|seen| round.taken.cause(seen));
        cause.is_some_and(|cause| matches!(cause.how, How::Run | How::Menu | How::Evidence))
    };
    let below = || (number + 1..lines.len()).find(|&below| round.scan.seen_line(below).is_some());
    let is_text = |below: usize| stands(round, below) && !lines[below].is_heading();
    lines[number].is_heading() && is_weak() && below().is_some_and(is_text)
}

/// Whether a line leads to a place on the page and stands in a list beside another one that does and stands.
fn is_entry_of_contents(round: &Round<'_>, visible: &VisibleText, number: usize) -> bool {
    let lines = visible.lines();
    let is_entry = |number: usize| lines[number].is_item() && leads_to_page_itself(round, visible, &lines[number]);
    let beside = |other: usize| other < lines.len() && is_entry(other) && stands(round, other);
    is_entry(number) && (number > 0 && beside(number - 1) || beside(number + 1))
}

/// Whether all links of a line that is only links lead to places on the page.
fn leads_to_page_itself(round: &Round<'_>, visible: &VisibleText, line: &MarkupLine) -> bool {
    let mut links = visible.links_in(line.start..line.end).iter();
    line.only_links() && links.all(|link| link.leads_to_page_itself(round.written.text))
}

/// So many lines are looked at above one: longer paragraphs stand in no page.
const MOST_LINES_ABOVE: usize = 64;

/// Whether the line below begins a table or is a rule or a definition, and without this one would go on with the paragraph
/// above.
fn keeps_apart(round: &Round<'_>, lines: &[MarkupLine], number: usize) -> bool {
    let Some(below) = lines.get(number + 1) else { return false };
    let is_header = lines.get(number + 2).is_some_and(|next| next.kind == LineKind::TableRule);
    let is_rule = match below.kind {
        LineKind::Break => true,
        LineKind::Protected => round.written.text[below.raw_start as usize..].trim_ascii_start().starts_with(b"["),
        _ => is_header && (below.kind == LineKind::Empty || stands(round, number + 1)),
    };
    let block = (0..number).rev().take_while(|&above| lines[above].kind != LineKind::Blank);
    let mut above = block.take(MOST_LINES_ABOVE);
    is_rule && above.any(|above| stands(round, above))
}

/// The tables of a text: where the header is, by number among all lines, and the rows below its rule.
pub(super) fn tables(visible: &VisibleText) -> impl Iterator<Item = (usize, Range<usize>)> {
    let lines = visible.lines();
    let rules = (1..lines.len()).filter(|&number| lines[number].kind == LineKind::TableRule);
    rules.map(|rule| (rule - 1, rows_below(lines, rule)))
}

fn rows_below(lines: &[MarkupLine], rule: usize) -> Range<usize> {
    rule + 1..rule + 1 + lines[rule + 1..].iter().take_while(|line| line.is_table_row()).count()
}

/// The lines that belong to an item of a list: those that are indented more, and what goes on with its paragraph.
fn inside_item<'r>(
    round: &'r Round<'_>,
    lines: &'r [MarkupLine],
    item: usize,
) -> impl Iterator<Item = usize> + use<'r> {
    let own = indent(round, &lines[item]);
    let mut after_blank = false;
    (item + 1..lines.len()).take_while(move |&below| {
        let line = &lines[below];
        let is_blank = line.kind == LineKind::Blank;
        let goes_on = !after_blank && !line.is_item();
        after_blank = is_blank;
        is_blank || goes_on || indent(round, line) > own
    })
}

fn stands(round: &Round<'_>, number: usize) -> bool {
    round.scan.seen_line(number).is_some_and(|seen| !round.taken.holds(seen))
}

/// How far a line is indented, in columns.
fn indent(round: &Round<'_>, line: &MarkupLine) -> usize {
    const TAB: usize = 4;
    let raw = &round.written.text[line.raw_start as usize..line.raw_end as usize];
    raw.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).map(|&byte| if byte == b'\t' { TAB } else { 1 }).sum()
}
