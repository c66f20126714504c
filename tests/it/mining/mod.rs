//! Mining: what becomes a candidate, and that nothing but the set of documents decides it.

#[cfg(unix)]
mod command;
mod lines;
mod promises;
mod shapes;

use dechrome::mine::{Candidate, CandidatePack, MineOptions, Miner};
use dechrome::{CleanOptions, Cleaner, PackSet};

const SITE: &str = "harbour.example";

/// A sentence that no other number has.
fn sentence(number: usize) -> String {
    const WHO: [&str; 7] =
        ["The keeper", "A pilot", "The mate", "Her cousin", "The baker", "An old diver", "The clerk"];
    const WHAT: [&str; 5] = ["counted the boats", "mended a sail", "sold a net", "heard a whistle", "found an anchor"];
    let (who, what) = (WHO[number % 7], WHAT[number / 7 % 5]);
    let (at, of) = (number * 37 % 101, number * 53 % 211);
    format!("{who} {what} at pier {at} before the tide of day {of} came in, and went home by way of street {number}.")
}

/// A document of two paragraphs, and lines before, between and behind them.
fn page(number: usize, before: &str, between: &str, behind: &str) -> String {
    let (first, second) = (sentence(2 * number), sentence(2 * number + 1));
    format!("{before}\n{first}\n{between}\n{second}\n{behind}\n")
}

fn known() -> Cleaner {
    Cleaner::new(&PackSet::built_in(), &CleanOptions::default()).unwrap()
}

fn mined(pages: &[String]) -> Option<CandidatePack> {
    let mut miner = Miner::new(MineOptions::default());
    pages.iter().for_each(|page| assert!(miner.add(page.as_bytes(), SITE)));
    miner.candidates(&known()).pop()
}

fn patterns(candidate: &Candidate) -> Vec<&str> {
    candidate.shape.patterns()
}

/// The candidate that has the pattern.
fn candidate<'p>(pack: &'p CandidatePack, pattern: &str) -> Option<&'p Candidate> {
    pack.candidates.iter().find(|candidate| patterns(candidate).contains(&pattern))
}
