//! Tallies in the order in which a report shows them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::data::{KindFigures, RuleFigures, RuleInfo, SiteFigures};
use super::rule_tally::{RuleTally, Rules};
use super::sites::SiteTally;

/// The kinds that were found, and for each its index in the table of kinds.
pub(super) fn kinds_by_size(rules: &Rules, tallies: &[RuleTally]) -> (Vec<KindFigures>, Vec<usize>) {
    let named = |name: &String| KindFigures { name: name.clone(), ..KindFigures::default() };
    let mut kinds: Vec<(usize, KindFigures)> = rules.kinds.iter().map(named).enumerate().collect();
    for (kind, tally) in rules.kind_of.iter().zip(tallies) {
        if let Some(kind) = kind.filter(|_| tally.removals > 0) {
            let figures = &mut kinds[kind].1;
            figures.rules += 1;
            figures.removals += tally.removals;
            figures.removed_bytes += tally.removed_bytes;
        }
    }
    kinds.retain(|(_, figures)| figures.removals > 0);
    kinds.sort_by_key(|(index, figures)| (Reverse((figures.removed_bytes, figures.removals)), *index));
    let order = kinds.iter().map(|(index, _)| *index).collect();
    (kinds.into_iter().map(|(_, figures)| figures).collect(), order)
}

/// Rules that took something, and those that did not.
pub(super) fn rules_by_size(infos: &[RuleInfo], tallies: Vec<RuleTally>) -> (Vec<RuleFigures>, Vec<RuleInfo>) {
    let (mut rules, mut unused) = (Vec::new(), Vec::new());
    for (info, tally) in infos.iter().zip(tallies) {
        let info = info.clone();
        let RuleTally { removals, removed_bytes, documents, samples, .. } = tally;
        if removals > 0 {
            rules.push(RuleFigures { info, removals, removed_bytes, documents, samples: samples.into_sorted() });
        } else if info.kind.is_some() {
            unused.push(info);
        }
    }
    rules.sort_by_key(|rule| Reverse((rule.removed_bytes, rule.removals)));
    (rules, unused)
}

pub(super) fn largest_sites(
    sites: BTreeMap<String, SiteTally>,
    mut others: SiteTally,
    limit: usize,
    kind_order: &[usize],
) -> (Vec<SiteFigures>, SiteFigures) {
    let mut sites: Vec<(String, SiteTally)> = sites.into_iter().collect();
    // The sort is stable: of equal ones the first in the alphabet stays first.
    sites.sort_by_key(|(_, tally)| Reverse((tally.removed_bytes, tally.bytes)));
    sites.drain(limit.min(sites.len())..).for_each(|(_, tally)| others.add(&tally));
    let listed = sites.into_iter().map(|(host, tally)| tally.into_figures(host, kind_order)).collect();
    (listed, others.into_figures(String::new(), kind_order))
}
