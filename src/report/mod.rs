//! What a run did, in figures; as text and as JSON. Pure.

mod json;
mod stats;
mod text;

pub use stats::{Stats, Tally};
