//! The writing half: cleaned batches in, the same file with other texts out.

mod row_group;
mod state;
mod write;

pub use state::{ParquetSink, RowPolicy, SinkOptions};
