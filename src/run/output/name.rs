//! Names of outputs.

use std::path::{Path, PathBuf};

use crate::io::{Compression, Format};
use crate::run::options::CorpusOptions;

/// The name of an output, which may have another format or compression than its input.
pub fn output_name(target: &Path, format: Format, options: &CorpusOptions) -> PathBuf {
    let compression = Compression::of_path(target);
    let to_jsonl = options.to_jsonl && format == Format::Wet;
    if !to_jsonl && (options.compress.is_none_or(|wanted| wanted == compression) || format == Format::Parquet) {
        return target.to_owned();
    }
    let mut name = match compression {
        Compression::None => target.to_owned(),
        Compression::Gzip | Compression::Zstd => target.with_extension(""),
    };
    if to_jsonl {
        name.set_extension("jsonl");
    }
    let mut name = name.into_os_string();
    match options.compress.unwrap_or(compression) {
        Compression::None => {}
        Compression::Gzip => name.push(".gz"),
        Compression::Zstd => name.push(".zst"),
    }
    name.into()
}
