//! Parquet files of which one column is cleaned and everything else stays.
//!
//! [`ParquetSource`] reads the text column in batches, [`ParquetSink`] writes the file again with
//! the cleaned texts; between them batches can be cleaned on other threads, and must come back in
//! order. Chunks of other columns, and row groups without a change, are copied byte for byte, and
//! the footer is the old one with new places in it (`thrift.rs` says why).
//!
//! ```no_run
//! use dechrome::io::parquet::{Columns, ParquetSink, ParquetSource, SinkOptions};
//! let mut source = ParquetSource::open(std::fs::File::open("pages.parquet")?, &Columns::default())?;
//! let mut sink = ParquetSink::create(&source, std::fs::File::create("cleaned.parquet")?, &SinkOptions::default())?;
//! while let Some(mut batch) = source.next_batch(8 << 20)? {
//!     for row in batch.rows_mut() {
//!         if let Some(text) = row.text() {
//!             row.replace(text.to_ascii_lowercase());
//!         }
//!     }
//!     sink.write_batch(batch)?;
//! }
//! sink.finish()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod added;
mod arrow_schema;
mod batch;
mod columns;
mod encoding;
mod fault;
mod footer;
mod guarded;
mod kept;
mod leaves;
mod opened;
mod output;
mod positioned;
mod sink;
mod source;
mod thrift;
mod written;

pub use batch::{TextBatch, TextRow};
pub use columns::Columns;
pub use fault::ParquetFault;
pub use sink::{ParquetSink, RowPolicy, SinkOptions};
pub use source::ParquetSource;
