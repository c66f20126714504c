//! From arguments to what the library is asked to do with inputs.

use crate::cli::args::{DocumentArguments, ErrorPolicy, FormatArguments, InputFormat, OutputCompression};
use crate::io::{Compression, Format};
use crate::run::{CorpusOptions, OnError, Policy};

/// The options that name formats.
pub(in crate::cli) fn of_formats(formats: &FormatArguments) -> CorpusOptions {
    let mut options = CorpusOptions::default();
    options.format = formats.format.map(|format| match format {
        InputFormat::Text => Format::Text,
        InputFormat::Jsonl => Format::Jsonl,
        InputFormat::Wet => Format::Wet,
        InputFormat::Parquet => Format::Parquet,
    });
    options.text_field.clone_from(&formats.text_field);
    options.url_field.clone_from(&formats.url_field);
    options.separator.clone_from(&formats.document_separator);
    options.compress = formats.compress.map(|how| match how {
        OutputCompression::None => Compression::None,
        OutputCompression::Gzip => Compression::Gzip,
        OutputCompression::Zstd => Compression::Zstd,
    });
    options.to_jsonl = formats.to.is_some();
    options
}

/// All options of a cleaning.
pub(in crate::cli) fn options(formats: &FormatArguments, documents: &DocumentArguments) -> CorpusOptions {
    let mut options = of_formats(formats);
    options.policy =
        Policy { drop_empty: documents.drop_empty, min_chars: documents.min_chars, max_removed: documents.max_removed };
    options.annotate.clone_from(&documents.annotate);
    options.on_error = match documents.on_error {
        ErrorPolicy::Pass => OnError::Pass,
        ErrorPolicy::Skip => OnError::Skip,
        ErrorPolicy::Fail => OnError::Fail,
    };
    options
}
