//! The dechrome command. Sees the library's public names alone.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command prints")]

mod args;
mod clean;
mod corpus;
mod diff;
mod exit;
mod explain;
mod generate;
mod inputs;
mod messages;
mod mine;
mod pack;
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

use clap::Parser;

use args::{Arguments, Command};
use exit::Exit;

fn main() -> std::process::ExitCode {
    let arguments = Arguments::parse_from(args::with_joined_stats(std::env::args_os()));
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
    exit::code(result)
}

/// What a command comes to.
type Outcome = anyhow::Result<Exit>;
