//! Arguments of `dechrome generate`.

use clap::{Subcommand, ValueEnum};

#[derive(Subcommand, Debug)]
pub(in crate::cli) enum Generated {
    /// The manual page of dechrome and its commands, as roff
    Man,
    /// Completions for a shell
    Completions { shell: Shell },
    /// The JSON schema of packs, for editors
    Schema,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
pub(in crate::cli) enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}
