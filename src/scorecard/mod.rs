//! The scorecard: what each feature of a line is worth as evidence for chrome, as data. Knows neither lines nor rules; the build
//! script reads the built-in one with this same code.

mod card;
mod feature;
mod level;
mod source;

pub(crate) use card::Thresholds;
pub use card::{Points, Scorecard};
pub(crate) use feature::{Feature, FeatureValues};
pub use level::{Level, UnknownLevel};
pub use source::ScorecardError;
