//! The lines of a window as they are written, with what goes with what.

use crate::markup::{LineKind, MarkupLine, VisibleText};

use super::round::Round;
use super::structure;

/// A line that is not blank, as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrittenLine {
    /// Where it begins, and where it ends, its terminator included, in bytes of the window.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The scanned line that is seen of it; of a line of which nothing is seen, the one with which it goes, if it does.
    pub(super) with: Option<u32>,
}

/// The lines of a window that are not blank, as they are written.
pub(super) enum WrittenLines<'r> {
    /// They are the scanned ones.
    Scanned(&'r Round<'r>),
    Marked(Vec<WrittenLine>),
}

impl<'r> WrittenLines<'r> {
    pub(super) fn of(round: &'r Round<'r>) -> WrittenLines<'r> {
        match round.written.visible {
            None => WrittenLines::Scanned(round),
            Some(visible) => WrittenLines::Marked(marked(round, visible)),
        }
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        match self {
            WrittenLines::Scanned(round) => round.scan.lines.len(),
            WrittenLines::Marked(lines) => lines.len(),
        }
    }

    #[inline]
    pub(super) fn get(&self, number: usize) -> WrittenLine {
        match self {
            WrittenLines::Scanned(round) => {
                let line = round.scan.lines[number];
                WrittenLine { start: line.start as usize, end: line.end as usize, with: Some(number as u32) }
            }
            WrittenLines::Marked(lines) => lines[number],
        }
    }
}

fn marked(round: &Round<'_>, visible: &VisibleText) -> Vec<WrittenLine> {
    let mut lines = Vec::with_capacity(visible.lines().len());
    // Places in `lines` of which nothing is seen and which go only between lines that go.
    let mut between: Vec<usize> = Vec::new();
    // The last line that is seen; before the first one there is none.
    let mut last: Option<u32> = None;
    let headers = headers_that_go(round, visible);
    let goes = |line: Option<u32>| line.is_none_or(|line| round.taken.holds(line));
    for (number, marked) in visible.lines().iter().enumerate() {
        let mut with = None;
        if let Some(line) = round.scan.seen_line(number) {
            with_neighbours(&mut lines, &mut between, (last, line), goes);
            (with, last) = (Some(line), Some(line));
        } else if marked.kind == LineKind::Blank && !marked.joined_to_previous() {
            continue;
        } else if let Ok(header) = headers.binary_search_by_key(&number, |(header, _)| *header) {
            with = Some(headers[header].1);
        } else if belongs_to_line_above(marked) {
            with = lines.last().and_then(|above: &WrittenLine| above.with).filter(|&line| goes(Some(line)));
            if between.last().is_some_and(|&place| place + 1 == lines.len()) {
                between.push(lines.len());
            }
        } else if goes_between(marked) {
            between.push(lines.len());
        }
        lines.push(WrittenLine { start: marked.raw_start as usize, end: marked.raw_end as usize, with });
    }
    if let Some(last) = last.filter(|&line| round.taken.holds(line)) {
        between.iter().for_each(|&place| lines[place].with = Some(last));
    }
    lines
}

/// Tables' headers of which nothing is seen, each with the last row of the table, if all of them go.
fn headers_that_go(round: &Round<'_>, visible: &VisibleText) -> Vec<(usize, u32)> {
    let tables = structure::tables(visible).filter(|(header, _)| round.scan.seen_line(*header).is_none());
    tables
        .filter_map(|(header, body)| {
            let rows: Vec<u32> = body.filter_map(|row| round.scan.seen_line(row)).collect();
            let last = rows.iter().all(|&row| round.taken.holds(row)).then_some(rows.last()).flatten();
            last.map(|&last| (header, last))
        })
        .collect()
}

/// Lets lines between two that are seen go with them, if both go.
fn with_neighbours(
    lines: &mut [WrittenLine],
    between: &mut Vec<usize>,
    (before, after): (Option<u32>, u32),
    goes: impl Fn(Option<u32>) -> bool,
) {
    let both_go = goes(before) && goes(Some(after));
    for place in between.drain(..) {
        lines[place].with = if both_go { before.or(Some(after)) } else { None };
    }
}

fn belongs_to_line_above(line: &MarkupLine) -> bool {
    line.joined_to_previous() || matches!(line.kind, LineKind::Underline | LineKind::TableRule)
}

/// Images, list marks without an item, and what parts sections are worth nothing between lines that go.
fn goes_between(line: &MarkupLine) -> bool {
    matches!(line.kind, LineKind::Image | LineKind::Empty | LineKind::Break) && !line.is_table_row()
}
