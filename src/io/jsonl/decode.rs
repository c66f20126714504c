//! What a string says, written while it is gone over.

use super::cursor::{Escape, short};
use super::plain::{BLOCK, is_plain, stops};

/// What the inside of a string says, which was checked: itself, or written to `buffer`.
pub(super) fn decode_into<'b>(raw: &'b [u8], buffer: &'b mut Vec<u8>) -> &'b [u8] {
    let Some(plain) = memchr::memchr(b'\\', raw) else { return raw };
    let decoded = decode(raw, plain, buffer);
    &buffer[..decoded.len]
}

/// How far a string was decoded, in bytes.
pub(super) struct DecodedLen {
    /// Bytes of the string.
    pub(super) raw: usize,
    /// Bytes that they say.
    pub(super) len: usize,
}

/// Writes to the beginning of `buffer` what `raw` says, of which the first `plain` bytes say themselves: up to the first
/// byte that a string cannot hold, or that begins no escape. What `buffer` holds does not matter, nor what it holds after
/// that; it only grows.
pub(super) fn decode(raw: &[u8], plain: usize, buffer: &mut Vec<u8>) -> DecodedLen {
    // A text never has more bytes than its string, but blocks are copied whole.
    let most = raw.len() + BLOCK;
    if buffer.len() < most {
        buffer.resize(most, 0);
    }
    buffer[..plain].copy_from_slice(&raw[..plain]);
    let (mut at, mut len) = (plain, plain);
    while let Some([b'\\', kind]) = raw[at..].first_chunk() {
        if *kind == b'u' {
            let Some(escape) = Escape::read_units(&raw[at..]) else { break };
            let (utf8, bytes) = escape.utf8();
            if let Some(out) = buffer[len..].first_chunk_mut() {
                *out = utf8;
            }
            at += escape.raw_len;
            len += bytes;
            // They stand in rows where all but ASCII is escaped.
            if raw.get(at) == Some(&b'\\') {
                continue;
            }
        } else {
            let Some(byte) = short(*kind) else { break };
            buffer[len] = byte.get();
            at += 2;
            len += 1;
        }
        let plain = copy_plain(&raw[at..], &mut buffer[len..]);
        at += plain;
        len += plain;
    }
    DecodedLen { raw: at, len }
}

/// Copies what comes before the next byte that a string cannot hold as it is, and says how many bytes that are. More may
/// be written after them.
#[inline]
fn copy_plain(raw: &[u8], out: &mut [u8]) -> usize {
    let mut copied = 0;
    while let Some(from) = raw[copied..].first_chunk() {
        let Some(to) = out[copied..].first_chunk_mut() else { break };
        *to = *from;
        match stops(from) {
            0 => copied += BLOCK,
            stops => return copied + stops.trailing_zeros() as usize,
        }
    }
    let rest = raw[copied..].iter().take_while(|&&byte| is_plain(byte));
    rest.zip(&mut out[copied..]).fold(copied, |copied, (from, to)| {
        *to = *from;
        copied + 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is decoded of `raw`, and how many of its bytes.
    fn decoded(raw: &[u8], buffer: &mut Vec<u8>) -> (Vec<u8>, usize) {
        let plain = raw.iter().position(|&byte| byte == b'\\').unwrap_or(raw.len());
        let DecodedLen { raw, len } = decode(raw, plain, buffer);
        (buffer[..len].to_vec(), raw)
    }

    #[test]
    fn escapes_stand_anywhere_in_a_block() {
        let mut buffer = b"what was there before".repeat(3);
        for (escape, says) in [(r"\n", "\n"), (r"\u0434", "д"), (r"\ud83d\ude00", "😀"), (r"\u20ac\\\u0041", "€\\A")]
        {
            for before in 0..2 * BLOCK + 2 {
                for after in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1] {
                    let (before, after) = ("b".repeat(before), "ä".repeat(after));
                    let raw = format!("{before}{escape}{after}{escape}");
                    let text = format!("{before}{says}{after}{says}");
                    assert_eq!(decoded(raw.as_bytes(), &mut buffer), (text.into_bytes(), raw.len()), "{raw}");
                }
            }
        }
    }

    #[test]
    fn decoding_stops_where_the_string_does() {
        for stop in ["\"", "\n", "\u{1f}", r"\x", r"\u12g4", r"\u123", r"\"] {
            for plain in 0..2 * BLOCK + 2 {
                let before = format!(r"\t{}", "p".repeat(plain));
                let raw = format!("{before}{stop}");
                let (text, len) = decoded(raw.as_bytes(), &mut Vec::new());
                assert_eq!((text.len(), len), (plain + 1, before.len()), "{raw}");
            }
        }
    }
}
