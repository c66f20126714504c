//! Where the figures of a run go.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;

use crate::cli::outputs;
use crate::cli::sanitize::sanitized_lines;
use crate::io::Access;
use crate::{Cleaner, Stats};

/// What `--stats` was given: nothing, itself alone, or a file.
pub(in crate::cli) type Wanted = Option<Option<PathBuf>>;

pub(in crate::cli) fn write(wanted: &Wanted, stats: &Stats, cleaner: &Cleaner) -> anyhow::Result<()> {
    let Some(file) = wanted else { return Ok(()) };
    // A terminal that is gone is no reason to fail.
    let _ = write!(anstream::stderr(), "{}", sanitized_lines(&stats.to_text(cleaner)));
    if let Some(path) = file {
        let written = outputs::write(path, stats.to_json(cleaner).as_bytes(), Access::USUAL);
        written.with_context(|| format!("{}: the figures cannot be written", path.display()))?;
    }
    Ok(())
}
