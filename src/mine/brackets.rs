//! What stands in brackets in lines of the text: "(Advertisement)" after a sentence.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use foldhash::fast::FixedState;

use crate::pack::{Evidence, LinePlace};

use super::candidate::{Candidate, CandidateShape};
use super::existing_rules::ExistingRules;
use super::kinds;
use super::lines::{CountedLines, Covered};
use super::normalised::{Normaliser, pattern_of};
use super::pages::Key;
use super::rules::{Ids, shown};

/// The numbers by which pieces are chosen.
mod bounds {
    /// Longer ones, in bytes with their brackets, are remarks.
    pub(super) const LONGEST: usize = 60;
    pub(super) const SHORTEST: usize = 4;
    /// A piece stands in so many different lines, in so many documents, and in so many percent of them.
    pub(super) const FEWEST_LINES: usize = 3;
    pub(super) const FEWEST_DOCUMENTS: u32 = 3;
    pub(super) const LEAST_SHARE: u32 = 25;
}

/// What is known of a piece.
#[derive(Default)]
struct Bracketed {
    documents: u32,
    last_page: Option<u32>,
    /// Different lines, up to as many as are asked for.
    lines: Vec<Key>,
    /// Its first line, and where it stands in that document, in bytes.
    first: (u32, u32),
    span: Range<usize>,
}

impl Bracketed {
    fn add(&mut self, page: u32, key: Key) {
        self.documents += u32::from(self.last_page.replace(page) != Some(page));
        if self.lines.len() < bounds::FEWEST_LINES && !self.lines.contains(&key) {
            self.lines.push(key);
        }
    }

    fn is_enough(&self, of: u32) -> bool {
        self.lines.len() >= bounds::FEWEST_LINES
            && self.documents >= bounds::FEWEST_DOCUMENTS
            && self.documents * 100 >= bounds::LEAST_SHARE * of
    }
}

/// Candidates of pieces in brackets that lines share which are no candidates by themselves.
pub(super) fn brackets(
    counted: &CountedLines<'_, '_>,
    known: &ExistingRules<'_, '_>,
    covered: &Covered,
    ids: &mut Ids,
) -> Vec<Candidate> {
    let is_new = |piece: &Bracketed| !known.takes_span(piece.first.0, piece.span.clone());
    let enough: Vec<Bracketed> = enough(counted, covered).into_values().filter(is_new).collect();
    enough.iter().filter_map(|piece| candidate(counted, piece, ids)).collect()
}

/// The pieces that enough lines have, by their folded texts.
fn enough(counted: &CountedLines<'_, '_>, covered: &Covered) -> BTreeMap<Box<[u8]>, Bracketed> {
    let mut pieces: HashMap<Box<[u8]>, Bracketed, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
    let mut normaliser = Normaliser::default();
    for (number, page) in counted.pages.pages.iter().enumerate() {
        for (at, line) in page.lines.iter().enumerate() {
            let raw = page.text(line);
            if covered.has(line) || memchr::memchr2(b'(', b'[', raw).is_none() {
                continue;
            }
            for span in bracketed(raw) {
                let piece = &raw[span.clone()];
                if span.len() >= raw.trim_ascii().len() || !is_pattern(piece) {
                    continue;
                }
                let literal = normaliser.literal(piece);
                let there = match pieces.get_mut(literal) {
                    Some(there) => there,
                    None => pieces.entry(literal.into()).or_insert_with(|| Bracketed {
                        first: (number as u32, at as u32),
                        span: line.start as usize + span.start..line.start as usize + span.end,
                        ..Bracketed::default()
                    }),
                };
                there.add(number as u32, line.key);
            }
        }
    }
    pieces.into_iter().filter(|(_, piece)| piece.is_enough(counted.documents())).collect()
}

/// Whether a pattern can be made of the piece.
fn is_pattern(piece: &[u8]) -> bool {
    // Of plain text always.
    piece.iter().all(|byte| matches!(byte, b' '..=b'~')) || pattern_of(piece, false).is_some()
}

/// The pieces of a line from a bracket to its partner, without brackets or digits within.
fn bracketed(raw: &[u8]) -> impl Iterator<Item = std::ops::Range<usize>> {
    memchr::memchr2_iter(b'(', b'[', raw).filter_map(|start| {
        let partner = if raw[start] == b'(' { b')' } else { b']' };
        let inner = &raw[start + 1..raw.len().min(start + bounds::LONGEST)];
        let len = inner.iter().position(|byte| matches!(byte, b'(' | b')' | b'[' | b']'))?;
        let is_plain = inner[len] == partner && !inner[..len].iter().any(u8::is_ascii_digit);
        (is_plain && len + 2 >= bounds::SHORTEST).then_some(start..start + len + 2)
    })
}

fn candidate(counted: &CountedLines<'_, '_>, piece: &Bracketed, ids: &mut Ids) -> Option<Candidate> {
    let page = &counted.pages.pages[piece.first.0 as usize];
    let text = pattern_of(&page.text[piece.span.clone()], false)?;
    let kind = kinds::guess(&text);
    // A cut takes its text out of every sentence: what else stands in brackets is the author's.
    kinds::inserts(kind).then(|| Candidate {
        id: ids.of(&text, kind),
        kind,
        weak: false,
        shape: CandidateShape::Cut(vec![text]),
        max_chars: None,
        evidence: Evidence {
            documents: piece.documents,
            of: counted.documents(),
            place: LinePlace::Middle,
            example: Some(shown(counted.pages, piece.first)),
        },
    })
}
