//! Arguments: what each command takes.

mod clean;
mod commands;
mod generate;
mod pack;
mod shared;
pub(in crate::cli) mod stats_option;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand};

pub(in crate::cli) use clean::{CleanArguments, DocumentArguments, ErrorPolicy, OutputArguments};
pub(in crate::cli) use commands::{
    ExplainArguments, FeaturesArguments, MineArguments, ReportArguments, RestoreArguments, ReviewArguments,
};
pub(in crate::cli) use generate::{Generated, Shell};
pub(in crate::cli) use pack::{PackCommand, PackSources};
pub(in crate::cli) use shared::{FormatArguments, InputFormat, OutputCompression, RuleArguments, SiteArguments};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Strips site chrome out of scraped text: donation pleas, share bars, cookie notices, newsletter
/// boxes, "Read more" lines. Says which rule took what.
#[derive(Parser, Debug)]
#[command(name = "dechrome", version, long_version = crate::LONG_VERSION, styles = STYLES, max_term_width = 100, after_help = EXIT_HELP)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    pub(in crate::cli) command: Command,
}

const EXIT_HELP: &str =
    "Exit status: 0 done, 1 a finding (`clean --check`, `pack check`, `pack test`), 2 an error, 130 interrupted.";

#[derive(Subcommand, Debug)]
pub(in crate::cli) enum Command {
    /// Take the chrome out of files, trees, or standard input
    Clean(CleanArguments),
    /// Show what would go, by which rule, and what nearly went
    Explain(ExplainArguments),
    /// Write what evidence asks of each line, in numbers, for whoever makes a scorecard
    Features(FeaturesArguments),
    /// Give back what was removed, from cleaned files and the log of `clean --removed`
    Restore(RestoreArguments),
    /// Write a page about what went, by site, kind and rule, with samples
    Report(ReportArguments),
    /// Learn what a site's pages share, and write it down as candidate packs to review
    Mine(MineArguments),
    /// Look through a candidate pack: as a page for the browser, or by numbers
    Review(ReviewArguments),
    /// List, show, check, test and begin packs of rules
    Pack {
        #[command(subcommand)]
        command: PackCommand,
    },
    /// Print the manual page, shell completions, or the JSON schema of packs
    Generate {
        #[command(subcommand)]
        what: Generated,
    },
}
