//! `dechrome clean`.

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::cli::args::{CleanArguments, OutputArguments};
use crate::cli::exit::Exit;
use crate::cli::exit::Outcome;
use crate::cli::outputs::{self, CommandOutput, SyncedLog};
use crate::cli::progress::{Progress, Screen};
use crate::cli::sanitize::sanitized;
use crate::cli::{corpus, destination, diff, inputs, messages, packs, resume, signals, stats};
use crate::run::{CorpusOptions, Destination, Outputs, Previewed, SiteSource, clean_to_writer, clean_tree, preview};
use crate::{Cleaner, Stats};

/// What is done with cleaned text.
enum Mode {
    /// One document after another to standard output.
    Print,
    /// Each file to a place of its own.
    Files(Destination),
    /// Nothing is written; this is shown of each document.
    Preview(Show),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    DryRun,
    Diff,
    Check,
}

pub(in crate::cli) fn run(mut arguments: CleanArguments) -> Outcome {
    // It stands for standard output, as it does for standard input.
    arguments.output.output.take_if(|output| *output == Path::new(inputs::STDIN));
    let mode = mode(&arguments)?;
    if matches!(mode, Mode::Files(_)) && (arguments.paths.is_empty() || arguments.paths.iter().any(|path| path == "-"))
    {
        bail!("standard input has no place of its own to be written to; redirect standard output instead");
    }
    if matches!(mode, Mode::Files(Destination::InPlace))
        && (arguments.formats.compress.is_some() || arguments.formats.to.is_some())
    {
        bail!("a file that is cleaned in place keeps its name, and so what it is: --compress and --to go with -o DIR");
    }
    let sites = packs::site_source(&arguments.sites)?;
    let mut options = corpus::options(&arguments.formats, &arguments.documents);
    options.log_removed = arguments.removed.is_some();
    if let Mode::Files(Destination::File(file)) = &mode {
        options.compress = destination::compression_of(file, &arguments.paths, &options)?;
    }
    if matches!(mode, Mode::Print) && destination::would_run_together(&arguments.paths, &options) {
        messages::error(format_args!(
            "files come one after another with nothing between them: --document-separator LINE puts a line there, \
             -o DIR writes each to its place"
        ));
    }
    if let Some(Some(file)) = &arguments.stats {
        outputs::check(file, CommandOutput::Figures, &arguments.paths)?;
    }
    check_log(&arguments)?;
    // Given back with the process: thousands of pieces would take as long to free as to make.
    let packs = ManuallyDrop::new(packs::pack_set(&arguments.rules.packs, arguments.rules.no_builtin)?);
    // A digest of all packs, which a filter need not wait for.
    if arguments.output.output.is_some() {
        options.fingerprint = resume::fingerprint(&arguments, &packs);
    }
    let cleaner = ManuallyDrop::new(packs::cleaner_of(&packs, &arguments.rules)?);
    let threads = arguments.threads.map_or(0, usize::from);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("the threads do not start")?;
    signals::watch();
    if let Mode::Files(Destination::Mirror(_) | Destination::Resumed(_)) = &mode {
        signals::say_at_end("interrupted; the same command with --resume goes on from here".to_owned());
    }
    let screen = if matches!(mode, Mode::Files(_)) { Screen::Free } else { Screen::Shared };
    let progress = Progress::new(&arguments.paths, screen);
    let run = Run { cleaner: &cleaner, paths: &arguments.paths, sites: &sites, options: &options, progress: &progress };
    let result = match &mode {
        Mode::Print => run.print(removal_log(&arguments)?),
        Mode::Files(destination) => run.files(destination, &arguments),
        Mode::Preview(show) => run.preview(*show),
    };
    progress.finish();
    let counted = result?;
    if signals::stop_requested() {
        signals::tell();
        return Ok(Exit::Interrupted);
    }
    if counted.documents == 0 && counted.textless + counted.not_objects > 0 {
        messages::error(format_args!("{}", no_text(&counted, &arguments.formats.text_field)));
        return Ok(Exit::Failed);
    }
    if counted.html > 0 {
        let (html, documents) = (counted.html, counted.documents);
        messages::error(format_args!(
            "{html} of {documents} documents are HTML and were taken for plain text; clean what is left when the \
             text is taken out of the markup"
        ));
    }
    stats::write(&arguments.stats, &counted, &cleaner)?;
    Ok(match mode {
        _ if counted.failed > 0 || counted.faults > 0 => Exit::Failed,
        Mode::Preview(Show::Check) if counted.changed > 0 => Exit::Finding,
        _ => Exit::Done,
    })
}

/// Why nothing of a corpus was cleaned, and which fields could be meant.
fn no_text(counted: &Stats, field: &str) -> String {
    if counted.textless == 0 {
        return "no record is a JSON object with fields".to_owned();
    }
    let others: Vec<String> = counted.other_fields().iter().map(|field| format!("`{field}`")).collect();
    let others = if others.is_empty() { "none".to_owned() } else { others.join(", ") };
    format!("no record has a text in `{field}`; name the field with --text-field (texts of the first record: {others})")
}

