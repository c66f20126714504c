//! Texts inside of lines, each looked up by what stands around the start of one of its words: of a line only those
//! places are looked at.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::{Around, FoldBuffer, WORD, Words, each_word_start, mix, word_at};

use crate::engine::inside::word_shape::{ShapedText, WordShape};
use crate::engine::lookup::automaton::AutomatonTexts;
use crate::engine::lookup::bloom_filter::BloomFilter;
use crate::engine::lookup::buckets::Buckets;
use crate::engine::lookup::first_bytes::FirstBytes;
use crate::engine::lookup::frequency::frequency;
use crate::engine::lookup::frequency::{COMMON_KEY, common_keys};
use crate::engine::lookup::records::{Table, record, u32_at};
use crate::engine::patterns::keys::KeyedText;

/// Finds texts by the starts of their words.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct WordTexts {
    /// The first four bytes of each long word by which a text is looked up.
    openings: FirstBytes,
    /// Eight bytes from each long word on by which a text of the shapes wide and narrow is looked up; nothing where
    /// most words would pass.
    long_words: Option<BloomFilter>,
    wide: Option<TextsOfShape>,
    narrow: Option<TextsOfShape>,
    short: Option<TextsOfShape>,
    tiny: Option<TextsOfShape>,
    /// The texts, one after the other.
    texts: Table<1>,
    of_common_keys: Option<AutomatonTexts>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct TextsOfShape {
    shape: WordShape,
    filter: BloomFilter,
    buckets: Buckets,
    entries: Table<20>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The lower half of the hash by which the text is looked up.
    hash: u32,
    pattern: u32,
    /// Where the text begins and ends, and the word in it, in bytes of all texts.
    start: u32,
    end: u32,
    word: u32,
}

impl WordTexts {
    /// A table of texts that have a shape.
    pub(in crate::engine) fn new(texts: Vec<ShapedText<'_>>) -> WordTexts {
        let mut all = Vec::new();
        let mut by_shape: [Vec<(ShapedText<'_>, u32)>; WordShape::ALL.len()] = Default::default();
        for text in texts {
            if let Some(shape) = text.shape {
                let start = all.len() as u32;
                all.extend_from_slice(text.inner.text);
                by_shape[shape as usize].push((text, start));
            }
        }
        let mut chosen = ChosenWords { texts: &all, ..ChosenWords::default() };
        let [wide, narrow, short, tiny] =
            WordShape::ALL.map(|shape| TextsOfShape::new(shape, &by_shape[shape as usize], &mut chosen));
        let long_texts = by_shape[..2].iter().flatten().map(|(text, _)| text);
        WordTexts {
            openings: FirstBytes::new(chosen.openings.iter().copied().map(u64::from)),
            long_words: chosen.long_words(long_texts),
            wide,
            narrow,
            short,
            tiny,
            of_common_keys: AutomatonTexts::new(&chosen.of_common_keys),
            texts: all.into_iter().map(|byte| [byte]).collect(),
        }
    }

    /// Calls `found` with a pattern and where its text begins, for each place in a part of the folded text where one stands.
    #[inline]
    pub(in crate::engine) fn candidates(
        &self,
        text: &FoldBuffer,
        span: Range<usize>,
        mut found: impl FnMut(u32, usize),
    ) {
        let mut holds_common_key = false;
        let mut of_own_key = |pattern, start| match pattern {
            COMMON_KEY => holds_common_key = true,
            pattern => found(pattern, start),
        };
        let may_be = |bytes: u32| self.openings.may_hold(u64::from(bytes));
        each_word_start(text, span.clone(), Words::Long, may_be, |around, at| {
            self.of_long_word(text, (around, at), &mut of_own_key);
        });
        if let Some(tiny) = &self.tiny {
            each_word_start(
                text,
                span.clone(),
                Words::All,
                |_| true,
                |around, at| {
                    self.look_up(tiny, text, (around, at), &mut of_own_key);
                },
            );
        }
        if let Some(of_common_keys) = self.of_common_keys.as_ref().filter(|_| holds_common_key) {
            let before = span.start;
            of_common_keys.each(&text.text()[span], |pattern, span| found(pattern, before + span.start));
        }
    }

    #[inline]
    fn of_long_word(&self, text: &FoldBuffer, place: (Around, usize), found: &mut impl FnMut(u32, usize)) {
        if self.long_words.as_ref().is_none_or(|filter| filter.may_hold(mix(place.0.after))) {
            for texts in self.wide.iter().chain(&self.narrow) {
                self.look_up(texts, text, place, found);
            }
        }
        if let Some(short) = &self.short {
            self.look_up(short, text, place, found);
        }
    }

    #[inline]
    fn look_up(
        &self,
        texts: &TextsOfShape,
        text: &FoldBuffer,
        (around, at): (Around, usize),
        found: &mut impl FnMut(u32, usize),
    ) {
        let hash = texts.shape.hash(around);
        if texts.filter.may_hold(hash) {
            self.follow(texts.get(hash), text, at, found);
        }
    }

    #[cold]
    fn follow(
        &self,
        entries: impl Iterator<Item = Entry>,
        text: &FoldBuffer,
        at: usize,
        found: &mut impl FnMut(u32, usize),
    ) {
        for entry in entries {
            let start = at.checked_sub((entry.word - entry.start) as usize);
            let stands = |start: &usize| text.text()[*start..].starts_with(self.text(entry));
            if let Some(start) = start.filter(stands) {
                found(entry.pattern, start);
            }
        }
    }

    /// The text of an entry; that of a common key has none, which stands everywhere.
    fn text(&self, entry: Entry) -> &[u8] {
        &self.texts.as_flattened()[entry.start as usize..entry.end as usize]
    }
}

/// What is gathered while the texts are put into tables.
#[derive(Default)]
struct ChosenWords<'p> {
    /// All texts, one after the other.
    texts: &'p [u8],
    openings: Vec<u32>,
    /// The first eight bytes of words.
    long_words: Vec<u64>,
    of_common_keys: Vec<KeyedText<'p>>,
}

impl<'p> ChosenWords<'p> {
    fn add(&mut self, shape: WordShape, word: usize) {
        let after = word_at(self.texts, word);
        if shape.words() == Words::Long {
            self.openings.push(after as u32);
        }
        if matches!(shape, WordShape::Wide | WordShape::Narrow) {
            self.long_words.push(after);
        }
    }

