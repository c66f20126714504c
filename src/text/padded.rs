//! A line with room around it, so that it can be read in vectors without a look at its ends.

use wide::{i8x16, u8x16};

/// Bytes of a window before or after a position.
pub(super) const WINDOW: usize = 8;

/// Positions of a line that are looked at together.
pub(super) const POSITIONS: usize = 64;

/// So many of them are those of the chunk before once more: what begins there goes on here.
pub(super) const CONTEXT: usize = 2;

/// What stands around a line: a digit is no letter, no space, and fingerprints to zero.
const PADDING: u8 = b'0';

const LEAD: usize = WINDOW + CONTEXT;
const CHUNK: usize = WINDOW + POSITIONS + WINDOW;
const VECTOR: usize = 16;

/// A copy of a line between digits, in memory that is used again from line to line.
#[derive(Default, Debug)]
pub(crate) struct PaddedLine {
    bytes: Vec<u8>,
    len: usize,
}

impl PaddedLine {
    pub(crate) fn copy(&mut self, line: &[u8]) {
        let room = LEAD + line.len() + CHUNK;
        if self.bytes.len() < room {
            self.bytes.resize(room, PADDING);
        }
        self.len = line.len();
        let (copy, after) = self.bytes[LEAD..].split_at_mut(line.len());
        copy.copy_from_slice(line);
        after[..CHUNK].fill(PADDING);
    }

    /// The line in chunks, each with the position in the line of its first byte after the context. The last chunk
    /// holds as many bytes of padding as a longer character could miss.
    #[inline]
    pub(super) fn chunks(&self) -> impl Iterator<Item = (usize, PaddedChunk<'_>)> {
        let starts = (0..self.len + CONTEXT).step_by(POSITIONS - CONTEXT);
        starts.map_while(|at| Some((at, PaddedChunk(self.bytes[at..].first_chunk()?))))
    }
}

/// The bytes of some positions of a line, with a window before and after.
#[derive(Clone, Copy)]
pub(super) struct PaddedChunk<'l>(pub(super) &'l [u8; CHUNK]);

impl PaddedChunk<'_> {
    /// Whether all is printable ASCII, the windows too.
    #[inline]
    pub(super) fn is_ascii(self) -> bool {
        // Bytes beyond ASCII are negative.
        let odd = |vector: &[u8; VECTOR]| i8x16::new(vector.map(|byte| byte as i8)).simd_lt(i8x16::splat(0x20));
        let (vectors, _) = self.0.as_chunks();
        !vectors.iter().map(odd).fold(i8x16::ZERO, |any, odd| any | odd).any()
    }

    /// A mask of the positions whose bytes become 0xFF.
    #[inline]
    pub(super) fn select(self, is_it: impl Fn(u8x16) -> u8x16) -> u64 {
        let mask = |at: usize| self.0[WINDOW + at..].first_chunk().map_or(0, |it| is_it(u8x16::new(*it)).to_bitmask());
        let pair = |at: usize| u64::from(mask(at) | mask(at + VECTOR) << VECTOR);
        pair(0) | pair(2 * VECTOR) << (2 * VECTOR)
    }

    #[inline]
    pub(super) fn equal_to(self, byte: u8) -> u64 {
        self.select(|bytes| bytes.simd_eq(u8x16::splat(byte)))
    }

    /// The letters of ASCII.
    #[inline]
    pub(super) fn letters(self) -> u64 {
        let from_a = |bytes: u8x16| (bytes | u8x16::splat(b' ')) - u8x16::splat(b'a');
        self.select(|bytes| from_a(bytes).simd_le(u8x16::splat(b'z' - b'a')))
    }

    /// The byte at that position and the two after it.
    #[inline]
    pub(super) fn from(self, position: usize) -> [u8; 3] {
        let at = WINDOW + position % POSITIONS;
        [self.0[at], self.0[at + 1], self.0[at + 2]]
    }

    /// The bytes of the windows around a position.
    #[inline]
    pub(super) fn around(&self, position: usize) -> &[u8; 2 * WINDOW] {
        self.0[position % POSITIONS..].first_chunk().unwrap_or(&[PADDING; 2 * WINDOW])
    }

    /// The bytes as they become, sixteen at a time.
    #[inline]
    pub(super) fn map(self, change: impl Fn(u8x16) -> u8x16) -> [u8; CHUNK] {
        let mut changed = *self.0;
        changed.as_chunks_mut().0.iter_mut().for_each(|vector| *vector = change(u8x16::new(*vector)).to_array());
        changed
    }
}
