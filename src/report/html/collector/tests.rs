use proptest::prelude::*;

use super::super::limits::ReportLimits;
use super::super::seen::{DocumentSeen, RemovedSpan};
use super::{Collector, RuleInfo};
use crate::report::html::data::{DocumentFigures, KindFigures, ReportData, Totals};
use crate::text::Markup;

fn rule(id: &str, kind: Option<&str>) -> RuleInfo {
    let kind = kind.map(str::to_owned);
    RuleInfo { id: format!("harbour/{id}"), kind, pack: "harbour".into(), place: "harbour.toml:3".into() }
}

fn rules() -> Vec<RuleInfo> {
    vec![
        rule("share", Some("share")),
        rule("cookies", Some("cookie")),
        rule("editors", None),
        rule("buttons", Some("share")),
        rule("old-box", Some("newsletter")),
    ]
}

fn page<'d>(number: u64, site: Option<&'d str>, text: &'d [u8]) -> DocumentSeen<'d> {
    DocumentSeen { input: "pages.jsonl", number, url: None, site, markup: Markup::Auto, text }
}

fn gone(start: usize, end: usize, rule_index: usize) -> RemovedSpan {
    RemovedSpan { start, end, rule_index }
}

#[test]
fn figures_add_up_by_rule_kind_site_and_document() {
    let mut collector = Collector::new(rules());
    collector
        .add(&page(1, Some("pier.example"), b"The ferry sails.\nShare\nTweet\n"), &[gone(17, 23, 0), gone(23, 29, 3)]);
    collector.add(&page(2, Some("pier.example"), b"We use cookies.\n"), &[gone(0, 16, 1)]);
    collector.add(&page(3, None, b"Nothing here.\n"), &[]);
    collector.add(&page(4, None, b"Share\nTwo boats.\nShare\n"), &[gone(0, 6, 0), gone(17, 23, 0)]);
    collector.add_failed(2);
    collector.add_suspect(1);
    let data = collector.finish();

    let totals = Totals { documents: 4, changed: 3, bytes: 82, removed_bytes: 40, removals: 5, failed: 2, suspect: 1 };
    assert_eq!(data.totals, totals);
    // 12 of 29, all of 16, none of 14, 12 of 23.
    assert_eq!(data.documents_by_share, [1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1]);
    let kind =
        |name: &str, rules, removals, removed_bytes| KindFigures { name: name.into(), rules, removals, removed_bytes };
    assert_eq!(data.kinds, [kind("share", 2, 4, 24), kind("cookie", 1, 1, 16)]);
    let by_rule: Vec<_> =
        data.rules.iter().map(|rule| (rule.info.id.as_str(), rule.removals, rule.documents)).collect();
    assert_eq!(by_rule, [("harbour/share", 3, 2), ("harbour/cookies", 1, 1), ("harbour/buttons", 1, 1)]);
    assert_eq!(data.unused_rules, [rule("old-box", Some("newsletter"))]);
    assert_eq!(data.sites.len(), 1);
    assert_eq!((data.sites[0].documents, &data.sites[0].removed_by_kind), (2, &vec![12, 16]));
    assert_eq!((data.unknown_site.documents, &data.unknown_site.removed_by_kind), (2, &vec![12]));
    let by_share: Vec<u64> = data.documents.iter().map(|document| document.number).collect();
    assert_eq!(by_share, [2, 4, 1]);
}

#[test]
fn of_documents_that_lost_the_same_share_the_longer_one_comes_first() {
    let mut collector = Collector::with_limits(rules(), ReportLimits { documents: 2, ..ReportLimits::default() });
    for (number, length) in [(1, 10), (2, 40), (3, 20)] {
        collector.add(&page(number, None, &vec![b'x'; length]), &[gone(0, length / 2, 0)]);
    }
    let shown: Vec<u64> = collector.finish().documents.iter().map(|document| document.number).collect();
    assert_eq!(shown, [2, 3]);
}

#[test]
fn sites_beyond_the_limit_are_summed() {
    let mut collector = Collector::with_limits(rules(), ReportLimits { sites: 1, ..ReportLimits::default() });
    collector.add(&page(1, Some("a.example"), b"Share\n"), &[gone(0, 6, 0)]);
    collector.add(&page(2, Some("b.example"), b"Share on\n"), &[gone(0, 9, 0)]);
    collector.add(&page(3, Some("c.example"), b"Text\n"), &[]);
    let data = collector.finish();
    assert_eq!(data.sites.iter().map(|site| site.host.as_str()).collect::<Vec<_>>(), ["b.example"]);
    assert_eq!((data.other_sites.documents, data.other_sites.removed_bytes), (2, 6));
}

#[test]
fn spans_outside_the_text_and_unknown_rules_do_no_harm() {
    let mut collector = Collector::new(rules());
    let spans = [gone(3, 900, 0), gone(800, 900, 0), gone(5, 2, 1), gone(0, 1, 77)];
    collector.add(&page(1, None, b"Share\n"), &spans);
    let data = collector.finish();
    assert_eq!((data.totals.removals, data.totals.removed_bytes), (4, 4));
    assert_eq!(data.rules.iter().map(|rule| rule.removed_bytes).sum::<u64>(), 3);
}

