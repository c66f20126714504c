//! The engine: all patterns of all packs in one compiled, immutable value, and the matches of a
//! line. Crate-private and pure; knows nothing of what a match leads to.
//!
//! Chrome lines are short and mostly anchored, so whole lines, heads and tails are looked up by
//! hash; only `contains` and `cut` are scanned for, where words begin.

mod activation;
mod candidates;
mod compile;
mod compiled;
mod ends;
mod fit;
mod inside;
mod lookup;
mod naming;
mod patterns;
mod purpose;
mod rule_traits;
mod scan;
mod tables;
mod vocabulary;

pub(crate) use activation::Activity;
pub(crate) use candidates::Candidates;
pub(crate) use compiled::Engine;
pub(crate) use patterns::pattern::PatternRole;
pub(crate) use patterns::placeholders::placeholder_at;
pub(crate) use purpose::Purpose;
pub(crate) use scan::Match;
