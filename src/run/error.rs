//! Why a run ends or does not begin.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::io::jsonl::FieldPathError;
use crate::io::parquet::ParquetFault;

/// Why a run ends or does not begin.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunError {
    /// An output is an input or lies inside one, which it would change.
    OutputInsideInput {
        /// The output.
        output: PathBuf,
        /// The input.
        input: PathBuf,
    },
    /// A file would be written over itself.
    OutputIsInput {
        /// The file.
        path: PathBuf,
    },
    /// Two inputs would go to the same place.
    SameOutput {
        /// The place.
        output: PathBuf,
    },
    /// An output cannot be written, and the next ones could not either.
    Output {
        /// The output.
        path: PathBuf,
        /// What is wrong with it.
        error: io::Error,
    },
    /// A run that is to be continued had other packs or options.
    OtherRun {
        /// Its output folder.
        output: PathBuf,
    },
    /// Another run writes into an output folder.
    Busy {
        /// The folder.
        output: PathBuf,
    },
    /// A run that is to be continued has another log.
    OtherLog {
        /// The log that was given.
        log: PathBuf,
        /// What the log was called when the run began.
        was: String,
        /// So many complete outputs are not in it.
        outputs: usize,
    },
    /// The log of removals would be written where an output goes.
    LogIsOutput {
        /// The log.
        log: PathBuf,
    },
    /// The log of removals cannot be written.
    Log(io::Error),
    /// The name of a field is none.
    Field(FieldPathError),
    /// A record cannot be read, and that was to end the run.
    Record {
        /// The input.
        path: PathBuf,
        /// The record, from 1.
        record: u64,
        /// What is wrong with it.
        what: String,
    },
    /// A table cannot be read or written.
    Table {
        /// The input.
        path: PathBuf,
        /// What is wrong with it.
        fault: ParquetFault,
    },
    /// Rows that are left out of a table could not be given back.
    DroppedRows {
        /// The table.
        path: PathBuf,
    },
    /// A table has a file of its own.
    TableAmongOthers {
        /// The table.
        path: PathBuf,
    },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::OutputIsInput { path } => {
                write!(f, "{}: the output is the input; choose another name, or clean in place", path.display())
            }
            RunError::OutputInsideInput { output, input } => {
                let (output, input) = (output.display(), input.display());
                write!(
                    f,
                    "{output}: the output lies inside the input {input}; choose a folder outside, or clean in place"
                )
            }
            RunError::SameOutput { output } => {
                write!(f, "{}: two inputs would be written there; clean them one by one", output.display())
            }
            RunError::Output { path, .. } => write!(f, "{}: cannot be written", path.display()),
            RunError::OtherRun { output } => write!(
                f,
                "{}: the run that was ended here had other packs, options or inputs; take those, or leave out --resume",
                output.display()
            ),
            RunError::Busy { output } => write!(
                f,
                "{}: another run writes into this folder; wait for its end, or choose another folder",
                output.display()
            ),
            RunError::OtherLog { log, was, outputs } => write!(
                f,
                "{}: not the log of the run that was ended here, or no longer: what went of {outputs} complete outputs is \
                 not in it. That run logged to {was}; give its log, or begin anew without --resume",
                log.display()
            ),
            RunError::LogIsOutput { log } => {
                write!(f, "{}: the log would be an output; choose another place", log.display())
            }
            RunError::Log(_) => f.write_str("the log of removals cannot be written"),
            RunError::Field(error) => error.fmt(f),
            RunError::Record { path, record, what } => write!(f, "{}: record {record}: {what}", path.display()),
            RunError::Table { path, fault } => write!(f, "{}: {fault}", path.display()),
            RunError::DroppedRows { path } => {
                let path = path.display();
                write!(f, "{path}: rows that are left out of a table are not logged; log removals, or leave rows out")
            }
            RunError::TableAmongOthers { path } => {
                write!(f, "{}: a Parquet file cannot be written after another output; give a folder", path.display())
            }
        }
    }
}

impl std::error::Error for RunError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            RunError::Output { error, .. } | RunError::Log(error) => Some(error),
            RunError::Table { fault, .. } => fault.source(),
            _ => None,
        }
    }
}

impl From<FieldPathError> for RunError {
    fn from(error: FieldPathError) -> RunError {
        RunError::Field(error)
    }
}
