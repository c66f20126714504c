//! Which part of a text is the rarest among all texts: what they share, the corpus will be full of as well.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Of longer texts only so many bytes are looked at: choosing must not take long where packs are compiled at a start.
pub(super) const CHOSEN_WITHIN: usize = 48;

/// The count of what is never to be chosen.
pub(super) const NEVER: u32 = u32::MAX;

/// How often each word stands in the texts.
pub(super) type Frequency = HashMap<u64, u32, FixedState>;

pub(super) fn frequency(words: impl Iterator<Item = u64>) -> Frequency {
    let mut frequency = Frequency::default();
    words.for_each(|word| *frequency.entry(word).or_default() += 1);
    frequency
}

/// Where the window of so many words begins whose most frequent word is the rarest, by the words' counts.
pub(super) fn rarest_window(counts: &[u32], width: usize) -> Option<usize> {
    let most = |window: &[u32]| window.iter().max().copied().unwrap_or(NEVER);
    let windows = counts.windows(width).map(most).enumerate();
    windows.filter(|(_, most)| *most < NEVER).min_by_key(|(_, most)| *most).map(|(start, _)| start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_rarest_windows_is_chosen_and_none_with_what_never_is() {
        assert_eq!(rarest_window(&[9, 1, 2, 2, 1, 9], 2), Some(1));
        assert_eq!(rarest_window(&[9, NEVER, 2, 3], 2), Some(2));
        assert_eq!(rarest_window(&[NEVER, 1, NEVER], 2), None);
        assert_eq!(rarest_window(&[1], 2), None);
    }
}
