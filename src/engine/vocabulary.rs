//! `made-of`: lines that hold hardly anything but a rule's words.

use aho_corasick::{AhoCorasick, Input};
use serde::{Deserialize, Serialize};

use super::ends::edges::{Edge, LineEdges};
use super::ends::line_ends::EdgeLens;
use super::lookup::automaton::{Automaton, Finds};
use super::patterns::keys::KeyedText;

/// A line must have at least so many words of the vocabulary...
const FEWEST_WORDS: usize = 3;
/// ...and at most one letter in so many that is none of theirs.
const LETTERS_PER_OTHER: usize = 10;

/// The vocabularies of all rules.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Vocabularies {
    /// Every word, to be looked up at the beginning of words of the line.
    heads: LineEdges,
    words: Vec<Box<[u8]>>,
    /// Bytes of the longest word.
    longest: usize,
    rules: Vec<Vocabulary>,
}

/// A rule's `made-of`.
#[derive(Clone, Copy)]
pub(super) struct VocabularySource<'w> {
    /// The rule's index.
    pub(super) rule: u32,
    /// The longest line that it may take, in characters.
    pub(super) max_chars: Option<u32>,
    pub(super) words: &'w [Box<[u8]>],
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Vocabulary {
    rule: u32,
    max_chars: Option<u32>,
    words: Automaton,
}

impl Vocabularies {
    pub(super) fn new(rules: &[VocabularySource<'_>]) -> Vocabularies {
        let texts = || rules.iter().flat_map(|source| source.words.iter());
        let keyed: Vec<KeyedText<'_>> = texts().map(AsRef::as_ref).zip(0..).collect();
        let vocabulary = |&VocabularySource { rule, max_chars, words }: &VocabularySource<'_>| Vocabulary {
            rule,
            max_chars,
            words: Automaton::new(words.to_vec(), Finds::Longest),
        };
        let longest = texts().map(|text| text.len()).max().unwrap_or(0);
        Vocabularies {
            heads: LineEdges::new(Edge::Head, &keyed),
            words: texts().cloned().collect(),
            longest,
            rules: rules.iter().map(vocabulary).collect(),
        }
    }

    /// All words, by the numbers that [`begins_with`](Self::begins_with) knows.
    pub(super) fn words(&self) -> impl Iterator<Item = &[u8]> {
        self.words.iter().map(AsRef::as_ref)
    }

    /// Whether a text begins with the word of that number.
    pub(super) fn begins_with(&self, text: &[u8], word: usize) -> bool {
        self.words.get(word).is_some_and(|word| text.starts_with(word))
    }

    /// Whether the words of some rule may make up a line, by its folded text without list marks, which begins with one of
    /// them: so must one of its next two words. Ordinary text goes no further.
    pub(super) fn may_go_on(&self, text: &[u8]) -> bool {
        let second = after_word(text);
        second.is_empty() || self.begins_with_word(second) || self.begins_with_word(after_word(second))
    }

    fn begins_with_word(&self, text: &[u8]) -> bool {
        let mut begins = false;
        self.heads.candidates(text, EdgeLens::ALL, |word| begins |= text.starts_with(&self.words[word as usize]));
        begins
    }

    /// Calls `found` with each rule whose words make up the line, and its `max-chars`.
    pub(super) fn matches(&self, folded: &[u8], mut found: impl FnMut(u32, Option<u32>)) {
        let reach = folded.len().min(first_word_reach(folded) + self.longest);
        for vocabulary in &self.rules {
            let words = vocabulary.words.get();
            let begins = words.is_match(Input::new(folded).range(..reach));
            if begins && is_made_of(words, folded) {
                found(vocabulary.rule, vocabulary.max_chars);
            }
        }
    }
}

/// What stands after the first word and the signs that follow it.
fn after_word(text: &[u8]) -> &[u8] {
    let letters = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte >= 0x80;
    let word = text.iter().take_while(letters).count();
    let signs = text[word..].iter().take_while(|byte| !letters(byte)).count();
    &text[word + signs..]
}

/// Letters that are none of a rule's words, of so many bytes, that a line may hold.
fn most_others(bytes: usize) -> usize {
    bytes / LETTERS_PER_OTHER
}

/// Where the first word must have begun: there are more others before this byte than the line may hold.
/// Most ordinary text is decided by it, and need not be searched to its end.
fn first_word_reach(folded: &[u8]) -> usize {
    let mut left = most_others(folded.len());
    let mut in_letter = false;
    let too_many = |byte: &u8| {
        let other = is_letter_byte(*byte, &mut in_letter);
        other && left.checked_sub(1).map(|less| left = less).is_none()
    };
    folded.iter().position(too_many).unwrap_or(folded.len())
}

fn is_made_of(words: &AhoCorasick, folded: &[u8]) -> bool {
    let mut in_letter = false;
    let mut letters_in = |text: &[u8]| text.iter().filter(|&&byte| is_letter_byte(byte, &mut in_letter)).count();
    let most_others = most_others(folded.len());
    let (mut count, mut covered, mut others, mut at) = (0, 0, 0, 0);
    for word in words.find_iter(folded) {
        others += letters_in(&folded[at..word.start()]);
        if others > most_others {
            return false;
        }
        (count, covered, at) = (count + 1, covered + word.len(), word.end());
    }
    others += letters_in(&folded[at..]);
    count >= FEWEST_WORDS && others * LETTERS_PER_OTHER <= others + covered
}

/// Whether a byte belongs to a letter or digit, decided by the first byte of its character: beyond
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

#[cfg(test)]
mod tests {
    use super::*;

    fn made_of(words: &[&str], line: &str) -> bool {
        let words: Vec<Box<[u8]>> = words.iter().map(|word| word.as_bytes().into()).collect();
        let vocabularies = Vocabularies::new(&[VocabularySource { rule: 7, max_chars: None, words: &words }]);
        let mut hits = Vec::new();
        vocabularies.matches(line.as_bytes(), |rule, _| hits.push(rule));
        hits == [7] && vocabularies.begins_with_word(line.as_bytes()) && vocabularies.may_go_on(line.as_bytes())
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
