//! Rows of lines that hold nothing but links, where text has markup.
//!
//! Lines that are only links are two thirds of the chrome of Markdown and hardly any of its content. What content there
//! is of them are lists within the text, tables of contents and references: so a row counts only beside all paragraphs,
//! and links to places on the page or to other sites do not speak for it. docs/quality.md has the measurements.

use std::ops::Range;

use crate::pack::RuleId;
use crate::text::chars;

use super::super::destination::Destinations;
use super::super::round::Round;
use super::super::shape::Trait;

/// A row has at least so many lines that are only links...
const FEWEST_LINES: usize = 4;
/// ...and more below a heading...
const FEWEST_BELOW_HEADING: usize = 12;
/// ...none of which is longer, in characters.
const MOST_CHARS: usize = 400;
/// Of a document with fewer paragraphs the links may be what it is about: lists of articles, of products.
const FEWEST_PARAGRAPHS: usize = 3;

/// Takes rows of links, for their rule.
pub(super) fn take(round: &mut Round<'_>, rule: RuleId) {
    let Some(destinations) = Destinations::of(round) else { return };
    let mut rows = rows(round, &destinations);
    rows.retain(|row| is_navigation(round, &destinations, row));
    for row in rows {
        round.taken.take_menu(&round.standing.lines[row], rule, Vec::new());
    }
}

fn rows(round: &Round<'_>, destinations: &Destinations<'_>) -> Vec<Range<usize>> {
    let belongs = |position: usize| {
        let is_free = || round.line(position).kept.is_none() && round.setting(position).is_none();
        let goes = round.is_taken(position) || round.line(position).is_matched();
        (goes || is_of_links(round, position) && !destinations.are_on_the_page(position)) && is_free()
    };
    let mut rows: Vec<Range<usize>> = Vec::new();
    for position in (0..round.count()).filter(|&position| belongs(position)) {
        match rows.last_mut() {
            Some(row) if row.end == position => row.end += 1,
            _ => rows.push(position..position + 1),
        }
    }
    rows
}

fn is_of_links(round: &Round<'_>, position: usize) -> bool {
    round.shows_of_markup(position, Trait::OnlyLinks) && chars(round.text(position)) <= MOST_CHARS
}

/// Whether a heading that stays stands above a row: manuals end with lists of what to read besides.
fn is_headed(round: &Round<'_>, row: &Range<usize>) -> bool {
    let above = row.start.checked_sub(1);
    above.is_some_and(|above| !round.is_taken(above) && round.shows_of_markup(above, Trait::Heading))
}

/// Whether a row is long enough, beside all paragraphs, and most of it leads to the site itself or to social networks.
fn is_navigation(round: &Round<'_>, destinations: &Destinations<'_>, row: &Range<usize>) -> bool {
    let of_links = || row.clone().filter(|&position| is_of_links(round, position));
    let count = of_links().count();
    let fewest = if is_headed(round, row) { FEWEST_BELOW_HEADING } else { FEWEST_LINES };
    count >= fewest
        && round.standing.surroundings.are_beside_paragraphs(row, FEWEST_PARAGRAPHS)
        && 2 * of_links().filter(|&position| destinations.are_near(position)).count() > count
}
