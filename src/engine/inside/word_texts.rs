//! Texts inside of lines, each looked up by what stands around the start of one of its words: of a line only those
//! places are looked at, and of most lines the raw bytes decide that no text is there.

use serde::{Deserialize, Serialize};

use crate::text::{Around, LOWER_HALVES, PaddedLine, Words, each_word_start, may_stand, surely_without};

use crate::engine::inside::word_shape::{ShapedText, WordShape};
use crate::engine::lookup::automaton::AutomatonTexts;
use crate::engine::lookup::bloom_filter::BloomFilter;
use crate::engine::lookup::buckets::Buckets;
use crate::engine::lookup::frequency::frequency;
use crate::engine::lookup::frequency::{COMMON_KEY, common_keys};
use crate::engine::lookup::records::{Table, record, u32_at, u64_at};
use crate::engine::patterns::keys::KeyedText;
use crate::text::mix;

/// Finds texts by the starts of their words.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct WordTexts {
    /// Eight bytes from each long word on by which a text of the shapes wide and narrow is looked up; nothing where
    /// most words would pass.
    long_words: Option<BloomFilter>,
    wide: TextsOfShape,
    narrow: TextsOfShape,
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
    entries: Table<24>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// What the text is looked up by.
    key: u64,
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
                all.extend(text.inner.text.iter().map(|byte| [*byte]));
                by_shape[shape as usize].push((text, start));
            }
        }
        let mut of_common_keys = Vec::new();
        let [wide, narrow, short, tiny] =
            WordShape::ALL.map(|shape| TextsOfShape::new(shape, &by_shape[shape as usize], &mut of_common_keys));
        let long_words = long_words(&wide, &narrow, by_shape[..2].iter().flatten().map(|(text, _)| text));
        WordTexts {
            long_words,
            wide,
            narrow,
            short: Some(short).filter(|texts| !texts.entries.is_empty()),
            tiny: Some(tiny).filter(|texts| !texts.entries.is_empty()),
            texts: all.into_iter().collect(),
            of_common_keys: AutomatonTexts::new(&of_common_keys),
        }
    }

    pub(in crate::engine) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Whether one of the texts may stand in the line, which has no white space at its ends.
    #[inline]
    pub(in crate::engine) fn may_pass(&self, raw: &[u8], padded: &mut PaddedLine) -> bool {
        padded.copy(raw);
        let may_hold_long = |around: Around, at| {
            self.long_words.as_ref().is_none_or(|filter| filter.may_hold(mix(around.after)))
                && (self.may_stand(&self.wide, around, raw, at) || self.may_stand(&self.narrow, around, raw, at))
                || self.short.as_ref().is_some_and(|short| self.may_stand(short, around, raw, at))
        };
        !surely_without(padded, Words::Long, may_hold_long)
            || self.tiny.as_ref().is_some_and(|tiny| {
                !surely_without(padded, Words::All, |around, at| self.may_stand(tiny, around, raw, at))
            })
    }

    #[inline]
    fn may_stand(&self, texts: &TextsOfShape, around: Around, raw: &[u8], at: usize) -> bool {
        texts.may_hold(around) && self.one_may_stand(texts, around, raw, at)
    }

    #[cold]
    fn one_may_stand(&self, texts: &TextsOfShape, around: Around, raw: &[u8], at: usize) -> bool {
        let may_stand = |entry: Entry| may_stand(raw, at, self.text(entry), entry.word_offset());
        texts.entries(around).any(|entry| entry.pattern == COMMON_KEY || may_stand(entry))
    }

    /// Calls `found` with a pattern and where its text begins, for each place of the folded line where one stands.
    pub(in crate::engine) fn candidates(
        &self,
        folded: &[u8],
        padded: &mut PaddedLine,
        mut found: impl FnMut(u32, usize),
    ) {
        padded.copy(folded);
        let mut holds_common_key = false;
        let mut look_up = |texts: &TextsOfShape, around, at: usize| {
            if !texts.may_hold(around) {
                return;
            }
            for entry in texts.entries(around) {
                if entry.pattern == COMMON_KEY {
                    holds_common_key = true;
                    continue;
                }
                let start = at.checked_sub(entry.word_offset());
                if let Some(start) = start.filter(|&start| folded[start..].starts_with(self.text(entry))) {
                    found(entry.pattern, start);
                }
            }
        };
        let long = [Some(&self.wide), Some(&self.narrow), self.short.as_ref()];
        each_word_start(padded, Words::Long, |around, at| {
            long.into_iter().flatten().for_each(|texts| look_up(texts, around, at));
        });
        if let Some(tiny) = &self.tiny {
            each_word_start(padded, Words::All, |around, at| look_up(tiny, around, at));
        }
        if let Some(of_common_keys) = self.of_common_keys.as_ref().filter(|_| holds_common_key) {
            of_common_keys.each(folded, |pattern, span| found(pattern, span.start));
        }
    }

    fn text(&self, entry: Entry) -> &[u8] {
        &self.texts.as_flattened()[entry.start as usize..entry.end as usize]
    }
}

