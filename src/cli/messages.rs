//! Messages to the person, on stderr: `dechrome: PATH: what`.

use std::fmt::Arguments;
use std::io::Write;
use std::path::Path;

use crate::cli::sanitize::sanitized_lines;

/// Prints an error or a note. Nothing can be done if stderr is gone.
pub(in crate::cli) fn error(message: Arguments<'_>) {
    let message = sanitized_lines(message.to_string().trim_end_matches('\n'));
    let _ = writeln!(anstream::stderr(), "dechrome: {message}");
}

/// Prints what is wrong with a file.
pub(in crate::cli) fn about(path: &Path, message: Arguments<'_>) {
    error(format_args!("{}: {message}", path.display()));
}
