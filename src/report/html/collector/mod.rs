//! Counting what went, in bounded memory.

use std::sync::Arc;

use std::ops::Range;

use super::data::{DocumentFigures, ReportData, RuleInfo, Totals};
use super::excerpt::shortened;
use super::least::Least;
use super::limits::ReportLimits;
use super::ranking::{kinds_by_size, largest_sites, rules_by_size};
use super::rule_tally::{RuleTally, Rules, names, place};
use super::seen::{DocumentSeen, GoneText, RemovedSpan};
use super::sites::{SiteTally, Sites};

/// Hosts are at most 253 characters long by the rules of the DNS.
const HOST_CHARS: usize = 253;

/// What is counted of a removal: a range of a text, which begins at byte `start` of its document.
struct CountedRemoval<'c> {
    rule_index: usize,
    start: u64,
    text: &'c [u8],
    range: Range<usize>,
}

/// Counts documents and what went of them, and keeps some of it to show. The memory needed depends on
/// the rules and the [`ReportLimits`], not on the corpus. What comes out depends neither on the order of the
/// documents nor on how they are shared out among collectors that are merged.
///
/// ```
/// use dechrome::report::html::{Collector, DocumentSeen, RemovedSpan, RuleInfo, html};
/// let rule = RuleInfo {
///     id: "generic/en/share".into(),
///     kind: Some("share".into()),
///     pack: "generic/en".into(),
///     place: "patterns/generic/en.toml:7".into(),
/// };
/// let mut collector = Collector::new(vec![rule]);
/// let text = b"The ferry sails.\nShare\n";
/// let (input, markup) = ("pages.txt", dechrome::Markup::Auto);
/// let document = DocumentSeen { input, number: 1, url: None, site: Some("ferry.example"), markup, text };
/// collector.add(&document, &[RemovedSpan { start: 17, end: 23, rule_index: 0 }]);
/// let data = collector.finish();
/// assert_eq!(data.rules[0].samples[0].excerpt.removed, "Share\n");
/// assert!(html(&data).starts_with("<!doctype html>"));
/// ```
#[derive(Clone, Debug)]
pub struct Collector {
    limits: ReportLimits,
    rules: Arc<Rules>,
    totals: Totals,
    documents_by_share: [u64; 12],
    by_rule: Vec<RuleTally>,
    sites: Sites,
    unknown_site: SiteTally,
    documents: Least<DocumentFigures>,
}

impl Collector {
    /// Counts nothing so far. The order of the rules is what [`RemovedSpan::rule_index`] means.
    pub fn new(rules: Vec<RuleInfo>) -> Collector {
        Collector::with_limits(rules, ReportLimits::default())
    }

    /// Counts nothing so far, and will show so much.
    pub fn with_limits(rules: Vec<RuleInfo>, limits: ReportLimits) -> Collector {
        Collector::empty(Arc::new(Rules::new(rules)), limits)
    }

    /// Another collector of the same rules and limits, which has counted nothing: one for each thread,
    /// to be [merged](Collector::merge).
    pub fn sibling(&self) -> Collector {
        Collector::empty(Arc::clone(&self.rules), self.limits)
    }

    fn empty(rules: Arc<Rules>, limits: ReportLimits) -> Collector {
        Collector {
            limits,
            totals: Totals::default(),
            documents_by_share: [0; 12],
            by_rule: vec![RuleTally::new(limits.samples); rules.infos.len()],
            sites: Sites::new(limits.counted_sites),
            unknown_site: SiteTally::default(),
            documents: Least::new(limits.documents),
            rules,
        }
    }

    /// Counts a document and what went of it. The spans do not overlap; what of them lies outside the
    /// text is not counted, and a span whose rule does not exist counts for the document alone.
    ///
    /// Takes time for each span, and for the bytes of the few that are kept as samples.
    pub fn add(&mut self, document: &DocumentSeen<'_>, removed: &[RemovedSpan]) {
        let bytes = document.text.len();
        let spans = removed.iter().map(|span| {
            let start = span.start.min(bytes);
            CountedRemoval {
                rule_index: span.rule_index,
                start: start as u64,
                text: document.text,
                range: start..span.end.clamp(start, bytes),
            }
        });
        self.count(document, bytes as u64, spans);
    }

