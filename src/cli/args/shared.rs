//! Arguments that several commands take.

use std::error::Error;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum, ValueHint};

use crate::{Kind, Level, Markup};

/// What inputs hold and outputs look like.
#[derive(Args, Debug)]
#[command(next_help_heading = "Formats")]
pub(in crate::cli) struct FormatArguments {
    /// What inputs hold [default: by the file's name, or a stream's first bytes]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(in crate::cli) format: Option<InputFormat>,
    /// The field or column that is cleaned; a.b where it is nested
    #[arg(long, value_name = "FIELD", default_value = "text")]
    pub(in crate::cli) text_field: String,
    /// The field or column with the page's address [default: url, where there is one]
    #[arg(long, value_name = "FIELD")]
    pub(in crate::cli) url_field: Option<String>,
    /// How texts are written: Markdown (and what text browsers dump) is compared by what a reader sees of it [default: auto:
    /// by the name of a file or field, or else by what each text shows]
    #[arg(long, value_name = "MARKUP", default_value = "auto", hide_default_value = true, value_parser = markup_parser())]
    pub(in crate::cli) markup: Markup,
    /// Plain text holds many documents, with a line that is just LINE between them; on standard output it also parts
    /// files
    #[arg(long, value_name = "LINE", allow_hyphen_values = true)]
    pub(in crate::cli) document_separator: Option<String>,
    /// Compress outputs so [default: as their inputs]
    #[arg(long, value_enum, value_name = "HOW")]
    pub(in crate::cli) compress: Option<OutputCompression>,
    /// Turn WET records into JSON lines
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(in crate::cli) to: Option<OutputFormat>,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
pub(in crate::cli) enum InputFormat {
    /// Plain text
    Text,
    /// One JSON record a line
    Jsonl,
    /// Common Crawl's extracted texts, or any WARC file
    Wet,
    /// Parquet
    Parquet,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
pub(in crate::cli) enum OutputCompression {
    /// Not at all
    None,
    /// gzip, in members of about 1 MiB of text, or one for each WET record
    Gzip,
    /// zstd, in frames of about 1 MiB of text
    Zstd,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
pub(in crate::cli) enum OutputFormat {
    /// One JSON record a line
    Jsonl,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct RuleArguments {
    /// Add packs: a file, or a folder of them. One that is called like a built-in one stands beside it, unless it says
    /// `replaces = true`
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) packs: Vec<PathBuf>,
    /// Leave out the built-in packs
    #[arg(long)]
    pub(in crate::cli) no_builtin: bool,
    /// Only rules of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser())]
    pub(in crate::cli) only: Vec<Kind>,
    /// No rules of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser())]
    pub(in crate::cli) except: Vec<Kind>,
    /// Leave out a rule by its full id, a whole pack by its name, `menu` or `evidence`
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(in crate::cli) disable: Vec<String>,
    /// How much goes that no rule names, by what stands around it: nothing (`rules`), or more from `careful` to `thorough`
    #[arg(long, value_name = "LEVEL", default_value = Level::default().name(), value_parser = level_parser())]
    pub(in crate::cli) level: Level,
    /// What evidence is worth, by a scorecard of yours in place of the built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) scorecard: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[group(multiple = false)]
pub(in crate::cli) struct SiteArguments {
    /// All inputs are from this host (a URL will do)
    #[arg(long, value_name = "HOST")]
    pub(in crate::cli) site: Option<String>,
    /// The host is in each file's path: corpus/example.com/1.txt, example.com.txt
    #[arg(long)]
    pub(in crate::cli) site_from_path: bool,
}

pub(super) fn kind_parser() -> impl TypedValueParser<Value = Kind> {
    word_parser(Kind::ALL.iter().map(|kind| kind.name()))
}

pub(super) fn markup_parser() -> impl TypedValueParser<Value = Markup> {
    word_parser(Markup::ALL.map(Markup::name))
}

fn level_parser() -> impl TypedValueParser<Value = Level> {
    word_parser(Level::ALL.iter().map(|level| level.name()))
}

/// One of the words that a type is known by.
fn word_parser<T>(words: impl IntoIterator<Item = &'static str>) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err: Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| word.parse::<T>())
}

pub(super) fn percent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').trim_end().parse() {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(percent),
        _ => Err("give a percentage from 0 to 100".to_owned()),
    }
}
