//! Tests of many bytes at once. Bytes are signed here, as the vectors of all machines compare them: those beyond ASCII are
//! negative.

use wide::{i8x16, u8x16};

/// Bytes of which there is one mask.
pub(super) const MASKED: usize = 64;

/// A mask of the bytes of which `test` leaves the upper bit set.
#[inline]
pub(super) fn mask(block: &[u8; MASKED], test: impl Fn(i8x16) -> i8x16) -> u64 {
    let (vectors, _) = block.as_chunks();
    let mask = |vector: usize| u64::from(test(signed(&vectors[vector])).to_bitmask());
    mask(0) | mask(1) << 16 | mask(2) << 32 | mask(3) << 48
}

/// Calls `found` with the place of each bit that is set, in order.
#[inline]
pub(super) fn each_bit(mut bits: u64, mut found: impl FnMut(usize)) {
    while bits != 0 {
        found(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

#[inline]
pub(super) fn signed(bytes: &[u8; 16]) -> i8x16 {
    u8x16::new(*bytes).cast_signed()
}

/// The bytes above this one, in their order as signed numbers, become -1 and the others zero.
#[inline]
pub(super) fn above(bytes: i8x16, than: u8) -> i8x16 {
    bytes.simd_gt(i8x16::splat(than as i8))
}

/// The same of the bytes that are this one.
#[inline]
pub(super) fn equal_to(bytes: i8x16, byte: u8) -> i8x16 {
    bytes.simd_eq(i8x16::splat(byte as i8))
}
