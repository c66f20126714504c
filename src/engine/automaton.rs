//! Automata that are made when they are first asked for: few documents need them, and each start would wait.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::{Deserialize, Serialize};

/// An automaton of a few short texts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Automaton {
    texts: Vec<Box<[u8]>>,
    finds: Finds,
    #[serde(skip)]
    made: OnceLock<AhoCorasick>,
}

/// Which texts it finds where several begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) enum Finds {
    Every,
    Longest,
}

impl Automaton {
    pub(super) fn new(texts: Vec<Box<[u8]>>, finds: Finds) -> Automaton {
        Automaton { texts, finds, made: OnceLock::new() }
    }

    #[inline]
    pub(super) fn get(&self) -> &AhoCorasick {
        self.made.get_or_init(|| {
            let kind = if self.finds == Finds::Every { MatchKind::Standard } else { MatchKind::LeftmostLongest };
            // Fails only beyond two thousand million states, more than a pack file can hold.
            AhoCorasick::builder().match_kind(kind).build(&self.texts).expect("a pack's words fit an automaton")
        })
    }
}
