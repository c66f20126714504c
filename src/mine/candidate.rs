//! What mining proposes.

use crate::pack::{Evidence, Kind};

/// A rule that mining proposes; a person accepts, changes or rejects it.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// The rule's id in its pack.
    pub id: String,
    /// What its chrome probably is.
    pub kind: Kind,
    /// Whether its lines go only in neighbours.
    pub weak: bool,
    /// What it looks for.
    pub shape: CandidateShape,
    /// A longer line, in characters, is not taken.
    pub max_chars: Option<u32>,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// What a candidate looks for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CandidateShape {
    /// Whole lines.
    Is(Vec<String>),
    /// Heads of lines.
    StartsWith(Vec<String>),
    /// Ends of lines.
    EndsWith(Vec<String>),
    /// Words of which lines are made.
    MadeOf(Vec<String>),
    /// Pieces that go out of lines.
    Cut(Vec<String>),
    /// Lines from one to another.
    Block {
        /// The first line.
        from: String,
        /// The last line; nothing where the block goes to the document's end.
        to: Option<String>,
        /// A longer one, in lines that are not blank, is not taken.
        max_lines: u32,
    },
}

impl CandidateShape {
    /// What it looks for, in order: patterns, words, or a block's first and last line.
    pub fn patterns(&self) -> Vec<&str> {
        match self {
            CandidateShape::Is(texts)
            | CandidateShape::StartsWith(texts)
            | CandidateShape::EndsWith(texts)
            | CandidateShape::MadeOf(texts)
            | CandidateShape::Cut(texts) => texts.iter().map(String::as_str).collect(),
            CandidateShape::Block { from, to, .. } => std::iter::once(from).chain(to).map(String::as_str).collect(),
        }
    }
}

/// The candidates of one site.
#[derive(Clone, PartialEq, Debug)]
pub struct CandidatePack {
    /// The site's host, which is the pack's name.
    pub site: String,
    /// How many documents of it were seen.
    pub seen: u64,
    /// How many of them were looked at, near-duplicates apart.
    pub documents: u32,
    /// Those that speak for themselves first, and each in the order in which they stand in documents.
    pub candidates: Vec<Candidate>,
    /// A page that shows how the pack acts, and what is left of it.
    pub example: Option<(String, String)>,
}
