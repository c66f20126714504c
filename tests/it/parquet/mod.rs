//! Parquet files through the public interface.

mod adding;
mod checksums;
mod damage;
mod dropping;
mod faults;
pub(crate) mod files;
mod rewriting;
