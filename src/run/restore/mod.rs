//! Giving back what was removed.

mod error;
mod file;
mod stream;
mod table;
mod text;

pub use error::RestoreError;
pub use file::restore;
#[cfg(test)]
pub(super) use stream::Restorer;
pub(super) use text::{check_length, check_span, gone, write_restored};
