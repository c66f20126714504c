//! Arguments of the commands that read documents.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::{Kind, Markup};

use super::shared::{FormatArguments, RuleArguments, SiteArguments, kind_parser, markup_parser, percent};

#[derive(Args, Debug)]
#[command(after_help = "Example: dechrome restore cleaned --removed gone.jsonl -o original")]
pub(in crate::cli) struct RestoreArguments {
    /// The folder or file that `clean` wrote
    #[arg(value_name = "CLEANED", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) cleaned: PathBuf,
    /// The log that `clean --removed` wrote
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) removed: PathBuf,
    /// Write originals below DIR [default for a file: standard output]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) formats: FormatArguments,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dechrome report corpus -o report.html                  what would go of a corpus
  dechrome report --removed gone.jsonl -o report.html    what went")]
pub(in crate::cli) struct ReportArguments {
    /// Files and folders as they were before cleaning; none, or -, is standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Tell of a cleaning that was done: the log that `clean --removed` wrote. Samples stand without context
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "paths")]
    pub(in crate::cli) removed: Option<PathBuf>,
    /// The figures that `clean --stats=FILE.json` wrote in the same run: how many documents there were
    #[arg(long, value_name = "FILE.json", value_hint = ValueHint::FilePath, requires = "removed")]
    pub(in crate::cli) stats: Option<PathBuf>,
    /// The page to write
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) output: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) formats: FormatArguments,
    #[command(flatten)]
    pub(in crate::cli) rules: RuleArguments,
    #[command(flatten)]
    pub(in crate::cli) sites: SiteArguments,
    /// Work on so many threads [default: all cores]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(in crate::cli) threads: Option<u16>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dechrome mine crawl.jsonl.zst -o candidates      a pack for each site, by the addresses of its records
  dechrome mine pages --site example.com -o candidates
  dechrome clean --packs candidates crawl.jsonl.zst --diff | less   what the candidates would take")]
pub(in crate::cli) struct MineArguments {
    /// Files and folders; none, or -, is standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Write a pack for each site to DIR/SITE.toml
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) output: PathBuf,
    /// Write over packs that are in DIR already
    #[arg(long)]
    pub(in crate::cli) overwrite: bool,
    /// Documents without an address are from this host (a URL will do) [default: the host in their file's path]
    #[arg(long, value_name = "HOST")]
    pub(in crate::cli) site: Option<String>,
    /// Leave out sites of fewer different documents
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(2..))]
    pub(in crate::cli) min_documents: u16,
    /// Propose blocks, too: from a line that opens a box after the text to the line that ends it
    #[arg(long)]
    pub(in crate::cli) blocks: bool,
    /// Keep at most so many MiB of text to learn from; where more was read, a sample of each site
    #[arg(long, value_name = "MIB", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) memory: u32,
    /// Leave out what these packs take too: a file, or a folder of them
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) packs: Vec<PathBuf>,
    /// Do not leave out what the built-in packs take
    #[arg(long)]
    pub(in crate::cli) no_builtin: bool,
    #[command(flatten)]
    pub(in crate::cli) formats: FormatArguments,
    /// Work on so many threads [default: all cores]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(in crate::cli) threads: Option<u16>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dechrome review candidates/example.com.toml pages -o review.html       then open review.html; it saves the pack
  dechrome review candidates/example.com.toml --accept-over 50 -o example.com.toml")]
pub(in crate::cli) struct ReviewArguments {
    /// The pack's file
    #[arg(value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) pack: PathBuf,
    /// Pages of its site, in any format: files and folders
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) pages: Vec<PathBuf>,
    /// How pages are written: of Markdown what a reader sees is shown [default: auto]
    #[arg(long, value_name = "MARKUP", default_value = "auto", hide_default_value = true, value_parser = markup_parser())]
    pub(in crate::cli) markup: Markup,
    /// The page to write; with --accept-over or --kind, the pack
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) output: PathBuf,
    /// Write the pack with those rules alone that PERCENT of the documents or more speak for
    #[arg(long, value_name = "PERCENT", value_parser = percent, conflicts_with = "pages")]
    pub(in crate::cli) accept_over: Option<f64>,
    /// Write the pack with rules of these kinds alone
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser(), conflicts_with = "pages")]
    pub(in crate::cli) kind: Vec<Kind>,
}

#[derive(Args, Debug)]
#[command(after_help = "Example: dechrome features pages.jsonl > features.jsonl; see scorecard/README.md")]
pub(in crate::cli) struct FeaturesArguments {
    /// Files and folders of any format that `clean` reads; none, or -, is standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) formats: FormatArguments,
    #[command(flatten)]
    pub(in crate::cli) rules: RuleArguments,
    #[command(flatten)]
    pub(in crate::cli) sites: SiteArguments,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dechrome explain page.txt
  dechrome explain pages.jsonl.zst --document 7
  dechrome explain crawl.warc.wet.gz --document https://example.com/story")]
pub(in crate::cli) struct ExplainArguments {
    /// Files and folders of any format that `clean` reads; none, or -, is standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Only the document with this number in its file (from 1: the line of a JSONL file, the record of an archive,
    /// the row of a table) or with this address [default: all of which there is something to say]
    #[arg(short, long, value_name = "NUMBER|ADDRESS")]
    pub(in crate::cli) document: Option<String>,
    /// Print one JSON object a line
    #[arg(long)]
    pub(in crate::cli) json: bool,
    #[command(flatten)]
    pub(in crate::cli) formats: FormatArguments,
    #[command(flatten)]
    pub(in crate::cli) rules: RuleArguments,
    #[command(flatten)]
    pub(in crate::cli) sites: SiteArguments,
}
