//! Checks of packs by running them: a cleaner is made of packs whose examples come out, and `pack check` says which
//! patterns are needless and where each rule takes something.

mod cleaner;
mod examples;
mod overlaps;
mod rule_hits;

pub use examples::{ExampleFailure, check_examples};
pub use overlaps::Overlaps;
pub use rule_hits::{DocumentPlace, PackHits, RuleHits};
