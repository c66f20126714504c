//! Says of each line that a pattern matches what becomes of it and why: `cargo run --example explain`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use dechrome::{CleanOptions, Cleaner, Document, PackSet, Verdict};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page = std::fs::read("examples/pages/harbour-ferry.txt")?;
    let cleaner = Cleaner::new(&PackSet::built_in(), &CleanOptions::default())?;
    let explanation = cleaner.explain(&Document::new(&page));
    for line in explanation.lines() {
        let text = String::from_utf8_lossy(&page[line.span.clone()]);
        match &line.verdict {
            Verdict::Gone(removal) => println!("{text}: removed by {}", cleaner.rule(removal.rule).full_id()),
            Verdict::Stays(near) => {
                for near in near {
                    println!("{text}: stays, {} did not take it: {:?}", cleaner.rule(near.rule).full_id(), near.reason);
                }
            }
        }
    }
    Ok(())
}
