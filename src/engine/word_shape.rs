//! By what of a text, and of a line, a look-up where a word begins goes.

use serde::{Deserialize, Serialize};

use crate::text::{Around, WordStart, Words, has_no_twin, word_starts};

use super::rarest::CHOSEN_WITHIN;
use super::words::begins_with_letter;

/// A text inside of lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct InnerText<'p> {
    pub(super) text: &'p [u8],
    pub(super) pattern: u32,
    /// Whether it stands only where a match may begin: it is not what stands between placeholders.
    pub(super) begins_match: bool,
}

/// What of a text's word, and around it, the text is looked up by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) enum Shape {
    /// Eight bytes before a long word and eight from it on.
    Wide,
    /// Eight bytes from a long word on.
    Narrow,
    /// Four bytes from a long word on.
    Short,
    /// Two bytes from any word on.
    Tiny,
}

impl Shape {
    /// A text has the first of these that it has room for: the more bytes, the fewer lines hold the same.
    pub(super) const ALL: [Shape; 4] = [Shape::Wide, Shape::Narrow, Shape::Short, Shape::Tiny];

    pub(super) const fn words(self) -> Words {
        match self {
            Shape::Wide | Shape::Narrow | Shape::Short => Words::Long,
            Shape::Tiny => Words::All,
        }
    }

    /// Bytes before the word's start and from it on.
    const fn room(self) -> (usize, usize) {
        match self {
            Shape::Wide => (8, 8),
            Shape::Narrow => (0, 8),
            Shape::Short => (0, 4),
            Shape::Tiny => (0, 2),
        }
    }

    #[inline]
    pub(super) fn key(self, around: Around) -> u64 {
        match self {
            // A blur leaves the upper half of each byte free.
            Shape::Wide => around.before | around.behind << 4,
            Shape::Narrow => around.behind,
            Shape::Short => around.behind & 0xFFFF_FFFF,
            Shape::Tiny => around.behind & 0xFFFF,
        }
    }

    /// Whether around that word of a text there is room for the shape.
    fn fits(self, text: &[u8], word: WordStart) -> bool {
        let (before, behind) = self.room();
        let window = || text.get(word.at.checked_sub(before)?..word.at + behind);
        (word.is_long || self.words() == Words::All) && window().is_some_and(has_no_twin)
    }
}

/// An inner text, its words, and what it is looked up by: nothing where no word will do.
#[derive(Debug)]
pub(super) struct ShapedText<'p> {
    pub(super) inner: InnerText<'p>,
    pub(super) words: Vec<WordStart>,
    pub(super) shape: Option<Shape>,
}

impl<'p> ShapedText<'p> {
    pub(super) fn new(inner: InnerText<'p>) -> ShapedText<'p> {
        let begins_word = inner.begins_match && begins_with_letter(inner.text);
        let words = word_starts(&inner.text[..inner.text.len().min(CHOSEN_WITHIN)], begins_word);
        let shape = Shape::ALL.into_iter().find(|shape| words.iter().any(|word| shape.fits(inner.text, *word)));
        ShapedText { inner, words, shape }
    }

    /// The keys of that shape, each with its word, in bytes of the text.
    pub(super) fn keys(&self, shape: Shape) -> impl Iterator<Item = (u64, usize)> {
        let fitting = self.words.iter().filter(move |word| shape.fits(self.inner.text, **word));
        fitting.map(move |word| (shape.key(Around::of_folded(self.inner.text, word.at)), word.at))
    }
}
