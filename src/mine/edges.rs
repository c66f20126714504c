//! Ends of lines: a constant start with a varying rest, or a varying start with a constant end.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::pack::{Evidence, Kind, LinePlace};

use super::candidate::{Candidate, CandidateShape};
use super::existing_rules::{At, ExistingRules, MOST_ASKED};
use super::kinds;
use super::lines::{CountedLines, Covered};
use super::normalised::{Normaliser, head_pattern, tail_pattern};
use super::pages::{Key, PageLine};
use super::rules::{Ids, shown};

/// The numbers by which ends are chosen.
mod bounds {
    /// Longer lines, in characters, are paragraphs.
    pub(super) const LONGEST_LINE: u32 = 200;
    /// Words of an end, and its bytes at least.
    pub(super) const MOST_WORDS: usize = 6;
    pub(super) const FEWEST_BYTES: usize = 8;
    /// An end has at least so many different rests.
    pub(super) const FEWEST_RESTS: usize = 3;
    /// It stands in so many documents at least, in percent.
    pub(super) const LEAST_SHARE: u32 = 25;
    pub(super) const FEWEST_DOCUMENTS: u32 = 3;
    /// One in so many of its lines may be a sentence.
    pub(super) const LINES_PER_SENTENCE: u32 = 5;
}

/// Which end of a line is constant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Head,
    Tail,
}

const SIDES: [Side; 2] = [Side::Head, Side::Tail];

impl Side {
    /// The first or last words of a folded line, from one word to all but one.
    fn texts(self, literal: &[u8]) -> impl Iterator<Item = &[u8]> {
        let nth = move |nth: usize| match self {
            Side::Head => memchr::memchr_iter(b' ', literal).nth(nth).map(|at| &literal[..at]),
            Side::Tail => memchr::memrchr_iter(b' ', literal).nth(nth).map(|at| &literal[at + 1..]),
        };
        (0..bounds::MOST_WORDS).map_while(nth).filter(|text| {
            text.len() >= bounds::FEWEST_BYTES && !text.iter().any(u8::is_ascii_digit) && !text.contains(&0x1A)
        })
    }

    /// Whether every line with the long end has the short one.
    fn holds(self, long: &[u8], short: &[u8]) -> bool {
        match self {
            Side::Head => long.starts_with(short),
            Side::Tail => long.ends_with(short),
        }
    }

    /// Whether a line with an end of that kind is chrome whatever else is in it.
    fn says_what_the_line_is(self, kind: Kind) -> bool {
        match self {
            Side::Head => kinds::introduces(kind),
            Side::Tail => kinds::concludes(kind),
        }
    }

    fn pattern(self, raw: &[u8], folded_len: usize) -> Option<String> {
        match self {
            Side::Head => head_pattern(raw, folded_len),
            Side::Tail => tail_pattern(raw, folded_len),
        }
    }

    fn shape(self, pattern: String) -> CandidateShape {
        match self {
            Side::Head => CandidateShape::StartsWith(vec![pattern]),
            Side::Tail => CandidateShape::EndsWith(vec![pattern]),
        }
    }
}

/// What is known of an end.
#[derive(Default)]
struct End {
    documents: u32,
    last_page: Option<u32>,
    lines: u32,
    sentences: u32,
    at_edge: u32,
    longest: u32,
    rests: [Key; bounds::FEWEST_RESTS],
    rest_count: usize,
    /// Its first line.
    first: At,
}

/// Candidates of ends that lines share which are no candidates by themselves.
pub(super) fn edges(
    counted: &CountedLines<'_, '_>,
    known: &ExistingRules<'_, '_>,
    covered: &Covered,
    ids: &mut Ids,
) -> Vec<Candidate> {
    let ends = count(counted, covered);
    let enough = ends.iter().zip(SIDES).flat_map(|(ends, side)| enough(counted, ends, side));
    let enough: Vec<(Side, Box<[u8]>, &End)> = enough.collect();
    let chosen: Vec<(Side, &[u8], &End)> = SIDES.iter().flat_map(|side| chosen(&enough, *side)).collect();
    let places = places(counted, covered, &chosen);
    let new = chosen.into_iter().zip(places).filter(|(_, places)| !known.takes(places));
    new.filter_map(|((side, text, end), _)| candidate(counted, text, end, side, ids)).collect()
}

