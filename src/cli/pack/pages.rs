//! What a pack's rules do on pages: `dechrome pack stats`, and what `pack check --pages` warns of.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};

use crate::cli::exit::Exit;
use crate::cli::exit::Outcome;
use crate::cli::progress::{Progress, Screen};
use crate::cli::sanitize::sanitized;
use crate::cli::{inputs, signals};
use crate::report::html::DocumentSeen;
use crate::run::{CorpusOptions, DocumentVisitor, SiteSource, visit_documents};
use crate::{CleanOptions, Cleaner, Pack, PackSet, Removal, Rule, Warning};
use crate::{DocumentPlace, PackHits, RuleHits};

/// Fewer hits say nothing about where a rule takes lines.
const FEWEST_HITS: u64 = 3;

pub(in crate::cli) fn stats(pack: &Path, pages: &[PathBuf]) -> Outcome {
    let mut set = PackSet::built_in();
    let name = match pack.exists() {
        true => match set.load(pack).context("the pack does not load")?.as_slice() {
            [name] => name.clone(),
            names => bail!("{}: {} packs are here; name one file", pack.display(), names.len()),
        },
        false => pack.to_string_lossy().into_owned(),
    };
    let Some(pack) = set.get(&name) else { bail!("there is no pack `{name}`; `dechrome pack list` names the packs") };
    let (cleaner, hits, failed) = hits(&set, pack, pages)?;
    let mut out = io::stdout().lock();
    let of_pack = |rule: &Rule| rule.pack() == name && rule.kind().is_some();
    let rules: Vec<(usize, &Rule)> = cleaner.rules().iter().enumerate().filter(|(_, rule)| of_pack(rule)).collect();
    let width = rules.iter().map(|(_, rule)| sanitized(rule.full_id()).len()).max().unwrap_or(0).max(4);
    writeln!(out, "{:width$} {:>7} {:>7} {:>7}  first and last page", "rule", "lines", "pages", "share")?;
    for (index, rule) in rules {
        let Some(rule_hits) = hits.rule(index) else { continue };
        let share = 100.0 * rule_hits.documents as f64 / hits.documents.max(1) as f64;
        let (lines, documents) = (rule_hits.hits, rule_hits.documents);
        let shown = |place: &DocumentPlace| sanitized(&format!("{}:{}", place.input, place.number)).into_owned();
        let seen = rule_hits.seen.as_ref();
        let seen = seen.map_or("never".to_owned(), |(first, last)| format!("{} {}", shown(first), shown(last)));
        writeln!(out, "{:width$} {lines:>7} {documents:>7} {share:>6.1}%  {seen}", sanitized(rule.full_id()))?;
    }
    writeln!(out, "pages: {}", hits.documents)?;
    Ok(if failed > 0 { Exit::Failed } else { Exit::Done })
}

/// Warns of rules that take nothing of the pages, of those that take paragraphs, and of strong ones that take lines
/// between paragraphs.
pub(in crate::cli) fn warnings(set: &PackSet, pack: &Pack, pages: &[PathBuf]) -> anyhow::Result<Vec<Warning>> {
    let (cleaner, hits, failed) = hits(set, pack, pages)?;
    if failed > 0 {
        bail!("{failed} of the pages cannot be read");
    }
    if hits.documents == 0 {
        let message = "none of the pages is from a site of this pack".to_owned();
        return Ok(vec![Warning { file: pack.file().to_owned(), line: 1, message }]);
    }
    let mut warnings = Vec::new();
    for (index, rule) in cleaner.rules().iter().enumerate().filter(|(_, rule)| rule.pack() == pack.name()) {
        let (Some(rule_hits), Some(_)) = (hits.rule(index), rule.kind()) else { continue };
        let Some(message) = warning(rule, rule_hits, hits.documents) else { continue };
        let message = format!("{}: {message}", rule.full_id());
        warnings.push(Warning { file: rule.file().to_owned(), line: rule.line(), message });
    }
    Ok(warnings)
}

/// What a rule does on the pages that it should not.
fn warning(rule: &Rule, hits: &RuleHits, documents: u64) -> Option<String> {
    let RuleHits { hits: all, amid_prose: amid, paragraphs, different_paragraphs: different, .. } = hits;
    match () {
        () if *all == 0 => Some(format!("takes nothing of {documents} pages")),
        // The site's own paragraphs are the same on every page.
        () if *different >= FEWEST_HITS && different * 2 > *paragraphs => Some(format!(
            "takes {different} different paragraphs; `max-chars` or more of the line keeps it to what the site says"
        )),
        () if !rule.is_weak() && *all >= FEWEST_HITS && amid * 2 > *all => {
            Some(format!("stands between paragraphs {amid} of {all} times; if it could be content, make it weak"))
        }
        () => None,
    }
}

/// What the pack, alone with what it includes, takes of pages; and how many could not be read.
fn hits(set: &PackSet, pack: &Pack, pages: &[PathBuf]) -> anyhow::Result<(Cleaner, PackHits, u64)> {
    let cleaner = Cleaner::new(&set.with_includes(pack.name()), &CleanOptions::default())?;
    let site = pack.sites().first().map_or(SiteSource::Unknown, |site| SiteSource::Given(site.clone()));
    signals::watch();
    let progress = Progress::new(pages, Screen::Free);
    let tally = PackVisitor { pack, hits: Mutex::new(PackHits::new(cleaner.rules().len())) };
    let sources = inputs::sources(pages, &site, &cleaner, &progress);
    let stats = visit_documents(&cleaner, sources, &CorpusOptions::default(), &progress, &tally);
    progress.finish();
    let stats = stats?;
    let hits = tally.hits.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok((cleaner, hits, stats.failed + stats.faults))
}

/// Counts what it is shown.
struct PackVisitor<'p> {
    pack: &'p Pack,
    hits: Mutex<PackHits>,
}

impl DocumentVisitor for PackVisitor<'_> {
    fn document(&self, document: &DocumentSeen<'_>, removals: &[Removal]) {
        if document.site.is_none_or(|host| self.pack.covers(host)) {
            let place = DocumentPlace { input: document.input.to_owned(), number: document.number };
            let mut hits = self.hits.lock().unwrap_or_else(PoisonError::into_inner);
            hits.add(&place, document.text, removals);
        }
    }
}
