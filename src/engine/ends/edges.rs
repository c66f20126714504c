//! Whole lines, line heads and line tails, looked up by hash.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::engine::ends::line_ends::EdgeLens;
use crate::engine::lookup::automaton::AutomatonTexts;
use crate::engine::lookup::frequency::{COMMON_KEY, common_keys};
use crate::engine::lookup::hashed_patterns::HashedPatterns;
use crate::engine::patterns::keys::KeyedText;
use crate::text::{hash_bytes, hash_words};

/// Texts that are a whole line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct WholeLines {
    patterns: HashedPatterns,
}

impl WholeLines {
    pub(in crate::engine) fn new(texts: &[KeyedText<'_>]) -> WholeLines {
        let hashed: Vec<(u64, u32)> = texts.iter().map(|&(text, pattern)| (hash_bytes(text), pattern)).collect();
        WholeLines { patterns: HashedPatterns::new(&hashed) }
    }

    /// Calls `found` with each pattern that may be this text.
    #[inline]
    pub(in crate::engine) fn candidates(&self, text: &[u8], found: impl FnMut(u32)) {
        self.patterns.get(hash_bytes(text)).for_each(found);
    }
}

/// Which edge of a line is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(in crate::engine) enum Edge {
    Head,
    Tail,
}

impl Edge {
    #[inline]
    fn bytes(self, text: &[u8], len: usize) -> &[u8] {
        match self {
            Edge::Head => &text[..len],
            Edge::Tail => &text[text.len() - len..],
        }
    }

    /// Whether what stands there in so many bytes stands at this edge of them.
    fn is_at(self, span: &Range<usize>, len: usize) -> bool {
        match self {
            Edge::Head => span.start == 0,
            Edge::Tail => span.end == len,
        }
    }
}

/// Texts that stand at one edge of a line, by the hash of all of their bytes, or of the first (or last) 8, 16,
/// 24 or 32, whichever is the most that they have.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct LineEdges {
    edge: Edge,
    levels: Vec<EdgeLevel>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct EdgeLevel {
    len: usize,
    patterns: HashedPatterns,
    of_common_keys: Option<AutomatonTexts>,
}

const LEVELS: [usize; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 16, 24, LONGEST_KEY];

/// Bytes of an edge that are looked up at most.
pub(in crate::engine) const LONGEST_KEY: usize = 32;

impl LineEdges {
    /// A table of texts that are not empty.
    pub(in crate::engine) fn new(edge: Edge, texts: &[KeyedText<'_>]) -> LineEdges {
        let mut by_level: [Vec<(u64, KeyedText<'_>)>; LEVELS.len()] = Default::default();
        for &(text, pattern) in texts {
            let level = level_of(text.len());
            by_level[level].push((hash_words(edge.bytes(text, LEVELS[level])), (text, pattern)));
        }
        let levels = LEVELS.into_iter().zip(by_level).filter(|(_, hashed)| !hashed.is_empty());
        let levels = levels.map(|(len, hashed)| EdgeLevel::new(len, hashed));
        LineEdges { edge, levels: levels.collect() }
    }

    pub(in crate::engine) fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// Calls `found` with each pattern that may stand at this edge of a text, if its length is one of these.
    #[inline]
    pub(in crate::engine) fn candidates(&self, text: &[u8], lens: EdgeLens, mut found: impl FnMut(u32)) {
        let fits = |level: &&EdgeLevel| level.len <= text.len();
        for level in self.levels.iter().take_while(fits).filter(|level| lens.has(level.len)) {
            for pattern in level.patterns.get(hash_words(self.edge.bytes(text, level.len))) {
                match pattern {
                    COMMON_KEY => level
                        .of_common_keys
                        .iter()
                        .for_each(|of_common_keys| self.of_common_key(of_common_keys, text, &mut found)),
                    pattern => found(pattern),
                }
            }
        }
    }

    #[cold]
    fn of_common_key(&self, of_common_keys: &AutomatonTexts, text: &[u8], found: &mut impl FnMut(u32)) {
        let near = self.edge.bytes(text, text.len().min(of_common_keys.longest()));
        of_common_keys.each(near, |pattern, span| {
            if self.edge.is_at(&span, near.len()) {
                found(pattern);
            }
        });
    }
}

impl EdgeLevel {
    /// Texts by their hash, which is of the first or last `len` bytes.
    fn new(len: usize, texts: Vec<(u64, KeyedText<'_>)>) -> EdgeLevel {
        let common_keys = common_keys(texts.iter().map(|(hash, _)| *hash));
        let (of_common_key, alone): (Vec<_>, Vec<_>) =
            texts.into_iter().partition(|(hash, _)| common_keys.contains(hash));
        let of_common_key: Vec<KeyedText<'_>> = of_common_key.into_iter().map(|(_, text)| text).collect();
        let mut hashed: Vec<(u64, u32)> = alone.into_iter().map(|(hash, (_, pattern))| (hash, pattern)).collect();
        hashed.extend(common_keys.into_iter().map(|hash| (hash, COMMON_KEY)));
        EdgeLevel { len, patterns: HashedPatterns::new(&hashed), of_common_keys: AutomatonTexts::new(&of_common_key) }
    }
}

fn level_of(len: usize) -> usize {
    LEVELS.iter().rposition(|&level| level <= len).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_a_common_key_are_found_at_their_edge_alone() {
        let shared = "the first or last thirty-two bytes, shared by all";
        let texts: Vec<(String, String)> =
            (0..100).map(|number| (format!("{shared} {number}."), format!("{number} {shared}"))).collect();
        let heads: Vec<KeyedText<'_>> = texts.iter().map(|(head, _)| head.as_bytes()).zip(0..).collect();
        let tails: Vec<KeyedText<'_>> = texts.iter().map(|(_, tail)| tail.as_bytes()).zip(0..).collect();
        let found = |edge, keyed: &[KeyedText<'_>], line: &str| {
            let mut found = Vec::new();
            LineEdges::new(edge, keyed).candidates(line.as_bytes(), EdgeLens::ALL, |pattern| found.push(pattern));
            found
        };
        assert_eq!(found(Edge::Head, &heads, &format!("{shared} 42. And more, {shared} 43.")), [42]);
        assert_eq!(found(Edge::Tail, &tails, &format!("43 {shared}, and x42 {shared}")), [42, 2]);
        assert_eq!(found(Edge::Head, &heads, &format!("{shared} 4")), [0; 0]);
    }
}
