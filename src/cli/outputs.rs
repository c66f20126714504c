//! Files that commands write beside cleaned text: never over an input, nor over a file of another kind.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::Pack;
use crate::io::{Access, write_atomically};
use crate::run::{LogEntry, stays_inside};

/// What a file is that a command writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) enum CommandOutput {
    /// The log of `clean --removed`.
    Log,
    /// The figures of `clean --stats`.
    Figures,
    /// The page of `report` or `review`.
    Page,
    /// A pack.
    Pack,
}

impl CommandOutput {
    fn name(self) -> &'static str {
        match self {
            CommandOutput::Log => "log of removals",
            CommandOutput::Figures => "file of figures",
            CommandOutput::Page => "page of dechrome",
            CommandOutput::Pack => "pack",
        }
    }

    /// Whether a file that is not empty is one.
    fn is(self, path: &Path) -> io::Result<bool> {
        Ok(match self {
            CommandOutput::Log => is_log(&beginning(path)?),
            CommandOutput::Figures => {
                let figures: serde_json::Value = serde_json::from_slice(&fs::read(path)?).unwrap_or_default();
                ["documents", "removed", "removals"].iter().all(|name| figures.get(name).is_some())
            }
            CommandOutput::Page => {
                let text = String::from_utf8_lossy(&beginning(path)?).into_owned();
                text.starts_with("<!doctype html>") && text.contains("<title>dechrome re")
            }
            CommandOutput::Pack => {
                fs::read_to_string(path).is_ok_and(|source| Pack::parse("pack", "pack.toml", &source).is_ok())
            }
        })
    }
}

/// As much of a file as tells what it is. The first line of a log may be longer, where a record was left out whole.
const BEGINNING_BYTES: u64 = 64 << 10;

fn beginning(path: &Path) -> io::Result<Vec<u8>> {
    let mut beginning = Vec::new();
    File::open(path)?.take(BEGINNING_BYTES).read_to_end(&mut beginning)?;
    Ok(beginning)
}

/// The first line is an entry, or the beginning of one: a run may have been killed while it wrote it.
fn is_log(beginning: &[u8]) -> bool {
    let line = beginning.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
    match serde_json::from_slice::<LogEntry>(line) {
        Ok(_) => true,
        Err(error) if error.is_eof() && !line.ends_with(b"\n") => {
            let is_long = line.len() as u64 == BEGINNING_BYTES;
            const NUMBER: &[u8] = b",\"document\":";
            let names_document = || line.windows(NUMBER.len()).any(|part| part == NUMBER);
            line.starts_with(b"{\"input\":\"") && (!is_long || names_document())
        }
        Err(_) => false,
    }
}

/// Refuses a file that must not be written: one that is an input or lies in one, or that is there and is something else.
/// What is no file, such as a pipe or a device, is written to and not replaced.
pub(in crate::cli) fn check(path: &Path, output: CommandOutput, inputs: &[PathBuf]) -> anyhow::Result<()> {
    let Ok(metadata) = path.metadata() else { return Ok(()) };
    if !metadata.is_file() {
        return Ok(());
    }
    if inputs.iter().any(|input| input.exists() && stays_inside(input, path)) {
        bail!("{}: it is an input or lies inside one, and would be written over; choose another place", path.display());
    }
    if metadata.len() > 0 && !output.is(path).with_context(|| path.display().to_string())? {
        let what = output.name();
        bail!("{}: a file that is no {what} is there, and would be written over; choose another name", path.display());
    }
    Ok(())
}

/// The same for the log of a run in place, which is the only way back.
pub(in crate::cli) fn check_log_in_place(path: &Path) -> anyhow::Result<()> {
    if path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0) {
        bail!(
            "{}: it holds what an earlier run took, and is the only way back from that; log to another file, and \
             `restore` by one after the other, the last one first",
            path.display()
        );
    }
    Ok(())
}

/// Whether two paths are one file, which need not be there.
pub(in crate::cli) fn is_same(one: &Path, other: &Path) -> bool {
    stays_inside(one, other) && stays_inside(other, one)
}

/// Writes a file whole or not at all, with this access.
pub(in crate::cli) fn write(path: &Path, content: &[u8], access: Access) -> io::Result<()> {
    let is_stream = path.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
    if is_stream {
        return File::options().write(true).open(path)?.write_all(content);
    }
    write_atomically(path, content, access)
}

/// A log that is on the disk before a file is replaced in place.
pub(in crate::cli) struct SyncedLog(pub(in crate::cli) File);

impl Write for SyncedLog {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.sync_data() {
            // A pipe or a device has no disk.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            synced => synced,
        }
    }
}
