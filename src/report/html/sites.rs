//! What went by site, for so many sites and no more.

use std::collections::BTreeMap;

use super::data::SiteFigures;
use crate::text::StableHash;

/// What went from some documents.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct SiteTally {
    pub(super) documents: u64,
    pub(super) bytes: u64,
    pub(super) removed_bytes: u64,
    pub(super) removals: u64,
    /// In the order of the collector's own table of kinds; may be shorter.
    pub(super) removed_by_kind: Vec<u64>,
}

impl SiteTally {
    pub(super) fn add_kind(&mut self, kind: usize, bytes: u64) {
        if self.removed_by_kind.len() <= kind {
            self.removed_by_kind.resize(kind + 1, 0);
        }
        self.removed_by_kind[kind] += bytes;
    }

    pub(super) fn add(&mut self, other: &SiteTally) {
        self.documents += other.documents;
        // A log may claim any length.
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.removed_bytes += other.removed_bytes;
        self.removals += other.removals;
        for (kind, bytes) in other.removed_by_kind.iter().enumerate() {
            self.add_kind(kind, *bytes);
        }
    }

    /// The figures under a host, with kinds in the order `kinds`.
    pub(super) fn into_figures(self, host: String, kinds: &[usize]) -> SiteFigures {
        let of_kind = |kind: &usize| self.removed_by_kind.get(*kind).copied().unwrap_or(0);
        let mut removed_by_kind: Vec<u64> = kinds.iter().map(of_kind).collect();
        removed_by_kind.truncate(removed_by_kind.iter().rposition(|bytes| *bytes > 0).map_or(0, |last| last + 1));
        let SiteTally { documents, bytes, removed_bytes, removals, .. } = self;
        SiteFigures { host, documents, bytes, removed_bytes, removals, removed_by_kind }
    }
}

/// Tallies by host. If there are more hosts than the limit, those with the least hashes are counted by
/// themselves and all others are summed: which ones these are depends on the hosts alone, neither on
/// their order nor on how a corpus was shared out.
#[derive(Clone, Debug)]
pub(super) struct Sites {
    limit: usize,
    /// Up to twice the limit, so that the table is thinned out seldom.
    by_host: BTreeMap<String, SiteTally>,
    /// Hosts above this hash are among the others; a host that was thinned out does not come back.
    highest: u64,
    others: SiteTally,
}

impl Sites {
    pub(super) fn new(limit: usize) -> Sites {
        Sites { limit, by_host: BTreeMap::new(), highest: u64::MAX, others: SiteTally::default() }
    }

    pub(super) fn add(&mut self, host: &str, tally: &SiteTally) {
        if hash(host) > self.highest {
            self.others.add(tally);
        } else if let Some(known) = self.by_host.get_mut(host) {
            known.add(tally);
        } else {
            self.by_host.insert(host.to_owned(), tally.clone());
            if self.by_host.len() > 2 * self.limit {
                self.thin_out();
            }
        }
    }

    pub(super) fn merge(&mut self, other: Sites) {
        self.others.add(&other.others);
        self.highest = self.highest.min(other.highest);
        for (host, tally) in &other.by_host {
            self.add(host, tally);
        }
    }

    /// The sites that were counted by themselves, and the sum of the others.
    pub(super) fn finish(mut self) -> (BTreeMap<String, SiteTally>, SiteTally) {
        self.thin_out();
        (self.by_host, self.others)
    }

    fn thin_out(&mut self) {
        let mut hashes: Vec<u64> = self.by_host.keys().map(|host| hash(host)).collect();
        hashes.sort_unstable();
        // The greatest hash that stays. Two hosts of one hash stay or go together.
        let fits = hashes.get(self.limit.wrapping_sub(1)).copied();
        self.highest = match fits {
            _ if self.limit == 0 => 0,
            Some(highest) => self.highest.min(highest),
            None => self.highest,
        };
        let (highest, others) = (self.highest, &mut self.others);
        self.by_host.retain(|host, tally| {
            let stays = hash(host) <= highest;
            if !stays {
                others.add(tally);
            }
            stays
        });
    }
}

fn hash(host: &str) -> u64 {
    StableHash::default().bytes(host.as_bytes()).finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{SiteTally, Sites};

    fn tally(bytes: u64) -> SiteTally {
        SiteTally { documents: 1, bytes, removed_bytes: bytes / 2, removals: 1, removed_by_kind: vec![0, bytes / 2] }
    }

    #[test]
    fn memory_is_bounded_and_nothing_is_lost() {
        let mut sites = Sites::new(10);
        for n in 0..1000 {
            sites.add(&format!("site-{n}.example"), &tally(n));
            assert!(sites.by_host.len() <= 20);
        }
        let (listed, others) = sites.finish();
        assert_eq!(listed.len(), 10);
        assert_eq!(others.documents, 990);
        assert_eq!(listed.values().map(|tally| tally.bytes).sum::<u64>() + others.bytes, 499_500);
    }

    #[test]
    fn a_limit_of_nothing_sums_everything() {
        let mut sites = Sites::new(0);
        sites.add("ferry.example", &tally(8));
        let (listed, others) = sites.finish();
        assert_eq!((listed.len(), others), (0, tally(8)));
    }

    proptest! {
        #[test]
        fn neither_order_nor_parts_change_the_sums(
            hosts in proptest::collection::vec((0..40u8, 0..100u64), 0..120), limit in 0..12usize, cut in 0..120usize,
        ) {
            let gather = |part: &[(u8, u64)]| {
                let mut sites = Sites::new(limit);
                part.iter().for_each(|(host, bytes)| sites.add(&format!("{host}.example"), &tally(*bytes)));
                sites
            };
            let whole = gather(&hosts).finish();
            let (left, right) = hosts.split_at(cut.min(hosts.len()));
            let mut merged = gather(right);
            merged.merge(gather(left));
            prop_assert_eq!(&merged.finish(), &whole);
            let backwards: Vec<_> = hosts.iter().rev().copied().collect();
            prop_assert_eq!(&gather(&backwards).finish(), &whole);
            prop_assert!(whole.0.len() <= limit);
        }
    }
}
