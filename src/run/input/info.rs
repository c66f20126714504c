//! What is known of an input.

use std::path::PathBuf;

use crate::io::{Compression, Format};
use crate::run::formats::RecordFormat;
use crate::run::options::CorpusOptions;
use crate::text::Markup;

pub(in crate::run) struct InputInfo {
    pub(in crate::run) name: PathBuf,
    pub(in crate::run) label: PathBuf,
    pub(in crate::run) site: Option<String>,
    /// How its texts are written, as far as that is known before they are read.
    pub(in crate::run) markup: Markup,
    pub(in crate::run) format: Format,
    /// Of an input that holds records in a stream.
    pub(in crate::run) records: Option<Box<dyn RecordFormat>>,
    pub(in crate::run) compression: Compression,
}

impl InputInfo {
    /// Whether its output is compressed otherwise. A table's never is.
    pub(in crate::run) fn is_recompressed(&self, options: &CorpusOptions) -> bool {
        self.format != Format::Parquet && options.compress.is_some_and(|how| how != self.compression)
    }

    pub(in crate::run) fn compression_of_output(&self, options: &CorpusOptions) -> Compression {
        options.compress.unwrap_or(self.compression)
    }

    /// Whether each record of the output is a gzip member of its own.
    pub(in crate::run) fn compresses_each(&self, options: &CorpusOptions) -> bool {
        self.compression_of_output(options) == Compression::Gzip
            && self.records.as_ref().is_some_and(|records| records.compresses_each())
    }
}
