//! Where folded characters go: a buffer, or a text whose bytes know where they come from.

use super::vectors::MASKED;

/// A folded text, in memory that is used again from line to line, with zeros around it: so it is read in pieces without
/// a look at its ends.
#[derive(Debug)]
pub(crate) struct FoldBuffer {
    /// [`LEAD`] zeros, the folded text, [`PADDING`] zeros, and whatever was there before.
    bytes: Vec<u8>,
    /// Where the text ends in these bytes.
    end: usize,
}

/// Bytes of a line that are looked at together...
pub(super) const LINE_BLOCK: usize = MASKED;
/// ...so many of which stand before the position that is asked for.
pub(super) const BLOCK_BEFORE: usize = 4;

const LEAD: usize = 16;
const PADDING: usize = LINE_BLOCK;

impl Default for FoldBuffer {
    fn default() -> FoldBuffer {
        FoldBuffer { bytes: vec![0; LEAD + PADDING], end: LEAD }
    }
}

impl FoldBuffer {
    /// The folded text.
    #[inline]
    pub(crate) fn text(&self) -> &[u8] {
        &self.bytes[LEAD..self.end]
    }

    /// The folded text from a position on, and the zeros after it.
    #[inline]
    pub(crate) fn padded_from(&self, at: usize) -> &[u8] {
        &self.bytes[LEAD + at..self.end + PADDING]
    }

    /// Eight bytes before a position of the text, the last one lowest; what stands before the text is zero.
    #[inline]
    pub(crate) fn word_before(&self, at: usize) -> u64 {
        self.bytes[LEAD + at - 8..].first_chunk().map_or(0, |word| u64::from_be_bytes(*word))
    }

    /// The bytes around a position of the text, some of them before it.
    #[inline]
    pub(super) fn block(&self, at: usize) -> &[u8; LINE_BLOCK] {
        self.bytes[LEAD + at - BLOCK_BEFORE..].first_chunk().unwrap_or(&[0; LINE_BLOCK])
    }

    /// Eight bytes before a position of the text and eight from it on.
    #[inline]
    pub(super) fn around(&self, at: usize) -> &[u8; 16] {
        self.bytes[LEAD + at - 8..].first_chunk().unwrap_or(&[0; 16])
    }

    /// Eight bytes from a position of the text on, zeros beyond its end.
    #[inline]
    pub(crate) fn word(&self, at: usize) -> u64 {
        self.bytes[LEAD + at..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word))
    }

    /// Makes room for the folded form of so many bytes.
    #[inline]
    pub(super) fn begin(&mut self, raw_len: usize) {
        // No character grows by more than half of its bytes (U+023A grows from two to three).
        let most = LEAD + raw_len + raw_len / 2 + PADDING;
        if self.bytes.len() < most {
            self.bytes.resize(most, 0);
        }
        self.end = LEAD;
    }

    /// What stands after the folded text: what is written there belongs to it when it has [grown](Self::grow).
    #[inline]
    pub(super) fn room(&mut self) -> &mut [u8] {
        &mut self.bytes[self.end..]
    }

    /// Adds so many bytes that were written after the text.
    #[inline]
    pub(super) fn grow(&mut self, len: usize) {
        self.end += len;
    }

    /// Adds the first bytes of some.
    #[inline]
    pub(super) fn push_some<const N: usize>(&mut self, folded: [u8; N], len: usize) {
        // All are copied, which is faster than some; there is room for them.
        if let Some(place) = self.room().first_chunk_mut() {
            *place = folded;
        }
        self.grow(len);
    }

    /// Puts the padding after the folded text.
    #[inline]
    pub(super) fn end(&mut self) {
        if let Some(padding) = self.bytes[self.end..].first_chunk_mut() {
            *padding = [0; PADDING];
        }
    }
}

pub(super) trait Sink {
    /// Takes `folded`, which comes from `raw_len` bytes at `raw_at`.
    fn push<const N: usize>(&mut self, folded: [u8; N], raw_at: usize, raw_len: usize);
    fn last(&self) -> Option<u8>;
    fn drop_last(&mut self);
}

impl Sink for FoldBuffer {
    #[inline]
    fn push<const N: usize>(&mut self, folded: [u8; N], _: usize, _: usize) {
        self.push_some(folded, N);
    }
    #[inline]
    fn last(&self) -> Option<u8> {
        (self.end > LEAD).then(|| self.bytes[self.end - 1])
    }
    #[inline]
    fn drop_last(&mut self) {
        self.end -= 1;
    }
}

#[derive(Default)]
pub(super) struct Tracked {
    pub(super) out: Vec<u8>,
    /// For each byte where its character begins in the raw text.
    pub(super) offsets: Vec<u32>,
    /// Where the last character ends there.
    pub(super) end: u32,
}

impl Sink for Tracked {
    fn push<const N: usize>(&mut self, folded: [u8; N], raw_at: usize, raw_len: usize) {
        self.out.extend_from_slice(&folded);
        // Lines are at most LINE_LIMIT bytes, so offsets fit.
        self.offsets.extend([raw_at as u32; N]);
        self.end = (raw_at + raw_len) as u32;
    }
    fn last(&self) -> Option<u8> {
        self.out.last().copied()
    }
    fn drop_last(&mut self) {
        self.out.pop();
        if let Some(at) = self.offsets.pop() {
            self.end = at;
        }
    }
}
