//! `dechrome explain`.

mod lines;

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use anstyle::Style;
use anyhow::{Context, bail};
use lines::Explainer;
use serde_json::{Value, json};

use crate::cli::args::ExplainArguments;
use crate::cli::exit::Exit;
use crate::cli::exit::Outcome;
use crate::cli::progress::{Progress, Screen};
use crate::cli::sanitize::sanitized;
use crate::cli::{corpus, inputs, packs, signals};
use crate::report::html::DocumentSeen;
use crate::run::{DocumentVisitor, Observer, Source, read_documents};
use crate::{Cleaner, Removal};

pub(in crate::cli) fn run(arguments: ExplainArguments) -> Outcome {
    let sites = packs::site_source(&arguments.sites)?;
    let cleaner = packs::cleaner(&arguments.rules)?;
    // One thread keeps documents in order.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().context("the threads do not start")?;
    signals::watch();
    let out: Box<dyn Write + Send> = if arguments.json { Box::new(io::stdout()) } else { Box::new(anstream::stdout()) };
    let page = ExplainedPage { out: BufWriter::new(out), held: None, sums: Sums::default(), failed: None };
    let wanted = arguments.document.as_deref().map(WantedDocument::parse);
    let visitor = ExplainVisitor {
        cleaner: &cleaner,
        wanted,
        json: arguments.json,
        page: Mutex::new(page),
        is_done: AtomicBool::new(false),
    };
    let progress = Progress::new(&arguments.paths, Screen::Shared);
    let observer = Until { progress: &progress, visitor: &visitor, is_one_file: is_one_file(&arguments) };
    let sources = inputs::sources(&arguments.paths, &sites, &cleaner, &progress);
    // The whole path names a document, so that it can be found again.
    let named = |source: Source| Source { label: source.name.clone(), ..source };
    let read = read_documents(sources.map(named), &corpus::of_formats(&arguments.formats), &observer, &visitor);
    progress.finish();
    let stats = read?;
    let mut page = visitor.page.into_inner().unwrap_or_else(PoisonError::into_inner);
    if signals::stop_requested() {
        return Ok(Exit::Interrupted);
    }
    page.end(arguments.json)?;
    let explained = page.sums.documents;
    let is_failed = stats.failed > 0 || stats.faults > 0;
    match arguments.document {
        Some(document) if explained == 0 && !is_failed => {
            bail!(
                "there is no document {document}; of {} that were read none has this number or address",
                stats.documents
            )
        }
        _ => Ok(if is_failed { Exit::Failed } else { Exit::Done }),
    }
}

fn is_one_file(arguments: &ExplainArguments) -> bool {
    match arguments.paths.as_slice() {
        [] => true,
        [path] => !path.is_dir(),
        _ => false,
    }
}

/// Which documents are explained.
enum WantedDocument {
    Number(u64),
    Address(String),
}

impl WantedDocument {
    fn parse(text: &str) -> WantedDocument {
        text.parse().map_or_else(|_| WantedDocument::Address(text.to_owned()), WantedDocument::Number)
    }

    fn is(&self, document: &DocumentSeen<'_>) -> bool {
        match self {
            WantedDocument::Number(number) => *number == document.number,
            WantedDocument::Address(address) => document.url == Some(address),
        }
    }
}

/// Explains what it is shown.
struct ExplainVisitor<'e> {
    cleaner: &'e Cleaner,
    wanted: Option<WantedDocument>,
    json: bool,
    page: Mutex<ExplainedPage>,
    /// Whether nothing more is to be read of a single file, or nothing more can be written.
    is_done: AtomicBool,
}

