//! Folding sixteen bytes at once where that is simple: printable ASCII and the letters of U+00C0 to
//! U+00FF and U+0400 to U+045F, which western and Cyrillic text is made of. Written so that the
//! compiler turns the loops into vector instructions.

use wide::i8x16;

use super::case::Case;
use super::vectors::{above, equal_to, signed};

/// Bytes that are folded at once.
pub(super) const BLOCK: usize = 16;

type Block = [u8; BLOCK];

/// A block of which the first bytes are folded.
pub(super) struct AsciiBlock {
    pub(super) bytes: Block,
    /// So many: printable ASCII, and no space beside a gap.
    pub(super) plain: usize,
    /// What the block ends with.
    pub(super) last: Gap,
}

/// What stands before a byte, as far as spaces vanish there.
#[derive(Clone, Copy)]
pub(super) struct Gap {
    /// A space, or the start of a line.
    pub(super) any: bool,
    pub(super) space: bool,
}

/// Folds a block as far as it is plain. Where it is of `LINES`, line feeds stay as they are.
#[inline]
pub(super) fn ascii_block<const LINES: bool>(block: &Block, before: Gap, case: Case) -> AsciiBlock {
    let bytes = signed(block);
    let spaces = equal_to(bytes, b' ').to_bitmask();
    let feeds = if LINES { equal_to(bytes, b'\n').to_bitmask() } else { 0 };
    let gaps = spaces | feeds;
    let after_gap = gaps << 1 | u32::from(before.any);
    let after_space = spaces << 1 | u32::from(before.space);
    let not_plain = (!above(bytes, 0x1F)).to_bitmask() & !feeds | spaces & after_gap | feeds & after_space;
    let upper = above(bytes, b'A' - 1) & !above(bytes, b'Z');
    let folded = if case == Case::Folded { bytes | upper & i8x16::splat(0x20) } else { bytes };
    AsciiBlock {
        bytes: folded.cast_unsigned().to_array(),
        plain: (not_plain | 1 << BLOCK).trailing_zeros() as usize,
        last: Gap { any: gaps >> (BLOCK - 1) != 0, space: spaces >> (BLOCK - 1) != 0 },
    }
}

/// The block at `at` as it is folded, and how many of its bytes are as simple as is said above: none from the first of two
/// spaces in a row on, nor where the text ends with the block. It may begin and end within a character of two bytes, if what
/// stands before it was folded as a block too.
#[inline(never)]
pub(super) fn letter_block(raw: &[u8], at: usize, case: Case) -> (Block, usize) {
    let rest = &raw[at..];
    let (Some(block), Some(after)) = (rest.first_chunk(), rest.get(1..).and_then(|rest| rest.first_chunk())) else {
        return ([0; BLOCK], 0);
    };
    let mut before = [0; BLOCK];
    match at.checked_sub(1).and_then(|at| raw[at..].first_chunk()) {
        Some(chunk) => before = *chunk,
        None => before[1..].copy_from_slice(&block[..BLOCK - 1]),
    }
    let folded = if case == Case::Folded { lower(&before, block, after) } else { *block };
    (folded, simple_len(&before, block, after))
}

/// Whether a byte is printable ASCII, and not the first of two spaces. Bytes beyond ASCII are negative here.
#[inline]
fn is_plain(byte: u8, next: u8) -> bool {
    (byte as i8 >= 0x20) & !((byte == b' ') & (next == b' '))
}

/// How many bytes of a block, given with those that begin a byte before and after it, are as simple as the module says.
#[inline]
fn simple_len(before: &Block, block: &Block, after: &Block) -> usize {
    let begins = |byte: u8| (byte == 0xC3) | (byte == 0xD0) | (byte == 0xD1);
    let goes_on = |byte: u8| (byte & 0xC0) == 0x80;
    let mut odd = [0; BLOCK];
    for at in 0..BLOCK {
        let (previous, byte, next) = (before[at], block[at], after[at]);
        // U+0460 and on is folded in other ways.
        let beyond = (previous == 0xD1) & (byte >= 0xA0);
        let first = begins(byte) & goes_on(next);
        let second = goes_on(byte) & begins(previous) & !beyond;
        odd[at] = if is_plain(byte, next) | first | second { 0 } else { 0xFF };
    }
    (signed(&odd).to_bitmask() | 1 << BLOCK).trailing_zeros() as usize
}

/// The block with its letters in lower case.
#[inline]
fn lower(before: &Block, block: &Block, after: &Block) -> Block {
    let mut folded = *block;
    for at in 0..BLOCK {
        let (previous, byte, next) = (before[at], block[at], after[at]);
        let within = |from: u8, to: u8| (byte >= from) & (byte <= to);
        let only_if = |condition: bool, step: u8| if condition { step } else { 0 };
        // A to Z; U+00C0 to U+00DE but for the multiplication sign; U+0410 to U+041F.
        let ascii = within(b'A', b'Z');
        let latin = (previous == 0xC3) & within(0x80, 0x9E) & (byte != 0x97);
        let cyrillic = previous == 0xD0;
        let step = only_if(ascii | latin | (cyrillic & within(0x90, 0x9F)), 0x20)
            // U+0420 to U+042F, and U+0400 to U+040F: in lower case they begin with the next byte.
            | only_if(cyrillic & within(0xA0, 0xAF), 0x20_u8.wrapping_neg())
            | only_if(cyrillic & within(0x80, 0x8F), 0x10)
            | only_if((byte == 0xD0) & (next & 0xD0 == 0x80), 1);
        folded[at] = byte.wrapping_add(step);
    }
    folded
}
