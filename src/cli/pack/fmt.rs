//! `dechrome pack fmt`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use walkdir::WalkDir;

use crate::PackSet;
use crate::cli::exit::{Exit, Outcome};
use crate::cli::inputs;
use crate::cli::sanitize::sanitized;
use crate::io::write_atomically;

/// Writes each pack in the one form, or only names those that are in another; all are read before one is written.
pub(in crate::cli) fn run(paths: &[PathBuf], check: bool) -> Outcome {
    let mut changed = Vec::new();
    for file in files(paths)? {
        let mut set = PackSet::empty();
        set.load(&file)?;
        let formatted = set.packs().iter().map(|pack| (pack.formatted(), pack.source()));
        changed.extend(formatted.filter(|(new, old)| new != old).map(|(new, _)| (file.clone(), new)));
    }
    let mut out = io::stdout().lock();
    for (file, text) in &changed {
        if !check {
            write_atomically(file, text.as_bytes(), inputs::access(std::slice::from_ref(file)))
                .with_context(|| format!("{}: the pack cannot be written", file.display()))?;
        }
        writeln!(out, "{}", sanitized(&file.to_string_lossy()))?;
    }
    Ok(if check && !changed.is_empty() { Exit::Finding } else { Exit::Done })
}

/// The files themselves, and all packs below folders.
fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let is_pack = |path: &Path| path.is_file() && path.extension().is_some_and(|extension| extension == "toml");
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        for entry in WalkDir::new(path).follow_links(true).sort_by_file_name() {
            let path = entry?.into_path();
            files.extend(is_pack(&path).then_some(path));
        }
    }
    Ok(files)
}
