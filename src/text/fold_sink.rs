//! Where folded characters go: a buffer, or a text whose bytes know where they come from.

use super::fold_block::BLOCK;

/// A folded text, in memory that is used again from line to line.
#[derive(Default, Debug)]
pub(crate) struct FoldBuffer {
    /// The folded text, [`PADDING`] zero bytes, and whatever was there before.
    bytes: Vec<u8>,
    len: usize,
}

/// So many zero bytes stand after a folded text, so that it can be read in pieces of up to this
/// length without a look at its end.
const PADDING: usize = 24;

impl FoldBuffer {
    /// The folded text.
    pub(crate) fn text(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// The folded text and the zero bytes after it.
    pub(crate) fn padded(&self) -> &[u8] {
        self.bytes.get(..self.len + PADDING).unwrap_or_default()
    }

    /// Makes room for the folded form of so many bytes.
    pub(super) fn begin(&mut self, raw_len: usize) {
        // No character grows by more than half of its bytes (U+023A grows from two to three).
        let most = raw_len + raw_len / 2 + PADDING;
        if self.bytes.len() < most {
            self.bytes.resize(most, 0);
        }
        self.len = 0;
    }

    /// Puts the padding after the folded text.
    pub(super) fn end(&mut self) {
        self.bytes[self.len..self.len + PADDING].fill(0);
    }
}

pub(super) trait Sink {
    /// Takes `folded`, which comes from `raw_len` bytes at `raw_at`.
    fn push<const N: usize>(&mut self, folded: [u8; N], raw_at: usize, raw_len: usize);
    /// Takes a block: each byte was folded from one byte, each character from one of as many bytes.
    fn push_block(&mut self, folded: [u8; BLOCK], raw_at: usize);
    /// Takes the first bytes of a word, each folded from one byte.
    fn push_word(&mut self, folded: [u8; 8], len: usize, raw_at: usize);
    /// Takes the first `len` bytes: characters that were each folded from two bytes to two.
    fn push_pairs(&mut self, folded: [u8; 8], len: usize, raw_at: usize);
    fn last(&self) -> Option<u8>;
    fn drop_last(&mut self);
}

impl Sink for FoldBuffer {
    #[inline]
    fn push<const N: usize>(&mut self, folded: [u8; N], _: usize, _: usize) {
        if let Some(place) = self.bytes[self.len..].first_chunk_mut::<N>() {
            *place = folded;
        }
        self.len += N;
    }
    #[inline]
    fn push_block(&mut self, folded: [u8; BLOCK], raw_at: usize) {
        self.push(folded, raw_at, BLOCK);
    }
    #[inline]
    fn push_word(&mut self, folded: [u8; 8], len: usize, _: usize) {
        // All of the word is copied, which is faster than some; there is room for it.
        if let Some(place) = self.bytes[self.len..].first_chunk_mut::<8>() {
            *place = folded;
        }
        self.len += len;
    }
    #[inline]
    fn push_pairs(&mut self, folded: [u8; 8], len: usize, raw_at: usize) {
        self.push_word(folded, len, raw_at);
    }
    #[inline]
    fn last(&self) -> Option<u8> {
        self.len.checked_sub(1).map(|last| self.bytes[last])
    }
    fn drop_last(&mut self) {
        self.len -= 1;
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
    fn push_block(&mut self, folded: [u8; BLOCK], raw_at: usize) {
        for (i, byte) in folded.iter().enumerate() {
            // The second byte of a character belongs to where the first one is.
            let second = usize::from(byte & 0xC0 == 0x80);
            self.push([*byte], raw_at + i - second, 1 + second);
        }
    }
    fn push_word(&mut self, folded: [u8; 8], len: usize, raw_at: usize) {
        for (i, byte) in folded[..len].iter().enumerate() {
            self.push([*byte], raw_at + i, 1);
        }
    }
    fn push_pairs(&mut self, folded: [u8; 8], len: usize, raw_at: usize) {
        let (pairs, _) = folded[..len].as_chunks::<2>();
        for (i, pair) in pairs.iter().enumerate() {
            self.push(*pair, raw_at + 2 * i, 2);
        }
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
