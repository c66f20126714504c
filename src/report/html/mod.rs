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
