//! Cleans a text and says which rule took what: `cargo run --example clean`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use dechrome::{CleanOptions, Cleaner, Document, PackSet};

const PAGE: &str = "Skip to main content\n\nThe council met on Tuesday and voted for the new bridge.\n\nRead more\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cleaner = Cleaner::new(&PackSet::built_in(), &CleanOptions::default())?;
    let cleaned = cleaner.clean(&Document::new(PAGE));
    println!("{}", cleaned.to_str()?);
    for removal in cleaned.removals() {
        println!("{} took {:?}", cleaner.rule(removal.rule).full_id(), &PAGE[removal.span.clone()]);
    }
    Ok(())
}