    /// A bloom filter for the long words of texts that are looked up by them, if it keeps out most words: those of the texts
    /// themselves are the best sample of a corpus that is at hand.
    fn long_words<'t>(&self, texts: impl Iterator<Item = &'t ShapedText<'t>>) -> Option<BloomFilter> {
        let mut chosen = self.long_words.clone();
        chosen.sort_unstable();
        chosen.dedup();
        // Roomy, as a dozen words are looked up in a line of which none should pass.
        let filter = BloomFilter::new(2 * chosen.len(), chosen.into_iter().map(mix));
        let (mut words, mut passing) = (0, 0);
        for text in texts {
            for word in text.words.iter().filter(|word| word.is_long && word.at + WORD <= text.inner.text.len()) {
                words += 1;
                passing += usize::from(filter.may_hold(mix(word_at(text.inner.text, word.at))));
            }
        }
        (2 * passing < words).then_some(filter)
    }
}

impl TextsOfShape {
    /// Each text with where it begins, in bytes of all texts; those of a common key go there. Nothing where there are none.
    fn new<'p>(
        shape: WordShape,
        texts: &[(ShapedText<'p>, u32)],
        chosen: &mut ChosenWords<'p>,
    ) -> Option<TextsOfShape> {
        if texts.is_empty() {
            return None;
        }
        let hashes: Vec<Vec<(u64, usize)>> = texts.iter().map(|(text, _)| text.hashes(shape).collect()).collect();
        let frequency = frequency(hashes.iter().flatten().map(|(hash, _)| *hash));
        let mut hashed = Vec::with_capacity(texts.len());
        for ((text, start), hashes) in texts.iter().zip(&hashes) {
            let Some(&(hash, word)) = hashes.iter().min_by_key(|(hash, _)| frequency[hash]) else { continue };
            let (start, word) = (*start, start + word as u32);
            chosen.add(shape, word as usize);
            let (pattern, end) = (text.inner.pattern, start + text.inner.text.len() as u32);
            hashed.push((hash, Entry { hash: hash as u32, pattern, start, end, word }));
        }
        let common_keys = common_keys(hashed.iter().map(|(hash, _)| *hash));
        hashed.retain(|(hash, entry)| {
            let is_alone = !common_keys.contains(hash);
            if !is_alone {
                chosen.of_common_keys.push((&chosen.texts[entry.start as usize..entry.end as usize], entry.pattern));
            }
            is_alone
        });
        let of_common_key = |hash: u64| Entry { hash: hash as u32, pattern: COMMON_KEY, start: 0, end: 0, word: 0 };
        hashed.extend(common_keys.into_iter().map(|hash| (hash, of_common_key(hash))));
        let buckets = Buckets::sort(&mut hashed, |(hash, _)| *hash);
        let filter = BloomFilter::new(hashed.len(), hashed.iter().map(|(hash, _)| *hash));
        let entries = hashed.into_iter().map(|(_, entry)| entry.record()).collect();
        Some(TextsOfShape { shape, filter, buckets, entries })
    }

    /// The entries of that hash, and hardly ever another one.
    #[inline]
    fn get(&self, hash: u64) -> impl Iterator<Item = Entry> {
        self.entries[self.buckets.range(hash)].iter().map(Entry::of).filter(move |entry| entry.hash == hash as u32)
    }
}

impl Entry {
    fn record(self) -> [u8; 20] {
        record(&[], &[self.hash, self.pattern, self.start, self.end, self.word])
    }

