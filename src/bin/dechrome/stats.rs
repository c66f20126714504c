//! Where the figures of a run go.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use dechrome::io::Access;
use dechrome::{Cleaner, Stats};

use crate::outputs;
use crate::sanitize::sanitized_lines;

/// What `--stats` was given: nothing, itself alone, or a file.
pub(crate) type Wanted = Option<Option<PathBuf>>;

pub(crate) fn write(wanted: &Wanted, stats: &Stats, cleaner: &Cleaner) -> anyhow::Result<()> {
    let Some(file) = wanted else { return Ok(()) };
    // A terminal that is gone is no reason to fail.
    let _ = write!(anstream::stderr(), "{}", sanitized_lines(&stats.to_text(cleaner)));
    if let Some(path) = file {
        let written = outputs::write(path, stats.to_json(cleaner).as_bytes(), Access::USUAL);
        written.with_context(|| format!("{}: the figures cannot be written", path.display()))?;
    }
    Ok(())
}
