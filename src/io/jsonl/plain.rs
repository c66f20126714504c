//! The next byte that a JSON string cannot hold as it is, eight bytes at a time.

/// How many bytes come before the first one that a string cannot hold as it is: a quote, a backslash, a control byte.
pub(super) fn plain_len(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    let (blocks, words_left) = words.as_chunks::<4>();
    let mut at = 0;
    for block in blocks {
        // Four words a turn: long texts have a stop every few hundred bytes.
        let stops = block.map(stops);
        if stops[0] | stops[1] | stops[2] | stops[3] != 0 {
            let word = stops.iter().take_while(|&&stops| stops == 0).count();
            return at + 8 * word + first_stop(stops[word]);
        }
        at += 32;
    }
    for word in words_left {
        match stops(*word) {
            0 => at += 8,
            stops => return at + first_stop(stops),
        }
    }
    at + rest.iter().take_while(|&&byte| byte >= 0x20 && byte != b'"' && byte != b'\\').count()
}

const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES << 7;

/// The highest bit of each byte that is a stop, and perhaps of bytes after the first such one.
fn stops(word: [u8; 8]) -> u64 {
    let word = u64::from_le_bytes(word);
    // With its second bit turned, the quote follows the control bytes; none of them leaves their range.
    let low = word ^ (ONES * 0x02);
    let backslash = word ^ (ONES * b'\\' as u64);
    (low.wrapping_sub(ONES * 0x21) & !low | backslash.wrapping_sub(ONES) & !backslash) & HIGHS
}

fn first_stop(stops: u64) -> usize {
    stops.trailing_zeros() as usize / 8
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
                // What stands after a stop hides nothing and adds nothing.
                bytes[at..].fill(byte);
                assert_eq!(plain_len(&bytes), expected, "bytes {byte:#x} from {at}");
            }
        }
    }
}