/// The ends that are enough and say what their lines are, with their texts.
fn enough<'e>(
    counted: &CountedLines<'_, '_>,
    ends: &'e Ends,
    side: Side,
) -> impl Iterator<Item = (Side, Box<[u8]>, &'e End)> {
    let mut normaliser = Normaliser::default();
    let enough = ends.iter().filter(|(_, end)| is_enough(end, counted.documents()));
    enough.filter_map(move |(text_hash, end)| {
        let page = &counted.pages.pages[end.first.0 as usize];
        let literal = normaliser.literal(page.text(&page.lines[end.first.1 as usize]));
        let text = side.texts(literal).find(|text| hash(text) == *text_hash)?;
        let says = side.says_what_the_line_is(kinds::guess(&String::from_utf8_lossy(text)));
        says.then(|| (side, text.into(), end))
    })
}

/// Of ends within one another the longest that most of their documents have.
fn chosen<'e>(enough: &'e [(Side, Box<[u8]>, &'e End)], side: Side) -> Vec<(Side, &'e [u8], &'e End)> {
    let of_side = enough.iter().filter(|(other, ..)| *other == side);
    let mut chosen: Vec<(&[u8], &End)> = of_side.map(|(_, text, end)| (&**text, *end)).collect();
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

fn hash(text: &[u8]) -> u64 {
    FixedState::with_seed(0).hash_one(text)
}

/// By the hash of its text, which is read again where its first line stands.
type Ends = HashMap<u64, End, FixedState>;

/// The ends of both sides, as [`SIDES`] has them.
fn count(counted: &CountedLines<'_, '_>, covered: &Covered) -> [Ends; 2] {
    let mut ends = SIDES.map(|_| Ends::with_hasher(FixedState::with_seed(0)));
    each_line(counted, covered, |literal, line, at, is_edge| {
        for (side, ends) in SIDES.iter().zip(&mut ends) {
            for text in side.texts(literal) {
                let end = ends.entry(hash(text)).or_insert_with(|| End { first: at, ..End::default() });
                if end.last_page.replace(at.0) != Some(at.0) {
                    end.documents += 1;
                    end.at_edge += u32::from(is_edge);
                }
                end.lines += 1;
                end.sentences += u32::from(line.is_sentence);
                end.longest = end.longest.max(line.chars);
                if end.rest_count < end.rests.len() && !end.rests[..end.rest_count].contains(&line.key) {
                    end.rests[end.rest_count] = line.key;
                    end.rest_count += 1;
                }
            }
        }
    });
    ends
}

/// Where lines with each of the ends stand first.
fn places(counted: &CountedLines<'_, '_>, covered: &Covered, chosen: &[(Side, &[u8], &End)]) -> Vec<Vec<At>> {
    let mut places = vec![Vec::new(); chosen.len()];
    if !chosen.is_empty() {
        each_line(counted, covered, |literal, _, at, _| {
            for ((side, text, _), places) in chosen.iter().zip(&mut places) {
                if places.len() < MOST_ASKED && side.texts(literal).any(|own| own == *text) {
                    places.push(at);
                }
            }
        });
    }
    places
}

/// Shows each line that may have an end: folded, with where it stands, and whether that is before or after the text.
fn each_line(counted: &CountedLines<'_, '_>, covered: &Covered, mut show: impl FnMut(&[u8], &PageLine, At, bool)) {
    let mut normaliser = Normaliser::default();
    for (number, page) in counted.pages.pages.iter().enumerate() {
        let (first_prose, last_prose) = counted.text_of(number);
        for (at, line) in page.lines.iter().enumerate() {
            if line.chars <= bounds::LONGEST_LINE && !covered.has(line) {
                let is_edge = at < first_prose || at > last_prose;
                show(normaliser.literal(page.text(line)), line, (number as u32, at as u32), is_edge);
            }
        }
    }
}

fn is_enough(end: &End, of: u32) -> bool {
    end.documents >= bounds::FEWEST_DOCUMENTS
        && end.documents * 100 >= bounds::LEAST_SHARE * of
        && end.rest_count >= bounds::FEWEST_RESTS
        && end.sentences * bounds::LINES_PER_SENTENCE <= end.lines
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
