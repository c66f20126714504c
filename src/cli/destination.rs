//! What `-o` names: a folder, or a file for one file.

use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::io::{Compression, Format, Walked, walk};
use crate::run::{CorpusOptions, Destination};

/// Extensions that only files have, those of compressions apart.
const FILE_EXTENSIONS: [&str; 12] =
    ["txt", "text", "md", "markdown", "json", "jsonl", "ndjson", "jsonlines", "wet", "warc", "parquet", "pq"];

/// Where `-o` leads: to a folder, unless it names a file and there is one to be written.
pub(in crate::cli) fn destination(output: &Path, inputs: &[PathBuf], resumes: bool) -> anyhow::Result<Destination> {
    let shown = output.display();
    match inputs {
        _ if !names_file(output, inputs) && resumes => Ok(Destination::Resumed(output.to_owned())),
        _ if !names_file(output, inputs) => Ok(Destination::Mirror(output.to_owned())),
        [input] if !input.is_dir() && resumes => {
            bail!("{shown}: a single file is done again as a whole; --resume goes with a folder")
        }
        [input] if !input.is_dir() => Ok(Destination::File(output.to_owned())),
        _ => {
            bail!("{shown}: the name of one file, for several; name a folder (with a / after it, if that is its name)")
        }
    }
}

/// Whether a path is a file or is called like one. What is a folder, or ends as one, is none.
fn names_file(output: &Path, inputs: &[PathBuf]) -> bool {
    if output.is_dir() || output.as_os_str().to_string_lossy().ends_with(std::path::is_separator) {
        return false;
    }
    let extension = |path: &Path| path.extension().map(|end| end.to_string_lossy().to_lowercase());
    let own = extension(&uncompressed(output));
    let is_known = own.as_deref().is_some_and(|end| FILE_EXTENSIONS.contains(&end));
    let is_of_input = matches!(inputs, [input] if own.is_some() && extension(&uncompressed(input)) == own);
    output.is_file() || is_known || is_of_input || Compression::of_path(output) != Compression::None
}

/// The name without the extension of a compression.
fn uncompressed(path: &Path) -> PathBuf {
    match Compression::of_path(path) {
        Compression::None => path.to_owned(),
        Compression::Gzip | Compression::Zstd => path.with_extension(""),
    }
}

/// How a file is compressed that is written under its own name: as the name says. What it says must be so.
pub(in crate::cli) fn compression_of(
    file: &Path,
    inputs: &[PathBuf],
    options: &CorpusOptions,
) -> anyhow::Result<Option<Compression>> {
    let shown = file.display();
    let named = Compression::of_path(file);
    let holds = match inputs {
        _ if options.to_jsonl => Format::Jsonl,
        [input] => options.format_of(input),
        _ => Format::Text,
    };
    let says = Format::of_path(file);
    if uncompressed(file).extension().is_some() && says != holds {
        bail!("{shown}: the name says {}, and what is written is {}", called(says), called(holds));
    }
    if options.compress.is_some_and(|wanted| wanted != named) {
        bail!("{shown}: the name says something else than --compress");
    }
    Ok(if holds == Format::Parquet { options.compress } else { Some(named) })
}

fn called(format: Format) -> &'static str {
    match format {
        Format::Text => "plain text",
        Format::Jsonl => "JSON lines",
        Format::Wet => "a web archive",
        Format::Parquet => "Parquet",
    }
}

/// Whether plain texts of a tree would come one after another on standard output, so that nobody can part them again.
pub(in crate::cli) fn would_run_together(inputs: &[PathBuf], options: &CorpusOptions) -> bool {
    if options.separator.is_some() || !inputs.iter().any(|input| input.is_dir()) {
        return false;
    }
    let is_text = |walked: &Walked| match walked {
        Walked::File(file) => options.format_of(&file.path) == Format::Text,
        _ => false,
    };
    inputs.iter().flat_map(|input| walk(input)).filter(is_text).nth(1).is_some()
}
