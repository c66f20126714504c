//! Crowds: so many texts with one key that trying each wherever the key stands would take long. A line that holds
//! such a key is read once by an automaton, whatever the number of texts.

use std::collections::BTreeSet;

use super::rarest::frequency;

/// Texts of one key that are tried one by one, at most.
const MOST_TRIED: u32 = 32;

/// Stands in a table in place of the patterns of all texts of a crowd.
pub(super) const CROWD: u32 = u32::MAX;

/// The keys that more texts have than are tried one by one.
pub(super) fn crowded(keys: impl Iterator<Item = u64>) -> BTreeSet<u64> {
    frequency(keys).into_iter().filter(|&(_, count)| count > MOST_TRIED).map(|(key, _)| key).collect()
}
