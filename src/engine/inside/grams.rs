//! Texts that may stand anywhere in a line: sampled grams as a prefilter.
//!
//! Of every text some bytes in a row are chosen, as rare among the texts as possible, so many that
//! one gram of them falls on a position of the line that is sampled, however the text lies. Only
//! those positions are looked at, and hardly any passes the bloom filter. Texts too short for that go into
//! an automaton.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::engine::lookup::automaton::AutomatonTexts;
use crate::engine::lookup::bloom_filter::BloomFilter;
use crate::engine::lookup::buckets::Buckets;
use crate::engine::lookup::frequency::{CHOSEN_WITHIN, frequency, rarest_window};
use crate::engine::lookup::frequency::{COMMON_KEY, common_keys};
use crate::engine::lookup::records::{Table, record, u32_at, u64_at};
use crate::engine::patterns::keys::KeyedText;
use crate::text::{mix, word_at};

/// How texts of one range of lengths are sampled.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Sampling {
    /// Bytes in a gram, at most eight.
    gram: usize,
    /// Every so many bytes of the line a gram is looked up.
    stride: usize,
}

impl Sampling {
    /// The shortest text in which each stride holds a whole gram.
    const fn shortest(self) -> usize {
        self.gram + self.stride - 1
    }

    /// Where the grams of a text begin that are chosen among.
    fn starts(self, text: &[u8]) -> RangeInclusive<usize> {
        0..=text.len().min(CHOSEN_WITHIN) - self.gram
    }

    const fn mask(self) -> u64 {
        u64::MAX >> (64 - 8 * self.gram)
    }
}

/// From long texts to short ones. In Cyrillic eight bytes are four letters: fewer select little.
const SAMPLINGS: [Sampling; 3] =
    [Sampling { gram: 8, stride: 8 }, Sampling { gram: 8, stride: 4 }, Sampling { gram: 6, stride: 2 }];

/// Bytes that are sampled at a time, with those of the last gram: so many must stand after a text's last byte.
pub(in crate::engine) const SAMPLED: usize = 24;

/// Finds texts anywhere in a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct Anywhere {
    classes: Vec<GramClass>,
    short: Option<AutomatonTexts>,
    of_common_keys: Option<AutomatonTexts>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct GramClass {
    sampling: Sampling,
    filter: BloomFilter,
    buckets: Buckets,
    entries: Table<28>,
}

#[derive(Clone, Copy, Debug)]
struct GramEntry {
    gram: u64,
    /// Another word of the text, as far from the gram as can be, and where it begins. Most lines that
    /// hold the gram by chance do not hold this.
    check: u64,
    check_offset: u32,
    /// Where in the pattern's text the gram begins.
    offset: u32,
    pattern: u32,
}

