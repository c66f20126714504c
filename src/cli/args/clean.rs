//! Arguments of `dechrome clean`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::shared::{FormatArguments, RuleArguments, SiteArguments, percent};

#[derive(Args, Debug)]
#[command(after_help = CLEAN_EXAMPLES)]
pub(in crate::cli) struct CleanArguments {
    /// Files and folders; none, or -, is standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) output: OutputArguments,
    /// Count what went: as text on stderr, and as JSON in FILE.json if given
    #[arg(long, value_name = "FILE.json", num_args = 0..=1, require_equals = true, value_hint = ValueHint::FilePath)]
    pub(in crate::cli) stats: Option<Option<PathBuf>>,
    /// Log what goes to FILE, one JSON object a line; `restore` makes the originals of it again
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) removed: Option<PathBuf>,
    /// Go on with a run into -o DIR that was ended: what is complete is not done again
    #[arg(long, requires = "output", conflicts_with = "in_place")]
    pub(in crate::cli) resume: bool,
    #[command(flatten)]
    pub(in crate::cli) formats: FormatArguments,
    #[command(flatten)]
    pub(in crate::cli) documents: DocumentArguments,
    #[command(flatten)]
    pub(in crate::cli) rules: RuleArguments,
    #[command(flatten)]
    pub(in crate::cli) sites: SiteArguments,
    /// Work on so many threads [default: all cores]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(in crate::cli) threads: Option<u16>,
}

const CLEAN_EXAMPLES: &str = "Examples:
  dechrome clean page.txt                   the cleaned text on standard output
  dechrome clean page.txt -o clean.txt      one file to another
  dechrome clean corpus -o cleaned          a tree into a mirror of it
  dechrome clean corpus --in-place --stats  over the files themselves, with figures
  lynx -dump page.html | dechrome clean     as a filter
  dechrome clean crawl.jsonl --text-field markdown -o cleaned      Markdown of a crawler
  dechrome clean pages.jsonl.zst -o cleaned --removed gone.jsonl   and back: dechrome restore
  dechrome clean corpus --diff | less       what would change, before anything is written";

#[derive(Args, Debug)]
#[group(multiple = false)]
pub(in crate::cli) struct OutputArguments {
    /// Write each file to its place below this folder; one file to this file, if the name has an extension of text or
    /// of a format; to standard output, if it is -
    #[arg(short, long, value_name = "DIR|FILE", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Write each file of which something goes over itself
    #[arg(long)]
    pub(in crate::cli) in_place: bool,
    /// Write nothing; list the files of which something would go
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Write nothing; print what would change as a unified diff, which patch takes
    #[arg(long)]
    pub(in crate::cli) diff: bool,
    /// Write nothing; list the files of which something would go, and exit with status 1 if any
    #[arg(long)]
    pub(in crate::cli) check: bool,
}

/// What becomes of documents and records as a whole.
#[derive(Args, Debug)]
#[command(next_help_heading = "Documents")]
pub(in crate::cli) struct DocumentArguments {
    /// Leave out documents of which nothing is left
    #[arg(long, conflicts_with = "annotate")]
    pub(in crate::cli) drop_empty: bool,
    /// Leave out documents of which fewer than N characters are left
    #[arg(long, value_name = "N", conflicts_with = "annotate")]
    pub(in crate::cli) min_chars: Option<usize>,
    /// Leave a document as it is, and count it as suspect, if more than PERCENT of its bytes would go
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(in crate::cli) max_removed: Option<f64>,
    /// Leave texts alone and note what would go in FIELD of each record: spans in bytes of UTF-8, with rules
    #[arg(long, value_name = "FIELD", num_args = 0..=1, require_equals = true, default_missing_value = "dechrome", conflicts_with_all = ["removed", "in_place"])]
    pub(in crate::cli) annotate: Option<String>,
    /// What becomes of records that cannot be read; they are named and counted, and the status is 2
    #[arg(long, value_enum, value_name = "WHAT", default_value = "pass")]
    pub(in crate::cli) on_error: ErrorPolicy,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
pub(in crate::cli) enum ErrorPolicy {
    /// They pass through as they are
    Pass,
    /// They are left out
    Skip,
    /// The run ends
    Fail,
}
