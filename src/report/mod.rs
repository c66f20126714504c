//! What a run did, in figures: as text, as JSON, and as a page with samples. Pure.

pub mod html;
mod json;
mod review;
mod stats;
mod text;

pub use review::{ReviewPage, ReviewPages, review_html};
pub use stats::{Stats, Tally};
