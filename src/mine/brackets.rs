//! What stands in brackets in lines of the text: "(Advertisement)" after a sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

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
    pub(super) const FEWEST_DOCUMENTS: usize = 3;
    pub(super) const LEAST_SHARE: usize = 25;
}

/// What is known of a piece.
#[derive(Default)]
struct Bracketed {
    documents: BTreeSet<u32>,
    lines: BTreeSet<Key>,
    /// Its first line, and where it stands in that document, in bytes.
    first: (u32, u32),
    span: Range<usize>,
    text: String,
}

/// Candidates of pieces in brackets that lines share which are no candidates by themselves.
pub(super) fn brackets(
    counted: &CountedLines<'_, '_>,
    known: &ExistingRules<'_, '_>,
    covered: &Covered,
    ids: &mut Ids,
) -> Vec<Candidate> {
    let mut pieces: BTreeMap<Box<[u8]>, Bracketed> = BTreeMap::new();
    let mut normaliser = Normaliser::default();
    for (number, page) in counted.pages.pages.iter().enumerate() {
        for (at, line) in page.lines.iter().enumerate() {
            let raw = page.text(line);
            if covered.has(line) || memchr::memchr2(b'(', b'[', raw).is_none() {
                continue;
            }
            for span in bracketed(raw) {
                let Some(text) = pattern_of(&raw[span.clone()], false).filter(|_| span.len() < raw.trim_ascii().len())
                else {
                    continue;
                };
                let piece = pieces.entry(normaliser.literal(&raw[span.clone()]).into()).or_insert_with(|| Bracketed {
                    first: (number as u32, at as u32),
                    span: line.start as usize + span.start..line.start as usize + span.end,
                    text,
                    ..Bracketed::default()
                });
                piece.documents.insert(number as u32);
                piece.lines.insert(line.key);
            }
        }
    }
    let of = counted.documents() as usize;
    let is_enough = |piece: &&Bracketed| {
        piece.lines.len() >= bounds::FEWEST_LINES
            && piece.documents.len() >= bounds::FEWEST_DOCUMENTS
            && piece.documents.len() * 100 >= bounds::LEAST_SHARE * of
            && !known.takes_span(piece.first.0, piece.span.clone())
    };
    pieces.values().filter(is_enough).filter_map(|piece| candidate(counted, piece, ids)).collect()
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
    let kind = kinds::guess(&piece.text);
    // A cut takes its text out of every sentence: what else stands in brackets is the author's.
    kinds::inserts(kind).then(|| Candidate {
        id: ids.of(&piece.text, kind),
        kind,
        weak: false,
        shape: CandidateShape::Cut(vec![piece.text.clone()]),
        max_chars: None,
        evidence: Evidence {
            documents: piece.documents.len() as u32,
            of: counted.documents(),
            place: LinePlace::Middle,
            example: Some(shown(counted.pages, piece.first)),
        },
    })
}
