//! The dechrome command. Sees the library's public names alone.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command prints")]

mod args;
mod clean;
mod corpus;
mod destination;
mod diff;
mod exit;
mod explain;
mod generate;
mod inputs;
mod messages;
mod mine;
mod outputs;
mod pack;
mod pack_fmt;
mod pack_learn;
mod pack_pages;
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
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use exit::Exit;

#[allow(dead_code, reason = "the wheel for Python takes these files as a library")]
fn main() -> ExitCode {
    ExitCode::from(command(std::env::args_os()))
}

/// Does what the arguments say, of which the first is the program's name, and returns the exit status.
/// Ends the process itself for help, for arguments that are wrong, and for Ctrl-C.
pub fn command(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = args::with_joined_stats(arguments.into_iter());
    if let Some(mistake) = args::stats_mistake(&arguments, |path| path.exists()) {
        messages::error(format_args!("{mistake}"));
        return exit::Exit::Failed as u8;
    }
    let arguments = Arguments::parse_from(arguments);
    let result = match arguments.command {
        Command::Clean(arguments) => clean::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Restore(arguments) => restore::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Mine(arguments) => mine::run(arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Pack { command } => pack::run(command),
        Command::Generate { what } => generate::run(what),
    };
    exit::of(result) as u8
}

/// What a command comes to.
type Outcome = anyhow::Result<Exit>;