    fn of(record: &[u8; 20]) -> Entry {
        Entry {
            hash: u32_at(record, 0),
            pattern: u32_at(record, 4),
            start: u32_at(record, 8),
            end: u32_at(record, 12),
            word: u32_at(record, 16),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::inside::word_shape::InnerText;
    use crate::text::{Case, fold};

    const TEXTS: [&str; 8] = [
        "sponsored content",
        "подписаться на рассылку",
        "newsletter",
        "edit this",
        "to be or not",
        "rss",
        "\u{ab}войти\u{bb} или",
        "this \"quoted\" text",
    ];

    fn table() -> WordTexts {
        let inner =
            |(text, pattern): (&&'static str, u32)| InnerText { text: text.as_bytes(), pattern, begins_match: true };
        let texts: Vec<ShapedText<'_>> = TEXTS.iter().zip(0..).map(inner).map(ShapedText::new).collect();
        assert!(texts.iter().all(|text| text.shape.is_some()));
        WordTexts::new(texts)
    }

    fn candidates(table: &WordTexts, line: &str) -> Vec<(u32, usize)> {
        let mut folded = FoldBuffer::default();
        fold(line.as_bytes(), Case::Folded, &mut folded);
        let mut found = Vec::new();
        table.candidates(&folded, 0..folded.text().len(), |pattern, at| found.push((pattern, at)));
        found
    }

    #[test]
    fn each_text_is_found_wherever_it_lies() {
        let table = table();
        let around = [("", ""), (" ", "."), (" (", ") and more words"), ("“", "”"), ("–", " é"), ("é ", "…")];
        let folded_len = |text: &str| crate::text::folded(text.as_bytes(), Case::Folded).len();
        for (text, pattern) in TEXTS.iter().zip(0..) {
            for (before, after) in around {
                let leads = if before.is_empty() { 1 } else { 150 };
                for lead in (0..leads).map(|lead| "x".repeat(lead)) {
                    for text in [text.to_string(), text.to_uppercase()] {
                        let line = format!("{lead}{before}{text}{after}");
                        let at = folded_len(&line) - folded_len(&format!("{text}{after}"));
                        let found = candidates(&table, &line);
                        assert!(found.contains(&(pattern, at)), "{line}: {found:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn texts_of_a_common_key_are_found() {
        let shared = "one beginning that all of the texts of this test share, and then";
        let texts: Vec<String> = (0..100).map(|number| format!("{shared} number {number}!")).collect();
        let mut shaped = Vec::new();
        for (text, pattern) in texts.iter().zip(0..) {
            shaped.push(ShapedText::new(InnerText { text: text.as_bytes(), pattern, begins_match: true }));
        }
        let table = WordTexts::new(shaped);
        assert!(table.of_common_keys.is_some());
        let found = candidates(&table, &format!("before {} after", texts[42]));
        assert_eq!(found, [(42, "before ".len())]);
        assert_eq!(candidates(&table, "a line that holds no word of them"), []);
    }
}
