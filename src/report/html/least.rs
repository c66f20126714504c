//! The least few of many values, whatever their order.

use std::cmp::Ordering;

/// Keeps the least `limit` of the values that it is given.
#[derive(Clone, Debug)]
pub(super) struct Least<T> {
    limit: usize,
    sorted: Vec<T>,
}

impl<T: Ord> Least<T> {
    pub(super) fn new(limit: usize) -> Least<T> {
        Least { limit, sorted: Vec::new() }
    }

    /// Whether a value might be kept, from how the greatest kept one compares with it: spares making
    /// values that would be thrown away. A value that may be equal in what was compared is wanted.
    pub(super) fn wants(&self, compare: impl FnOnce(&T) -> Ordering) -> bool {
        match self.sorted.last() {
            Some(last) if self.sorted.len() >= self.limit => compare(last) != Ordering::Less,
            _ => self.limit > 0,
        }
    }

    pub(super) fn add(&mut self, value: T) {
        let at = self.sorted.partition_point(|kept| *kept <= value);
        if at < self.limit {
            self.sorted.insert(at, value);
            self.sorted.truncate(self.limit);
        }
    }

    pub(super) fn merge(&mut self, other: Least<T>) {
        self.sorted.extend(other.sorted);
        self.sorted.sort();
        self.sorted.truncate(self.limit);
    }

    /// The least values in order.
    pub(super) fn into_sorted(self) -> Vec<T> {
        self.sorted
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Least;

    #[test]
    fn a_value_that_would_be_thrown_away_is_not_wanted() {
        let mut least = Least::new(2);
        assert!(least.wants(|kept: &u32| kept.cmp(&9)));
        least.add(5);
        least.add(3);
        assert!(least.wants(|kept| kept.cmp(&4)) && least.wants(|kept| kept.cmp(&5)));
        assert!(!least.wants(|kept| kept.cmp(&6)));
        assert!(!Least::<u32>::new(0).wants(|kept| kept.cmp(&0)));
    }

    proptest! {
        #[test]
        fn the_least_are_kept_however_they_come(values: Vec<u8>, limit in 0..6usize, cut in 0..40usize) {
            let (left, right) = values.split_at(cut.min(values.len()));
            let gather = |part: &[u8]| {
                let mut least = Least::new(limit);
                part.iter().for_each(|value| least.add(*value));
                least
            };
            let mut merged = gather(right);
            merged.merge(gather(left));
            let mut wanted = values.clone();
            wanted.sort_unstable();
            wanted.truncate(limit);
            prop_assert_eq!(merged.into_sorted(), wanted);
        }
    }
}
