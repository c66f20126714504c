//! Inner texts ruled out by a line's raw bytes: where texts are few and long, most lines need not be folded to
//! be searched.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use memchr::memmem::Finder;

use crate::text::{BlurredWord, surely_without};

use super::compile::KeyedText;
use super::hashing::{Gate, mix};

/// With more texts than this, one of them seems to stand in most lines.
const MOST_TEXTS: usize = 2000;

/// Bytes in a word, and between the words of a line that are looked up.
const STRIDE: usize = 8;

/// Shorter texts have no whole word in each stride, in bytes.
pub(super) const LONG_TEXT: usize = 2 * STRIDE - 1;

/// Signs that are folded from themselves alone and hardly ever stand in prose: a short text that holds one can
/// be told by it.
const TELLTALES: [&str; 6] = ["[", "]", "{", "}", "¶", "§"];

/// With more of them, looking for each would take longer than folding the line.
const MOST_TELLTALES: usize = 3;

/// Says of most lines that no text stands in them.
#[derive(Debug)]
pub(super) struct RawGate {
    /// Of a window of each long text every word, so that one lies on a stride wherever the text does.
    words: Vec<BlurredWord>,
    gate: Gate,
    telltales: Vec<Finder<'static>>,
}

impl RawGate {
    /// A gate for these texts; nothing where one of them can be told by neither words nor signs.
    pub(super) fn new(texts: &[KeyedText<'_>]) -> Option<RawGate> {
        if texts.len() > MOST_TEXTS {
            return None;
        }
        let mut frequency = Frequency::default();
        for (text, _) in texts {
            let words = (0..text.len()).filter_map(|at| BlurredWord::of_folded(text, at));
            words.for_each(|word| *frequency.entry(word.blur).or_default() += 1);
        }
        let mut words = Vec::with_capacity(texts.len() * STRIDE);
        let mut telltales = Vec::new();
        for (text, _) in texts {
            match rarest_window(text, &frequency) {
                Some(window) => words.extend(window),
                None => telltales
                    .push(*TELLTALES.iter().find(|sign| memchr::memmem::find(text, sign.as_bytes()).is_some())?),
            }
        }
        telltales.sort_unstable();
        telltales.dedup();
        words.sort_unstable();
        // Roomy, as a dozen words are looked up in a line of which none should pass.
        let mut gate = Gate::for_count(16 * words.len());
        words.iter().for_each(|word| gate.insert(mix(word.blur)));
        let telltales: Vec<_> = telltales.into_iter().map(Finder::new).collect();
        (telltales.len() <= MOST_TELLTALES).then_some(RawGate { words, gate, telltales })
    }

    /// Whether one of the texts may stand in the line, which has no white space at its ends.
    #[inline]
    pub(super) fn may_pass(&self, raw: &[u8]) -> bool {
        self.telltales.iter().any(|sign| sign.find(raw).is_some()) || !surely_without(raw, |word| self.may_hold(word))
    }

    #[inline]
    fn may_hold(&self, raw: BlurredWord) -> bool {
        self.gate.may_hold(mix(raw.blur)) && self.holds(raw)
    }

    #[cold]
    fn holds(&self, raw: BlurredWord) -> bool {
        let first = self.words.partition_point(|word| word.blur < raw.blur);
        self.words[first..].iter().take_while(|word| word.blur == raw.blur).any(|&word| raw.may_fold_to(word))
    }
}

type Frequency = HashMap<u64, u32, FixedState>;

/// The words of the window whose most frequent one is the rarest, if a window has all of them.
fn rarest_window(text: &[u8], frequency: &Frequency) -> Option<Vec<BlurredWord>> {
    let window = |start| (start..start + STRIDE).map(|at| BlurredWord::of_folded(text, at)).collect::<Option<Vec<_>>>();
    let most = |window: &Vec<BlurredWord>| window.iter().map(|word| frequency[&word.blur]).max();
    (0..text.len()).filter_map(window).min_by_key(most)
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
