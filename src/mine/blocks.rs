//! Boxes: a line that opens one, lines that vary, and a line that closes it or the document's end.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::pack::{Evidence, Kind, LinePlace};
use crate::text::LONGEST_IN_BOX;

use super::candidate::{Candidate, CandidateShape};
use super::kinds;
use super::lines::{CountedLines, Covered};
use super::pages::{Key, Page};
use super::rules::{Ids, shown};

/// The numbers by which blocks are chosen.
mod bounds {
    /// Lines of a block at most.
    pub(super) const MOST_LINES: usize = 60;
    /// It stands in so many documents at least, and in so many percent of them.
    pub(super) const FEWEST_DOCUMENTS: u32 = 5;
    pub(super) const LEAST_SHARE: u32 = 25;
    /// So many percent of its openings are closed...
    pub(super) const LEAST_CLOSED: u32 = 95;
    /// ...and so many percent of them have lines within that are no candidates: else these are enough.
    pub(super) const LEAST_VARYING: u32 = 50;
}

/// A line that is a strong candidate by itself.
pub(super) struct StrongLine {
    pub(super) pattern: String,
    pub(super) kind: Kind,
}

/// By key.
pub(super) type StrongLines = HashMap<Key, StrongLine, FixedState>;

/// What is known of a block with one opening and one closing.
#[derive(Default)]
struct BlockEnd {
    closed: u32,
    varying: u32,
    /// Lines within that are no candidates, of all documents.
    lines: usize,
    longest: usize,
}

/// Where blocks of one opening may end.
struct OpenedBlocks {
    times: u32,
    documents: u32,
    last_page: u32,
    first: (u32, u32),
    /// By the closing line; none is the document's end.
    ways: BTreeMap<Option<Key>, BlockEnd>,
}

/// Candidates of blocks after the text, from and to lines that are strong candidates.
pub(super) fn blocks(
    counted: &CountedLines<'_, '_>,
    strong: &StrongLines,
    covered: &Covered,
    ids: &mut Ids,
) -> Vec<Candidate> {
    let mut openings: BTreeMap<Key, OpenedBlocks> = BTreeMap::new();
    let mut times = vec![0; counted.pages.keys];
    for (number, page) in counted.pages.pages.iter().enumerate() {
        let (_, last_prose) = counted.text_of(number);
        page.lines.iter().for_each(|line| times[line.key as usize] += 1);
        for (at, line) in page.lines.iter().enumerate() {
            if covered.has(line) && strong.get(&line.key).is_some_and(|line| kinds::opens(line.kind)) {
                let first = (number as u32, at as u32);
                let opened = openings.entry(line.key).or_insert(OpenedBlocks {
                    times: 0,
                    documents: 0,
                    last_page: u32::MAX,
                    first,
                    ways: BTreeMap::new(),
                });
                opened.times += 1;
                opened.documents += u32::from(std::mem::replace(&mut opened.last_page, first.0) != first.0);
                if at > last_prose {
                    note_closings(opened, &Opening { page, at, times: &times }, strong, covered);
                }
            }
        }
        page.lines.iter().for_each(|line| times[line.key as usize] = 0);
    }
    let mut closings = HashSet::new();
    let chosen = openings.iter().filter_map(|(key, opened)| {
        let (closing, way) = best(opened, counted.documents())?;
        closings.insert(closing).then(|| candidate(counted, strong, *key, (opened, closing, way), ids))
    });
    chosen.collect()
}

/// A line that opens a block.
struct Opening<'o, 't> {
    page: &'o Page<'t>,
    at: usize,
    /// How often each key stands in the document.
    times: &'o [u32],
}

/// Notes each line at which this block may close.
fn note_closings(opened: &mut OpenedBlocks, opening: &Opening<'_, '_>, strong: &StrongLines, covered: &Covered) {
    let Opening { page, at, times } = *opening;
    let mut within = 0;
    let mut note = |closing: Option<Key>, lines: usize, within: usize| {
        let way = opened.ways.entry(closing).or_default();
        way.closed += 1;
        way.varying += u32::from(within > 0);
        way.lines += within;
        way.longest = way.longest.max(lines);
    };
    for (after, line) in page.lines[at + 1..].iter().enumerate() {
        if after + 2 > bounds::MOST_LINES {
            return;
        }
        let is_candidate = covered.has(line);
        // It ends one thing of its document: it has no value in it, and stands there once.
        let closes_once = line.key == line.family && times[line.key as usize] == 1;
        if is_candidate && closes_once && strong.contains_key(&line.key) {
            note(Some(line.key), after + 2, within);
        }
        if !is_candidate && line.chars > LONGEST_IN_BOX {
            return;
        }
        within += usize::from(!is_candidate);
    }
    note(None, page.lines.len() - at, within);
}

/// The closing that takes most of what varies; of two that take the same, the nearer one, and a line before the end.
fn best(opened: &OpenedBlocks, of: u32) -> Option<(Option<Key>, &BlockEnd)> {
    let is_enough = opened.documents >= bounds::FEWEST_DOCUMENTS && opened.documents * 100 >= bounds::LEAST_SHARE * of;
    let closes = |way: &BlockEnd| {
        way.closed * 100 >= bounds::LEAST_CLOSED * opened.times
            && way.varying * 100 >= bounds::LEAST_VARYING * opened.times
    };
    let ways = opened.ways.iter().filter(|(_, way)| is_enough && closes(way));
    let best = ways.max_by_key(|(key, way)| (way.lines, std::cmp::Reverse(way.longest), key.is_some()));
    best.map(|(key, way)| (*key, way))
}

fn candidate(
    counted: &CountedLines<'_, '_>,
    strong: &StrongLines,
    opening: Key,
    (opened, closing, way): (&OpenedBlocks, Option<Key>, &BlockEnd),
    ids: &mut Ids,
) -> Candidate {
    let StrongLine { pattern, kind } = &strong[&opening];
    Candidate {
        id: ids.of(&format!("{pattern} block"), *kind),
        kind: *kind,
        weak: false,
        shape: CandidateShape::Block {
            from: pattern.clone(),
            to: closing.map(|closing| strong[&closing].pattern.clone()),
            // A box may be somewhat longer than those that were seen.
            max_lines: (way.longest + way.longest / 4) as u32,
        },
        max_chars: None,
        evidence: Evidence {
            documents: opened.documents,
            of: counted.documents(),
            place: LinePlace::Tail,
            example: Some(shown(counted.pages, opened.first)),
        },
    }
}