impl Anywhere {
    /// A table of these texts, each with its pattern.
    pub(in crate::engine) fn new(texts: &[KeyedText<'_>]) -> Anywhere {
        // Where the second class is needed, the texts of the first are found by it as well.
        let is_second = |text: &[u8]| (SAMPLINGS[1].shortest()..SAMPLINGS[0].shortest()).contains(&text.len());
        let first = usize::from(texts.iter().any(|(text, _)| is_second(text)));
        let class_of = |text: &[u8]| (first..SAMPLINGS.len()).find(|&class| text.len() >= SAMPLINGS[class].shortest());
        let mut by_class: [Vec<KeyedText<'_>>; SAMPLINGS.len()] = Default::default();
        let mut short = Vec::new();
        for &(text, pattern) in texts {
            match class_of(text) {
                Some(class) => by_class[class].push((text, pattern)),
                None => short.push((text, pattern)),
            }
        }
        let classes = by_class.iter().zip(SAMPLINGS).filter(|(texts, _)| !texts.is_empty());
        let mut of_common_keys = Vec::new();
        Anywhere {
            classes: classes.map(|(texts, sampling)| GramClass::new(sampling, texts, &mut of_common_keys)).collect(),
            short: AutomatonTexts::new(&short),
            of_common_keys: AutomatonTexts::new(&of_common_keys),
        }
    }

    /// Calls `found` with a pattern and where its text would begin, for every place where it may.
    /// The line comes with its padding.
    #[inline]
    pub(in crate::engine) fn candidates(&self, padded: &[u8], mut found: impl FnMut(u32, usize)) {
        let mut holds_common_key = false;
        for class in &self.classes {
            class.candidates(padded, &mut |pattern, start| match pattern {
                COMMON_KEY => holds_common_key = true,
                pattern => found(pattern, start),
            });
        }
        let of_common_keys = self.of_common_keys.as_ref().filter(|_| holds_common_key);
        for texts in self.short.iter().chain(of_common_keys) {
            texts.each(padded, |pattern, span| found(pattern, span.start));
        }
    }
}

impl GramClass {
    /// A class of these texts, those of a common key apart.
    fn new<'p>(sampling: Sampling, texts: &[KeyedText<'p>], of_common_keys: &mut Vec<KeyedText<'p>>) -> GramClass {
        let frequency = frequency(texts.iter().flat_map(|(text, _)| grams(sampling, text)));
        let mut entries = Vec::with_capacity(texts.len() * sampling.stride);
        let mut counts = Vec::new();
        for &(text, pattern) in texts {
            counts.clear();
            counts.extend(grams(sampling, text).map(|gram| frequency[&gram]));
            let window = rarest_window(&counts, sampling.stride).unwrap_or(0);
            for offset in window..window + sampling.stride {
                entries.push(GramEntry::new(sampling, text, offset, pattern));
            }
        }
        let common_keys = common_keys(entries.iter().map(|entry| entry.gram));
        let (mut alone, mut common_grams) = (Vec::new(), BTreeSet::new());
        for (entries, text) in entries.chunks(sampling.stride).zip(texts) {
            // A text goes to those of a common key with all of its grams: or else it would be found twice.
            if entries.iter().any(|entry| common_keys.contains(&entry.gram)) {
                of_common_keys.push(*text);
                common_grams.extend(entries.iter().map(|entry| entry.gram));
            } else {
                alone.extend_from_slice(entries);
            }
        }
        let mut entries = alone;
        entries.extend(common_grams.into_iter().map(GramEntry::of_common_key));
        let buckets = Buckets::sort(&mut entries, |entry| mix(entry.gram));
        let filter = BloomFilter::new(entries.len(), entries.iter().map(|entry| mix(entry.gram)));
        GramClass { sampling, filter, buckets, entries: entries.into_iter().map(GramEntry::record).collect() }
    }

    #[inline]
    fn candidates(&self, padded: &[u8], found: &mut impl FnMut(u32, usize)) {
        // A constant stride lets the compiler do better; the strides are those of SAMPLINGS.
        match self.sampling.stride {
            8 => self.sample::<8>(padded, found),
            4 => self.sample::<4>(padded, found),
            _ => self.sample::<2>(padded, found),
        }
    }

    #[inline]
    fn sample<const STRIDE: usize>(&self, padded: &[u8], found: &mut impl FnMut(u32, usize)) {
        debug_assert_eq!(STRIDE, self.sampling.stride);
        let mask = self.sampling.mask();
        let mut at = 0;
        // Sixteen bytes of positions at a time, with the eight after them that their grams purpose.
        while let Some(chunk) = padded[at..].first_chunk::<SAMPLED>() {
            let gram = |offset: usize| word_at(chunk, offset) & mask;
            let mut any = false;
            for offset in (0..16).step_by(STRIDE) {
                any |= self.filter.may_hold(mix(gram(offset)));
            }
            if any {
                for offset in (0..16).step_by(STRIDE) {
                    if self.filter.may_hold(mix(gram(offset))) {
                        self.follow(padded, gram(offset), at + offset, found);
                    }
                }
            }
            at += 16;
        }
    }

