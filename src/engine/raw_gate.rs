//! Inner texts ruled out by a line's raw bytes: where texts are few and long, most lines need not be folded to
//! be searched.

use serde::{Deserialize, Serialize};

use crate::text::{BlurredWord, may_stand, surely_without};

use super::buckets::Buckets;
use super::compile::KeyedText;
use super::gate::Gate;
use super::hash::mix;
use super::rarest::{CHOSEN_WITHIN, NEVER, frequency, rarest_window};
use super::table::{Table, record, u32_at, u64_at};

/// With more texts than this, one of them seems to stand in most lines.
const MOST_TEXTS: usize = 2000;

/// With more words of letters beyond ASCII than this, one of them seems to stand in most lines of their script: there are
/// only 65 536 blurs of four letters of two bytes.
const MOST_VAGUE_WORDS: usize = 4096;

/// Bytes in a word, and between the words of a line that are looked up.
const STRIDE: usize = 8;

/// Shorter texts have no whole word in each stride, in bytes.
pub(super) const LONG_TEXT: usize = 2 * STRIDE - 1;

/// A sign that is folded from itself alone and hardly ever stands in prose: a short text that holds it can be
/// told by it.
const SIGN: u8 = b'[';

/// Signs whose raw bytes are never [told](surely_without): of a text that holds one, no line is ruled out.
const UNTOLD: [&str; 2] = ["¶", "§"];

/// Says of most lines that no text stands in them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct RawGate {
    gate: Gate,
    buckets: Buckets,
    /// Of a window of each long text every word, so that one lies on a stride wherever the text does.
    words: Table<28>,
    /// The long texts, one behind the other.
    texts: Table<1>,
    /// Whether a text is told by [`SIGN`].
    has_sign: bool,
}

/// Eight bytes of a text.
#[derive(Clone, Copy, Debug)]
struct TextWord {
    word: BlurredWord,
    /// Where the text begins and ends, and the word in it begins, in bytes of all texts.
    start: u32,
    end: u32,
    at: u32,
}

impl TextWord {
    fn record(self) -> [u8; 28] {
        record(&[self.word.blur, self.word.word], &[self.start, self.end, self.at])
    }

    fn of(record: &[u8; 28]) -> TextWord {
        TextWord {
            word: BlurredWord { blur: u64_at(record, 0), word: u64_at(record, 8) },
            start: u32_at(record, 16),
            end: u32_at(record, 20),
            at: u32_at(record, 24),
        }
    }
}

impl RawGate {
    /// A gate for these texts; nothing where one of them can be told by neither words nor signs.
    pub(super) fn new(texts: &[KeyedText<'_>]) -> Option<RawGate> {
        if texts.len() > MOST_TEXTS {
            return None;
        }
        let candidates: Vec<Vec<Option<BlurredWord>>> =
            texts.iter().map(|(text, _)| words_of(text).collect()).collect();
        let frequency = frequency(candidates.iter().flatten().flatten().map(|word| word.blur));
        // A word that cannot be told is never chosen.
        let count = |word: &Option<BlurredWord>| word.map_or(NEVER, |word| frequency[&word.blur]);
        let mut words: Vec<TextWord> = Vec::with_capacity(texts.len() * STRIDE);
        let mut all = Vec::new();
        let mut has_sign = false;
        for ((text, _), candidates) in texts.iter().zip(&candidates) {
            let counts: Vec<u32> = candidates.iter().map(count).collect();
            if let Some(window) = rarest_window(&counts, STRIDE) {
                let start = all.len() as u32;
                all.extend_from_slice(text);
                let end = all.len() as u32;
                let in_window = (start..).zip(candidates).skip(window).take(STRIDE);
                words.extend(in_window.filter_map(|(at, word)| Some(TextWord { word: (*word)?, start, end, at })));
            } else if text.contains(&SIGN) {
                has_sign = true;
            } else if !UNTOLD.iter().any(|sign| memchr::memmem::find(text, sign.as_bytes()).is_some()) {
                return None;
            }
        }
        if words.iter().filter(|word| word.word.is_vague()).count() > MOST_VAGUE_WORDS {
            return None;
        }
        let buckets = Buckets::sort(&mut words, |word| mix(word.word.blur));
        // Roomy, as a dozen words are looked up in a line of which none should pass.
        let gate = Gate::new(2 * words.len(), words.iter().map(|word| mix(word.word.blur)));
        let words = words.into_iter().map(TextWord::record).collect();
        Some(RawGate { gate, buckets, words, texts: all.into_iter().map(|byte| [byte]).collect(), has_sign })
    }

    /// Whether one of the texts may stand in the line, which has no white space at its ends.
    #[inline]
    pub(super) fn may_pass(&self, raw: &[u8]) -> bool {
        self.has_sign && memchr::memchr(SIGN, raw).is_some()
            || !surely_without(raw, |blur| self.gate.may_hold(mix(blur)), |word, at| self.may_stand(raw, word, at))
    }

    #[cold]
    fn may_stand(&self, raw: &[u8], found: BlurredWord, at: usize) -> bool {
        self.words[self.buckets.range(mix(found.blur))].iter().map(TextWord::of).any(|entry| {
            let text = &self.texts.as_flattened()[entry.start as usize..entry.end as usize];
            found.blur == entry.word.blur
                && found.may_fold_to(entry.word)
                && may_stand(raw, at, text, (entry.at - entry.start) as usize)
        })
    }
}

/// Whether a text has a window by which it is told, wherever it stands.
pub(super) fn can_be_told(text: &[u8]) -> bool {
    let words: Vec<Option<BlurredWord>> = words_of(text).collect();
    words.windows(STRIDE).any(|window| window.iter().all(Option::is_some))
}

fn words_of(text: &[u8]) -> impl Iterator<Item = Option<BlurredWord>> {
    let starts = text.len().min(CHOSEN_WITHIN).saturating_sub(STRIDE - 1);
    (0..starts).map(|at| BlurredWord::of_folded(text, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(texts: &[&'static str]) -> Option<RawGate> {
        let keyed: Vec<KeyedText<'_>> = texts.iter().map(|text| text.as_bytes()).zip(0..).collect();
        RawGate::new(&keyed)
    }

    #[test]
    fn texts_pass_wherever_they_lie_and_ordinary_lines_do_not() {
        let gate = gate(&["sponsored content", "подписаться на рассылку", "[edit]", "heading¶"]).unwrap();
        for lead in 0..20 {
            for text in ["Sponsored Content", "ПОДПИСАТЬСЯ на рассылку", "[edit]", "Heading¶"] {
                let line = format!("{}{text} and more", "x".repeat(lead));
                assert!(gate.may_pass(line.as_bytes()), "{line}");
            }
        }
        for line in
            ["The mayor spoke of the content of her letter.", "Она отписалась от рассылок — и рада.", "“It’s so”"]
        {
            assert!(!gate.may_pass(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn there_is_no_gate_for_a_short_text_without_a_sign() {
        assert!(gate(&["sponsored content", "advert"]).is_none());
    }
}
