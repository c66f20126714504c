//! `dechrome clean`.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use dechrome::run::{Destination, Reviewed, SiteSource, clean_to_writer, clean_tree, review};
use dechrome::{Cleaner, Stats};

use crate::Outcome;
use crate::args::{CleanArguments, OutputArguments};
use crate::exit::Exit;
use crate::progress::{Progress, Screen};
use crate::sanitize::sanitized;
use crate::{diff, inputs, packs, signals, stats};

/// What is done with cleaned text.
enum Mode {
    /// One document after another to standard output.
    Print,
    /// Each file to a place of its own.
    Files(Destination),
    /// Nothing is written; this is shown of each document.
    Review(Show),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    DryRun,
    Diff,
    Check,
}

pub(crate) fn run(arguments: CleanArguments) -> Outcome {
    let mode = mode(&arguments.output);
    if matches!(mode, Mode::Files(_)) && (arguments.paths.is_empty() || arguments.paths.iter().any(|path| path == "-"))
    {
        bail!("standard input has no place of its own to be written to; redirect standard output instead");
    }
    let sites = packs::site_source(&arguments.sites)?;
    let cleaner = packs::cleaner(&arguments.rules)?;
    let threads = arguments.threads.map_or(0, usize::from);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("the threads do not start")?;
    signals::watch();
    let screen = if matches!(mode, Mode::Files(_)) { Screen::Free } else { Screen::Shared };
    let progress = Progress::new(&arguments.paths, screen);
    let run = Run { cleaner: &cleaner, paths: &arguments.paths, sites: &sites, progress: &progress };
    let result = match &mode {
        Mode::Print => run.print(),
        Mode::Files(destination) => Ok(clean_tree(&cleaner, &arguments.paths, destination, &sites, &progress)?),
        Mode::Review(show) => run.review(*show),
    };
    progress.finish();
    let counted = result?;
    if signals::stop_requested() {
        return Ok(Exit::Interrupted);
    }
    stats::write(&arguments.stats, &counted, &cleaner)?;
    Ok(match mode {
        _ if counted.failed > 0 => Exit::Failed,
        Mode::Review(Show::Check) if counted.changed > 0 => Exit::Finding,
        _ => Exit::Done,
    })
}

fn mode(output: &OutputArguments) -> Mode {
    match output {
        OutputArguments { output: Some(folder), .. } => Mode::Files(Destination::Mirror(folder.clone())),
        OutputArguments { in_place: true, .. } => Mode::Files(Destination::InPlace),
        OutputArguments { dry_run: true, .. } => Mode::Review(Show::DryRun),
        OutputArguments { diff: true, .. } => Mode::Review(Show::Diff),
        OutputArguments { check: true, .. } => Mode::Review(Show::Check),
        _ => Mode::Print,
    }
}

struct Run<'r> {
    cleaner: &'r Cleaner,
    paths: &'r [PathBuf],
    sites: &'r SiteSource,
    progress: &'r Progress,
}

impl Run<'_> {
    fn print(&self) -> anyhow::Result<Stats> {
        let sources = inputs::sources(self.paths, self.sites, self.cleaner, self.progress);
        clean_to_writer(self.cleaner, sources, io::stdout(), self.progress).context("standard output")
    }

    fn review(&self, show: Show) -> anyhow::Result<Stats> {
        let sources = inputs::sources(self.paths, self.sites, self.cleaner, self.progress);
        let mut out = io::BufWriter::new(io::stdout());
        let describe = |reviewed: &Reviewed<'_>| match show {
            Show::Diff => diff::unified(reviewed),
            Show::DryRun => dry_run_line(reviewed),
            Show::Check if reviewed.cleaned.removals().is_empty() => Vec::new(),
            Show::Check => format!("{}\n", sanitized(&reviewed.name.to_string_lossy())).into_bytes(),
        };
        let stats = review(self.cleaner, sources, self.progress, describe, |shown: Vec<u8>| out.write_all(&shown));
        let stats = stats.context("standard output")?;
        out.flush().context("standard output")?;
        Ok(stats)
    }
}

fn dry_run_line(reviewed: &Reviewed<'_>) -> Vec<u8> {
    let removals = reviewed.cleaned.removals();
    if removals.is_empty() {
        return Vec::new();
    }
    let gone = reviewed.text.len() - reviewed.cleaned.text().len();
    let percent = 100.0 * gone as f64 / reviewed.text.len() as f64;
    let name = reviewed.name.to_string_lossy();
    format!("{}: removals: {}, bytes: {gone} ({percent:.1} %)\n", sanitized(&name), removals.len()).into_bytes()
}
