//! Exit statuses, in one place.

use std::io;

use crate::cli::messages;

/// How the program ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) enum Exit {
    /// Everything was done, or whoever read the output wants no more of it.
    Done = 0,
    /// `--check` found chrome, or a pack has mistakes.
    Finding = 1,
    /// Something could not be read, written or understood.
    Failed = 2,
    /// Ctrl-C or a request to end.
    Interrupted = 130,
}

/// What a command comes to.
pub(in crate::cli) type Outcome = anyhow::Result<Exit>;

/// The status of a result; an error is printed.
pub(in crate::cli) fn of(result: anyhow::Result<Exit>) -> Exit {
    result.unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return Exit::Done;
        }
        messages::error(format_args!("{error:#}"));
        Exit::Failed
    })
}

/// Whether the reader of our output went away, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
