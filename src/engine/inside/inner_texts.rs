//! Texts that may stand anywhere in a line: by the starts of their words, or else by sampled grams.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::FoldBuffer;

use crate::engine::inside::grams::{Anywhere, SAMPLED};
use crate::engine::inside::word_shape::{InnerText, ShapedText};
use crate::engine::inside::word_texts::WordTexts;
use crate::engine::patterns::keys::KeyedText;

/// Finds texts anywhere in a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct InnerTexts {
    by_words: WordTexts,
    /// Texts without a word that they could be looked up by, most of them in scripts without spaces, and signs.
    others: Vec<OtherTexts>,
}

/// Texts of which each holds a byte that is this or a higher one: lines of other scripts need not be looked through.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct OtherTexts {
    least: u8,
    texts: Anywhere,
}

/// Bytes from this one on begin characters of three bytes and more.
const WIDE: u8 = 0xE0;

impl InnerTexts {
    pub(in crate::engine) fn new(texts: &[InnerText<'_>]) -> InnerTexts {
        let (by_words, others): (Vec<ShapedText<'_>>, Vec<ShapedText<'_>>) =
            texts.iter().copied().map(ShapedText::new).partition(|text| text.shape.is_some());
        let others: Vec<KeyedText<'_>> = others.iter().map(|text| (text.inner.text, text.inner.pattern)).collect();
        // One sign alone would have lines of most languages looked through for all of the texts.
        let (wide, narrow): (Vec<KeyedText<'_>>, Vec<KeyedText<'_>>) =
            others.into_iter().partition(|(text, _)| highest(text) >= WIDE);
        InnerTexts {
            by_words: WordTexts::new(by_words),
            others: [narrow, wide]
                .iter()
                .filter(|texts| !texts.is_empty())
                .map(|texts| OtherTexts::new(texts))
                .collect(),
        }
    }

    /// Calls `found` with a pattern and where its text would begin, for every place in a part of the folded text, which holds
    /// whole lines, where it may.
    #[inline]
    pub(in crate::engine) fn candidates(
        &self,
        text: &FoldBuffer,
        span: Range<usize>,
        mut found: impl FnMut(u32, usize),
    ) {
        self.by_words.candidates(text, span.clone(), &mut found);
        let part = &text.text()[span.clone()];
        let highest = if self.others.is_empty() { 0 } else { highest(part) };
        for OtherTexts { texts, .. } in self.others.iter().filter(|others| highest >= others.least) {
            let padded = &text.padded_from(span.start)[..span.len() + SAMPLED];
            texts.candidates(padded, |pattern, at| found(pattern, span.start + at));
        }
    }
}

impl OtherTexts {
    fn new(texts: &[KeyedText<'_>]) -> OtherTexts {
        let least = texts.iter().map(|(text, _)| highest(text)).min().unwrap_or_default();
        OtherTexts { least, texts: Anywhere::new(texts) }
    }
}

/// The highest byte of a text.
fn highest(text: &[u8]) -> u8 {
    text.iter().copied().fold(0, u8::max)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::patterns::boundaries::is_boundary;
    use crate::text::{Case, fold};

    /// What lines and texts are made of: words of all lengths, and all that folds in its own way.
    const PIECES: [&str; 40] = [
        "sponsored",
        "content",
        "sign",
        "up",
        "a",
        "to",
        "Newsletter",
        "SHARE",
        "édition",
        "Été",
        "straße",
        "подписаться",
        "Ёлка",
        "НА",
        "и",
        "[edit]",
        "«",
        "»",
        "“",
        "”",
        "’",
        "'",
        "\"",
        "–",
        "-",
        "…",
        "...",
        ".",
        "(",
        "12",
        "ѣ",
        "łódź",
        "İ",
        "ελλάδα",
        "続きを読む",
        "编辑",
        "¶",
        "×",
        "\u{ad}",
        "\u{301}",
    ];
    const SPACES: [&str; 6] = [" ", " ", " ", "", "  ", "\u{a0}"];

    /// Some texts, and what stands before and after the first of them.
    fn texts() -> impl Strategy<Value = (Vec<String>, String, String)> {
        let text = |count| {
            let piece = (proptest::sample::select(&PIECES[..]), proptest::sample::select(&SPACES[..]));
            let joined = |pieces: Vec<(&str, &str)>| {
                pieces.into_iter().map(|(piece, space)| format!("{piece}{space}")).collect::<String>()
            };
            proptest::collection::vec(piece, count).prop_map(joined)
        };
        (proptest::collection::vec(text(1..5), 1..6), text(0..40), text(0..12))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn a_text_that_stands_in_a_line_is_a_candidate(
            (texts, before, after) in texts(),
            space in proptest::sample::select(&[" ", "\u{a0}"][..]),
        ) {
            let folded = |text: &str| crate::text::folded(text.as_bytes(), Case::Folded);
            // Typography as print has it, and upper case.
            let printed = texts[0].to_uppercase().replace('\'', "’").replace('"', "“").replace("- ", "– ").replace("...", "…");
            let printed = printed.replace(' ', space);
            let line = format!("{before}{printed}{after}");
            let raw = line.trim().as_bytes();
            let texts: Vec<Vec<u8>> = texts.iter().map(|text| folded(text)).filter(|text| !text.is_empty()).collect();
            let inner = |(text, pattern)| InnerText { text, pattern, begins_match: true };
            let table = InnerTexts::new(&texts.iter().map(Vec::as_slice).zip(0..).map(inner).collect::<Vec<_>>());
            let mut buffer = FoldBuffer::default();
            fold(raw, Case::Folded, &mut buffer);
            let mut found = Vec::new();
            table.candidates(&buffer, 0..buffer.text().len(), |pattern, at| found.push((pattern, at)));
            for (text, pattern) in texts.iter().zip(0..) {
                for at in memchr::memmem::find_iter(buffer.text(), text).filter(|&at| is_boundary(buffer.text(), at)) {
                    prop_assert!(found.contains(&(pattern, at)), "{:?} in {line:?}", String::from_utf8_lossy(text));
                }
            }
        }
    }
}
