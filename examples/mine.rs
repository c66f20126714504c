//! Learns what a site's pages share, as a candidate pack to review: `cargo run --example mine`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use dechrome::mine::{MineOptions, Miner};
use dechrome::{CleanOptions, Cleaner, PackSet};

const TEXTS: [&str; 6] = [
    "The ferry left the quay an hour late, because the wind had turned to the north.",
    "The baker wrote a letter to the council about the price of flour and of wood.",
    "A new roof was put on the school before the winter, and the old bell rings again.",
    "The harbour master counted forty boats on Sunday, more than in any year before.",
    "Two brothers found a map in the attic, and it shows a well that nobody remembers.",
    "The choir sang in the market hall until midnight, though it was cold and it rained.",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut miner = Miner::new(MineOptions::default());
    for text in TEXTS {
        miner.add(format!("The Quay Gazette\n{text}\nTell the editor\n").as_bytes(), "quay.example");
    }
    // What the built-in packs take already needs no rule.
    let known = Cleaner::new(&PackSet::built_in(), &CleanOptions::default())?;
    for pack in miner.candidates(&known) {
        println!("{}", pack.to_toml());
    }
    Ok(())
}
