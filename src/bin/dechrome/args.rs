//! What may be typed. Says what was typed, and does nothing with it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use dechrome::Kind;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Strips site chrome out of scraped text: donation pleas, share bars, cookie notices, newsletter
/// boxes, "Read more" lines. Says which rule took what.
#[derive(Parser, Debug)]
#[command(name = "dechrome", version, long_version = dechrome::LONG_VERSION, styles = STYLES, max_term_width = 100, after_help = EXIT_HELP)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_HELP: &str =
    "Exit status: 0 done, 1 a finding (`clean --check`, `pack check`, `pack test`), 2 an error, 130 interrupted.";

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Take the chrome out of files, trees, or standard input
    Clean(CleanArguments),
    /// Show what would go, by which rule, and what nearly went
    Explain(ExplainArguments),
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

#[derive(Args, Debug)]
#[command(after_help = CLEAN_EXAMPLES)]
pub(crate) struct CleanArguments {
    /// Files and folders; none, or -, is standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
    /// Count what went: as text on stderr, and as JSON in FILE.json if given
    #[arg(long, value_name = "FILE.json", num_args = 0..=1, require_equals = true, value_hint = ValueHint::FilePath)]
    pub(crate) stats: Option<Option<PathBuf>>,
    /// Log what goes to FILE, one JSON object a line; `restore` makes the originals of it again
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) removed: Option<PathBuf>,
    /// Go on with a run into -o DIR that was ended: what is complete is not done again
    #[arg(long, requires = "output", conflicts_with = "in_place")]
    pub(crate) resume: bool,
    #[command(flatten)]
    pub(crate) formats: FormatArguments,
    #[command(flatten)]
    pub(crate) documents: DocumentArguments,
    #[command(flatten)]
    pub(crate) rules: RuleArguments,
    #[command(flatten)]
    pub(crate) sites: SiteArguments,
    /// Work on so many threads [default: all cores]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

const CLEAN_EXAMPLES: &str = "Examples:
  dechrome clean page.txt                   the cleaned text on standard output
  dechrome clean page.txt -o clean.txt      one file to another
  dechrome clean corpus -o cleaned          a tree into a mirror of it
  dechrome clean corpus --in-place --stats  over the files themselves, with figures
  lynx -dump page.html | dechrome clean     as a filter
  dechrome clean pages.jsonl.zst -o cleaned --removed gone.jsonl   and back: dechrome restore
  dechrome clean corpus --diff | less       what would change, before anything is written";

#[derive(Args, Debug)]
#[group(multiple = false)]
pub(crate) struct OutputArguments {
    /// Write each file to its place below this folder; one file to this file, if the name has an extension of text or
    /// of a format; to standard output, if it is -
    #[arg(short, long, value_name = "DIR|FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) output: Option<PathBuf>,
    /// Write each file of which something goes over itself
    #[arg(long)]
    pub(crate) in_place: bool,
    /// Write nothing; list the files of which something would go
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write nothing; print what would change as a unified diff, which patch takes
    #[arg(long)]
    pub(crate) diff: bool,
    /// Write nothing; list the files of which something would go, and exit with status 1 if any
    #[arg(long)]
    pub(crate) check: bool,
}

/// What inputs hold and outputs look like.
#[derive(Args, Debug)]
#[command(next_help_heading = "Formats")]
pub(crate) struct FormatArguments {
    /// What inputs hold [default: by the file's name, or a stream's first bytes]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<InputFormat>,
    /// The field or column that is cleaned; a.b where it is nested
    #[arg(long, value_name = "FIELD", default_value = "text")]
    pub(crate) text_field: String,
    /// The field or column with the page's address [default: url, where there is one]
    #[arg(long, value_name = "FIELD")]
    pub(crate) url_field: Option<String>,
    /// Plain text holds many documents, with a line that is just LINE between them; on standard output it also parts
    /// files
    #[arg(long, value_name = "LINE", allow_hyphen_values = true)]
    pub(crate) document_separator: Option<String>,
    /// Compress outputs so [default: as their inputs]
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) compress: Option<OutputCompression>,
    /// Turn WET records into JSON lines
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) to: Option<OutputFormat>,
}

/// What becomes of documents and records as a whole.
#[derive(Args, Debug)]
#[command(next_help_heading = "Documents")]
pub(crate) struct DocumentArguments {
    /// Leave out documents of which nothing is left
    #[arg(long, conflicts_with = "annotate")]
    pub(crate) drop_empty: bool,
    /// Leave out documents of which fewer than N characters are left
    #[arg(long, value_name = "N", conflicts_with = "annotate")]
    pub(crate) min_chars: Option<usize>,
    /// Leave a document as it is, and count it as suspect, if more than PERCENT of its bytes would go
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(crate) max_removed: Option<f64>,
    /// Leave texts alone and note what would go in FIELD of each record: spans in bytes of UTF-8, with rules
    #[arg(long, value_name = "FIELD", num_args = 0..=1, require_equals = true, default_missing_value = "dechrome", conflicts_with_all = ["removed", "in_place"])]
    pub(crate) annotate: Option<String>,
    /// What becomes of records that cannot be read; they are named and counted, and the status is 2
    #[arg(long, value_enum, value_name = "WHAT", default_value = "pass")]
    pub(crate) on_error: ErrorPolicy,
}

