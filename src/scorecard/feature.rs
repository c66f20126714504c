//! The closed list of what is asked of a line, whatever its language.

use std::fmt;
use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};
use wide::i16x8;

macro_rules! features {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What is asked of a line: of its form, its place, the lines around it, and what rules say of them.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum Feature { $($(#[$doc])* $variant,)* }

        impl Feature {
            /// All of them, in the order in which they are listed.
            pub(crate) const ALL: &'static [Feature] = &[$(Feature::$variant,)*];

            /// The feature as scorecards spell it.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Feature::$variant => $name,)* }
            }
        }
    };
}

features! {
    /// Characters of the line.
    Characters = "characters",
    /// What is between spaces.
    Words = "words",
    /// How it ends: 0 a letter, 1 a digit, 2 as a sentence does, 3 an ellipsis, 4 a colon, 5 a comma or semicolon, 6 a bracket,
    /// 7 something else.
    Ending = "ending",
    /// Per cent of its characters that are digits.
    Digits = "digits",
    /// Per cent of its words that begin with a large letter.
    CapitalWords = "capital-words",
    /// Commas.
    Commas = "commas",
    /// 1 a year, 2 a time of day, 3 both, else 0.
    Time = "time",
    /// Whether it goes on with a sentence (1), and whether the next line does (2), summed: extractors tear sentences at links.
    Torn = "torn",
    /// What rules make of it: 0 nothing, 1 a weak rule matches and does not take it, 2 a menu takes it and no rule matches it, 3 a
    /// weak rule takes it, 4 a menu, 5 a strong rule, 6 a block.
    Rule = "rule",
    /// Whether a blank line stands before it (1) and after it (2), summed.
    Blank = "blank",
    /// Per cent of the text that stands before it, by characters.
    Place = "place",
    /// Lines since the first paragraph; below zero before it.
    FirstParagraph = "first-paragraph",
    /// Lines since the paragraph before.
    SinceParagraph = "since-paragraph",
    /// Lines to the next paragraph.
    ToParagraph = "to-paragraph",
    /// Lines since the last one that a rule takes.
    SinceTaken = "since-taken",
    /// The group of kinds of the last one that a rule takes, from 1: other stories, navigation, sharing, what the page asks for,
    /// comments, legal, bylines, advertisements; 0 none.
    KindBefore = "kind-before",
    /// Lines that rules take among fifteen after.
    TakenAfter15 = "taken-after-15",
    /// Lines that rules take before it, all of them.
    TakenBefore = "taken-before",
    /// Paragraphs among five lines before.
    ParagraphsBefore5 = "paragraphs-before-5",
    /// Paragraphs among fifteen lines after.
    ParagraphsAfter15 = "paragraphs-after-15",
    /// Mean characters of five lines before.
    LengthBefore5 = "length-before-5",
    /// Mean characters of five lines after.
    LengthAfter5 = "length-after-5",
    /// Lines of the row of lines that are no sentences in which it stands.
    Row = "row",
    /// Per cent of the words of two lines before and two after that begin with a large letter.
    CapitalsAround = "capitals-around",
    /// Of Markdown: 2 a heading, 1 another line; 0 without markup.
    Heading = "heading",
    /// Of Markdown: per cent of its characters that are links; -1 without markup.
    Links = "links",
    /// Of Markdown: per cent of the characters of two lines before and two after that are links; -1 without markup.
    LinksAround = "links-around",
    /// Characters of the longest run of paragraphs; up to four other lines do not end it.
    DocumentRun = "document-run",
    /// The document's lines.
    DocumentLines = "document-lines",
    /// Per cent of the document's lines that rules take.
    DocumentTaken = "document-taken",
    /// Mean characters of the document's lines that are no paragraphs.
    DocumentShort = "document-short",
}

/// Numbers of a vector.
const VECTOR: usize = 8;

/// Vectors with room for all features and one more.
const VECTORS: usize = Feature::ALL.len() / VECTOR + 1;

/// A number for each feature.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub(crate) struct FeatureValues([[i16; VECTOR]; VECTORS]);

impl FeatureValues {
    /// The highest value; whatever is more is this.
    const MOST: i32 = 9999;

    /// The number of a place that no feature has: there all values and counts are zero.
    pub(super) const OF_NONE: u8 = Feature::ALL.len() as u8;

    /// Numbers above all values.
    pub(super) fn highest() -> FeatureValues {
        FeatureValues([[i16::MAX; VECTOR]; VECTORS])
    }

    /// Sets a feature's value, which is the nearest that there is.
    #[inline]
    pub(crate) fn set(&mut self, feature: Feature, value: i32) {
        self[feature] = value.clamp(-Self::MOST, Self::MOST) as i16;
    }

    /// Of each feature, above how many of these numbers its value is.
    #[inline]
    pub(super) fn counted_above(&self, rows: &[FeatureValues]) -> FeatureValues {
        let mut counts = [i16x8::ZERO; VECTORS];
        for row in rows {
            for ((count, values), numbers) in counts.iter_mut().zip(&self.0).zip(&row.0) {
                // What is above has all bits set, which is one less than zero.
                *count -= i16x8::new(*values).simd_gt(i16x8::new(*numbers));
            }
        }
        FeatureValues(counts.map(i16x8::to_array))
    }

    /// The count of the feature of that number.
    #[inline]
    pub(super) fn at(&self, number: u8) -> usize {
        let number = usize::from(number);
        self.0[number / VECTOR][number % VECTOR] as usize
    }
}

impl Index<Feature> for FeatureValues {
    type Output = i16;

    #[inline]
    fn index(&self, feature: Feature) -> &i16 {
        &self.0[feature as usize / VECTOR][feature as usize % VECTOR]
    }
}

impl IndexMut<Feature> for FeatureValues {
    #[inline]
    fn index_mut(&mut self, feature: Feature) -> &mut i16 {
        &mut self.0[feature as usize / VECTOR][feature as usize % VECTOR]
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
