//! The packs and options that were asked for.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::cli::args::{RuleArguments, SiteArguments};
use crate::run::SiteSource;
use crate::{CleanOptions, Cleaner, PackSet, Scorecard};

/// The built-in packs, unless left out, and those from disk.
pub(in crate::cli) fn pack_set(paths: &[PathBuf], no_builtin: bool) -> anyhow::Result<PackSet> {
    let mut packs = if no_builtin { PackSet::empty() } else { PackSet::built_in() };
    for path in paths {
        packs.load(path).with_context(|| "the packs do not load")?;
    }
    Ok(packs)
}

/// A cleaner of the rules that were asked for.
pub(in crate::cli) fn cleaner(arguments: &RuleArguments) -> anyhow::Result<Cleaner> {
    cleaner_of(&pack_set(&arguments.packs, arguments.no_builtin)?, arguments)
}

/// The same of packs that are there already.
pub(in crate::cli) fn cleaner_of(packs: &PackSet, arguments: &RuleArguments) -> anyhow::Result<Cleaner> {
    let options = CleanOptions {
        only: Some(arguments.only.clone()).filter(|kinds| !kinds.is_empty()),
        except: arguments.except.clone(),
        disable: arguments.disable.clone(),
        level: arguments.level,
        scorecard: arguments.scorecard.as_deref().map(scorecard).transpose()?,
        ..CleanOptions::default()
    };
    Ok(Cleaner::new(packs, &options)?)
}

fn scorecard(path: &Path) -> anyhow::Result<Scorecard> {
    let source = fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    Scorecard::parse(&source).with_context(|| format!("{}: the scorecard does not load", path.display()))
}

/// Where the site of each input is known from.
pub(in crate::cli) fn site_source(arguments: &SiteArguments) -> anyhow::Result<SiteSource> {
    match (&arguments.site, arguments.site_from_path) {
        (None, false) => Ok(SiteSource::Unknown),
        (None, true) => Ok(SiteSource::Path),
        (Some(host), _) => {
            if crate::Document::new("").with_site(host).site().is_none() {
                bail!("--site {host}: there is no host in this");
            }
            Ok(SiteSource::Given(host.clone()))
        }
    }
}
