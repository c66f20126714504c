//! `dechrome restore`.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::cli::args::RestoreArguments;
use crate::cli::exit::Exit;
use crate::cli::exit::Outcome;
use crate::cli::inputs::STDIN;
use crate::cli::{corpus, messages, outputs};
use crate::io::{Access, AtomicFile, Durability, Walked, walk};
use crate::run::{CorpusOptions, RemovalLog, RestoreError, output_name, restore, stays_inside};

pub(in crate::cli) fn run(arguments: RestoreArguments) -> Outcome {
    let options = corpus::of_formats(&arguments.formats);
    let log = RemovalLog::open(&arguments.removed)
        .map_err(cause)
        .with_context(|| format!("{}: no log of removals", arguments.removed.display()))?;
    if let Some(line) = log.cut_off() {
        let what = "is cut off and left out: the run was ended while it wrote it";
        messages::about(&arguments.removed, format_args!("line {line} {what}"));
    }
    let cleaned = &arguments.cleaned;
    let restoration =
        |output| Restoration { cleaned, output, log: &log, log_path: &arguments.removed, options: &options };
    if cleaned.is_dir() {
        let Some(output) = &arguments.output else { bail!("a folder is restored to another one: give -o DIR") };
        return Ok(restoration(output).tree());
    }
    let name = Path::new(cleaned.file_name().unwrap_or_default());
    let input = input_of_file(cleaned, name, &log)?;
    let context = || cleaned.display().to_string();
    match &arguments.output {
        Some(output) => restoration(output).file(cleaned, name, input).with_context(context)?,
        None => {
            restore(cleaned, &log, input, &options, io::stdout()).map_err(cause).with_context(context)?;
        }
    }
    Ok(Exit::Done)
}

/// What the log calls a file: its name, its path, or the only input that there is.
fn input_of_file<'l>(cleaned: &'l Path, name: &'l Path, log: &'l RemovalLog) -> anyhow::Result<&'l Path> {
    let known: Vec<&Path> = log.inputs().collect();
    match known.iter().find(|known| **known == name || **known == cleaned) {
        Some(known) => Ok(known),
        None if known.is_empty() => Ok(name),
        None if known.len() == 1 => Ok(known[0]),
        None => bail!(
            "{}: the log knows several inputs, and none of this name; restore the folder they are in",
            cleaned.display()
        ),
    }
}

/// What is restored, and to where.
struct Restoration<'r> {
    cleaned: &'r Path,
    output: &'r Path,
    log: &'r RemovalLog,
    log_path: &'r Path,
    options: &'r CorpusOptions,
}

impl Restoration<'_> {
    fn tree(&self) -> Exit {
        let mut exit = Exit::Done;
        let mut missing: BTreeSet<&Path> = self.log.inputs().collect();
        let mut failed = |path: &Path, error: anyhow::Error| {
            messages::about(path, format_args!("{error:#}"));
            exit = Exit::Failed;
        };
        for walked in walk(self.cleaned) {
            match walked {
                Walked::File(found) => {
                    missing.remove(found.below.as_path());
                    if let Err(error) = self.file(&found.path, &found.below, &found.below) {
                        failed(&found.path, error);
                    }
                }
                Walked::Folder(below) => {
                    if let Err(error) = self.folder(&self.output.join(&below)) {
                        failed(&self.output.join(below), error);
                    }
                }
                Walked::Link(path) => messages::about(&path, format_args!("a symbolic link, left alone")),
                Walked::Own(path, own) => messages::about(&path, format_args!("{}", own.note())),
                Walked::Failed(path, error) => failed(&path, error.into()),
            }
        }
        // Files of which nothing was left were not written.
        for input in missing {
            if let Err(error) = self.missing(input) {
                failed(&self.output.join(input), error);
            }
        }
        exit
    }

    /// A file that a walk did not come across: it may lie behind a link.
    fn missing(&self, input: &Path) -> anyhow::Result<()> {
        let cleaned = self.cleaned.join(input);
        if !stays_inside(self.cleaned, &cleaned) {
            bail!("a link leads to it, out of {}", self.cleaned.display());
        }
        self.file(&cleaned, input, input)
    }

    fn folder(&self, folder: &Path) -> anyhow::Result<()> {
        if !stays_inside(self.output, folder) {
            bail!("a link leads out of {} here; nothing is written behind it", self.output.display());
        }
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be written", folder.display()))
    }

    /// Restores a file to its place `below` the output, or to the name there that it had.
    fn file(&self, cleaned: &Path, below: &Path, input: &Path) -> anyhow::Result<()> {
        let Restoration { log, options, .. } = *self;
        let target = &original_name(&self.output.join(below), input, log, options);
        if let Some(folder) = target.parent() {
            self.folder(folder)?;
        }
        if outputs::is_same(target, self.log_path) {
            bail!("{} is the log, and would be written over", target.display());
        }
        let permissions = cleaned.metadata().map(|metadata| metadata.permissions()).ok();
        let unwritable = || format!("{} cannot be written", target.display());
        // Until it has its name, the owner alone may read it. Of what has no permissions yet the log tells.
        let access =
            permissions.as_ref().map_or_else(|| Access::common(&[self.log_path.to_owned()]), |_| Access::PRIVATE);
        let begin = || AtomicFile::create_with(target, access).with_context(unwritable);
        let restored = match restore(cleaned, log, input, options, begin()?) {
            // A file that could not be decoded passed as it was, and passes back so. Of one of which something went there
            // is nothing to be passed: it came out whole.
            Err(RestoreError::Io(error)) if is_damage(&error) && !log.knows(input) => {
                let mut copy = begin()?;
                io::copy(&mut fs::File::open(cleaned)?, &mut copy)?;
                copy
            }
            restored => restored.map_err(cause)?,
        };
        restored.finish(permissions, Durability::Flushed).with_context(unwritable)
    }
}

/// The name that the input had, if the log tells of another one than its output has; `options` may ask for a third.
fn original_name(target: &Path, input: &Path, log: &RemovalLog, options: &CorpusOptions) -> PathBuf {
    let format = options.format_of(target);
    let target = match log.original(input) {
        None => target.to_owned(),
        // A stream had no name.
        Some(original) if original.name == STDIN => {
            let mut as_it_was = options.clone();
            as_it_was.compress = Some(original.compression);
            output_name(target, format, &as_it_was)
        }
        // Of its path, the log was found to lead below the folder.
        Some(original) => match original.path().ok().as_deref().and_then(Path::file_name) {
            Some(name) => target.with_file_name(name),
            None => target.to_owned(),
        },
    };
    output_name(&target, format, options)
}

fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::Other)
}

/// The error as it is: a closed pipe is known by its own type.
fn cause(error: RestoreError) -> anyhow::Error {
    match error {
        RestoreError::Io(error) => error.into(),
        other => other.into(),
    }
}
