//! Ends of lines: a constant start with a varying rest, or a varying start with a constant end.

use crate::pack::{Evidence, Kind, LinePlace};

use super::candidate::Candidate;
use super::ends::{EdgeLine, End, Side, ends};
use super::existing_rules::{At, ExistingRules, MOST_ASKED};
use super::kinds;
use super::lines::{CountedLines, Covered};
use super::pages::PageLine;
use super::rules::{Ids, shown};

/// Longer lines, in characters, are paragraphs.
const LONGEST_LINE: u32 = 200;
/// One in so many lines with an end may be a sentence.
const LINES_PER_SENTENCE: u32 = 5;

const SIDES: [Side; 2] = [Side::Head, Side::Tail];

/// Candidates of ends that lines share which are no candidates by themselves.
pub(super) fn edges(
    counted: &CountedLines<'_, '_>,
    known: &ExistingRules<'_, '_>,
    covered: &Covered,
    ids: &mut Ids,
) -> Vec<Candidate> {
    let lines = lines(counted, covered);
    let enough: Vec<(Side, &[u8], End)> = SIDES
        .into_iter()
        .flat_map(|side| ends(counted, &lines, side).into_iter().map(move |(text, end)| (side, text, end)))
        .filter(|(side, text, end)| {
            is_enough(end, counted.documents())
                && side.says_what_the_line_is(kinds::guess(&String::from_utf8_lossy(text)))
        })
        .collect();
    let chosen: Vec<(Side, &[u8], &End)> = SIDES.iter().flat_map(|side| chosen(&enough, *side)).collect();
    let places = places(counted, &lines, &chosen);
    let new = chosen.into_iter().zip(places).filter(|(_, places)| !known.takes(places));
    new.filter_map(|((side, text, end), _)| candidate(counted, text, end, side, ids)).collect()
}

/// Of ends within one another the longest that most of their documents have.
fn chosen<'e>(enough: &'e [(Side, &'e [u8], End)], side: Side) -> Vec<(Side, &'e [u8], &'e End)> {
    let of_side = enough.iter().filter(|(other, ..)| *other == side);
    let mut chosen: Vec<(&[u8], &End)> = of_side.map(|(_, text, end)| (*text, end)).collect();
    chosen.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(b.0)));
    let mut kept: Vec<(&[u8], &End)> = Vec::new();
    for &(text, end) in &chosen {
        let widened = |other: &(&[u8], &End)| side.holds(text, other.0) && other.1.documents * 10 > end.documents * 11;
        if !chosen.iter().any(widened) && !kept.iter().any(|(longer, _)| side.holds(longer, text)) {
            kept.push((text, end));
        }
    }
    kept.sort_by(|a, b| a.0.cmp(b.0));
    kept.into_iter().map(|(text, end)| (side, text, end)).collect()
}

/// Where lines with each of the ends stand first.
fn places(counted: &CountedLines<'_, '_>, lines: &[EdgeLine], chosen: &[(Side, &[u8], &End)]) -> Vec<Vec<At>> {
    let place = |(side, text, _): &(Side, &[u8], &End)| {
        let has_end = |line: &&EdgeLine| side.is_end(counted.pages.literal(line.key), text);
        lines.iter().filter(has_end).take(MOST_ASKED).map(|line| line.at).collect()
    };
    chosen.iter().map(place).collect()
}

/// The lines that may have an end, in order.
fn lines(counted: &CountedLines<'_, '_>, covered: &Covered) -> Vec<EdgeLine> {
    let mut lines = Vec::new();
    for (number, page) in counted.pages.pages.iter().enumerate() {
        let (first_prose, last_prose) = counted.text_of(number);
        for (at, line) in page.lines.iter().enumerate() {
            if line.chars <= LONGEST_LINE && !covered.has(line) {
                let is_edge = at < first_prose || at > last_prose;
                let PageLine { key, chars, is_sentence, .. } = *line;
                lines.push(EdgeLine { key, chars, is_sentence, is_edge, at: (number as u32, at as u32) });
            }
        }
    }
    lines
}

fn is_enough(end: &End, of: u32) -> bool {
    end.recurs(of) && end.sentences * LINES_PER_SENTENCE <= end.lines
}

fn candidate(counted: &CountedLines<'_, '_>, text: &[u8], end: &End, side: Side, ids: &mut Ids) -> Option<Candidate> {
    let (page, at) = end.first;
    let page = &counted.pages.pages[page as usize];
    let pattern = side.pattern(page.text(&page.lines[at as usize]), text.len())?;
    let kind = kinds::guess(&pattern);
    let at_edge = end.at_edge * 2 > end.documents;
    Some(Candidate {
        id: ids.of(&pattern, kind),
        kind,
        // Inside the text a line that has only an end of it may be the text's own.
        weak: !at_edge || kind == Kind::Byline,
        shape: side.shape(pattern),
        // A rest may be somewhat longer than those that were seen.
        max_chars: Some((end.longest + end.longest / 4).next_multiple_of(10)),
        evidence: Evidence {
            documents: end.documents,
            of: counted.documents(),
            place: if at_edge { LinePlace::Tail } else { LinePlace::Middle },
            example: Some(shown(counted.pages, end.first)),
        },
    })
}
