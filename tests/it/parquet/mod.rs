//! Parquet files through the public interface.

mod adding;
mod damage;
mod dropping;
mod faults;
mod files;
mod rewriting;
