//! All tables in which a line is looked up, and which of them a line needs.

use serde::{Deserialize, Serialize};

use crate::text::{
    Case, FoldBuffer, PaddedLine, after_marks, chars, ends_undecorated, fold, list_marks_len, undecorated_len,
};

use super::ends::edges::{LONGEST_KEY, LineEdges, WholeLines};
use super::ends::prefilter::{EDGE_BYTES, Prefilter, SPLIT_CHARACTER};
use super::inside::inner_texts::InnerTexts;
use super::patterns::opening::LineOpening;
use super::patterns::pattern_table::PatternTable;
use super::purpose::Purpose;
use super::vocabulary::Vocabularies;

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Tables {
    pub(super) patterns: PatternTable,
    /// Says of most lines that nothing below stands in them, inner texts apart.
    pub(super) prefilter: Prefilter,
    pub(super) whole: WholeLines,
    pub(super) heads: LineEdges,
    pub(super) tails: LineEdges,
    /// What stands after a number that a line begins with.
    pub(super) after_numbers: LineEdges,
    /// Inner texts that are looked for in lines of any length...
    pub(super) anywhere: InnerTexts,
    /// ...and all of them, for lines of up to `short_limit` characters, where there are more.
    pub(super) in_short: Option<InnerTexts>,
    pub(super) short_limit: u32,
    /// Patterns of placeholders with hardly any text.
    pub(super) no_text: Vec<u32>,
    pub(super) no_text_opens: LineOpening,
    pub(super) vocabularies: Vocabularies,
}

/// Patterns of placeholders with hardly any text stand in lines of at most so many bytes.
pub(super) const NO_TEXT_BYTES: usize = 112;

impl Tables {
    /// Whether the ends of the line, given without white space around it, leave anything to be found
    /// that is not looked for inside of it.
    #[inline]
    pub(in crate::engine) fn may_match_at_ends(&self, raw: &[u8], folded: &mut FoldBuffer) -> bool {
        let text = after_marks(raw);
        let opens_with_number = match text {
            Some(text) => LineOpening::Number.may_begin(text),
            None => !opens_with_quote(raw),
        };
        let may_lack_text = !self.no_text.is_empty() && raw.len() <= NO_TEXT_BYTES;
        if opens_with_number && (may_lack_text || !self.after_numbers.is_empty())
            || may_lack_text && self.no_text_opens == LineOpening::Any
        {
            return true;
        }
        let prefilter = &self.prefilter;
        let may_be_words = text.is_none_or(|text| self.vocabularies.may_begin(text));
        if (may_be_words || prefilter.head_may_match(raw, text, folded)) && self.head_may_match(raw, folded) {
            return true;
        }
        !prefilter.tails.is_empty() && prefilter.tail_may_match(raw, folded) && self.tail_may_match(raw, text, folded)
    }

    /// The same for the line's head alone, by a look at more of it.
    fn head_may_match(&self, raw: &[u8], folded: &mut FoldBuffer) -> bool {
        // These are folded whole next.
        if raw.len() <= 2 * EDGE_BYTES {
            return true;
        }
        fold(&raw[..EDGE_BYTES], Case::Folded, folded);
        let text = &folded.text()[..folded.text().len().saturating_sub(SPLIT_CHARACTER)];
        let text = &text[list_marks_len(text)..];
        // Shorter texts than the longest key are looked up as a whole.
        if text.len() < LONGEST_KEY || self.vocabularies.may_match_beginning(text) {
            return true;
        }
        let mut may_match = false;
        self.heads.candidates(text, |pattern| may_match |= self.patterns.get(pattern).may_begin(text));
        // A shorter whole line would need decoration after it.
        may_match || self.whole.may_begin(text) || !ends_undecorated(raw)
    }

    /// The same for the line's tail; `after_marks` is what its head decides.
    fn tail_may_match(&self, raw: &[u8], after_marks: Option<&[u8]>, folded: &mut FoldBuffer) -> bool {
        if raw.len() <= 2 * EDGE_BYTES {
            return true;
        }
        fold(&raw[raw.len() - EDGE_BYTES..], Case::Folded, folded);
        let text = &folded.text()[SPLIT_CHARACTER.min(folded.text().len())..];
        let text = &text[..undecorated_len(text)];
        if text.len() < LONGEST_KEY {
            return true;
        }
        let mut may_match = false;
        self.tails.candidates(text, |pattern| {
            let pattern = self.patterns.get(pattern);
            let may_begin = after_marks.is_none_or(|text| pattern.opening().may_begin(text));
            may_match |= may_begin && pattern.may_end(text);
        });
        may_match
    }

    /// Where inner texts are looked up for the line, if any are.
    #[inline]
    pub(super) fn inside(&self, raw: &[u8], purpose: Purpose, padded: &mut PaddedLine) -> Option<&InnerTexts> {
        let is_short = || {
            let limit = self.short_limit as usize;
            raw.len() <= limit || purpose == Purpose::Explaining || chars(raw) <= limit
        };
        let table = self.in_short.as_ref().filter(|_| is_short()).unwrap_or(&self.anywhere);
        (!table.is_empty() && table.may_pass(raw, padded)).then_some(table)
    }
}

/// Whether the line begins with a curly quote, as much of what raw bytes do not decide does.
fn opens_with_quote(raw: &[u8]) -> bool {
    matches!(raw, [0xE2, 0x80, 0x98..=0x9F, ..])
}
