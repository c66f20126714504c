//! `dechrome restore`.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use dechrome::io::{AtomicFile, Durability, Format, Walked, walk};
use dechrome::run::{CorpusOptions, RemovalLog, RestoreError, output_name, restore};

use crate::Outcome;
use crate::args::RestoreArguments;
use crate::exit::Exit;
use crate::inputs::STDIN;
use crate::{corpus, messages};

pub(crate) fn run(arguments: RestoreArguments) -> Outcome {
    let options = corpus::of_formats(&arguments.formats);
    let log = RemovalLog::open(&arguments.removed)
        .map_err(cause)
        .with_context(|| format!("{}: no log of removals", arguments.removed.display()))?;
    let cleaned = &arguments.cleaned;
    if cleaned.is_dir() {
        let Some(output) = &arguments.output else { bail!("a folder is restored to another one: give -o DIR") };
        return Ok(tree(cleaned, output, &log, &options));
    }
    let name = cleaned.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let input = input_of_file(cleaned, &name, &log)?;
    let context = || cleaned.display().to_string();
    match &arguments.output {
        Some(output) => file(cleaned, &output.join(&name), &input, &log, &options).with_context(context)?,
        None => {
            restore(cleaned, &log, &input, &options, io::stdout()).map_err(cause).with_context(context)?;
        }
    }
    Ok(Exit::Done)
}

/// What the log calls a file: its name, its path, or the only input that there is.
fn input_of_file(cleaned: &Path, name: &str, log: &RemovalLog) -> anyhow::Result<String> {
    let path = cleaned.to_string_lossy();
    let known: Vec<&str> = log.inputs().collect();
    match known.iter().find(|known| **known == name || **known == path) {
        Some(known) => Ok((*known).to_owned()),
        None if known.is_empty() => Ok(name.to_owned()),
        None if known.len() == 1 => Ok(known[0].to_owned()),
        None => bail!("{path}: the log knows several inputs, and none of this name; restore the folder they are in"),
    }
}

fn tree(cleaned: &Path, output: &Path, log: &RemovalLog, options: &CorpusOptions) -> Exit {
    let mut exit = Exit::Done;
    let mut missing: BTreeSet<&str> = log.inputs().collect();
    let mut failed = |path: &Path, error: anyhow::Error| {
        messages::about(path, format_args!("{error:#}"));
        exit = Exit::Failed;
    };
    for walked in walk(cleaned) {
        match walked {
            Walked::File(found) => {
                let input = found.below.to_string_lossy();
                missing.remove(input.as_ref());
                if let Err(error) = file(&found.path, &output.join(&found.below), &input, log, options) {
                    failed(&found.path, error);
                }
            }
            Walked::Folder(below) => {
                if let Err(error) = fs::create_dir_all(output.join(&below)) {
                    failed(&output.join(below), error.into());
                }
            }
            Walked::Link(path) => messages::about(&path, format_args!("a symbolic link, left alone")),
            Walked::Failed(path, error) => failed(&path, error.into()),
        }
    }
    // Files of which nothing was left were not written.
    for input in missing {
        if let Err(error) = file(&cleaned.join(input), &output.join(input), input, log, options) {
            failed(&output.join(input), error);
        }
    }
    exit
}

fn file(cleaned: &Path, target: &Path, input: &str, log: &RemovalLog, options: &CorpusOptions) -> anyhow::Result<()> {
    let target = &original_name(target, input, log, options);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be written", folder.display()))?;
    }
    let permissions = cleaned.metadata().map(|metadata| metadata.permissions()).ok();
    let unwritable = || format!("{} cannot be written", target.display());
    let begin = || AtomicFile::create(target).with_context(unwritable);
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

/// The name that the input had, if the log tells of another one than its output has; `options` may ask for a third.
fn original_name(target: &Path, input: &str, log: &RemovalLog, options: &CorpusOptions) -> PathBuf {
    let format = options.format.unwrap_or_else(|| Format::of_path(target));
    let target = match log.original(input) {
        None => target.to_owned(),
        // A stream had no name.
        Some(original) if original.name == STDIN => {
            let mut as_it_was = options.clone();
            as_it_was.compress = Some(original.compression);
            output_name(target, format, &as_it_was)
        }
        Some(original) => target.with_file_name(Path::new(&original.name).file_name().unwrap_or_default()),
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
