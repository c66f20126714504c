//! The log of what was removed: its entries, written while cleaning and read to restore.

mod entry;
mod held;
mod original;
mod read;
mod resumed;
mod sums;

pub(super) use entry::{Gone, Logged};
pub use entry::{LogEntry, Original};
pub(super) use held::HeldLog;
pub(super) use original::log_original;
pub(super) use read::Entries;
pub use read::{RemovalLog, read_log};
pub(super) use resumed::{Digested, LogDigests, keep};
pub(super) use sums::{ContentSums, Contents, add_row};
