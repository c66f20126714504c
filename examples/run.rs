//! Cleans JSON lines from standard input to standard output, on all threads and in bounded memory:
//! `cargo run --example run < pages.jsonl`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::io;

use dechrome::run::{CorpusOptions, Format, Origin, Silent, Source, clean_to_writer};
use dechrome::{CleanOptions, Cleaner, PackSet};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cleaner = Cleaner::new(&PackSet::built_in(), &CleanOptions::default())?;
    let mut options = CorpusOptions::default();
    options.format = Some(Format::Jsonl);
    let name: std::path::PathBuf = "standard input".into();
    let origin = Origin::Stream(Box::new(io::stdin()));
    let source = Source { name: name.clone(), label: name, site: None, origin };
    let stats = clean_to_writer(&cleaner, std::iter::once(source), &options, (io::stdout(), io::sink()), &Silent)?;
    eprintln!("{} documents, of {} something was removed", stats.documents, stats.changed);
    Ok(())
}
