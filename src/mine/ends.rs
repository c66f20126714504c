//! The first and last words of lines, counted.
//!
//! Word by word: a line whose end of a few words does not recur has no longer one that does, and is looked at no more.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::pack::Kind;

use super::candidate::CandidateShape;
use super::existing_rules::At;
use super::kinds;
use super::lines::CountedLines;
use super::normalised::{head_pattern, tail_pattern};
use super::pages::Key;

/// The numbers by which ends are chosen.
mod bounds {
    /// Words of an end, and its bytes at least.
    pub(super) const MOST_WORDS: usize = 6;
    pub(super) const FEWEST_BYTES: usize = 8;
    /// An end has at least so many different rests.
    pub(super) const FEWEST_RESTS: usize = 3;
    /// It stands in so many documents at least, in percent.
    pub(super) const LEAST_SHARE: u32 = 25;
    pub(super) const FEWEST_DOCUMENTS: u32 = 3;
}

/// Which end of a line is constant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Head,
    Tail,
}

impl Side {
    /// Where the end is cut off that has a word more than the one that was cut off at `cut`: at a space of the folded line.
    fn next_cut(self, literal: &[u8], cut: Option<usize>) -> Option<usize> {
        match self {
            Side::Head => {
                let from = cut.map_or(0, |cut| cut + 1);
                memchr::memchr(b' ', &literal[from..]).map(|at| from + at)
            }
            Side::Tail => memchr::memrchr(b' ', &literal[..cut.unwrap_or(literal.len())]),
        }
    }

    fn text(self, literal: &[u8], cut: usize) -> &[u8] {
        match self {
            Side::Head => &literal[..cut],
            Side::Tail => &literal[cut + 1..],
        }
    }

    /// Whether the line has this end, and more than it.
    pub(super) fn is_end(self, literal: &[u8], text: &[u8]) -> bool {
        let rest = match self {
            Side::Head => literal.strip_prefix(text).and_then(<[u8]>::first),
            Side::Tail => literal.strip_suffix(text).and_then(<[u8]>::last),
        };
        rest == Some(&b' ')
    }

    /// Whether every line with the long end has the short one.
    pub(super) fn holds(self, long: &[u8], short: &[u8]) -> bool {
        match self {
            Side::Head => long.starts_with(short),
            Side::Tail => long.ends_with(short),
        }
    }

    /// Whether a line with an end of that kind is chrome whatever else is in it.
    pub(super) fn says_what_the_line_is(self, kind: Kind) -> bool {
        match self {
            Side::Head => kinds::introduces(kind),
            Side::Tail => kinds::concludes(kind),
        }
    }

    pub(super) fn pattern(self, raw: &[u8], folded_len: usize) -> Option<String> {
        match self {
            Side::Head => head_pattern(raw, folded_len),
            Side::Tail => tail_pattern(raw, folded_len),
        }
    }

    pub(super) fn shape(self, pattern: String) -> CandidateShape {
        match self {
            Side::Head => CandidateShape::StartsWith(vec![pattern]),
            Side::Tail => CandidateShape::EndsWith(vec![pattern]),
        }
    }
}

/// A line that may have an end.
#[derive(Clone, Copy)]
pub(super) struct EdgeLine {
    pub(super) key: Key,
    pub(super) chars: u32,
    pub(super) is_sentence: bool,
    /// Whether it stands before or after the text.
    pub(super) is_edge: bool,
    pub(super) at: At,
}

/// What is known of an end.
#[derive(Default)]
pub(super) struct End {
    pub(super) documents: u32,
    last_page: Option<u32>,
    pub(super) lines: u32,
    pub(super) sentences: u32,
    pub(super) at_edge: u32,
    pub(super) longest: u32,
    rests: [Key; bounds::FEWEST_RESTS],
    rest_count: usize,
    /// Its first line.
    pub(super) first: At,
}

impl End {
    fn add(&mut self, line: &EdgeLine) {
        if self.last_page.replace(line.at.0) != Some(line.at.0) {
            self.documents += 1;
            self.at_edge += u32::from(line.is_edge);
        }
        self.lines += 1;
        self.sentences += u32::from(line.is_sentence);
        self.longest = self.longest.max(line.chars);
        if self.rest_count < self.rests.len() && !self.rests[..self.rest_count].contains(&line.key) {
            self.rests[self.rest_count] = line.key;
            self.rest_count += 1;
        }
    }

    /// Whether enough documents have it, with enough different rests.
    pub(super) fn recurs(&self, of: u32) -> bool {
        self.documents >= bounds::FEWEST_DOCUMENTS
            && self.documents * 100 >= bounds::LEAST_SHARE * of
            && self.rest_count >= bounds::FEWEST_RESTS
    }
}

/// Where the end of the lines of one key is cut off, and which one it is.
#[derive(Clone, Copy)]
enum EndCut {
    /// Nothing was looked for yet.
    Unknown(Option<u32>),
    /// It is too short, but a longer one is not.
    Short(u32),
    End(u32, u32),
    /// There is none, and no longer one.
    Nothing,
}

/// The ends of all lines that recur, with their texts.
pub(super) fn ends<'p>(counted: &'p CountedLines<'_, '_>, lines: &[EdgeLine], side: Side) -> Vec<(&'p [u8], End)> {
    let pages = counted.pages;
    let mut cuts = vec![EndCut::Unknown(None); pages.keys];
    let mut lines = lines.to_vec();
    let mut recurring = Vec::new();
    for _ in 0..bounds::MOST_WORDS {
        let mut ends: Vec<(&[u8], End)> = Vec::new();
        let mut numbers: HashMap<u64, u32, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
        for line in &lines {
            let cut = &mut cuts[line.key as usize];
            if let EndCut::Unknown(before) = *cut {
                let literal = pages.literal(line.key);
                *cut = next(side, literal, before, |text| {
                    *numbers.entry(FixedState::with_seed(0).hash_one(text)).or_insert_with(|| {
                        ends.push((text, End { first: line.at, ..End::default() }));
                        ends.len() as u32 - 1
                    })
                });
            }
            if let EndCut::End(_, end) = *cut {
                ends[end as usize].1.add(line);
            }
        }
        let recurs: Vec<bool> = ends.iter().map(|(_, end)| end.recurs(counted.documents())).collect();
        lines.retain(|line| match cuts[line.key as usize] {
            EndCut::End(_, end) => recurs[end as usize],
            EndCut::Nothing => false,
            EndCut::Short(_) | EndCut::Unknown(_) => true,
        });
        recurring.extend(ends.into_iter().zip(recurs).filter(|(_, recurs)| *recurs).map(|(end, _)| end));
        for line in &lines {
            let cut = &mut cuts[line.key as usize];
            if let EndCut::Short(at) | EndCut::End(at, _) = *cut {
                *cut = EndCut::Unknown(Some(at));
            }
        }
    }
    recurring
}

/// The end that is a word longer; `number` says which one its text is.
fn next<'p>(side: Side, literal: &'p [u8], before: Option<u32>, number: impl FnOnce(&'p [u8]) -> u32) -> EndCut {
    let Some(cut) = side.next_cut(literal, before.map(|cut| cut as usize)) else { return EndCut::Nothing };
    let text = side.text(literal, cut);
    match () {
        // Nor has a longer one fewer of these.
        () if text.iter().any(|byte| byte.is_ascii_digit() || *byte == 0x1A) => EndCut::Nothing,
        () if text.len() < bounds::FEWEST_BYTES => EndCut::Short(cut as u32),
        () => EndCut::End(cut as u32, number(text)),
    }
}
