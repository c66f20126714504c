//! `dechrome generate`.

use std::io::{self, Write};

use clap::CommandFactory;

use crate::cli::args::{Arguments, Generated, Shell};
use crate::cli::exit::Exit;
use crate::cli::exit::Outcome;

pub(in crate::cli) fn run(what: Generated) -> Outcome {
    let mut text = Vec::new();
    match what {
        Generated::Man => manual(&mut text)?,
        Generated::Completions { shell } => completions(shell, &mut text),
        Generated::Schema => text.extend_from_slice(crate::pack_schema().as_bytes()),
    }
    io::stdout().write_all(&text)?;
    Ok(Exit::Done)
}

/// One page: the program, then each of its commands.
fn manual(text: &mut Vec<u8>) -> io::Result<()> {
    let mut program = Arguments::command();
    program.build();
    clap_mangen::Man::new(program.clone()).render(text)?;
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        render_command(command, text)?;
        for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
            render_command(inner, text)?;
        }
    }
    Ok(())
}

fn render_command(command: &clap::Command, text: &mut Vec<u8>) -> io::Result<()> {
    let page = clap_mangen::Man::new(command.clone());
    writeln!(text, ".SH \"{}\"", command.get_bin_name().unwrap_or(command.get_name()).to_uppercase())?;
    page.render_description_section(text)?;
    page.render_options_section(text)
}

fn completions(shell: Shell, text: &mut Vec<u8>) {
    use clap_complete::Shell as Known;
    let shell = match shell {
        Shell::Bash => Known::Bash,
        Shell::Elvish => Known::Elvish,
        Shell::Fish => Known::Fish,
        Shell::Powershell => Known::PowerShell,
        Shell::Zsh => Known::Zsh,
    };
    clap_complete::generate(shell, &mut Arguments::command(), "dechrome", text);
}
