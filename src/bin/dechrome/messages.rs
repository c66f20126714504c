//! Messages to the person, on stderr: `dechrome: PATH: what`.

use std::fmt::Arguments;
use std::io::Write;
use std::path::Path;

use crate::sanitize::sanitized;

/// Prints an error or a note. Nothing can be done if stderr is gone.
pub(crate) fn error(message: Arguments<'_>) {
    let message = message.to_string();
    let lines: Vec<_> = message.lines().map(sanitized).collect();
    let _ = writeln!(anstream::stderr(), "dechrome: {}", lines.join("\n"));
}

/// Prints what is wrong with a file.
pub(crate) fn about(path: &Path, message: Arguments<'_>) {
    error(format_args!("{}: {message}", path.display()));
}
