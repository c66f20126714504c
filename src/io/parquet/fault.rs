//! Why a Parquet file cannot be cleaned.

use std::fmt;
use std::io;

use parquet::errors::ParquetError;

/// Why a Parquet file cannot be cleaned. Nothing has been changed in the source.
#[derive(Debug)]
#[non_exhaustive]
pub enum ParquetFault {
    /// The file does not begin and end as Parquet files do.
    NotParquet,
    /// The file, or one of its columns, is encrypted.
    Encrypted,
    /// The footer cannot be read, or says what cannot be.
    Footer(String),
    /// The column chunks that the footer names do not lie within the file.
    Truncated {
        /// Number of the row group, from 0.
        row_group: usize,
        /// Dotted path of the column.
        column: String,
    },
    /// No column has this name.
    NoSuchColumn {
        /// The name that was asked for.
        wanted: String,
        /// Dotted paths of the columns that hold text.
        candidates: Vec<String>,
    },
    /// Several columns have this name.
    AmbiguousColumn(String),
    /// The column lies within a list or map: a row has any number of its values.
    RepeatedColumn(String),
    /// The column's values are not text.
    NotText {
        /// Dotted path of the column.
        column: String,
        /// What its values are.
        holds: String,
        /// Dotted paths of the columns that hold text.
        candidates: Vec<String>,
    },
    /// A column that is to be added is there already.
    NameTaken(String),
    /// A column that has to be decoded is compressed in a way this program was not built with.
    Codec {
        /// Dotted path of the column.
        column: String,
        /// Name of the codec.
        codec: String,
    },
    /// A page cannot be decoded.
    BadPage {
        /// Number of the row group, from 0.
        row_group: usize,
        /// Number of the first row within the row group, from 0, that could not be read.
        row: u64,
        /// Dotted path of the column.
        column: String,
        /// What the decoder says.
        message: String,
    },
    /// The batches given to the sink are not those of the source, each once and in order.
    Misordered(String),
    /// The source cannot be read.
    Read(io::Error),
    /// The output cannot be written.
    Write(io::Error),
    /// The values cannot be encoded.
    Encode(String),
}

impl ParquetFault {
    /// Number of the row group that cannot be decoded, if that is all that is wrong: it can be
    /// passed on unchanged and the next one be cleaned.
    pub fn bad_row_group(&self) -> Option<usize> {
        match self {
            ParquetFault::BadPage { row_group, .. } => Some(*row_group),
            _ => None,
        }
    }

    /// What went wrong while pages were encoded and written.
    pub(super) fn from_writing(error: ParquetError) -> ParquetFault {
        match error {
            ParquetError::External(error) => match error.downcast::<io::Error>() {
                Ok(error) => ParquetFault::Write(*error),
                Err(error) => ParquetFault::Encode(error.to_string()),
            },
            error => ParquetFault::Encode(error.to_string()),
        }
    }
}

impl fmt::Display for ParquetFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParquetFault::NotParquet => write!(f, "not a Parquet file, or its end is missing"),
            ParquetFault::Encrypted => write!(f, "the file is encrypted; decrypt it first"),
            ParquetFault::Footer(message) => write!(f, "the Parquet footer is damaged: {message}"),
            ParquetFault::Truncated { row_group, column } => {
                write!(f, "the file is truncated: column `{column}` of row group {row_group} lies outside of it")
            }
            ParquetFault::NoSuchColumn { wanted, candidates } => {
                write!(f, "no column is called `{wanted}`; ")?;
                write_candidates(candidates, f)
            }
            ParquetFault::AmbiguousColumn(column) => {
                write!(f, "more than one column is called `{column}`; rename one of them first")
            }
            ParquetFault::RepeatedColumn(column) => {
                write!(f, "column `{column}` lies within a list or map: a row must have one text; unnest it first")
            }
            ParquetFault::NotText { column, holds, candidates } => {
                write!(f, "column `{column}` holds {holds}, not text; ")?;
                write_candidates(candidates, f)
            }
            ParquetFault::NameTaken(name) => {
                write!(f, "a column `{name}` is there already; choose another name for the added one")
            }
            ParquetFault::Codec { column, codec } => {
                write!(f, "column `{column}` is compressed with {codec}, which dechrome is built without; ")?;
                write!(f, "write the file with zstd or snappy first")
            }
            ParquetFault::BadPage { row_group, row, column, message } => {
                write!(f, "column `{column}` cannot be read from row {row} of row group {row_group} on: {message}")
            }
            ParquetFault::Misordered(message) => write!(f, "batches out of order: {message}"),
            ParquetFault::Read(error) => write!(f, "cannot read: {error}"),
            ParquetFault::Write(error) => write!(f, "cannot write: {error}"),
            ParquetFault::Encode(message) => write!(f, "cannot encode a column: {message}"),
        }
    }
}

fn write_candidates(candidates: &[String], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match candidates {
        [] => write!(f, "the file has no text column"),
        [only] => write!(f, "the only text column is `{only}`"),
        several => write!(f, "text columns are `{}`", several.join("`, `")),
    }
}

impl std::error::Error for ParquetFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ParquetFault::Read(error) | ParquetFault::Write(error) => Some(error),
            _ => None,
        }
    }
}