fn percent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').trim_end().parse() {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(percent),
        _ => Err("give a percentage from 0 to 100".to_owned()),
    }
}

#[derive(Clone, Copy, ValueEnum, Debug)]
pub(crate) enum InputFormat {
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
pub(crate) enum OutputCompression {
    /// Not at all
    None,
    /// gzip, in members of about 1 MiB of text, or one for each WET record
    Gzip,
    /// zstd, in frames of about 1 MiB of text
    Zstd,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
pub(crate) enum OutputFormat {
    /// One JSON record a line
    Jsonl,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
pub(crate) enum ErrorPolicy {
    /// They pass through as they are
    Pass,
    /// They are left out
    Skip,
    /// The run ends
    Fail,
}

#[derive(Args, Debug)]
#[command(after_help = "Example: dechrome restore cleaned --removed gone.jsonl -o original")]
pub(crate) struct RestoreArguments {
    /// The folder or file that `clean` wrote
    #[arg(value_name = "CLEANED", value_hint = ValueHint::AnyPath)]
    pub(crate) cleaned: PathBuf,
    /// The log that `clean --removed` wrote
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) removed: PathBuf,
    /// Write originals below DIR [default for a file: standard output]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) formats: FormatArguments,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dechrome report corpus -o report.html                  what would go of a corpus
  dechrome report --removed gone.jsonl -o report.html    what went")]
pub(crate) struct ReportArguments {
    /// Files and folders as they were before cleaning; none, or -, is standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Tell of a cleaning that was done: the log that `clean --removed` wrote. Samples stand without context
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "paths")]
    pub(crate) removed: Option<PathBuf>,
    /// The figures that `clean --stats=FILE.json` wrote in the same run: how many documents there were
    #[arg(long, value_name = "FILE.json", value_hint = ValueHint::FilePath, requires = "removed")]
    pub(crate) stats: Option<PathBuf>,
    /// The page to write
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) formats: FormatArguments,
    #[command(flatten)]
    pub(crate) rules: RuleArguments,
    #[command(flatten)]
    pub(crate) sites: SiteArguments,
    /// Work on so many threads [default: all cores]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dechrome mine crawl.jsonl.zst -o candidates      a pack for each site, by the addresses of its records
  dechrome mine pages --site example.com -o candidates
  dechrome clean --packs candidates crawl.jsonl.zst --diff | less   what the candidates would take")]
pub(crate) struct MineArguments {
    /// Files and folders; none, or -, is standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Write a pack for each site to DIR/SITE.toml
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: PathBuf,
    /// Write over packs that are in DIR already
    #[arg(long)]
    pub(crate) overwrite: bool,
    /// Documents without an address are from this host (a URL will do) [default: the host in their file's path]
    #[arg(long, value_name = "HOST")]
    pub(crate) site: Option<String>,
    /// Leave out sites of fewer different documents
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(2..))]
    pub(crate) min_documents: u16,
    /// Propose blocks, too: from a line that opens a box behind the text to the line that ends it
    #[arg(long)]
    pub(crate) blocks: bool,
    /// Keep at most so many MiB of text to learn from; where more was read, a sample of each site
    #[arg(long, value_name = "MIB", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) memory: u32,
    /// Leave out what these packs take too: a file, or a folder of them
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub(crate) packs: Vec<PathBuf>,
    /// Do not leave out what the built-in packs take
    #[arg(long)]
    pub(crate) no_builtin: bool,
    #[command(flatten)]
    pub(crate) formats: FormatArguments,
    /// Work on so many threads [default: all cores]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dechrome review candidates/example.com.toml pages -o review.html       then open review.html; it saves the pack
  dechrome review candidates/example.com.toml --accept-over 50 -o example.com.toml")]
pub(crate) struct ReviewArguments {
    /// The pack's file
    #[arg(value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub(crate) pack: PathBuf,
    /// Pages of its site, in any format: files and folders
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) pages: Vec<PathBuf>,
    /// The page to write; with --accept-over or --kind, the pack
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,
    /// Write the pack with those rules alone that PERCENT of the documents or more speak for
    #[arg(long, value_name = "PERCENT", value_parser = percent, conflicts_with = "pages")]
    pub(crate) accept_over: Option<f64>,
    /// Write the pack with rules of these kinds alone
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser(), conflicts_with = "pages")]
    pub(crate) kind: Vec<Kind>,
}

