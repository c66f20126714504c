//! What cleaning took out of a corpus, as one HTML page that opens from disk. Pure: knows figures and
//! bytes, no packs and no files.
//!
//! A [`Collector`] counts documents in bounded memory, several of them add up by
//! [`merge`](Collector::merge), [`ReportData`] is what they found, [`html`] makes the page.

mod collector;
mod data;
mod excerpt;
mod least;
mod ranking;
mod render;
mod rule_tally;
mod sites;
mod stable_hash;

pub use collector::{Collector, DocumentSeen, GoneText, Limits, RemovedSpan};
pub use data::{DocumentFigures, KindFigures, ReportData, RuleFigures, RuleInfo, Sample, SiteFigures, Totals};
pub use excerpt::Excerpt;
pub use render::html;
pub(in crate::report) use render::page;

/// A hash of these texts that is the same in every version and on every machine.
pub(in crate::report) fn hash(texts: &[&[u8]]) -> u64 {
    let hash = stable_hash::StableHash::new();
    texts.iter().fold(hash, |hash, text| hash.number(text.len() as u64).bytes(text)).finish()
}
