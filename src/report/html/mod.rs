//! What cleaning took out of a corpus, as one HTML page that opens from disk. Pure: knows figures and
//! bytes, no packs and no files.
//!
//! A [`Collector`] counts documents in bounded memory, several of them add up by
//! [`merge`](Collector::merge), [`ReportData`] is what they found, [`html`] makes the page.

mod collector;
mod data;
mod excerpt;
mod least;
mod limits;
mod ranking;
mod render;
mod rule_tally;
mod seen;
mod sites;

pub use collector::Collector;
pub use data::{DocumentFigures, KindFigures, RemovalSample, ReportData, RuleFigures, RuleInfo, SiteFigures, Totals};
pub use excerpt::Excerpt;
pub use limits::ReportLimits;
pub use render::html;
pub(in crate::report) use render::page;
pub use seen::{DocumentSeen, GoneText, RemovedSpan};
