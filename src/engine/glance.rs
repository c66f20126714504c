//! A glance at a line's first and last bytes: most lines go no further.
//!
//! What is looked up by a line's head or tail must show itself there, so a few folded bytes of each
//! end are enough to say that no such pattern stands in the line. In doubt a glance says "perhaps".

use serde::{Deserialize, Serialize};

use crate::text::{
    BLUR_BYTES, Case, FoldBuffer, LOWER_HALVES, behind_marks, blur_of_folded, blur_of_raw, ends_undecorated, fold,
    last_word, list_marks_len, undecorated_len,
};

use super::Tables;
use super::edges::LONGEST_KEY;
use super::ends::Ends;
use super::gate::Gate;
use super::hash::{mix, word_at};
use super::patterns::Opening;
use super::scan::NO_TEXT_BYTES;

/// What all patterns begin and end with that are looked up by an edge of the line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Glance {
    /// The first blur of whole lines, and of line heads that are as long.
    beginnings: Gate,
    /// Two blurs of whole lines, and of line heads that are as long.
    long_beginnings: Gate,
    /// The blur of line heads that have no second one.
    middling_heads: Gate,
    /// Shorter line heads, blurred.
    heads: Ends,
    /// Whole lines that are shorter than a blur, for lines with decoration behind them.
    decorated: Ends,
    tails: Ends,
}

/// Of each edge so many raw bytes are folded where a look at fewer does not tell: enough for
/// the first two words of a line.
const EDGE_BYTES: usize = 44;
/// A fold of an edge may begin or end within a character, whose bytes tell nothing.
const SPLIT_CHARACTER: usize = 4;

impl Glance {
    /// A glance for texts that are a whole line, or stand at the head or tail of one.
    pub(super) fn new<'t>(
        whole: impl Iterator<Item = &'t [u8]>,
        heads: impl Iterator<Item = &'t [u8]>,
        tails: impl Iterator<Item = &'t [u8]>,
    ) -> Glance {
        let whole: Vec<Beginning> = whole.map(Beginning::of).collect();
        let (heads, short_heads): (Vec<Beginning>, Vec<Beginning>) =
            heads.map(Beginning::of).partition(|head| head.len >= BLUR_BYTES);
        let (long_heads, middling_heads): (Vec<Beginning>, Vec<Beginning>) =
            heads.iter().partition(|head| head.len >= 2 * BLUR_BYTES);
        let short_whole = whole.iter().filter(|text| text.len < BLUR_BYTES);
        Glance {
            beginnings: Gate::new(whole.len() + heads.len(), whole.iter().chain(&heads).map(Beginning::hash)),
            long_beginnings: Gate::new(
                whole.len() + long_heads.len(),
                whole.iter().chain(&long_heads).map(Beginning::long_hash),
            ),
            middling_heads: Gate::new(middling_heads.len(), middling_heads.iter().map(Beginning::hash)),
            heads: Ends::new(short_heads.iter().map(Beginning::first_word)),
            decorated: Ends::new(short_whole.map(Beginning::first_word)),
            tails: Ends::new(tails.map(last_bytes)),
        }
    }
}

/// The first two blurs of a text.
#[derive(Clone, Copy)]
struct Beginning {
    first: u64,
    second: u64,
    /// Of the text, in bytes.
    len: usize,
}

impl Beginning {
    fn of(text: &[u8]) -> Beginning {
        Beginning { first: blur_of_folded(text, 0), second: blur_of_folded(text, BLUR_BYTES), len: text.len() }
    }

    fn hash(&self) -> u64 {
        mix(self.first)
    }

    fn long_hash(&self) -> u64 {
        long_hash((self.first, self.second))
    }

    fn first_word(&self) -> (u64, usize) {
        (first_word(self.first), self.len)
    }
}

impl Tables {
    /// Whether the ends of the line, given without white space around it, leave anything to be found
    /// that is not looked for inside of it.
    #[inline]
    pub(super) fn may_match_at_ends(&self, raw: &[u8], folded: &mut FoldBuffer) -> bool {
        let text = behind_marks(raw);
        let opens_with_number = match text {
            Some(text) => Opening::Number.may_begin(text),
            None => !opens_with_quote(raw),
        };
        let may_lack_text = !self.no_text.is_empty() && raw.len() <= NO_TEXT_BYTES;
        if opens_with_number && (may_lack_text || !self.behind_numbers.is_empty())
            || may_lack_text && self.no_text_opens == Opening::Any
        {
            return true;
        }
        let glance = &self.glance;
        let may_be_words = text.is_none_or(|text| self.vocabularies.may_begin(text));
        if (may_be_words || glance.head_may_match(raw, text, folded)) && self.head_may_match(raw, folded) {
            return true;
        }
        !glance.tails.is_empty() && glance.tail_may_match(raw, folded) && self.tail_may_match(raw, text, folded)
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
        // A shorter whole line would need decoration behind it.
        may_match || self.whole.may_begin(text) || !ends_undecorated(raw)
    }

