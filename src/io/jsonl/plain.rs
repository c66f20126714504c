//! The next byte that a JSON string cannot hold as it is, in vectors.

use wide::u8x16;

/// So many bytes are looked at together.
pub(super) const BLOCK: usize = 32;

/// How many bytes come before the first one that a string cannot hold as it is: a quote, a backslash, a control byte.
#[inline]
pub(super) fn plain_len(bytes: &[u8]) -> usize {
    let (blocks, rest) = bytes.as_chunks();
    for (number, block) in blocks.iter().enumerate() {
        let stops = stops(block);
        if stops != 0 {
            return number * BLOCK + stops.trailing_zeros() as usize;
        }
    }
    let before = bytes.len() - rest.len();
    before + rest.iter().take_while(|&&byte| is_plain(byte)).count()
}

/// A bit for each byte of a block that a string cannot hold as it is, the first byte's lowest.
#[inline]
pub(super) fn stops(block: &[u8; BLOCK]) -> u32 {
    let (vectors, _) = block.as_chunks();
    let mask = |number: usize| is_stop(u8x16::new(vectors[number])).to_bitmask();
    mask(0) | mask(1) << (BLOCK / 2)
}

/// How many bytes come before the first backslash.
#[inline]
pub(super) fn before_backslash(bytes: &[u8]) -> usize {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    for (number, block) in blocks.iter().enumerate() {
        let (vectors, _) = block.as_chunks();
        let mask = |half: usize| u8x16::new(vectors[half]).simd_eq(u8x16::splat(b'\\')).to_bitmask();
        let backslashes = mask(0) | mask(1) << (BLOCK / 2);
        if backslashes != 0 {
            return number * BLOCK + backslashes.trailing_zeros() as usize;
        }
    }
    bytes.len() - rest.len() + rest.iter().take_while(|&&byte| byte != b'\\').count()
}

#[inline]
fn is_stop(bytes: u8x16) -> u8x16 {
    // With its second bit turned, the quote follows the control bytes; none of them leaves their range.
    let low = bytes ^ u8x16::splat(0x02);
    low.simd_le(u8x16::splat(0x20)) | bytes.simd_eq(u8x16::splat(b'\\'))
}

/// The same for one byte.
#[inline]
pub(super) fn is_plain(byte: u8) -> bool {
    byte >= 0x20 && byte != b'"' && byte != b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_stops_or_not_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for at in 0..70 {
                let mut bytes = [0x80; 70];
                bytes[at] = byte;
                let expected = if byte < 0x20 || byte == b'"' || byte == b'\\' { at } else { 70 };
                assert_eq!(plain_len(&bytes), expected, "byte {byte:#x} at {at}");
                assert_eq!(before_backslash(&bytes), if byte == b'\\' { at } else { 70 }, "byte {byte:#x} at {at}");
                // What stands after a stop hides nothing and adds nothing.
                bytes[at..].fill(byte);
                assert_eq!(plain_len(&bytes), expected, "bytes {byte:#x} from {at}");
            }
        }
    }
}
