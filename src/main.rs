//! The `dechrome` command.

fn main() -> std::process::ExitCode {
    dechrome::cli::run(std::env::args_os()).into()
}