fn mode(arguments: &CleanArguments) -> anyhow::Result<Mode> {
    Ok(match &arguments.output {
        OutputArguments { output: Some(path), .. } => {
            Mode::Files(destination::destination(path, &arguments.paths, arguments.resume)?)
        }
        OutputArguments { in_place: true, .. } => Mode::Files(Destination::InPlace),
        OutputArguments { dry_run: true, .. } => Mode::Preview(Show::DryRun),
        OutputArguments { diff: true, .. } => Mode::Preview(Show::Diff),
        OutputArguments { check: true, .. } => Mode::Preview(Show::Check),
        _ if arguments.resume => bail!("standard output cannot be gone on with; --resume needs -o DIR"),
        _ => Mode::Print,
    })
}

/// A log tells where things were in originals: it goes with outputs from which these can be made again.
fn check_log(arguments: &CleanArguments) -> anyhow::Result<()> {
    let OutputArguments { output, in_place, dry_run, diff, check } = &arguments.output;
    let Some(log) = &arguments.removed else { return Ok(()) };
    let resolved = |path: &Path| path.canonicalize().ok();
    let log_folder = log.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if arguments.paths.iter().any(|path| {
        let path = resolved(path);
        path.is_some()
            && (path == resolved(log)
                || resolved(log_folder).zip(path).is_some_and(|(log, path)| log.starts_with(path)))
    }) {
        bail!("{}: the log is an input or lies inside one; choose another place", log.display());
    }
    outputs::check(log, CommandOutput::Log, &[])?;
    if *in_place {
        outputs::check_log_in_place(log)?;
    }
    if arguments.stats.iter().flatten().any(|figures| outputs::is_same(figures, log)) {
        bail!("{}: the log and the figures would be one file", log.display());
    }
    if *dry_run || *diff || *check {
        bail!("--removed logs what goes, and here nothing goes");
    }
    if arguments.formats.to.is_some() {
        bail!("what became of another format cannot be given back: --removed and --to do not go together");
    }
    if output.is_none() && !in_place && (arguments.paths.len() > 1 || arguments.paths.iter().any(|path| path.is_dir()))
    {
        bail!("several inputs in one output cannot be given back one by one; use -o DIR with --removed");
    }
    Ok(())
}

/// Where what goes is logged; nowhere if that was not asked for.
fn removal_log(arguments: &CleanArguments) -> anyhow::Result<Box<dyn Write + Send>> {
    let Some(path) = &arguments.removed else { return Ok(Box::new(io::sink())) };
    let file = inputs::create_for(&arguments.paths, path);
    let file = file.with_context(|| format!("{}: the log cannot be written", path.display()))?;
    Ok(match arguments.output.in_place {
        true => Box::new(io::BufWriter::new(SyncedLog(file))),
        false => Box::new(io::BufWriter::new(file)),
    })
}

struct Run<'r> {
    cleaner: &'r Cleaner,
    paths: &'r [PathBuf],
    sites: &'r SiteSource,
    options: &'r CorpusOptions,
    progress: &'r Progress,
}

impl Run<'_> {
    fn print(&self, log: impl Write + Send) -> anyhow::Result<Stats> {
        let sources = inputs::sources(self.paths, self.sites, self.cleaner, self.progress);
        Ok(clean_to_writer(self.cleaner, sources, self.options, (io::stdout(), log), self.progress)?)
    }

    fn files(&self, destination: &Destination, arguments: &CleanArguments) -> anyhow::Result<Stats> {
        let path = arguments.removed.as_deref();
        let mut outputs = Outputs::open(self.paths, destination, self.options, path)?;
        let log = match path.map(|path| outputs.continue_log(path)).transpose()?.flatten() {
            Some(log) => Box::new(io::BufWriter::new(log)),
            None => removal_log(arguments)?,
        };
        Ok(clean_tree(self.cleaner, self.options, (outputs, self.sites), log, self.progress)?)
    }

    fn preview(&self, show: Show) -> anyhow::Result<Stats> {
        let sources = inputs::sources(self.paths, self.sites, self.cleaner, self.progress);
        let mut out = io::BufWriter::new(io::stdout());
        let describe = |previewed: &Previewed| match show {
            Show::Diff => diff::unified(previewed),
            Show::DryRun => dry_run_line(previewed),
            Show::Check if previewed.stats.changed == 0 => Vec::new(),
            Show::Check => format!("{}\n", sanitized(&previewed.name.to_string_lossy())).into_bytes(),
        };
        let write = |shown: Vec<u8>| out.write_all(&shown).context("standard output");
        let stats = preview(self.cleaner, sources, self.options, self.progress, (describe, write))?;
        out.flush().context("standard output")?;
        Ok(stats)
    }
}

fn dry_run_line(previewed: &Previewed) -> Vec<u8> {
    let removed = previewed.stats.removed();
    if previewed.stats.changed == 0 {
        return Vec::new();
    }
    let percent = 100.0 * removed.bytes as f64 / previewed.stats.bytes.max(1) as f64;
    let name = previewed.name.to_string_lossy();
    let (removals, gone) = (removed.removals, removed.bytes);
    format!("{}: removals: {removals}, bytes: {gone} ({percent:.1} %)\n", sanitized(&name)).into_bytes()
}
