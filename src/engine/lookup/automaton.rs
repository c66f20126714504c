//! Automata that are made when they are first asked for: few documents need them, and each start would wait.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::{Deserialize, Serialize};

use crate::engine::patterns::keys::KeyedText;

/// An automaton of texts.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::engine) struct Automaton {
    texts: Vec<Box<[u8]>>,
    finds: Finds,
    #[serde(skip)]
    made: OnceLock<AhoCorasick>,
}

/// Which texts it finds where several begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(in crate::engine) enum Finds {
    Every,
    Longest,
}

impl Automaton {
    pub(in crate::engine) fn new(texts: Vec<Box<[u8]>>, finds: Finds) -> Automaton {
        Automaton { texts, finds, made: OnceLock::new() }
    }

    #[inline]
    pub(in crate::engine) fn get(&self) -> &AhoCorasick {
        self.made.get_or_init(|| {
            let kind = if self.finds == Finds::Every { MatchKind::Standard } else { MatchKind::LeftmostLongest };
            // Fails only beyond two thousand million states, more than a pack file can hold.
            AhoCorasick::builder().match_kind(kind).build(&self.texts).expect("a pack's words fit an automaton")
        })
    }
}

/// Texts that are looked up by an automaton, with their patterns.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::engine) struct AutomatonTexts {
    automaton: Automaton,
    patterns: Vec<u32>,
    /// Bytes of the longest text.
    longest: u32,
}

impl AutomatonTexts {
    /// Nothing where there are no texts.
    pub(in crate::engine) fn new(texts: &[KeyedText<'_>]) -> Option<AutomatonTexts> {
        let longest = texts.iter().map(|(text, _)| text.len()).max()? as u32;
        let automaton = Automaton::new(texts.iter().map(|(text, _)| Box::from(*text)).collect(), Finds::Every);
        Some(AutomatonTexts { automaton, patterns: texts.iter().map(|(_, pattern)| *pattern).collect(), longest })
    }

    /// Bytes of the longest text.
    pub(in crate::engine) fn longest(&self) -> usize {
        self.longest as usize
    }

    /// Calls `found` with a pattern and where its text stands, for each place where one does.
    pub(in crate::engine) fn each(&self, text: &[u8], mut found: impl FnMut(u32, Range<usize>)) {
        for hit in self.automaton.get().find_overlapping_iter(text) {
            found(self.patterns[hit.pattern().as_usize()], hit.range());
        }
    }
}
