//! `dechrome report`.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Context;

use crate::cli::args::ReportArguments;
use crate::cli::exit::Exit;
use crate::cli::exit::Outcome;
use crate::cli::outputs::{self, CommandOutput};
use crate::cli::progress::{Progress, Screen};
use crate::cli::{corpus, inputs, packs, signals, typed};
use crate::report::html::{Collector, DocumentSeen, GoneText, RemovedSpan, ReportData, RuleInfo, html};
use crate::run::{DocumentVisitor, Source, read_log, visit_documents};
use crate::{Cleaner, Document, Removal, Rule};

pub(in crate::cli) fn run(arguments: ReportArguments) -> Outcome {
    outputs::check(&arguments.output, CommandOutput::Page, &arguments.paths)?;
    let cleaner = packs::cleaner(&arguments.rules)?;
    let (mut data, exit) = match &arguments.removed {
        Some(log) => (of_log(log, arguments.stats.as_deref(), &cleaner)?, Exit::Done),
        None => of_inputs(&arguments, &cleaner)?,
    };
    if signals::stop_requested() {
        return Ok(Exit::Interrupted);
    }
    data.program = format!("dechrome {}", env!("CARGO_PKG_VERSION"));
    // Of a log it is not known where its inputs are, and standard input is gone.
    if arguments.removed.is_none() && !arguments.paths.is_empty() {
        data.explain = typed::explain(&arguments.formats, &arguments.rules, &arguments.sites);
    }
    data.inputs = match (&arguments.removed, arguments.paths.as_slice()) {
        (Some(log), _) => vec![log.display().to_string()],
        (None, []) => vec!["standard input".to_owned()],
        (None, paths) => paths.iter().map(|path| path.display().to_string()).collect(),
    };
    let read = arguments.removed.as_ref().map_or(arguments.paths.as_slice(), std::slice::from_ref);
    let written = outputs::write(&arguments.output, html(&data).as_bytes(), inputs::access(read));
    written.with_context(|| format!("{}: the page cannot be written", arguments.output.display()))?;
    Ok(exit)
}

/// What would go of inputs.
fn of_inputs(arguments: &ReportArguments, cleaner: &Cleaner) -> anyhow::Result<(ReportData, Exit)> {
    let sites = packs::site_source(&arguments.sites)?;
    let options = corpus::of_formats(&arguments.formats);
    let threads = arguments.threads.map_or(0, usize::from);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("the threads do not start")?;
    signals::watch();
    let progress = Progress::new(&arguments.paths, Screen::Free);
    let visitor = ReportVisitor(Mutex::new(Collector::new(rules(cleaner))));
    let sources = inputs::sources(&arguments.paths, &sites, cleaner, &progress);
    // The whole path names a document, so that it can be found again.
    let sources = sources.map(|source| Source { label: source.name.clone(), ..source });
    let stats = visit_documents(cleaner, sources, &options, &progress, &visitor);
    progress.finish();
    let failed = stats.map(|stats| stats.failed + stats.faults)?;
    let mut collector = visitor.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    collector.add_failed(failed);
    Ok((collector.finish(), if failed > 0 { Exit::Failed } else { Exit::Done }))
}

/// What went, by the log of a cleaning and perhaps its figures.
fn of_log(log: &Path, stats: Option<&Path>, cleaner: &Cleaner) -> anyhow::Result<ReportData> {
    let context = || log.display().to_string();
    let mut rules = rules(cleaner);
    let mut index: HashMap<String, usize> = rules.iter().enumerate().map(|(at, rule)| (rule.id.clone(), at)).collect();
    // Rules of packs that are not here are known by what the log says of them.
    read_log(log, |entries| {
        for entry in entries.iter().filter(|entry| !entry.dropped) {
            index.entry(entry.rule.clone()).or_insert_with(|| {
                let pack = entry.rule.rsplit_once('/').map_or("", |(pack, _)| pack).to_owned();
                let kind = Some(entry.kind.clone());
                rules.push(RuleInfo { id: entry.rule.clone(), kind, pack, place: String::new() });
                rules.len() - 1
            });
        }
    })
    .with_context(context)?;
    let mut collector = Collector::new(rules);
    read_log(log, |entries| {
        let [first, ..] = entries else { return };
        let url = first.url.as_deref();
        let document = Document::new("");
        let document = url.map_or(document.clone(), |url| document.with_site(url));
        let (site, markup) = (document.site(), document.markup());
        let seen = DocumentSeen { input: &first.input, number: first.document, url, site, markup, text: b"" };
        let gone = entries.iter().filter(|entry| !entry.dropped).filter_map(|entry| {
            let rule_index = *index.get(&entry.rule)?;
            Some(GoneText { start: entry.start, text: entry.text.as_bytes(), rule_index })
        });
        let gone: Vec<GoneText<'_>> = gone.collect();
        let least: usize = gone.iter().map(|gone| gone.text.len()).sum();
        collector.add_logged(&seen, first.document_bytes.max(least as u64), &gone);
    })
    .with_context(context)?;
    let mut data = collector.finish();
    if let Some(stats) = stats {
        add_figures(&mut data, stats).with_context(|| format!("{}: no figures of clean --stats", stats.display()))?;
    }
    Ok(data)
}

/// The log knows only the documents of which something went.
fn add_figures(data: &mut ReportData, stats: &Path) -> anyhow::Result<()> {
    let figures: serde_json::Value = serde_json::from_slice(&fs::read(stats)?)?;
    let figure = |name: &str| figures[name].as_u64().with_context(|| format!("`{name}` is missing"));
    let totals = &mut data.totals;
    if let Some(nothing) = data.documents_by_share.first_mut() {
        *nothing = nothing.saturating_add(figure("documents")?.saturating_sub(totals.documents));
    }
    totals.documents = figure("documents")?;
    totals.bytes = figure("bytes")?;
    totals.failed = figure("failed")?.saturating_add(figure("faults")?);
    totals.suspect = figure("suspect")?;
    Ok(())
}

fn rules(cleaner: &Cleaner) -> Vec<RuleInfo> {
    let info = |rule: &Rule| RuleInfo {
        id: rule.full_id().to_owned(),
        kind: rule.kind().map(|kind| kind.name().to_owned()),
        pack: rule.pack().to_owned(),
        place: format!("{}:{}", rule.file(), rule.line()),
    };
    cleaner.rules().iter().map(info).collect()
}

/// Collects what is seen.
struct ReportVisitor(Mutex<Collector>);

impl DocumentVisitor for ReportVisitor {
    fn document(&self, document: &DocumentSeen<'_>, removals: &[Removal]) {
        let spans: Vec<RemovedSpan> = removals
            .iter()
            .map(|removal| RemovedSpan {
                start: removal.span.start,
                end: removal.span.end,
                rule_index: removal.rule.index(),
            })
            .collect();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).add(document, &spans);
    }
}
