//! All tables in which a line is looked up.

use serde::{Deserialize, Serialize};

use super::ends::edges::{LineEdges, WholeLines};
use super::ends::end_words::EndWords;
use super::ends::line_ends::{AtEnds, LineEnds};
use super::inside::by_length::TextsByLength;
use super::patterns::opening::LineOpening;
use super::patterns::pattern_table::PatternTable;
use super::vocabulary::Vocabularies;

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Tables {
    pub(super) patterns: PatternTable,
    /// Says of most lines that no text is all of them, their head or their tail.
    pub(super) ends: LineEnds,
    pub(super) whole: WholeLines,
    /// Patterns, and from the end of their numbers on the vocabularies' words.
    pub(super) heads: LineEdges,
    pub(super) tails: LineEdges,
    /// What stands after a number that a line begins with.
    pub(super) after_numbers: LineEdges,
    pub(super) inside: TextsByLength,
    /// Patterns of placeholders with hardly any text.
    pub(super) no_text: Vec<u32>,
    pub(super) no_text_opens: LineOpening,
    pub(super) vocabularies: Vocabularies,
}

/// Patterns of placeholders with hardly any text stand in lines of at most so many bytes.
pub(super) const NO_TEXT_BYTES: usize = 112;

impl Tables {
    /// What may stand at the ends of a line.
    #[inline]
    pub(super) fn at_ends(&self, words: &EndWords) -> AtEnds {
        let opens_with_number = LineOpening::Number.may_begin(&words.head.to_le_bytes());
        let may_be_number = opens_with_number && !(self.after_numbers.is_empty() && self.no_text.is_empty());
        let may_lack_text = self.no_text_opens == LineOpening::Any && !self.no_text.is_empty();
        self.ends.may_match(words).or(AtEnds::NUMBER.when(may_be_number | may_lack_text))
    }
}
