//! What is done with the parts of inputs, on all threads.

mod disposition;
mod done;
mod records;
mod work;
#[allow(clippy::module_inception, reason = "the room is named for who works in it")]
mod worker;

pub(super) use disposition::{Disposition, leaves_little};
pub(super) use done::{DonePart, RecordFault};
#[cfg(test)]
pub(super) use records::clean as clean_records;
pub(super) use worker::Worker;
