//! Files and streams: finding inputs, reading windows, writing outputs that are whole or not there.
//! Knows documents and windows, not packs.

mod atomic;
mod buffers;
mod segments;
mod walk;

pub use atomic::{AtomicFile, Durability, discard_unfinished};
pub use buffers::Buffers;
pub use segments::{Segment, SegmentReader};
pub use walk::{InputFile, Walked, walk};
