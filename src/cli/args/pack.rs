//! Arguments of `dechrome pack`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

#[derive(Subcommand, Debug)]
pub(in crate::cli) enum PackCommand {
    /// List the packs and what they hold
    List {
        #[command(flatten)]
        rules: PackSources,
    },
    /// Print a pack as its file stands, or one rule of it
    Show {
        /// A pack's name, or a rule's full id
        name: String,
        #[command(flatten)]
        rules: PackSources,
    },
    /// Read packs strictly, run their examples, and warn of what is hardly ever meant
    Check {
        /// Pack files and folders; none: the built-in packs
        #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
        paths: Vec<PathBuf>,
        /// Warn too of rules that take nothing of these pages, or lines between paragraphs
        #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
        pages: Vec<PathBuf>,
    },
    /// Count what each rule of a pack takes: lines, pages, the first and the last page
    Stats {
        /// The pack's file, or the name of a built-in pack
        #[arg(value_name = "PACK")]
        pack: PathBuf,
        /// Pages, in any format: files and folders. Those without an address are taken to be from the pack's site
        #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, required = true)]
        pages: Vec<PathBuf>,
    },
    /// Run the examples of packs and show how those that fail come out
    Test {
        /// Pack files and folders; none: the built-in packs
        #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
        paths: Vec<PathBuf>,
    },
    /// Write packs in one form: keys in order, one phrase a line, sorted within its rule. Names the files that it changes
    Fmt {
        /// Pack files and folders
        #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, required = true)]
        paths: Vec<PathBuf>,
        /// Write nothing, and end with status 1 if a file is in another form
        #[arg(long)]
        check: bool,
    },
    /// Learn rules from pages before and after somebody took the chrome out of them
    #[command(after_help = "Example: dechrome pack learn pages by-hand --site example.com -o example.com.toml")]
    Learn {
        /// The pages as they were: a text file, or a folder of them
        #[arg(value_name = "BEFORE", value_hint = ValueHint::AnyPath)]
        before: PathBuf,
        /// What is left of them, under the same names
        #[arg(value_name = "AFTER", value_hint = ValueHint::AnyPath)]
        after: PathBuf,
        /// The host they are from (a URL will do)
        #[arg(long, value_name = "HOST")]
        site: String,
        /// Write the pack to FILE [default: standard output]
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Begin a pack for a site
    New {
        /// The site's host
        site: String,
        /// The folder to write SITE.toml to
        #[arg(short, long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
        output: PathBuf,
    },
}

/// Which packs a command looks at.
#[derive(Args, Debug)]
pub(in crate::cli) struct PackSources {
    /// Add packs: a file, or a folder of them
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) packs: Vec<PathBuf>,
    /// Leave out the built-in packs
    #[arg(long)]
    pub(in crate::cli) no_builtin: bool,
}