/// A bloom filter for the long words of texts that are looked up by them, if it keeps out most words: those of the texts
/// themselves are the best sample of a corpus that is at hand.
fn long_words<'p>(
    wide: &TextsOfShape,
    narrow: &TextsOfShape,
    texts: impl Iterator<Item = &'p ShapedText<'p>>,
) -> Option<BloomFilter> {
    let mut keys: Vec<u64> = wide.long_words().chain(narrow.long_words()).collect();
    keys.sort_unstable();
    keys.dedup();
    // Roomy, as a dozen words are looked up in a line of which none should pass.
    let filter = BloomFilter::new(2 * keys.len(), keys.into_iter().map(mix));
    let (mut words, mut passing) = (0, 0);
    for text in texts {
        for (after, _) in text.keys(WordShape::Narrow) {
            words += 1;
            passing += usize::from(filter.may_hold(mix(after)));
        }
    }
    (2 * passing < words).then_some(filter)
}

impl TextsOfShape {
    /// Each text with where it begins, in bytes of all texts; those of a common key go there.
    fn new<'p>(
        shape: WordShape,
        texts: &[(ShapedText<'p>, u32)],
        of_common_keys: &mut Vec<KeyedText<'p>>,
    ) -> TextsOfShape {
        let keys: Vec<Vec<(u64, usize)>> = texts.iter().map(|(text, _)| text.keys(shape).collect()).collect();
        let frequency = frequency(keys.iter().flatten().map(|(key, _)| *key));
        let entry = |((text, start), keys): (&(ShapedText<'p>, u32), &Vec<(u64, usize)>)| {
            let &(key, word) = keys.iter().min_by_key(|(key, _)| frequency[key])?;
            let end = start + text.inner.text.len() as u32;
            let pattern = text.inner.pattern;
            Some((Entry { key, pattern, start: *start, end, word: start + word as u32 }, (text.inner.text, pattern)))
        };
        let entries: Vec<(Entry, KeyedText<'p>)> = texts.iter().zip(&keys).filter_map(entry).collect();
        let common_keys = common_keys(entries.iter().map(|(entry, _)| entry.key));
        let (of_common_key, alone): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|(entry, _)| common_keys.contains(&entry.key));
        of_common_keys.extend(of_common_key.into_iter().map(|(_, text)| text));
        let mut entries: Vec<Entry> = alone.into_iter().map(|(entry, _)| entry).collect();
        entries.extend(common_keys.into_iter().map(|key| Entry {
            key,
            pattern: COMMON_KEY,
            start: 0,
            end: 0,
            word: 0,
        }));
        let buckets = Buckets::sort(&mut entries, |entry| mix(entry.key));
        let filter = BloomFilter::new(entries.len(), entries.iter().map(|entry| mix(entry.key)));
        let entries = entries.into_iter().map(Entry::record).collect();
        TextsOfShape { shape, filter, buckets, entries }
    }

    #[inline]
    fn may_hold(&self, around: Around) -> bool {
        self.filter.may_hold(mix(self.shape.key(around)))
    }

    /// The key of each text but for what it takes of the bytes before.
    fn long_words(&self) -> impl Iterator<Item = u64> {
        let after = |key: u64| if self.shape == WordShape::Wide { key >> 4 & LOWER_HALVES } else { key };
        self.entries.iter().map(move |entry| after(Entry::of(entry).key))
    }

    fn entries(&self, around: Around) -> impl Iterator<Item = Entry> {
        let key = self.shape.key(around);
        let entries = self.entries[self.buckets.range(mix(key))].iter().map(Entry::of);
        entries.filter(move |entry| entry.key == key)
    }
}

impl Entry {
    fn record(self) -> [u8; 24] {
        record(&[self.key], &[self.pattern, self.start, self.end, self.word])
    }

    fn of(record: &[u8; 24]) -> Entry {
        Entry {
            key: u64_at(record, 0),
            pattern: u32_at(record, 8),
            start: u32_at(record, 12),
            end: u32_at(record, 16),
            word: u32_at(record, 20),
        }
    }

    /// Where in the text the word begins.
    fn word_offset(self) -> usize {
        (self.word - self.start) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::inside::word_shape::InnerText;
    use crate::text::{Case, folded};

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

    #[test]
    fn each_text_passes_and_is_found_wherever_it_lies() {
        let table = table();
        let mut padded = PaddedLine::default();
        let around = [("", ""), (" ", "."), (" (", ") and more words"), ("“", "”"), ("–", " é"), ("é ", "…")];
        let folded = |text: &str| folded(text.as_bytes(), Case::Folded);
        for (text, pattern) in TEXTS.iter().zip(0..) {
            for (before, after) in around {
                let leads = if before.is_empty() { 1 } else { 150 };
                for lead in (0..leads).map(|lead| "x".repeat(lead)) {
                    for text in [text.to_string(), text.to_uppercase()] {
                        let line = format!("{lead}{before}{text}{after}");
                        assert!(table.may_pass(line.as_bytes(), &mut padded), "{line}");
                        let mut found = Vec::new();
                        table.candidates(&folded(&line), &mut padded, |pattern, at| found.push((pattern, at)));
                        let at = folded(&line).len() - folded(&format!("{text}{after}")).len();
                        assert!(found.contains(&(pattern, at)), "{line}: {found:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn texts_of_a_common_key_pass_and_are_found() {
        let shared = "one beginning that all of the texts of this test share, and then";
        let texts: Vec<String> = (0..100).map(|number| format!("{shared} number {number}!")).collect();
        let mut shaped = Vec::new();
        for (text, pattern) in texts.iter().zip(0..) {
            shaped.push(ShapedText::new(InnerText { text: text.as_bytes(), pattern, begins_match: true }));
        }
        let table = WordTexts::new(shaped);
        assert!(table.of_common_keys.is_some());
        let line = format!("before {} after", texts[42]);
        assert!(table.may_pass(line.as_bytes(), &mut PaddedLine::default()));
        let mut found = Vec::new();
        table.candidates(line.as_bytes(), &mut PaddedLine::default(), |pattern, at| found.push((pattern, at)));
        assert_eq!(found, [(42, "before ".len())]);
        assert!(!table.may_pass(b"a line that holds no word of them", &mut PaddedLine::default()));
    }

    #[test]
    fn most_lines_do_not_pass() {
        let table = table();
        for line in [
            "The mayor spoke of the content of her letters, which were edited; “it’s so” – and 12 more",
            "Она отписалась от рассылок — и рада, что «войти» не надо.",
            "news",
            "",
        ] {
            assert!(!table.may_pass(line.as_bytes(), &mut PaddedLine::default()), "{line}");
        }
    }
}