    /// The same for the line's tail; `behind_marks` is what its head tells.
    fn tail_may_match(&self, raw: &[u8], behind_marks: Option<&[u8]>, folded: &mut FoldBuffer) -> bool {
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
            let may_begin = behind_marks.is_none_or(|text| pattern.opening().may_begin(text));
            may_match |= may_begin && pattern.may_end(text);
        });
        may_match
    }
}

/// Whether the line begins with a curly quote, as much of what raw bytes do not tell does.
fn opens_with_quote(raw: &[u8]) -> bool {
    matches!(raw, [0xE2, 0x80, 0x98..=0x9F, ..])
}

impl Glance {
    #[inline]
    fn head_may_match(&self, raw: &[u8], text: Option<&[u8]>, folded: &mut FoldBuffer) -> bool {
        let told = text.and_then(|text| Some((text, blur_of_raw(text, 0)?)));
        let Some((text, blur)) = told else { return self.folded_head_may_match(raw, folded) };
        // Most short lines that come so far match, and are folded whole next.
        self.may_begin(blur, raw)
            && (raw.len() <= 2 * EDGE_BYTES || self.may_begin_long(blur, blur_of_raw(text, BLUR_BYTES), raw))
    }

    /// The same where the raw bytes do not tell: most often for a curly quote.
    fn folded_head_may_match(&self, raw: &[u8], folded: &mut FoldBuffer) -> bool {
        let edge = &raw[..raw.len().min(EDGE_BYTES / 2)];
        fold(edge, Case::Folded, folded);
        let text = folded.text();
        let text = &text[list_marks_len(text)..];
        text.len() < BLUR_BYTES + SPLIT_CHARACTER || self.may_begin(blur_of_folded(text, 0), raw)
    }

    /// Whether something begins with this blur. It is that of a whole line where the line is short.
    #[inline]
    fn may_begin(&self, blur: u64, raw: &[u8]) -> bool {
        self.beginnings.may_hold(mix(blur))
            || self.heads.may_hold(first_word(blur))
            || !self.decorated.is_empty() && !ends_undecorated(raw) && self.decorated.may_hold(first_word(blur))
    }

    /// Whether what begins with this blur may go on as the line does.
    fn may_begin_long(&self, blur: u64, second: Option<u64>, raw: &[u8]) -> bool {
        let goes_on = |second| self.long_beginnings.may_hold(long_hash((blur, second)));
        second.is_none_or(goes_on)
            || self.middling_heads.may_hold(mix(blur))
            || self.heads.may_hold(first_word(blur))
            || !ends_undecorated(raw)
    }

    fn tail_may_match(&self, raw: &[u8], folded: &mut FoldBuffer) -> bool {
        let ending = last_word(raw).map(u64::swap_bytes).or_else(|| {
            let cut = raw.len().saturating_sub(EDGE_BYTES);
            fold(&raw[cut..], Case::Folded, folded);
            let text = folded.text();
            let text = &text[..undecorated_len(text)];
            let split = if cut > 0 { SPLIT_CHARACTER } else { 0 };
            (text.len() >= WORD + split).then(|| last_bytes(text).0)
        });
        ending.is_none_or(|word| self.tails.may_hold(word))
    }
}

const WORD: usize = 8;

/// The first eight bytes of a blur.
fn first_word(blur: u64) -> u64 {
    blur & LOWER_HALVES
}

fn long_hash((first, second): (u64, u64)) -> u64 {
    mix(first ^ mix(second).rotate_right(29))
}

/// The last eight bytes as a word, or fewer, the last of them in its lowest byte; and how many bytes the text has.
fn last_bytes(text: &[u8]) -> (u64, usize) {
    match text.len().checked_sub(WORD) {
        Some(at) => (word_at(text, at).swap_bytes(), text.len()),
        None => (word_at(text, 0).swap_bytes() >> (8 * (WORD - text.len())), text.len()),
    }
}
