//! Memory that is used again: fresh pages of memory cost more than cleaning what is read into them.

use std::io::{self, Read};
use std::sync::Mutex;

/// Buffers that were given back, for those who read next.
#[derive(Default, Debug)]
pub struct Buffers(Mutex<Spare>);

#[derive(Default, Debug)]
struct Spare {
    buffers: Vec<Vec<u8>>,
    /// What they have room for, together.
    bytes: usize,
}

/// Not more is kept: some readers give what they never take, and a single record may be of any length.
const MOST_BYTES: usize = 96 << 20;

impl Buffers {
    /// An empty buffer, with room from earlier use where there was one.
    pub fn take(&self) -> Vec<u8> {
        let Ok(mut spare) = self.0.lock() else { return Vec::new() };
        let buffer = spare.buffers.pop().unwrap_or_default();
        spare.bytes -= buffer.capacity();
        buffer
    }

    /// Takes back a buffer whose content is no longer needed.
    pub fn give(&self, mut buffer: Vec<u8>) {
        buffer.clear();
        if let Ok(mut spare) = self.0.lock()
            && buffer.capacity() > 0
            && spare.bytes + buffer.capacity() <= MOST_BYTES
        {
            spare.bytes += buffer.capacity();
            spare.buffers.push(buffer);
        }
    }
}

/// Bytes that there is room for at first: a small file needs no more.
const PIECE_BYTES: usize = 1 << 16;

/// Appends up to `most` bytes of the source, fewer only at its end, and says how many.
///
/// # Errors
/// The source fails; what was read before is there.
pub(super) fn read_up_to(source: &mut impl Read, most: usize, into: &mut Vec<u8>) -> io::Result<usize> {
    into.reserve(most.min(PIECE_BYTES));
    source.take(most as u64).read_to_end(into)
}