    #[cold]
    fn follow(&self, padded: &[u8], gram: u64, at: usize, found: &mut impl FnMut(u32, usize)) {
        for entry in
            self.entries[self.buckets.range(mix(gram))].iter().map(GramEntry::of).filter(|entry| entry.gram == gram)
        {
            if entry.pattern == COMMON_KEY {
                found(COMMON_KEY, at);
                continue;
            }
            let Some(start) = at.checked_sub(entry.offset as usize) else { continue };
            let mask = self.sampling.mask();
            if word_at(padded, start + entry.check_offset as usize) & mask == entry.check {
                found(entry.pattern, start);
            }
        }
    }
}

impl GramEntry {
    fn record(self) -> [u8; 28] {
        record(&[self.gram, self.check], &[self.check_offset, self.offset, self.pattern])
    }

    fn of(record: &[u8; 28]) -> GramEntry {
        GramEntry {
            gram: u64_at(record, 0),
            check: u64_at(record, 8),
            check_offset: u32_at(record, 16),
            offset: u32_at(record, 20),
            pattern: u32_at(record, 24),
        }
    }

    fn of_common_key(gram: u64) -> GramEntry {
        GramEntry { gram, check: 0, check_offset: 0, offset: 0, pattern: COMMON_KEY }
    }

    fn new(sampling: Sampling, text: &[u8], offset: usize, pattern: u32) -> GramEntry {
        let last = text.len() - sampling.gram;
        let check_offset = if offset > last / 2 { 0 } else { last };
        let word = |at| word_at(text, at) & sampling.mask();
        GramEntry {
            gram: word(offset),
            check: word(check_offset),
            check_offset: check_offset as u32,
            offset: offset as u32,
            pattern,
        }
    }
}

/// The grams of a text that are chosen among.
fn grams(sampling: Sampling, text: &[u8]) -> impl Iterator<Item = u64> {
    sampling.starts(text).map(move |at| word_at(text, at) & sampling.mask())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Case, FoldBuffer, fold};

    /// All texts that stand in the line, by the candidates that prove true.
    fn found(texts: &[&str], line: &str) -> Vec<(u32, usize)> {
        let numbered: Vec<KeyedText<'_>> = texts.iter().map(|text| text.as_bytes()).zip(0..).collect();
        let mut hits = Vec::new();
        let mut folded = FoldBuffer::default();
        fold(line.as_bytes(), Case::Folded, &mut folded);
        Anywhere::new(&numbered).candidates(folded.padded_from(0), |pattern, start| {
            if line.as_bytes()[start..].starts_with(texts[pattern as usize].as_bytes()) {
                hits.push((pattern, start));
            }
        });
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    #[test]
    fn every_text_is_found_wherever_it_lies() {
        let texts = [
            "ad",
            "advert",
            "sponsor",
            "sponsored",
            "sponsored by",
            "sponsored content",
            "anzeige",
            "реклама",
            "подписаться на рассылку",
        ];
        for lead in 0..40 {
            for (i, text) in texts.iter().enumerate() {
                let line = format!("{}{text}{}", "x".repeat(lead), "y".repeat(lead % 7));
                assert!(found(&texts, &line).contains(&(i as u32, lead)), "{text} after {lead}");
            }
        }
    }

    #[test]
    fn texts_of_a_common_key_are_found_once_wherever_they_lie() {
        let shared = "one beginning that all of the texts of this test share, ";
        let texts: Vec<String> = (0..100).map(|number| format!("{shared}number {number}!")).collect();
        let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        texts.push("beginning that all of the texts");
        for lead in 0..9 {
            let line = format!("{}{}{}", "x".repeat(lead), texts[42], "y".repeat(lead));
            let inner = (100, lead + "one ".len());
            assert_eq!(found(&texts, &line), [(42, lead), inner], "after {lead}");
            assert_eq!(found(&texts, &format!("{}{shared}nothing", "x".repeat(lead))), [inner]);
        }
    }

    #[test]
    fn a_line_shorter_than_a_gram_is_no_trouble() {
        assert_eq!(found(&["sponsored content"], "spon"), []);
        assert_eq!(found(&["ad"], ""), []);
    }
}
