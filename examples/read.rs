//! Shows every document of a corpus, whatever its format, with what would be removed: `cargo run --example read`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use dechrome::run::{CorpusOptions, DocumentSeen, DocumentVisitor, Origin, Silent, Source, visit_documents};
use dechrome::{CleanOptions, Cleaner, PackSet, Removal};

struct Printer;

impl DocumentVisitor for Printer {
    fn document(&self, document: &DocumentSeen<'_>, removals: &[Removal]) {
        let removed: usize = removals.iter().map(|removal| removal.span.len()).sum();
        println!("{}: {} of {} bytes are chrome", document.input, removed, document.text.len());
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cleaner = Cleaner::new(&PackSet::built_in(), &CleanOptions::default())?;
    let paths =
        std::fs::read_dir("examples/pages")?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    let sources = paths.into_iter().map(|path| Source {
        name: path.clone(),
        label: path.clone(),
        site: None,
        origin: Origin::File(path),
    });
    visit_documents(&cleaner, sources, &CorpusOptions::default(), &Silent, &Printer)?;
    Ok(())
}
