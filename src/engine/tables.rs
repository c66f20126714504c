//! All tables in which a line is looked up.

use serde::{Deserialize, Serialize};

use crate::text::{Case, FoldBuffer, fold, list_marks_len, undecorated_len};

use super::ends::beginnings::{BEGINNING, Beginnings, MayBe};
use super::ends::edges::{LONGEST_KEY, LineEdges, WholeLines};
use super::inside::by_length::TextsByLength;
use super::inside::inner_texts::InnerTexts;
use super::patterns::opening::LineOpening;
use super::patterns::pattern::Folded;
use super::patterns::pattern_table::PatternTable;
use super::purpose::Purpose;
use super::vocabulary::Vocabularies;

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Tables {
    pub(super) patterns: PatternTable,
    /// Says of most lines that they are no whole text and begin with no long one.
    pub(super) beginnings: Beginnings,
    pub(super) whole: WholeLines,
    /// Patterns, and after their numbers those of the vocabularies' words.
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

/// Of a long line so many bytes at each end are folded first: enough for the longest key and the first two words.
const END_BYTES: usize = 64;
/// A fold of an end may begin or end within a character, whose bytes decide nothing.
const SPLIT_CHARACTER: usize = 4;

/// Longer lines are folded whole only if their ends let something match.
pub(super) const LONG_LINE: usize = 3 * END_BYTES;

impl Tables {
    /// Where inner texts are looked up for the line, if any are.
    #[inline]
    pub(super) fn inside(&self, raw: &[u8], purpose: Purpose) -> Option<&InnerTexts> {
        let texts = if purpose == Purpose::Explaining { self.inside.all() } else { self.inside.of(raw) };
        texts.filter(|texts| !texts.is_empty())
    }

    /// What a folded line may be, by how it begins.
    #[inline]
    pub(super) fn may_be(&self, folded: &FoldBuffer, line: Folded<'_>) -> MayBe {
        let (start, end) = line.core;
        let head = folded.word(line.head);
        // A core is shorter than eight bytes only where little or nothing but decoration follows.
        let core = match end - start {
            len @ 0..BEGINNING => folded.word(start) & ((1 << (8 * len)) - 1),
            _ => folded.word(start),
        };
        self.beginnings.look(head, core, end - start)
    }

    /// Whether the ends of a long line, given without white space around it, leave anything to be found that is not looked
    /// for inside of it.
    pub(super) fn may_match_at_ends(&self, raw: &[u8], folded: &mut FoldBuffer) -> bool {
        self.may_match_at_head(raw, folded) || self.may_match_at_tail(raw, folded)
    }

    fn may_match_at_head(&self, raw: &[u8], folded: &mut FoldBuffer) -> bool {
        fold(&raw[..END_BYTES], Case::Folded, folded);
        let text = &folded.text()[..folded.text().len().saturating_sub(SPLIT_CHARACTER)];
        let text = &text[list_marks_len(text)..];
        // Shorter texts than the longest key are looked up as a whole.
        if text.len() < LONGEST_KEY || self.vocabularies.may_match_beginning(text) {
            return true;
        }
        let may_follow_number = !self.after_numbers.is_empty() && LineOpening::Number.may_begin(text);
        let mut may_match = may_follow_number || self.whole.may_begin(text);
        self.heads.candidates(text, |pattern| {
            may_match |= pattern < self.patterns.len() && self.patterns.get(pattern).may_begin(text);
        });
        may_match
    }

    fn may_match_at_tail(&self, raw: &[u8], folded: &mut FoldBuffer) -> bool {
        fold(&raw[raw.len() - END_BYTES..], Case::Folded, folded);
        let text = &folded.text()[SPLIT_CHARACTER.min(folded.text().len())..];
        // Before decoration there may be a whole line that is short.
        if text.len() < LONGEST_KEY || undecorated_len(text) < text.len() {
            return true;
        }
        let mut may_match = false;
        self.tails.candidates(text, |pattern| may_match |= self.patterns.get(pattern).may_end(text));
        may_match
    }
}
