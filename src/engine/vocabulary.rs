//! `made-of`: lines that hold hardly anything but a rule's words.

use aho_corasick::automaton::Automaton;
use aho_corasick::{AhoCorasick, Anchored, MatchKind, nfa::contiguous::NFA};

/// A line must have at least so many words of the vocabulary...
const FEWEST_WORDS: usize = 3;
/// ...and at most one letter in so many that is none of theirs.
const LETTERS_PER_STRANGER: usize = 10;

/// The vocabularies of all rules.
#[derive(Debug)]
pub(super) struct Vocabularies {
    union: Option<NFA>,
    longest: usize,
    rules: Vec<Vocabulary>,
}

#[derive(Debug)]
struct Vocabulary {
    rule: u32,
    max_chars: Option<u32>,
    words: AhoCorasick,
}

impl Vocabularies {
    /// Takes rules by index with the longest line that each may take, in characters, and words.
    pub(super) fn new(rules: &[(u32, Option<u32>, &[Box<[u8]>])]) -> Vocabularies {
        // These fail only beyond two thousand million states, more than a pack file can hold.
        const FITS: &str = "a pack's words fit an automaton";
        let words = || rules.iter().flat_map(|(_, _, words)| words.iter());
        let build = |words: &[Box<[u8]>]| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
        Vocabularies {
            union: (!rules.is_empty()).then(|| NFA::new(words()).expect(FITS)),
            longest: words().map(|word| word.len()).max().unwrap_or(0),
            rules: rules
                .iter()
                .map(|&(rule, max_chars, words)| Vocabulary { rule, max_chars, words: build(words).expect(FITS) })
                .collect(),
        }
    }

    /// Whether the words of some rule may make up a line of `line_len` bytes, by its folded text or
    /// the beginning of that.
    pub(super) fn may_match(&self, folded: &[u8], line_len: usize) -> bool {
        let Some(union) = &self.union else { return false };
        let allowed = line_len / LETTERS_PER_STRANGER;
        // The last word of a mere beginning may be cut short.
        let cut_short = if folded.len() < line_len { self.longest } else { 0 };
        few_strangers(union, self.longest, folded, allowed + cut_short)
    }

    /// Calls `found` with each rule whose words make up the line, and its `max-chars`.
    pub(super) fn matches(&self, folded: &[u8], mut found: impl FnMut(u32, Option<u32>)) {
        for vocabulary in &self.rules {
            if is_made_of(&vocabulary.words, folded) {
                found(vocabulary.rule, vocabulary.max_chars);
            }
        }
    }
}

fn is_made_of(words: &AhoCorasick, folded: &[u8]) -> bool {
    let (mut count, mut covered) = (0, 0);
    for word in words.find_iter(folded) {
        count += 1;
        covered += word.len();
    }
    if count < FEWEST_WORDS {
        return false;
    }
    let mut in_letter = false;
    let letters = folded.iter().filter(|&&byte| is_letter_byte(byte, &mut in_letter)).count();
    letters.saturating_sub(covered) * LETTERS_PER_STRANGER <= letters
}

/// Whether a byte belongs to a letter or digit, told by the first byte of its character: beyond
/// ASCII that takes in some signs, but not bullets, arrows, quotes, dashes and emoji.
#[inline]
fn is_letter_byte(byte: u8, in_letter: &mut bool) -> bool {
    if !matches!(byte, 0x80..=0xBF) {
        *in_letter = match byte {
            0..=0x7F => byte.is_ascii_alphanumeric(),
            0xC3..=0xE1 | 0xE3..=0xED => true,
            _ => false,
        };
    }
    *in_letter
}

/// Whether at most `allowed` bytes of letters belong to no word of any vocabulary. Ordinary text
/// fails within its first words, so a line costs little whatever its length.
fn few_strangers(words: &NFA, longest: usize, folded: &[u8], allowed: usize) -> bool {
    let Ok(start) = words.start_state(Anchored::No) else { return true };
    let mut state = start;
    // Bit n: whether the byte n before this one is a stranger so far.
    let mut history = 0u64;
    let mut strangers = 0;
    let mut in_letter = false;
    for &byte in folded {
        if byte < 0x80 && !byte.is_ascii_alphanumeric() {
            // No word reaches over this.
            if strangers > allowed {
                return false;
            }
            (state, history) = (start, 0);
            continue;
        }
        state = words.next_state(Anchored::No, state, byte);
        let strange = is_letter_byte(byte, &mut in_letter);
        history = history << 1 | u64::from(strange);
        strangers += usize::from(strange);
        if words.is_match(state) {
            let len = (0..words.match_len(state)).map(|i| words.pattern_len(words.match_pattern(state, i))).max();
            let reach = u64::MAX >> 64usize.saturating_sub(len.unwrap_or(0)).min(63);
            strangers -= (history & reach).count_ones() as usize;
            history &= !reach;
        }
        if strangers > allowed + longest {
            return false;
        }
    }
    strangers <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_of(words: &[&str], line: &str) -> bool {
        let words: Vec<Box<[u8]>> = words.iter().map(|word| word.as_bytes().into()).collect();
        let vocabularies = Vocabularies::new(&[(7, None, &words)]);
        let mut hits = Vec::new();
        vocabularies.matches(line.as_bytes(), |rule, _| hits.push(rule));
        assert!(hits.is_empty() || vocabularies.may_match(line.as_bytes(), line.len()), "the filter lost {line}");
        hits == [7]
    }

    #[test]
    fn a_line_of_its_words_matches_in_any_order_and_glued() {
        let words = ["icon", "chevron", "up", "down", "bookmark", "меню"];
        for line in ["checkicon chevron downicon chevron upicon", "iconiconicon", "up down • icon", "меню, icon, up"]
        {
            let words = [&words[..], &["check"]].concat();
            assert!(made_of(&words, line), "{line}");
        }
    }

    #[test]
    fn two_words_or_a_tenth_of_other_letters_are_not_enough() {
        let words = ["icon", "chevron", "up", "down", "bookmark"];
        for line in [
            "icon chevron",
            "up and down and up again he went",
            "icon",
            "",
            "down down down and out",
            "the icon up down",
        ] {
            assert!(!made_of(&words, line), "{line}");
        }
    }
}
