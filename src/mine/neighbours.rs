//! Which lines are neighbours in several documents.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::pages::{Key, Page, Pages};

/// A neighbour in one of so many of a line's documents is neighbours.
const NEIGHBOUR_PART: u32 = 3;

/// Of each line of each document, whether a neighbour is one that it has in many of its documents: they come and go
/// together. `families` says in how many documents each family stands.
pub(super) fn recurring_neighbours(pages: &Pages<'_>, families: &[u32]) -> Vec<Vec<bool>> {
    let mut pairs = Pairs::new(pages.keys);
    let numbers: Vec<Vec<u32>> =
        pages.pages.iter().zip(0..).map(|(page, number)| pairs.numbers(page, number, families)).collect();
    let recurring = pages.pages.iter().zip(&numbers).map(|(page, numbers)| {
        let recurs = |at: usize| {
            let least = (families[page.lines[at].family as usize] / NEIGHBOUR_PART).max(2);
            let recurs = |pair: Option<&u32>| pair.is_some_and(|pair| pairs.documents(*pair) >= least);
            at > 0 && recurs(numbers.get(at - 1)) || recurs(numbers.get(at))
        };
        (0..page.lines.len()).map(recurs).collect()
    });
    recurring.collect()
}

/// Two lines beside each other, in this order, by family.
struct Pairs {
    numbers: HashMap<(Key, Key), u32, FixedState>,
    /// What followed a family last, and the number of that pair: mostly it follows again.
    last: Vec<(Key, u32)>,
    /// By number, in how many documents a pair stands, and the last one.
    counts: Vec<(u32, u32)>,
}

/// Two lines that are the same, or one of which stands in one document, count in none.
const NO_PAIR: u32 = u32::MAX;

impl Pairs {
    fn new(keys: usize) -> Pairs {
        let numbers = HashMap::with_hasher(FixedState::with_seed(0));
        Pairs { numbers, last: vec![(Key::MAX, NO_PAIR); keys], counts: Vec::new() }
    }

    /// Counts the pairs of a document, and says which they are.
    fn numbers(&mut self, page: &Page<'_>, number: u32, families: &[u32]) -> Vec<u32> {
        let pairs = page.lines.windows(2).map(|pair| {
            let (first, second) = (pair[0].family, pair[1].family);
            if first == second || families[first as usize] < 2 || families[second as usize] < 2 {
                return NO_PAIR;
            }
            let pair = self.number(first, second);
            let (count, last) = &mut self.counts[pair as usize];
            *count += u32::from(std::mem::replace(last, number) != number);
            pair
        });
        pairs.collect()
    }

    fn number(&mut self, first: Key, second: Key) -> u32 {
        let Pairs { numbers, last, counts } = self;
        let last = &mut last[first as usize];
        if last.0 != second {
            let next = counts.len() as u32;
            let pair = *numbers.entry((first, second)).or_insert(next);
            if pair == next {
                counts.push((0, u32::MAX));
            }
            *last = (second, pair);
        }
        last.1
    }

    /// In how many documents the pair stands.
    fn documents(&self, pair: u32) -> u32 {
        self.counts.get(pair as usize).map_or(0, |(count, _)| *count)
    }
}
