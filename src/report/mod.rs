//! What a run did, in figures: as text, as JSON, and as a page with samples. Pure.

pub mod html;
mod json;
mod review;
mod rule_hits;
mod stats;
mod text;

pub use review::{ReviewPage, ReviewPages, review_html};
pub use rule_hits::{DocumentPlace, PackHits, RuleHits};
pub use stats::{Stats, Tally};