    /// Counts a document of so many bytes of which only what went is known, as a log has it: `document.text` does not
    /// matter, and samples stand without context.
    pub fn add_logged(&mut self, document: &DocumentSeen<'_>, bytes: u64, gone: &[GoneText<'_>]) {
        let gone = gone.iter().map(|gone| CountedRemoval {
            rule_index: gone.rule_index,
            start: gone.start,
            text: gone.text,
            range: 0..gone.text.len(),
        });
        self.count(document, bytes, gone);
    }

    fn count<'c>(
        &mut self,
        document: &DocumentSeen<'_>,
        bytes: u64,
        removed: impl Iterator<Item = CountedRemoval<'c>>,
    ) {
        let mut tally = SiteTally { documents: 1, bytes, ..SiteTally::default() };
        self.totals.documents += 1;
        let place = place(document);
        for counted in removed {
            let len = counted.range.len() as u64;
            tally.removals += 1;
            tally.removed_bytes += len;
            if let Some(Some(kind)) = self.rules.kind_of.get(counted.rule_index) {
                tally.add_kind(*kind, len);
            }
            if let Some(rule) = self.by_rule.get_mut(counted.rule_index) {
                let seen = DocumentSeen { text: counted.text, ..*document };
                rule.add(self.totals.documents, &seen, place, (counted.start, counted.range));
            }
        }
        self.totals.changed += u64::from(tally.removals > 0);
        // A log may claim any length.
        self.totals.bytes = self.totals.bytes.saturating_add(tally.bytes);
        self.totals.removed_bytes += tally.removed_bytes;
        self.totals.removals += tally.removals;
        self.documents_by_share[share_step(tally.removed_bytes, tally.bytes)] += 1;
        self.keep_document(document, &tally);
        match document.site {
            Some(host) => self.sites.add(&shortened(host, HOST_CHARS), &tally),
            None => self.unknown_site.add(&tally),
        }
    }

    /// Counts documents that could not be read.
    pub fn add_failed(&mut self, documents: u64) {
        self.totals.failed += documents;
    }

    /// Counts documents that somebody should look at.
    pub fn add_suspect(&mut self, documents: u64) {
        self.totals.suspect += documents;
    }

    /// Adds what was counted apart, by a collector of the same rules and limits. One of other rules
    /// does no harm, but its figures are added by the index of the rule.
    pub fn merge(&mut self, other: Collector) {
        self.totals.add(&other.totals);
        self.documents_by_share.iter_mut().zip(other.documents_by_share).for_each(|(mine, theirs)| *mine += theirs);
        for (mine, theirs) in self.by_rule.iter_mut().zip(other.by_rule) {
            mine.merge(theirs);
        }
        self.sites.merge(other.sites);
        self.unknown_site.add(&other.unknown_site);
        self.documents.merge(other.documents);
    }

    /// What was counted. `program` and `inputs` are left empty, for the caller to fill.
    pub fn finish(self) -> ReportData {
        let Collector { limits, rules, totals, documents_by_share, by_rule, sites, unknown_site, documents } = self;
        let (kinds, kind_order) = kinds_by_size(&rules, &by_rule);
        let (sites, other_sites) = sites.finish();
        let (sites, other_sites) = largest_sites(sites, other_sites, limits.sites, &kind_order);
        let (rules, unused_rules) = rules_by_size(&rules.infos, by_rule);
        ReportData {
            program: String::new(),
            inputs: Vec::new(),
            explain: String::new(),
            totals,
            documents_by_share,
            kinds,
            sites,
            other_sites,
            unknown_site: unknown_site.into_figures(String::new(), &kind_order),
            rules,
            unused_rules,
            documents: documents.into_sorted(),
        }
    }

    fn keep_document(&mut self, document: &DocumentSeen<'_>, tally: &SiteTally) {
        let &SiteTally { bytes, removed_bytes, .. } = tally;
        if removed_bytes > 0 && self.documents.wants(|last| last.cmp_share(bytes, removed_bytes)) {
            let (input, url) = names(document);
            self.documents.add(DocumentFigures { input, number: document.number, url, bytes, removed_bytes });
        }
    }
}

impl Totals {
    fn add(&mut self, other: &Totals) {
        self.documents += other.documents;
        self.changed += other.changed;
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.removed_bytes += other.removed_bytes;
        self.removals += other.removals;
        self.failed += other.failed;
        self.suspect += other.suspect;
    }
}

/// Which of [`ReportData::documents_by_share`] a document counts for.
fn share_step(removed_bytes: u64, bytes: u64) -> usize {
    match removed_bytes {
        0 => 0,
        _ if removed_bytes >= bytes => 11,
        _ => 1 + (u128::from(removed_bytes) * 10 / u128::from(bytes)) as usize,
    }
}

#[cfg(test)]
mod tests;