#[test]
fn a_document_counts_once_for_a_rule_also_after_a_merge() {
    let mut one = Collector::new(rules());
    one.add(&page(1, None, b"Share\nShare\n"), &[gone(0, 6, 0), gone(6, 12, 0)]);
    let mut other = one.sibling();
    for number in 2..4 {
        other.add(&page(number, None, b"Share\n"), &[gone(0, 6, 0)]);
    }
    one.merge(other);
    one.add(&page(4, None, b"Share\n"), &[gone(0, 6, 0)]);
    assert_eq!(one.finish().rules[0].documents, 4);
}

#[test]
fn memory_is_bounded_whatever_the_corpus() {
    let limits = ReportLimits { samples: 3, documents: 4, sites: 5, counted_sites: 6 };
    let mut collector = Collector::with_limits(rules(), limits);
    let long = "n".repeat(5000);
    let text = "x".repeat(100_000);
    for number in 0..500 {
        let host = format!("{number}.{long}");
        let document = DocumentSeen {
            input: &long,
            number,
            url: Some(&long),
            site: Some(&host),
            markup: Markup::Auto,
            text: text.as_bytes(),
        };
        collector.add(&document, &[gone(10_000, 90_000, 0), gone(95_000, 95_001, 1)]);
    }
    let data = collector.finish();
    assert_eq!((data.rules[0].samples.len(), data.documents.len(), data.sites.len()), (3, 4, 5));
    let json = serde_json::to_string(&data).unwrap();
    assert!(json.len() < 40_000, "{}", json.len());
}

#[test]
fn samples_do_not_favour_the_start_of_a_corpus() {
    let mut collector = Collector::with_limits(rules(), ReportLimits { samples: 100, ..ReportLimits::default() });
    for number in 1..=10_000 {
        collector.add(&page(number, None, b"Share\n"), &[gone(0, 6, 0)]);
    }
    let samples = &collector.finish().rules[0].samples;
    let late = samples.iter().filter(|sample| sample.number > 5_000).count();
    assert!((30..70).contains(&late), "{late}");
}

#[derive(Clone, Debug)]
struct SeenDocument {
    number: u64,
    site: Option<u8>,
    text: Vec<u8>,
    spans: Vec<RemovedSpan>,
}

fn seen() -> impl Strategy<Value = Vec<SeenDocument>> {
    let span = (0..60usize, 0..60usize, 0..7usize).prop_map(|(start, end, rule)| gone(start, end, rule));
    let spans = proptest::collection::vec(span, 0..5);
    let document = (proptest::option::of(0..9u8), proptest::collection::vec(any::<u8>(), 0..50), spans);
    proptest::collection::vec(document, 0..30).prop_map(|documents| {
        let numbered = documents.into_iter().zip(1..);
        numbered.map(|((site, text, spans), number)| SeenDocument { number, site, text, spans }).collect()
    })
}

fn counted<'s>(documents: impl IntoIterator<Item = &'s SeenDocument>) -> Collector {
    let limits = ReportLimits { samples: 2, documents: 3, sites: 2, counted_sites: 4 };
    let mut collector = Collector::with_limits(rules(), limits);
    for SeenDocument { number, site, text, spans } in documents {
        let host = site.map(|n| format!("{n}.example"));
        collector.add(&page(*number, host.as_deref(), text), spans);
    }
    collector
}

fn sums(data: &ReportData) -> [u64; 3] {
    let sites = data.sites.iter().chain([&data.other_sites, &data.unknown_site]);
    sites.fold([0; 3], |[documents, bytes, removed], site| {
        [documents + site.documents, bytes + site.bytes, removed + site.removed_bytes]
    })
}

proptest! {
    #[test]
    fn the_order_of_documents_changes_nothing(
        (documents, shuffled) in seen().prop_flat_map(|documents| (Just(documents.clone()), Just(documents).prop_shuffle())),
    ) {
        prop_assert_eq!(counted(&documents).finish(), counted(&shuffled).finish());
    }

    #[test]
    fn sharing_documents_out_changes_nothing(documents in seen(), one in 0..30usize, other in 0..30usize) {
        let (one, other) = (one.min(documents.len()), other.min(documents.len()));
        let (first, second) = (one.min(other), one.max(other));
        let parts = [&documents[..first], &documents[first..second], &documents[second..]];
        let [mut left, middle, right] = parts.map(counted);
        let mut right_first = right.clone();
        let mut rest = middle.clone();
        left.merge(middle);
        left.merge(right);
        rest.merge(counted(parts[0]));
        right_first.merge(rest);
        let whole = counted(&documents).finish();
        prop_assert_eq!(left.finish(), whole.clone());
        prop_assert_eq!(right_first.finish(), whole);
    }

    #[test]
    fn sites_add_up_to_the_totals(documents in seen()) {
        let data = counted(&documents).finish();
        prop_assert_eq!(sums(&data), [data.totals.documents, data.totals.bytes, data.totals.removed_bytes]);
        prop_assert_eq!(data.documents_by_share.iter().sum::<u64>(), data.totals.documents);
    }

    #[test]
    fn documents_are_ordered_by_share(documents in seen()) {
        let share = |document: &DocumentFigures| document.removed_bytes as f64 / document.bytes as f64;
        prop_assert!(counted(&documents).finish().documents.is_sorted_by(|one, next| share(one) >= share(next)));
    }
}
