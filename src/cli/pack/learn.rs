//! `dechrome pack learn`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::cli::exit::Exit;
use crate::cli::exit::Outcome;
use crate::cli::{inputs, messages};
use crate::io::{Walked, walk, write_atomically};
use crate::mine::{Lesson, learn};

use super::site::host_of;

/// So many lines that come out otherwise are named.
const MOST_NAMED: usize = 10;

pub(in crate::cli) fn run(before: &Path, after: &Path, site: &str, output: Option<&Path>) -> Outcome {
    let site = host_of(site)?;
    let texts = texts(before, after)?;
    let lessons: Vec<Lesson<'_>> = texts.iter().map(|(before, after)| Lesson { before, after }).collect();
    let learned = learn(&site, &lessons);
    if learned.pack.candidates.is_empty() {
        bail!("nothing was taken out of {} pages; nothing is learned", lessons.len());
    }
    let toml = learned.pack.to_toml();
    match output {
        Some(path) if path.exists() => bail!("{} is there already", path.display()),
        Some(path) => write_atomically(path, toml.as_bytes(), inputs::access(&[before.to_owned(), after.to_owned()]))
            .with_context(|| format!("{}: the pack cannot be written", path.display()))?,
        None => io::stdout().write_all(toml.as_bytes())?,
    }
    let weak = learned.pack.candidates.iter().filter(|candidate| candidate.weak).count();
    let rules = learned.pack.candidates.len();
    messages::error(format_args!(
        "pages: {}, lines taken out: {}, rules: {rules}, of them weak, as their lines were also kept: {weak}",
        lessons.len(),
        learned.deleted
    ));
    if learned.changed > 0 {
        messages::error(format_args!("{} lines were changed or added; nothing is learned of them", learned.changed));
    }
    name("would stay", &learned.left);
    name("was kept and would go", &learned.lost);
    Ok(if learned.lost.is_empty() { Exit::Done } else { Exit::Finding })
}

fn name(what: &str, lines: &[String]) {
    for line in lines.iter().take(MOST_NAMED) {
        messages::error(format_args!("{what}: {line}"));
    }
    if lines.len() > MOST_NAMED {
        messages::error(format_args!("{what}: {} more lines", lines.len() - MOST_NAMED));
    }
}

/// The pages of both sides, by name.
fn texts(before: &Path, after: &Path) -> anyhow::Result<Vec<(Vec<u8>, Vec<u8>)>> {
    let read = |path: &Path| fs::read(path).with_context(|| path.display().to_string());
    if before.is_file() {
        return Ok(vec![(read(before)?, read(after)?)]);
    }
    let mut texts = Vec::new();
    for walked in walk(before) {
        match walked {
            Walked::File(file) => {
                let other: PathBuf = after.join(&file.below);
                texts.push((read(&file.path)?, read(&other)?));
            }
            Walked::Failed(path, error) => return Err(error).with_context(|| path.display().to_string()),
            Walked::Folder(_) | Walked::Own(..) | Walked::Link(_) => {}
        }
    }
    Ok(texts)
}
