//! `dechrome report`.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use dechrome::io::{AtomicFile, Durability};
use dechrome::report::html::{Collector, DocumentSeen, RemovedSpan, RuleInfo, html};
use dechrome::run::{DocumentWitness, Witnessed, witness};
use dechrome::{Cleaner, Rule};

use crate::Outcome;
use crate::args::ReportArguments;
use crate::exit::Exit;
use crate::progress::{Progress, Screen};
use crate::{corpus, inputs, packs, signals};

pub(crate) fn run(arguments: ReportArguments) -> Outcome {
    let sites = packs::site_source(&arguments.sites)?;
    let options = corpus::of_formats(&arguments.formats);
    let cleaner = packs::cleaner(&arguments.rules)?;
    let threads = arguments.threads.map_or(0, usize::from);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("the threads do not start")?;
    signals::watch();
    let progress = Progress::new(&arguments.paths, Screen::Free);
    let eyes = Eyes(Mutex::new(Collector::new(rules(&cleaner))));
    let sources = inputs::sources(&arguments.paths, &sites, &cleaner, &progress);
    let stats = witness(&cleaner, sources, &options, &progress, &eyes);
    progress.finish();
    let stats = stats?;
    if signals::stop_requested() {
        return Ok(Exit::Interrupted);
    }
    let mut collector = eyes.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    collector.add_failed(stats.failed + stats.faults);
    let mut data = collector.finish();
    data.program = format!("dechrome {}", env!("CARGO_PKG_VERSION"));
    data.inputs = match arguments.paths.as_slice() {
        [] => vec!["standard input".to_owned()],
        paths => paths.iter().map(|path| path.display().to_string()).collect(),
    };
    let write = || {
        let mut file = AtomicFile::create(&arguments.output)?;
        file.write_all(html(&data).as_bytes())?;
        file.finish(None, Durability::Flushed)
    };
    write().with_context(|| format!("{}: the page cannot be written", arguments.output.display()))?;
    Ok(if stats.failed + stats.faults > 0 { Exit::Failed } else { Exit::Done })
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
struct Eyes(Mutex<Collector>);

impl DocumentWitness for Eyes {
    fn document(&self, document: &Witnessed<'_>) {
        let Witnessed { input, number, url, site, text, removals } = *document;
        let seen = DocumentSeen { input, number, url, site, text };
        let spans: Vec<RemovedSpan> = removals
            .iter()
            .map(|removal| RemovedSpan {
                start: removal.span.start,
                end: removal.span.end,
                rule_index: removal.rule.index(),
            })
            .collect();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).add(&seen, &spans);
    }
}
