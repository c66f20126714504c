//! Which lines are neighbours in several documents.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::document_frequency::document_frequency;
use super::pages::{Key, Page, Pages};

/// A neighbour in one of so many of a line's documents is neighbours.
const NEIGHBOUR_PART: u32 = 3;

/// Which lines are neighbours in several documents, by family.
pub(super) struct Neighbours {
    /// In how many documents two stand beside each other, in this order.
    pairs: HashMap<(Key, Key), u32, FixedState>,
    /// In how many documents each family stands.
    families: Vec<u32>,
}

impl Neighbours {
    pub(super) fn new(pages: &Pages<'_>) -> Neighbours {
        let families = document_frequency(pages, |line| line.family);
        let mut pairs: HashMap<(Key, Key), (u32, u32), FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
        for (number, page) in pages.pages.iter().enumerate() {
            for pair in page.lines.windows(2) {
                let keys = (pair[0].family, pair[1].family);
                if keys.0 != keys.1 && families[keys.0 as usize] > 1 && families[keys.1 as usize] > 1 {
                    let (count, last) = pairs.entry(keys).or_insert((0, u32::MAX));
                    if *last != number as u32 {
                        (*count, *last) = (*count + 1, number as u32);
                    }
                }
            }
        }
        Neighbours { pairs: pairs.into_iter().map(|(keys, (count, _))| (keys, count)).collect(), families }
    }

    /// Whether a neighbour is one that this line has in many of its documents: they come and go together.
    pub(super) fn recur(&self, page: &Page<'_>, at: usize) -> bool {
        let key = |at: usize| page.lines.get(at).map(|line| line.family);
        let least = (self.families[page.lines[at].family as usize] / NEIGHBOUR_PART).max(2);
        let recurs = |first: Option<Key>, second: Option<Key>| {
            first.zip(second).and_then(|keys| self.pairs.get(&keys)).is_some_and(|count| *count >= least)
        };
        at > 0 && recurs(key(at - 1), key(at)) || recurs(key(at), key(at + 1))
    }
}
