//! `dechrome review`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};

use crate::cli::args::ReviewArguments;
use crate::cli::exit::Exit;
use crate::cli::exit::Outcome;
use crate::cli::outputs::{self, CommandOutput};
use crate::cli::progress::{Progress, Screen};
use crate::cli::{inputs, messages, signals};
use crate::io::Access;
use crate::markup::seen_text;
use crate::report::html::DocumentSeen;
use crate::report::{ReviewPages, review_html};
use crate::run::{CorpusOptions, DocumentVisitor, SiteSource, visit_documents};
use crate::{CleanOptions, Cleaner, Pack, PackSet, Removal, Rule};

pub(in crate::cli) fn run(arguments: &ReviewArguments) -> Outcome {
    let path = &arguments.pack;
    // That it is not there is said by the system.
    if path.metadata().with_context(|| path.display().to_string())?.is_dir() {
        bail!("{}: a folder; name the file of one pack", path.display());
    }
    let mut set = PackSet::empty();
    let names = set.load(path).context("the pack does not load")?;
    let pack = names.first().and_then(|name| set.get(name)).context("no pack is here")?;
    if arguments.accept_over.is_some() || !arguments.kind.is_empty() {
        return by_numbers(pack, arguments);
    }
    outputs::check(&arguments.output, CommandOutput::Page, &arguments.pages)?;
    signals::watch();
    let (pages, failed) = pages(pack, arguments)?;
    if signals::stop_requested() {
        return Ok(Exit::Interrupted);
    }
    let program = format!("dechrome {}", env!("CARGO_PKG_VERSION"));
    let read: Vec<PathBuf> = arguments.pages.iter().chain([path]).cloned().collect();
    write(&arguments.output, &review_html(pack, &pages, &program), inputs::access(&read))?;
    Ok(if failed > 0 { Exit::Failed } else { Exit::Done })
}

fn write(path: &Path, text: &str, access: Access) -> anyhow::Result<()> {
    outputs::write(path, text.as_bytes(), access).with_context(|| format!("{}: cannot be written", path.display()))
}

/// Writes the pack with those rules that the options accept; what they take stays as it stands in the file.
fn by_numbers(pack: &Pack, arguments: &ReviewArguments) -> Outcome {
    let accepts = |rule: &Rule| {
        let share = |evidence: &crate::Evidence| 100.0 * f64::from(evidence.documents) / f64::from(evidence.of.max(1));
        let is_frequent = |least: f64| rule.evidence().is_some_and(|evidence| share(evidence) >= least);
        arguments.accept_over.is_none_or(is_frequent)
            && (arguments.kind.is_empty() || rule.kind().is_some_and(|kind| arguments.kind.contains(&kind)))
    };
    let mut rules = pack.rules().iter();
    let all = pack.rules().len();
    let mut accepted = 0;
    let mut written = String::new();
    for part in tables(pack.source()) {
        let is_rule = part.starts_with("[[rule]]");
        if is_rule && rules.next().is_some_and(accepts) {
            accepted += 1;
            written.push_str(part);
        } else if !is_rule && !part.starts_with("[[example]]") {
            written.push_str(part);
        }
    }
    let examples: String = tables(pack.source()).into_iter().filter(|part| part.starts_with("[[example]]")).collect();
    // An example holds lines of rules that may be gone.
    if accepted == all {
        written.push_str(&examples);
    }
    Pack::parse(pack.name(), &arguments.output.display().to_string(), &written)?;
    if fs::canonicalize(&arguments.output)
        .is_ok_and(|output| fs::canonicalize(&arguments.pack).is_ok_and(|pack| pack == output))
    {
        bail!("{}: the pack would be written over itself", arguments.output.display());
    }
    outputs::check(&arguments.output, CommandOutput::Pack, &[])?;
    write(&arguments.output, &written, inputs::access(std::slice::from_ref(&arguments.pack)))?;
    messages::error(format_args!("accepted {accepted} of {all} rules"));
    Ok(Exit::Done)
}

/// The file in parts, each from the head of a table to that of the next.
fn tables(source: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if line.starts_with("[[rule]]") || line.starts_with("[[example]]") {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(source.len());
    starts.windows(2).map(|pair| &source[pair[0]..pair[1]]).collect()
}

/// Pages of the pack's site, as many as a review can show.
fn pages(pack: &Pack, arguments: &ReviewArguments) -> anyhow::Result<(ReviewPages, u64)> {
    if arguments.pages.is_empty() {
        return Ok((ReviewPages::default(), 0));
    }
    let nothing = Cleaner::new(&PackSet::empty(), &CleanOptions::default())?;
    let site = pack.sites().first().map_or(SiteSource::Unknown, |site| SiteSource::Given(site.clone()));
    let progress = Progress::new(&arguments.pages, Screen::Free);
    let options = CorpusOptions { markup: arguments.markup, ..CorpusOptions::default() };
    let visitor = ReviewVisitor { pack, pages: Mutex::new(ReviewPages::default()) };
    let sources = inputs::sources(&arguments.pages, &site, &nothing, &progress);
    let stats = visit_documents(&nothing, sources, &options, &progress, &visitor);
    progress.finish();
    let stats = stats?;
    Ok((visitor.pages.into_inner().unwrap_or_else(PoisonError::into_inner), stats.failed + stats.faults))
}

struct ReviewVisitor<'p> {
    pack: &'p Pack,
    pages: Mutex<ReviewPages>,
}

impl DocumentVisitor for ReviewVisitor<'_> {
    fn document(&self, document: &DocumentSeen<'_>, _: &[Removal]) {
        if ReviewPages::are_of(self.pack, document.site) {
            let name = match document.url {
                Some(url) => url.to_owned(),
                None => format!("{} {}", document.input, document.number),
            };
            // The page shows what rules are compared with.
            self.pages.lock().unwrap_or_else(PoisonError::into_inner).add(&name, &seen_text(&document.document()));
        }
    }
}
