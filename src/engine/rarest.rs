//! Which part of a text is the rarest among all texts: what they share, the corpus will be full of as well.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Of longer texts only so many bytes are looked at: choosing must not take long where packs are compiled at a start.
pub(super) const CHOSEN_WITHIN: usize = 48;

/// How often each word stands in the texts.
pub(super) type Frequency = HashMap<u64, u32, FixedState>;

pub(super) fn frequency(words: impl Iterator<Item = u64>) -> Frequency {
    let mut frequency = Frequency::default();
    words.for_each(|word| *frequency.entry(word).or_default() += 1);
    frequency
}

/// Where the window of so many words begins whose most frequent word is the rarest, by the words' counts.
pub(super) fn rarest_window(counts: &[u32], width: usize) -> Option<usize> {
    let windows = counts.windows(width).enumerate();
    windows.min_by_key(|(_, window)| window.iter().max()).map(|(start, _)| start)
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
