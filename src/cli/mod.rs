//! The `dechrome` command: arguments, messages, exit status; one file a command.

mod args;
mod clean;
mod corpus;
mod destination;
mod diff;
mod exit;
mod explain;
mod features;
mod generate;
mod inputs;
mod messages;
mod mine;
mod outputs;
mod pack;
mod packs;
mod progress;
mod report;
mod restore;
mod resume;
mod review;
mod sanitize;
mod signals;
mod stats;
mod typed;

use std::ffi::OsString;

use args::{Arguments, Command, stats_option};
use clap::Parser;

/// Runs the `dechrome` command with these arguments, of which the first is the program's name, and returns its exit
/// status: 0 done, 1 a finding, 2 an error, 130 interrupted.
///
/// Prints, reads and writes as the command does, and ends the process itself for help, for arguments that are wrong, and
/// for Ctrl-C.
///
/// ```
/// # let page = std::env::temp_dir().join("dechrome-doc-page.txt");
/// # std::fs::write(&page, "The council met.\n").unwrap();
/// let arguments = ["dechrome".into(), "clean".into(), "--check".into(), page.into_os_string()];
/// assert_eq!(dechrome::cli::run(arguments), 0);
/// ```
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = stats_option::with_joined_stats(arguments.into_iter());
    if let Some(mistake) = stats_option::stats_mistake(&arguments, |path| path.exists()) {
        messages::error(format_args!("{mistake}"));
        return exit::Exit::Failed as u8;
    }
    let arguments = Arguments::parse_from(arguments);
    let result = match arguments.command {
        Command::Clean(arguments) => clean::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Features(arguments) => features::run(&arguments),
        Command::Restore(arguments) => restore::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Mine(arguments) => mine::run(arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Pack { command } => pack::run(command),
        Command::Generate { what } => generate::run(what),
    };
    exit::of(result) as u8
}
