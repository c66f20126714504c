//! Mining: learns what a site's pages share and writes it down as a candidate pack, for a person to review.
//! Pure; knows text, packs and how a cleaner acts, but no files.
//!
//! [`Miner`] takes documents and keeps a bounded sample of each site, chosen by content, so that neither their order
//! nor the number of threads or machines matters. [`Miner::candidates`] counts lines in these samples and weighs them.

mod blocks;
mod brackets;
mod bytes;
mod candidate;
mod document_frequency;
mod edges;
mod ends;
mod example;
mod existing_rules;
mod kinds;
mod learn;
mod lines;
mod miner;
mod near_duplicates;
mod neighbours;
mod normalised;
mod options;
mod pages;
mod rules;
mod sample;
mod site;
mod strength;
mod to_toml;
mod word_lists;

pub use bytes::MinerBytesError;
pub use candidate::{Candidate, CandidatePack, CandidateShape};
pub use learn::{Learned, Lesson, learn};
pub use miner::Miner;
pub use options::MineOptions;
