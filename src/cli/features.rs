//! `dechrome features`.

use std::io::{self, BufWriter, Write};
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use serde_json::json;

use crate::cli::args::FeaturesArguments;
use crate::cli::exit::{Exit, Outcome};
use crate::cli::progress::{Progress, Screen};
use crate::cli::{corpus, inputs, packs, signals};
use crate::report::html::DocumentSeen;
use crate::run::{DocumentVisitor, read_documents};
use crate::scorecard::Feature;
use crate::{Cleaner, Removal};

pub(in crate::cli) fn run(arguments: &FeaturesArguments) -> Outcome {
    let sites = packs::site_source(&arguments.sites)?;
    let cleaner = packs::cleaner(&arguments.rules)?;
    // One thread keeps documents in order.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().context("the threads do not start")?;
    signals::watch();
    let mut out = BufWriter::new(io::stdout());
    let names: Vec<&str> = Feature::ALL.iter().map(|feature| feature.name()).collect();
    writeln!(out, "{}", json!({ "features": names }))?;
    let progress = Progress::new(&arguments.paths, Screen::Shared);
    let visitor = FeaturesVisitor { cleaner: &cleaner, out: Mutex::new((out, None)) };
    let sources = inputs::sources(&arguments.paths, &sites, &cleaner, &progress);
    let read = read_documents(sources, &corpus::of_formats(&arguments.formats), &progress, &visitor);
    progress.finish();
    let stats = read?;
    let (mut out, failed) = visitor.out.into_inner().unwrap_or_else(PoisonError::into_inner);
    failed.map_or(Ok(()), Err)?;
    out.flush()?;
    if signals::stop_requested() {
        return Ok(Exit::Interrupted);
    }
    Ok(if stats.failed > 0 || stats.faults > 0 { Exit::Failed } else { Exit::Done })
}

/// Writes the features of each document's lines.
struct FeaturesVisitor<'c> {
    cleaner: &'c Cleaner,
    out: Mutex<(BufWriter<io::Stdout>, Option<io::Error>)>,
}

impl DocumentVisitor for FeaturesVisitor<'_> {
    fn document(&self, seen: &DocumentSeen<'_>, _: &[Removal]) {
        let (mut lines, mut number, mut counted) = (Vec::new(), 1, 0);
        self.cleaner.each_feature(&seen.document(), |start, is_taken, values| {
            number += memchr::memchr_iter(b'\n', &seen.text[counted..start]).count();
            counted = start;
            let values = values.map(|values| Feature::ALL.iter().map(|feature| values[*feature]).collect::<Vec<i16>>());
            lines.push(json!([number, is_taken, values]));
        });
        let written = json!({ "input": seen.input, "document": seen.number, "lines": lines });
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let result = writeln!(out.0, "{written}");
        out.1 = out.1.take().or(result.err());
    }
}
