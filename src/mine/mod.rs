//! Mining: learns what a site's pages share and writes it down as a candidate pack, for a person to review.
//! Pure; knows text, packs and how a cleaner acts, but no files.
//!
//! [`Miner`] takes documents and keeps a bounded sample of each site, chosen by content, so that neither their order
//! nor the number of threads or machines matters. [`Miner::candidates`] counts lines in these samples and weighs them.

mod blocks;
mod bytes;
mod candidate;
mod company;
mod edges;
mod emit;
mod example;
mod kinds;
mod known;
mod learn;
mod lines;
mod miner;
mod options;
mod pages;
mod pieces;
mod rows;
mod rules;
mod sample;
mod site;
mod spelling;
mod twins;
mod weigh;

pub use bytes::MinerBytesError;
pub use candidate::{Candidate, CandidatePack, Shape};
pub use learn::{Learned, Lesson, learn};
pub use miner::Miner;
pub use options::MineOptions;