impl DocumentVisitor for ExplainVisitor<'_> {
    fn document(&self, document: &DocumentSeen<'_>, _: &[Removal]) {
        if self.wanted.as_ref().is_some_and(|wanted| !wanted.is(document)) {
            return;
        }
        let explanation = self.cleaner.explain(&document.document());
        let explainer = Explainer { cleaner: self.cleaner, text: document.text };
        let mut shown = Vec::new();
        let written = if self.json {
            let lines = explanation.lines().iter();
            lines.map(|line| located(explainer.json(line), document)).try_for_each(|line| writeln!(shown, "{line}"))
        } else {
            explainer.print(&mut shown, &explanation)
        };
        let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        let has_lines = !explanation.lines().is_empty();
        let written = written.and_then(|()| page.add(document, (has_lines, shown), explanation.removals(), self.json));
        page.failed = page.failed.take().or(written.err());
        if page.failed.is_some() || matches!(self.wanted, Some(WantedDocument::Number(_))) {
            self.is_done.store(true, Ordering::Relaxed);
        }
    }
}

/// The line with the place of its document.
fn located(mut line: Value, document: &DocumentSeen<'_>) -> Value {
    line["input"] = document.input.into();
    line["document"] = document.number.into();
    line["url"] = json!(document.url);
    line
}

/// What is printed: of a single document its lines alone, of several their places, too, and sums.
struct ExplainedPage {
    out: BufWriter<Box<dyn Write + Send>>,
    /// The first document, as long as no other came.
    held: Option<(String, bool, Vec<u8>)>,
    sums: Sums,
    failed: Option<io::Error>,
}

#[derive(Default)]
struct Sums {
    documents: u64,
    removals: usize,
    removed_bytes: usize,
    bytes: usize,
}

const PLACE: Style = Style::new().bold();

impl ExplainedPage {
    fn add(
        &mut self,
        document: &DocumentSeen<'_>,
        (has_lines, shown): (bool, Vec<u8>),
        removals: &[Removal],
        json: bool,
    ) -> io::Result<()> {
        self.sums.documents += 1;
        self.sums.removals += removals.len();
        self.sums.removed_bytes += removals.iter().map(|removal| removal.span.len()).sum::<usize>();
        self.sums.bytes += document.text.len();
        if json {
            return self.out.write_all(&shown);
        }
        let url = document.url.map(|url| format!(", {url}")).unwrap_or_default();
        let place = format!("{}: document {}{url}", document.input, document.number);
        if self.sums.documents == 1 {
            self.held = Some((place, has_lines, shown));
            return Ok(());
        }
        if let Some((place, has_lines, shown)) = self.held.take() {
            self.print(&place, has_lines, &shown)?;
        }
        self.print(&place, has_lines, &shown)
    }

    fn print(&mut self, place: &str, has_lines: bool, shown: &[u8]) -> io::Result<()> {
        if !has_lines {
            return Ok(());
        }
        writeln!(self.out, "{PLACE}{}{PLACE:#}", sanitized(place))?;
        self.out.write_all(shown)
    }

    /// Prints what is still to be printed.
    fn end(&mut self, json: bool) -> io::Result<()> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        match self.held.take() {
            Some((_, _, shown)) => self.out.write_all(&shown)?,
            None if json || self.sums.documents == 0 => {}
            None => {
                let Sums { documents, removals, removed_bytes, bytes } = &self.sums;
                writeln!(self.out, "documents: {documents}, removals: {removals}, bytes: {removed_bytes} of {bytes}")?;
            }
        }
        self.out.flush()
    }
}

/// Stops where what was wanted of a single file was found.
struct Until<'u> {
    progress: &'u Progress,
    visitor: &'u ExplainVisitor<'u>,
    is_one_file: bool,
}

impl Observer for Until<'_> {
    fn read(&self, bytes: u64) {
        self.progress.read(bytes);
    }

    fn failed(&self, path: &Path, error: &io::Error) {
        self.progress.failed(path, error);
    }

    fn fault(&self, path: &Path, record: u64, what: &str) {
        self.progress.fault(path, record, what);
    }

    fn skipped_link(&self, path: &Path) {
        self.progress.skipped_link(path);
    }

    fn wants_stop(&self) -> bool {
        let is_done = self.visitor.is_done.load(Ordering::Relaxed);
        self.progress.wants_stop() || is_done && self.is_one_file
    }
}
