//! From arguments to what the library is asked to do with inputs.

use crate::cli::args::{DocumentArguments, ErrorPolicy, FormatArguments, InputFormat, OutputCompression};
use crate::io::{Compression, Format};
use crate::run::{CorpusOptions, OnError, Policy};

/// The options that name formats.
pub(in crate::cli) fn of_formats(formats: &FormatArguments) -> CorpusOptions {
    CorpusOptions {
        format: formats.format.map(|format| match format {
            InputFormat::Text => Format::Text,
            InputFormat::Jsonl => Format::Jsonl,
            InputFormat::Wet => Format::Wet,
            InputFormat::Parquet => Format::Parquet,
        }),
        text_field: formats.text_field.clone(),
        url_field: formats.url_field.clone(),
        markup: formats.markup,
        separator: formats.document_separator.clone(),
        compress: formats.compress.map(|how| match how {
            OutputCompression::None => Compression::None,
            OutputCompression::Gzip => Compression::Gzip,
            OutputCompression::Zstd => Compression::Zstd,
        }),
        to_jsonl: formats.to.is_some(),
        ..CorpusOptions::default()
    }
}

/// All options of a cleaning.
pub(in crate::cli) fn options(formats: &FormatArguments, documents: &DocumentArguments) -> CorpusOptions {
    let DocumentArguments { drop_empty, min_chars, max_removed, .. } = *documents;
    CorpusOptions {
        policy: Policy { drop_empty, min_chars, max_removed },
        annotate: documents.annotate.clone(),
        on_error: match documents.on_error {
            ErrorPolicy::Pass => OnError::Pass,
            ErrorPolicy::Skip => OnError::Skip,
            ErrorPolicy::Fail => OnError::Fail,
        },
        ..of_formats(formats)
    }
}
