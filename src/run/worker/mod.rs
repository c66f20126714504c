//! What is done with the parts of inputs, on all threads.

mod disposition;
mod documents;
mod done;
mod records;
mod work;

pub(super) use disposition::{Disposition, leaves_little};
pub(super) use documents::Worker;
pub(super) use done::{DonePart, RecordFault};
#[cfg(test)]
pub(super) use records::clean as clean_records;
