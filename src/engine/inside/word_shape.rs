//! By what of a text, and of a line, a look-up where a word begins goes.

use serde::{Deserialize, Serialize};

use crate::text::{Around, WORD, WordStart, Words, mix, word_starts};

use crate::engine::lookup::frequency::CHOSEN_WITHIN;
use crate::engine::patterns::boundaries::begins_with_letter;

/// A text inside of lines.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct InnerText<'p> {
    pub(in crate::engine) text: &'p [u8],
    pub(in crate::engine) pattern: u32,
    /// Whether it stands only where a match may begin: it is not what stands between placeholders.
    pub(in crate::engine) begins_match: bool,
}

/// An inner text, and the longest line in which it is looked for, in characters, if there is a limit.
pub(in crate::engine) type LimitedText<'p> = (InnerText<'p>, Option<u32>);

/// What of a text's word, and around it, the text is looked up by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(in crate::engine) enum WordShape {
    /// Eight bytes before a long word and eight from it on.
    Wide,
    /// Eight bytes from a long word on.
    Narrow,
    /// Four bytes from a long word on.
    Short,
    /// Two bytes from any word on.
    Tiny,
}

impl WordShape {
    /// A text has the first of these that it has room for: the more bytes, the fewer lines hold the same.
    pub(in crate::engine) const ALL: [WordShape; 4] =
        [WordShape::Wide, WordShape::Narrow, WordShape::Short, WordShape::Tiny];

    pub(in crate::engine) const fn words(self) -> Words {
        match self {
            WordShape::Wide | WordShape::Narrow | WordShape::Short => Words::Long,
            WordShape::Tiny => Words::All,
        }
    }

    /// Bytes before the word's start and from it on.
    const fn room(self) -> (usize, usize) {
        match self {
            WordShape::Wide => (WORD, WORD),
            WordShape::Narrow => (0, WORD),
            WordShape::Short => (0, 4),
            WordShape::Tiny => (0, 2),
        }
    }

    /// The hash by which a text is looked up.
    #[inline]
    pub(in crate::engine) fn hash(self, around: Around) -> u64 {
        mix(match self {
            WordShape::Wide => around.of_both_sides(),
            WordShape::Narrow => around.after,
            WordShape::Short => around.after & 0xFFFF_FFFF,
            WordShape::Tiny => around.after & 0xFFFF,
        })
    }

    /// Whether around that word of a text there is room for the shape.
    fn fits(self, text: &[u8], word: WordStart) -> bool {
        let (before, after) = self.room();
        (word.is_long || self.words() == Words::All) && word.at >= before && word.at + after <= text.len()
    }
}

/// An inner text, its words, and what it is looked up by: nothing where no word will do.
#[derive(Debug)]
pub(in crate::engine) struct ShapedText<'p> {
    pub(in crate::engine) inner: InnerText<'p>,
    pub(in crate::engine) words: Vec<WordStart>,
    pub(in crate::engine) shape: Option<WordShape>,
}

impl<'p> ShapedText<'p> {
    pub(in crate::engine) fn new(inner: InnerText<'p>) -> ShapedText<'p> {
        let begins_word = inner.begins_match && begins_with_letter(inner.text);
        let words = word_starts(&inner.text[..inner.text.len().min(CHOSEN_WITHIN)], begins_word);
        let shape = WordShape::ALL.into_iter().find(|shape| words.iter().any(|word| shape.fits(inner.text, *word)));
        ShapedText { inner, words, shape }
    }

    /// The hashes of that shape, each with its word, in bytes of the text.
    pub(in crate::engine) fn hashes(&self, shape: WordShape) -> impl Iterator<Item = (u64, usize)> {
        let fitting = self.words.iter().filter(move |word| shape.fits(self.inner.text, **word));
        fitting.map(move |word| (shape.hash(Around::of_text(self.inner.text, word.at)), word.at))
    }
}
