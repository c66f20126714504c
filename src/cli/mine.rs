//! `dechrome mine`.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};

use crate::cli::args::{MineArguments, SiteArguments};
use crate::cli::exit::Exit;
use crate::cli::exit::Outcome;
use crate::cli::outputs::{self, CommandOutput};
use crate::cli::progress::{Progress, Screen};
use crate::cli::{corpus, inputs, messages, packs, signals};
use crate::io::{Access, write_atomically};
use crate::mine::{CandidatePack, MineOptions, Miner};
use crate::report::html::DocumentSeen;
use crate::run::{DocumentVisitor, SiteSource, visit_documents};
use crate::{CleanOptions, Cleaner, Document, PackSet, Removal};

pub(in crate::cli) fn run(arguments: MineArguments) -> Outcome {
    let known = Cleaner::new(&packs::pack_set(&arguments.packs, arguments.no_builtin)?, &CleanOptions::default())?;
    let threads = arguments.threads.map_or(0, usize::from);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("the threads do not start")?;
    signals::watch();
    let (visitor, failed) = read(&arguments, &known)?;
    if signals::stop_requested() {
        return Ok(Exit::Interrupted);
    }
    let nameless = visitor.nameless.into_inner();
    let miner = visitor.miner.into_inner().unwrap_or_else(PoisonError::into_inner);
    let found = if arguments.blocks { miner.candidates_with_blocks(&known) } else { miner.candidates(&known) };
    write(&found, &arguments)?;
    let rules: usize = found.iter().map(|pack| pack.candidates.len()).sum();
    let weak = found.iter().flat_map(|pack| &pack.candidates).filter(|candidate| candidate.weak).count();
    let sites = miner.sites().count();
    writeln!(io::stdout(), "sites: {sites}, packs: {}, rules: {rules}, of them weak: {weak}", found.len())?;
    let most = miner.sites().map(|(_, documents)| documents).max().unwrap_or(0);
    let fewest = u64::from(arguments.min_documents);
    if found.is_empty() {
        messages::error(format_args!(
            "nothing was found: a site needs {fewest} different documents (--min-documents) that share lines; \
             the largest one here has {most} documents"
        ));
    }
    if nameless > 0 {
        messages::error(format_args!(
            "{nameless} documents have no address and no host in their path; --site names it"
        ));
    }
    Ok(if failed > 0 { Exit::Failed } else { Exit::Done })
}

/// Shows all inputs to a miner.
fn read(arguments: &MineArguments, known: &Cleaner) -> anyhow::Result<(MineVisitor, u64)> {
    let sites = match &arguments.site {
        Some(_) => packs::site_source(&SiteArguments { site: arguments.site.clone(), site_from_path: false })?,
        None => SiteSource::Path,
    };
    let options = MineOptions {
        memory_bytes: (arguments.memory as usize) << 20,
        fewest_documents: arguments.min_documents.into(),
        ..MineOptions::default()
    };
    let visitor = MineVisitor { miner: Mutex::new(Miner::new(options)), nameless: AtomicU64::new(0) };
    let progress = Progress::new(&arguments.paths, Screen::Free);
    let sources = inputs::sources(&arguments.paths, &sites, known, &progress);
    // What is known is looked for in the sample alone.
    let nothing = Cleaner::new(&PackSet::empty(), &CleanOptions::default())?;
    let stats = visit_documents(&nothing, sources, &corpus::of_formats(&arguments.formats), &progress, &visitor);
    progress.finish();
    let stats = stats?;
    Ok((visitor, stats.failed + stats.faults))
}

fn write(found: &[CandidatePack], arguments: &MineArguments) -> anyhow::Result<()> {
    let folder = &arguments.output;
    fs::create_dir_all(folder).with_context(|| format!("{}: the folder cannot be made", folder.display()))?;
    let path = |pack: &CandidatePack| folder.join(format!("{}.toml", pack.site));
    if let Some(there) = found.iter().map(path).find(|path| path.exists() && !arguments.overwrite) {
        bail!("{} is there already, and may be reviewed; choose another folder, or --overwrite", there.display());
    }
    found.iter().try_for_each(|pack| outputs::check(&path(pack), CommandOutput::Pack, &arguments.paths))?;
    let access = inputs::access(&arguments.paths);
    found.iter().try_for_each(|pack| write_pack(&path(pack), pack, access))
}

fn write_pack(path: &Path, pack: &CandidatePack, access: Access) -> anyhow::Result<()> {
    let written = write_atomically(path, pack.to_toml().as_bytes(), access);
    written.with_context(|| format!("{}: the pack cannot be written", path.display()))
}

/// Learns from what it is shown.
struct MineVisitor {
    miner: Mutex<Miner>,
    /// Documents of which the site is not known.
    nameless: AtomicU64,
}

impl DocumentVisitor for MineVisitor {
    fn document(&self, document: &DocumentSeen<'_>, _: &[Removal]) {
        match document.site {
            Some(site) => {
                self.miner
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .add_document(&Document::new(document.text).with_site(site).with_markup(document.markup));
            }
            None => {
                self.nameless.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}
