//! Whole lines, line heads and line tails, looked up by hash.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::engine::lookup::automaton::AutomatonTexts;
use crate::engine::lookup::bloom_filter::BloomFilter;
use crate::engine::lookup::buckets::HashedPatterns;
use crate::engine::lookup::frequency::{COMMON_KEY, common_keys};
use crate::engine::lookup::records::Table;
use crate::engine::patterns::keys::KeyedText;
use crate::text::{hash_bytes, hash_words};

/// Texts that are a whole line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct WholeLines {
    /// The first [`LONGEST_KEY`] bytes, or all where there are fewer.
    beginnings: BloomFilter,
    patterns: HashedPatterns,
}

impl WholeLines {
    pub(in crate::engine) fn new(texts: &[KeyedText<'_>]) -> WholeLines {
        let beginning = |text: &[u8]| hash_bytes(&text[..text.len().min(LONGEST_KEY)]);
        WholeLines {
            beginnings: BloomFilter::new(texts.len(), texts.iter().map(|(text, _)| beginning(text))),
            patterns: HashedPatterns::new(texts.iter().map(|&(text, pattern)| (hash_bytes(text), pattern)).collect()),
        }
    }

    /// Whether a text may begin with this, which has at least [`LONGEST_KEY`] bytes.
    pub(in crate::engine) fn may_begin(&self, text: &[u8]) -> bool {
        self.beginnings.may_hold(hash_bytes(&text[..LONGEST_KEY]))
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

    /// The lower bits of the two bytes at the edge, the outermost one's lowest.
    #[inline]
    fn opening(self, text: &[u8]) -> usize {
        let (first, second) = match (self, text) {
            (Edge::Head, [first, second, ..]) | (Edge::Tail, [.., second, first]) => (*first, *second),
            (_, [only]) => (*only, 0),
            (_, []) => (0, 0),
        };
        usize::from(first) % SECOND_BYTE + usize::from(second) % SECOND_BYTE * SECOND_BYTE
    }

    /// Whether what stands there in so many bytes stands at this edge of them.
    fn is_at(self, span: &Range<usize>, len: usize) -> bool {
        match self {
            Edge::Head => span.start == 0,
            Edge::Tail => span.end == len,
        }
    }
}

/// Texts that stand at one edge of a line, by the hash of their first (or last) 1, 2, 4, 8, 16, 24
/// or 32 bytes, whichever is the most that they have.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct LineEdges {
    edge: Edge,
    levels: Vec<Level>,
    /// By the two bytes at the edge: for each level whether there is a text of it that has them there.
    openings: Table<1>,
    /// Eight bytes of each text that has as many; lets most lines skip their levels.
    long: BloomFilter,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Level {
    len: usize,
    patterns: HashedPatterns,
    of_common_keys: Option<AutomatonTexts>,
}

/// Values that are told apart of a byte, and of two.
const SECOND_BYTE: usize = 64;
const OPENINGS: usize = SECOND_BYTE * SECOND_BYTE;

const LEVELS: [usize; 7] = [1, 2, 4, 8, 16, 24, LONGEST_KEY];

/// Texts of so many bytes are long.
const LONG: usize = 8;

/// Bytes of an edge that are looked up at most.
pub(in crate::engine) const LONGEST_KEY: usize = 32;

impl LineEdges {
    /// A table of texts that are not empty.
    pub(in crate::engine) fn new(edge: Edge, texts: &[KeyedText<'_>]) -> LineEdges {
        let mut by_level: [Vec<(u64, KeyedText<'_>)>; LEVELS.len()] = Default::default();
        let is_long = |text: &&[u8]| text.len() >= LONG;
        let long = texts.iter().map(|(text, _)| *text).filter(is_long).map(|text| hash_words(edge.bytes(text, LONG)));
        let long = BloomFilter::new(texts.len(), long);
        for &(text, pattern) in texts {
            let level = level_of(text.len());
            by_level[level].push((hash_words(edge.bytes(text, LEVELS[level])), (text, pattern)));
        }
        let by_level: Vec<_> = LEVELS.into_iter().zip(by_level).filter(|(_, hashed)| !hashed.is_empty()).collect();
        let mut openings = vec![[0]; if by_level.is_empty() { 0 } else { OPENINGS }];
        for (level, (_, hashed)) in by_level.iter().enumerate() {
            for (_, (text, _)) in hashed {
                // A text of one byte goes with any second one.
                let others = if text.len() == 1 { OPENINGS } else { 1 };
                let opening = edge.opening(text);
                (opening..OPENINGS).step_by(SECOND_BYTE).take(others).for_each(|at| openings[at][0] |= 1 << level);
            }
        }
        let levels = by_level.into_iter().map(|(len, hashed)| Level::new(len, hashed)).collect();
        LineEdges { edge, levels, openings: openings.into_iter().collect(), long }
    }

    pub(in crate::engine) fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// Calls `found` with each pattern that may stand at this edge.
    #[inline]
    pub(in crate::engine) fn candidates(&self, text: &[u8], found: impl FnMut(u32)) {
        self.candidates_if(text, || self.long.may_hold(hash_words(self.edge.bytes(text, LONG))), found);
    }

    /// The same where it is known otherwise whether a text of eight bytes and more may stand there.
    #[inline]
    pub(in crate::engine) fn candidates_if(
        &self,
        text: &[u8],
        may_be_long: impl Fn() -> bool,
        mut found: impl FnMut(u32),
    ) {
        let mut left = self.openings.get(self.edge.opening(text)).map_or(0, |[levels]| *levels);
        let mut knows_long = false;
        while left != 0 {
            let level = &self.levels[left.trailing_zeros() as usize];
            left &= left - 1;
            if level.len > text.len() {
                break;
            }
            if level.len >= LONG && !knows_long {
                if !may_be_long() {
                    break;
                }
                knows_long = true;
            }
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

impl Level {
    /// Texts by their hash, which is of the first or last `len` bytes.
    fn new(len: usize, texts: Vec<(u64, KeyedText<'_>)>) -> Level {
        let common_keys = common_keys(texts.iter().map(|(hash, _)| *hash));
        let (of_common_key, alone): (Vec<_>, Vec<_>) =
            texts.into_iter().partition(|(hash, _)| common_keys.contains(hash));
        let of_common_key: Vec<KeyedText<'_>> = of_common_key.into_iter().map(|(_, text)| text).collect();
        let mut hashed: Vec<(u64, u32)> = alone.into_iter().map(|(hash, (_, pattern))| (hash, pattern)).collect();
        hashed.extend(common_keys.into_iter().map(|hash| (hash, COMMON_KEY)));
        Level { len, patterns: HashedPatterns::new(hashed), of_common_keys: AutomatonTexts::new(&of_common_key) }
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
            LineEdges::new(edge, keyed).candidates(line.as_bytes(), |pattern| found.push(pattern));
            found
        };
        assert_eq!(found(Edge::Head, &heads, &format!("{shared} 42. And more, {shared} 43.")), [42]);
        assert_eq!(found(Edge::Tail, &tails, &format!("43 {shared}, and x42 {shared}")), [42, 2]);
        assert_eq!(found(Edge::Head, &heads, &format!("{shared} 4")), [0; 0]);
    }
}
