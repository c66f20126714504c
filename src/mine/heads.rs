//! Heads of lines: a constant start with a varying rest.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::pack::{Evidence, Kind, Place};

use super::candidate::{Candidate, Shape};
use super::kinds;
use super::pages::{Key, PageLine, Pages};
use super::rules::{Ids, shown};
use super::spelling::{Speller, head_pattern};

/// The numbers by which heads are chosen.
mod bounds {
    /// Longer lines, in characters, are paragraphs.
    pub(super) const LONGEST_LINE: u32 = 200;
    /// Words of a head, and its characters at least.
    pub(super) const MOST_WORDS: usize = 6;
    pub(super) const FEWEST_CHARS: usize = 8;
    /// A head has at least so many different rests.
    pub(super) const FEWEST_RESTS: usize = 3;
    /// It stands in so many documents at least, in percent.
    pub(super) const LEAST_SHARE: u32 = 25;
    pub(super) const FEWEST_DOCUMENTS: u32 = 3;
    /// One in so many of its lines may be a sentence.
    pub(super) const LINES_PER_SENTENCE: u32 = 5;
}

/// What is known of a head.
#[derive(Default)]
struct Head {
    documents: u32,
    last_page: Option<u32>,
    lines: u32,
    sentences: u32,
    at_edge: u32,
    longest: u32,
    rests: HashSet<Key>,
    /// Its first line.
    first: (u32, u32),
}

/// Candidates of heads that lines share which are no candidates by themselves.
pub(super) fn heads(pages: &Pages<'_>, covered: &HashSet<Key>, taken: &[Vec<bool>], ids: &mut Ids) -> Vec<Candidate> {
    let heads = count(pages, covered, taken);
    let of = pages.pages.len() as u32;
    let mut chosen: Vec<(&[u8], &Head)> = heads
        .iter()
        .filter(|(text, head)| is_enough(head, of) && kinds::introduces(kinds::guess(&String::from_utf8_lossy(text))))
        .map(|(text, head)| (&**text, head))
        .collect();
    // Of heads within one another the longest that most of their documents have.
    chosen.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(b.0)));
    let mut kept: Vec<(&[u8], &Head)> = Vec::new();
    for &(text, head) in &chosen {
        let widened =
            |other: &(&[u8], &Head)| text.starts_with(other.0) && other.1.documents * 10 > head.documents * 11;
        if !chosen.iter().any(widened) && !kept.iter().any(|(longer, _)| longer.starts_with(text)) {
            kept.push((text, head));
        }
    }
    kept.sort_by(|a, b| a.0.cmp(b.0));
    kept.into_iter().filter_map(|(text, head)| candidate(pages, text, head, ids)).collect()
}

fn count(pages: &Pages<'_>, covered: &HashSet<Key>, taken: &[Vec<bool>]) -> HashMap<Box<[u8]>, Head, FixedState> {
    let mut heads: HashMap<Box<[u8]>, Head, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
    let mut speller = Speller::default();
    for (number, page) in pages.pages.iter().enumerate() {
        let is_prose = |line: &PageLine| line.is_sentence && line.chars > bounds::LONGEST_LINE / 2;
        let first_prose = page.lines.iter().position(is_prose).unwrap_or(0);
        let last_prose = page.lines.iter().rposition(is_prose).unwrap_or(page.lines.len());
        for (at, line) in page.lines.iter().enumerate() {
            let is_covered = covered.contains(&line.key) || covered.contains(&line.family);
            if is_covered || line.chars > bounds::LONGEST_LINE || taken[number][at] {
                continue;
            }
            let literal = speller.spell(page.text(line)).literal;
            for text in beginnings(literal) {
                let head = match heads.get_mut(text) {
                    Some(head) => head,
                    None => heads
                        .entry(text.into())
                        .or_insert_with(|| Head { first: (number as u32, at as u32), ..Head::default() }),
                };
                if head.last_page.replace(number as u32) != Some(number as u32) {
                    head.documents += 1;
                    head.at_edge += u32::from(at < first_prose || at > last_prose);
                }
                head.lines += 1;
                head.sentences += u32::from(line.is_sentence);
                head.longest = head.longest.max(line.chars);
                if head.rests.len() < bounds::FEWEST_RESTS {
                    head.rests.insert(line.key);
                }
            }
        }
    }
    heads
}

/// The first words of a folded line, without the last ones.
fn beginnings(literal: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = memchr::memchr_iter(b' ', literal).take(bounds::MOST_WORDS);
    ends.map(|end| &literal[..end]).filter(|head| {
        head.len() >= bounds::FEWEST_CHARS && !head.iter().any(u8::is_ascii_digit) && !head.contains(&0x1A)
    })
}

fn is_enough(head: &Head, of: u32) -> bool {
    head.documents >= bounds::FEWEST_DOCUMENTS
        && head.documents * 100 >= bounds::LEAST_SHARE * of
        && head.rests.len() >= bounds::FEWEST_RESTS
        && head.sentences * bounds::LINES_PER_SENTENCE <= head.lines
}

fn candidate(pages: &Pages<'_>, text: &[u8], head: &Head, ids: &mut Ids) -> Option<Candidate> {
    let (page, at) = head.first;
    let page = &pages.pages[page as usize];
    let pattern = head_pattern(page.text(&page.lines[at as usize]), text.len())?;
    let kind = kinds::guess(&pattern);
    let at_edge = head.at_edge * 2 > head.documents;
    Some(Candidate {
        id: ids.of(&pattern, kind),
        kind,
        // Inside the text a line that only begins so may be the text's own.
        weak: !at_edge || kind == Kind::Byline,
        shape: Shape::StartsWith(vec![pattern]),
        // A rest may be somewhat longer than those that were seen.
        max_chars: Some((head.longest + head.longest / 4).next_multiple_of(10)),
        evidence: Evidence {
            documents: head.documents,
            of: pages.pages.len() as u32,
            place: if at_edge { Place::Tail } else { Place::Middle },
            example: Some(shown(pages, head.first)),
        },
    })
}