#[derive(Args, Debug)]
pub(crate) struct RuleArguments {
    /// Add packs: a file, or a folder of them. One that is called like a built-in one stands beside it, unless it says
    /// `replaces = true`
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub(crate) packs: Vec<PathBuf>,
    /// Leave out the built-in packs
    #[arg(long)]
    pub(crate) no_builtin: bool,
    /// Only rules of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser())]
    pub(crate) only: Vec<Kind>,
    /// No rules of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser())]
    pub(crate) except: Vec<Kind>,
    /// Leave out a rule by its full id, a whole pack by its name, or `menu`
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) disable: Vec<String>,
}

#[derive(Args, Debug)]
#[group(multiple = false)]
pub(crate) struct SiteArguments {
    /// All inputs are from this host (a URL will do)
    #[arg(long, value_name = "HOST")]
    pub(crate) site: Option<String>,
    /// The host is in each file's path: corpus/example.com/1.txt, example.com.txt
    #[arg(long)]
    pub(crate) site_from_path: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  dechrome explain page.txt
  dechrome explain pages.jsonl.zst --document 7
  dechrome explain crawl.warc.wet.gz --document https://example.com/story")]
pub(crate) struct ExplainArguments {
    /// Files and folders of any format that `clean` reads; none, or -, is standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Only the document with this number in its file (from 1: the line of a JSONL file, the record of an archive,
    /// the row of a table) or with this address [default: all of which there is something to say]
    #[arg(short, long, value_name = "NUMBER|ADDRESS")]
    pub(crate) document: Option<String>,
    /// Print one JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) formats: FormatArguments,
    #[command(flatten)]
    pub(crate) rules: RuleArguments,
    #[command(flatten)]
    pub(crate) sites: SiteArguments,
}

#[derive(Subcommand, Debug)]
pub(crate) enum PackCommand {
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
pub(crate) struct PackSources {
    /// Add packs: a file, or a folder of them
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub(crate) packs: Vec<PathBuf>,
    /// Leave out the built-in packs
    #[arg(long)]
    pub(crate) no_builtin: bool,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Generated {
    /// The manual page of dechrome and its commands, as roff
    Man,
    /// Completions for a shell
    Completions { shell: Shell },
    /// The JSON schema of packs, for editors
    Schema,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
pub(crate) enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

fn kind_parser() -> impl clap::builder::TypedValueParser<Value = Kind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    let parser = PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.name()));
    parser.try_map(|word| word.parse::<Kind>())
}

/// Lets `--stats FILE.json` be written with a space too. `--stats` alone takes no value, and without
/// this rule the first input after it would be overwritten with figures.
pub(crate) fn with_joined_stats(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut joined: Vec<OsString> = Vec::new();
    for argument in arguments {
        let is_json = PathBuf::from(&argument).extension().is_some_and(|extension| extension == "json");
        match joined.last_mut() {
            Some(last) if last == "--stats" && is_json => {
                last.push("=");
                last.push(argument);
            }
            _ => joined.push(argument),
        }
    }
    joined
}

/// What is wrong where a file for figures stands behind `clean --stats` that would be taken for an input and is not there.
pub(crate) fn stats_mistake(arguments: &[OsString], is_there: impl Fn(&Path) -> bool) -> Option<String> {
    let is_clean = arguments.get(1).is_some_and(|command| command == "clean");
    let pair = arguments.windows(2).find(|pair| is_clean && pair[0] == "--stats")?;
    let given = pair[1].to_string_lossy();
    (!given.starts_with('-') && !is_there(Path::new(&pair[1])))
        .then(|| format!("{given}: there is no such input; if figures are to be written there: --stats={given}"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn stats_takes_a_json_file_and_never_an_input() {
        let parse = |line: &str| {
            let arguments = with_joined_stats(line.split(' ').map(OsString::from));
            match Arguments::parse_from(arguments).command {
                Command::Clean(clean) => (clean.stats, clean.paths),
                _ => unreachable!("all are clean"),
            }
        };
        let paths = vec![PathBuf::from("page.txt")];
        assert_eq!(parse("dechrome clean --stats page.txt"), (Some(None), paths.clone()));
        assert_eq!(parse("dechrome clean --stats out.json page.txt"), (Some(Some("out.json".into())), paths.clone()));
        assert_eq!(parse("dechrome clean --stats=out page.txt"), (Some(Some("out".into())), paths.clone()));
        assert_eq!(parse("dechrome clean page.txt"), (None, paths));
    }

    #[test]
    fn a_file_behind_stats_that_is_not_there_is_asked_about() {
        let mistake = |line: &str| {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            stats_mistake(&arguments, |path| path == Path::new("page.txt"))
        };
        let said = mistake("dechrome clean page.txt --stats figures.txt").unwrap();
        assert!(said.ends_with("--stats=figures.txt"), "{said}");
        for line in ["dechrome clean --stats page.txt", "dechrome clean --stats", "dechrome clean --stats --check x"] {
            assert_eq!(mistake(line), None, "{line}");
        }
        assert_eq!(mistake("dechrome report --removed log --stats figures.txt"), None);
    }
}
