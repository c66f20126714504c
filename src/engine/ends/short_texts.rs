//! Texts of fewer than eight bytes at an edge of a line: which lengths of them may stand there, in a few looks at memory that
//! the core's nearest cache holds.

use serde::{Deserialize, Serialize};

use crate::engine::lookup::first_bytes::FirstBytes;

/// A set of short texts that may claim to hold one that it does not, and never the other way round.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct ShortTexts {
    /// The lengths that texts have.
    lens: Vec<u8>,
    /// The first one, two or four bytes of each.
    beginnings: FirstBytes,
    /// All bytes of each.
    texts: FirstBytes,
}

impl ShortTexts {
    /// A set of texts, each as a word whose lowest byte is at the edge, with its length.
    pub(in crate::engine) fn new(texts: impl Iterator<Item = (u64, usize)> + Clone) -> ShortTexts {
        let mut lens: Vec<u8> = texts.clone().map(|(_, len)| len as u8).collect();
        lens.sort_unstable();
        lens.dedup();
        let beginnings = texts.clone().map(|(text, len)| first(text, beginning_of(len as u8)));
        ShortTexts {
            lens,
            beginnings: FirstBytes::new(beginnings),
            texts: FirstBytes::new(texts.map(|(text, len)| first(text, len as u8))),
        }
    }

    /// Whether a text may be the first bytes of a word: by its first one, two or four bytes alone.
    #[inline]
    pub(in crate::engine) fn may_hold(&self, edge: u64) -> bool {
        [1, 2, 4].iter().fold(false, |any, &len| any | self.beginnings.may_hold(first(edge, len)))
    }

    /// The lengths of the texts that may be the first bytes of a word: bit 0 is that of one byte.
    #[inline]
    pub(in crate::engine) fn lens_of(&self, edge: u64) -> u8 {
        let bit = |len: u8| u8::from(self.texts.may_hold(first(edge, len))) << (len - 1);
        self.lens.iter().fold(0, |lens, &len| lens | bit(len))
    }
}

/// How many bytes of a text of so many are looked at first.
fn beginning_of(len: u8) -> u8 {
    match len {
        1 => 1,
        2..4 => 2,
        _ => 4,
    }
}

/// The lowest bytes of a word, fewer than eight.
#[inline]
fn first(word: u64, len: u8) -> u64 {
    word & ((1 << (8 * len)) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::word_at;

    #[test]
    fn texts_are_told_by_all_of_their_bytes() {
        let texts = ["©", "up", "menu", "menus", "share ."];
        let set = ShortTexts::new(texts.iter().map(|text| (word_at(text.as_bytes(), 0), text.len())));
        for (line, lens) in [
            ("up we go", 0b10),
            ("menus open", 0b1_1000),
            ("© 2024", 0b10),
            ("share .", 0b100_0000),
            ("upon", 0b10),
            ("x", 0),
        ] {
            let edge = word_at(line.as_bytes(), 0);
            assert_eq!(set.lens_of(edge), lens, "{line}");
            assert!(lens == 0 || set.may_hold(edge), "{line}");
        }
        let edges = (0..10_000_u64).map(|number| number * 0x0001_0301_0205);
        let others = edges.filter(|&edge| set.may_hold(edge) || set.lens_of(edge) != 0).count();
        assert!(others < 50, "{others} of 10000 pass");
    }
}
