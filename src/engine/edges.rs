//! Whole lines, line heads and line tails, looked up by hash.

use super::hashing::{ChainMap, Gate, chain_map, hash_bytes, hash_words, mix, word_at};

/// Texts that are a whole line.
#[derive(Debug)]
pub(super) struct WholeLines {
    gate: Gate,
    /// The first [`LONGEST_KEY`] bytes, or all where there are fewer, and how many.
    beginnings: Gate,
    chains: ChainMap,
}

impl WholeLines {
    pub(super) fn for_count(count: usize) -> WholeLines {
        WholeLines { gate: Gate::for_count(count), beginnings: Gate::for_count(count), chains: chain_map(count) }
    }

    /// Adds a text and returns the pattern that had its hash before.
    pub(super) fn insert(&mut self, text: &[u8], pattern: u32) -> Option<u32> {
        self.gate.insert(outline(text));
        self.beginnings.insert(hash_bytes(&text[..text.len().min(LONGEST_KEY)]));
        self.chains.insert(hash_bytes(text), pattern)
    }

    /// Whether a text may begin with this, which has at least [`LONGEST_KEY`] bytes.
    pub(super) fn may_begin(&self, text: &[u8]) -> bool {
        self.beginnings.may_hold(hash_bytes(&text[..LONGEST_KEY]))
    }

    /// The first of a chain of patterns that may be this text.
    #[inline]
    pub(super) fn candidates(&self, text: &[u8]) -> Option<u32> {
        if !self.gate.may_hold(outline(text)) {
            return None;
        }
        self.chains.get(&hash_bytes(text)).copied()
    }
}

/// Length and first eight bytes.
#[inline]
fn outline(text: &[u8]) -> u64 {
    mix(word_at(text, 0) ^ (text.len() as u64).rotate_right(8))
}

/// Which edge of a line is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Edge {
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
}

/// Texts that stand at one edge of a line, by the hash of their first (or last) 1, 2, 4, 8, 16, 24
/// or 32 bytes, whichever is the most that they have.
#[derive(Debug)]
pub(super) struct LineEdges {
    edge: Edge,
    levels: Vec<Level>,
    /// Eight bytes of each text of a level above; lets most lines skip those.
    long: Gate,
}

#[derive(Debug)]
struct Level {
    len: usize,
    gate: Gate,
    chains: ChainMap,
}

const LEVELS: [usize; 7] = [1, 2, 4, 8, 16, 24, LONGEST_KEY];

/// Bytes of an edge that are looked up at most.
pub(super) const LONGEST_KEY: usize = 32;

impl LineEdges {
    /// An empty table that is to hold texts of these lengths.
    pub(super) fn for_lengths(edge: Edge, lengths: impl Iterator<Item = usize>) -> LineEdges {
        let mut counts = [0; LEVELS.len()];
        lengths.for_each(|len| counts[level_of(len)] += 1);
        let levels = LEVELS.iter().zip(counts).filter(|(_, count)| *count > 0);
        let levels = levels.map(|(&len, count)| Level { len, gate: Gate::for_count(count), chains: chain_map(count) });
        LineEdges { edge, levels: levels.collect(), long: Gate::for_count(counts.iter().sum()) }
    }

    /// Adds a text and returns the pattern that had its hash before.
    pub(super) fn insert(&mut self, text: &[u8], pattern: u32) -> Option<u32> {
        let len = LEVELS[level_of(text.len())];
        if len > 8 {
            self.long.insert(hash_words(self.edge.bytes(text, 8)));
        }
        let hash = hash_words(self.edge.bytes(text, len));
        let level = self.levels.iter_mut().find(|level| level.len == len)?;
        level.gate.insert(hash);
        level.chains.insert(hash, pattern)
    }

    /// Calls `found` with the first of each chain of patterns that may stand at this edge.
    #[inline]
    pub(super) fn candidates(&self, text: &[u8], mut found: impl FnMut(u32)) {
        for level in &self.levels {
            if level.len > text.len() {
                break;
            }
            if level.len > 8 && !self.long.may_hold(hash_words(self.edge.bytes(text, 8))) {
                break;
            }
            let hash = hash_words(self.edge.bytes(text, level.len));
            if level.gate.may_hold(hash)
                && let Some(&pattern) = level.chains.get(&hash)
            {
                found(pattern);
            }
        }
    }
}

fn level_of(len: usize) -> usize {
    LEVELS.iter().rposition(|&level| level <= len).unwrap_or(0)
}
