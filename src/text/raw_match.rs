//! Whether a folded text may stand in a line, as far as the line's raw bytes decide.

use super::case::Case;
use super::word::{HIGH, without_upper};

/// Whether a folded text may stand in a line so that its byte at `offset` is folded from the line's raw byte at `at`,
/// where a character begins. The raw bytes from there on must be such as
/// [decide](super::surely_without) what they fold to; of others it says anything.
pub(crate) fn may_stand(raw: &[u8], at: usize, text: &[u8], offset: usize) -> bool {
    ends_with(&raw[..at], &text[..offset]) && begins_with(&raw[at..], &text[offset..])
}

/// As far as the raw bytes are printable ASCII from their end on.
fn ends_with(raw: &[u8], text: &[u8]) -> bool {
    for (at, folded) in text.iter().rev().enumerate() {
        match raw.iter().nth_back(at) {
            Some(byte) if byte.to_ascii_lowercase() == *folded => {}
            Some(b' '..=b'~') | None => return false,
            Some(_) => return true,
        }
    }
    true
}

fn begins_with(mut raw: &[u8], mut text: &[u8]) -> bool {
    // Most of it is ASCII, eight bytes at a time.
    while let (Some(word), Some(folded)) = (raw.first_chunk(), text.first_chunk()) {
        let word = u64::from_le_bytes(*word);
        if word & HIGH != 0 {
            break;
        }
        if without_upper(word, Case::Folded) != u64::from_le_bytes(*folded) {
            return false;
        }
        (raw, text) = (&raw[8..], &text[8..]);
    }
    loop {
        (raw, text) = match (raw, text) {
            (_, []) => return true,
            // A letter keeps the lower half of its second byte.
            ([0xC3 | 0xD0 | 0xD1, second, raw @ ..], [first, folded, text @ ..])
                if *first >= 0x80 && (second ^ folded) & 0x0F == 0 =>
            {
                (raw, text)
            }
            ([0xE2, 0x80, 0x93 | 0x94, raw @ ..], [b'-', text @ ..]) => (raw, text),
            ([0xE2, 0x80, 0x98 | 0x99, raw @ ..], [b'\'', text @ ..]) => (raw, text),
            ([0xE2, 0x80, 0x9C..=0x9E, raw @ ..], [b'"', text @ ..]) => (raw, text),
            ([0xE2, 0x80, 0xA6, raw @ ..], [b'.', b'.', b'.', text @ ..]) => (raw, text),
            ([byte, raw @ ..], [folded, text @ ..]) if byte.to_ascii_lowercase() == *folded => (raw, text),
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::folded;
    use super::*;

    #[test]
    fn a_text_may_stand_where_it_does_and_not_in_another_word() {
        for (line, text) in [
            ("Please Sponsor THIS content, now and then", "sponsor this content"),
            ("Вы можете ПОДПИСАТЬСЯ на рассылку сегодня", "подписаться на рассылку"),
            ("x sign up", "sign up"),
        ] {
            let folded = folded(line.as_bytes(), Case::Folded);
            let at = memchr::memmem::find(&folded, text.as_bytes()).unwrap();
            for offset in (0..text.len()).filter(|&offset| text.is_char_boundary(offset)) {
                assert!(may_stand(line.as_bytes(), at + offset, text.as_bytes(), offset), "{text} by {offset}");
            }
        }
        assert!(!may_stand(b"sponsors of this content now", 0, b"sponsor this content", 0));
        assert!(!may_stand(b"we sponsor this contest now and then", 3, b"sponsor this content", 0));
        assert!(!may_stand(b"responsible for it all", 2, b"sponsored", 0));
    }

    #[test]
    fn typography_is_what_it_folds_to() {
        let line = "it’s a “Sponsored” line – or post… «Ёлка»".as_bytes();
        let at = |part: &str| memchr::memmem::find(line, part.as_bytes()).unwrap();
        assert!(may_stand(line, at("Spon"), "a \"sponsored\" line - or post... «ёлка»".as_bytes(), 3));
        assert!(may_stand(line, at("line"), "\" line - or".as_bytes(), 2));
        assert!(!may_stand(line, at("Spon"), b"sponsored post", 0));
        assert!(!may_stand(line, at("or"), b"or post.. and", 0));
        assert!(!may_stand(line, at("«"), "«ёлка» на".as_bytes(), 0));
    }
}
