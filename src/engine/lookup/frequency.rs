//! How often keys stand among the texts: by which part a text is looked up, and which keys are too common.
//!
//! The rarest part of a text is chosen: what texts share, the corpus will be full of as well.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;

/// Of longer texts only so many bytes are looked at: choosing must not take long where packs are compiled at a start.
pub(in crate::engine) const CHOSEN_WITHIN: usize = 48;

/// How often each word stands in the texts.
pub(in crate::engine) type Frequency = HashMap<u64, u32, FixedState>;

pub(in crate::engine) fn frequency(words: impl Iterator<Item = u64>) -> Frequency {
    let mut frequency = Frequency::default();
    words.for_each(|word| *frequency.entry(word).or_default() += 1);
    frequency
}

/// Where the window of so many words begins whose most frequent word is the rarest, by the words' counts.
pub(in crate::engine) fn rarest_window(counts: &[u32], width: usize) -> Option<usize> {
    let windows = counts.windows(width).enumerate();
    windows.min_by_key(|(_, window)| window.iter().max()).map(|(start, _)| start)
}

// A key is common if so many texts have it that trying each wherever the key stands would take long. A line that holds such
// a key is read once by an automaton, whatever the number of texts.

/// Texts of one key that are tried one by one, at most.
const MOST_TRIED: u32 = 32;

/// Stands in a table in place of the patterns of all texts of a common key.
pub(in crate::engine) const COMMON_KEY: u32 = u32::MAX;

/// The keys that more texts have than are tried one by one.
pub(in crate::engine) fn common_keys(keys: impl Iterator<Item = u64>) -> BTreeSet<u64> {
    frequency(keys).into_iter().filter(|&(_, count)| count > MOST_TRIED).map(|(key, _)| key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_rarest_windows_is_chosen() {
        assert_eq!(rarest_window(&[9, 1, 2, 2, 1, 9], 2), Some(1));
        assert_eq!(rarest_window(&[1], 2), None);
    }
}
