//! Cleaning: from matches to what is removed, why, and what was nearly removed. Pure; cannot fail on content.

mod blocks;
mod cleaned;
mod cleaner;
mod cuts;
mod destination;
mod evidence;
mod explain;
mod features;
mod known_items;
mod languages;
mod menus;
mod options;
mod removals;
mod round;
mod rounds;
mod runs;
mod scan;
mod shape;
mod standing;
mod structure;
mod subject;
mod surroundings;
mod taken;
mod weighed;
mod written;
mod written_lines;

pub use cleaned::{Cleaned, apply, kept_spans};
pub use cleaner::Cleaner;
pub use explain::{ExplainedLine, Explanation, Near, Reason, Verdict};
pub use options::{CleanOptions, CleanerError, Meant};
pub use removals::Removal;
pub use taken::How;
pub use weighed::Weighed;
