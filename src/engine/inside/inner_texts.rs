//! Texts that may stand anywhere in a line: by the starts of their words, or else by sampled grams.

use serde::{Deserialize, Serialize};

use crate::text::{FoldBuffer, PaddedLine, is_never_decidable};

use crate::engine::inside::grams::Anywhere;
use crate::engine::inside::word_shape::{InnerText, ShapedText, WordShape};
use crate::engine::inside::word_texts::WordTexts;
use crate::engine::patterns::keys::KeyedText;

/// A sign that is folded from itself alone and hardly ever stands in prose: a text that holds it can be decided by it.
const SIGN: u8 = b'[';

/// Finds texts anywhere in a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct InnerTexts {
    by_words: WordTexts,
    /// Texts without a word that they could be looked up by.
    others: Anywhere,
    /// Whether one of the others is decided by [`SIGN`].
    has_sign: bool,
    /// Whether all of the others are decided by [`SIGN`], or by a character that keeps a line from being
    /// [ruled out](crate::text::surely_without).
    others_are_decidable: bool,
}

impl InnerTexts {
    pub(in crate::engine) fn new(texts: &[InnerText<'_>]) -> InnerTexts {
        let has_sign = |text: &ShapedText<'_>| text.inner.text.contains(&SIGN);
        let is_decidable_otherwise = |text: &ShapedText<'_>| has_sign(text) || is_never_decidable(text.inner.text);
        let goes_by_words = |text: &ShapedText<'_>| match text.shape {
            // One look serves both.
            Some(WordShape::Wide | WordShape::Narrow) => !has_sign(text),
            Some(WordShape::Short | WordShape::Tiny) => !is_decidable_otherwise(text),
            None => false,
        };
        let (by_words, others): (Vec<ShapedText<'_>>, Vec<ShapedText<'_>>) =
            texts.iter().copied().map(ShapedText::new).partition(goes_by_words);
        let others_are_decidable = others.iter().all(is_decidable_otherwise);
        let has_sign = others.iter().any(has_sign);
        let others: Vec<KeyedText<'_>> = others.iter().map(|text| (text.inner.text, text.inner.pattern)).collect();
        InnerTexts {
            by_words: WordTexts::new(by_words),
            others: Anywhere::new(&others),
            has_sign,
            others_are_decidable,
        }
    }

    pub(in crate::engine) fn is_empty(&self) -> bool {
        self.by_words.is_empty() && self.others.is_empty()
    }

    /// Whether raw bytes decide of most lines that no text stands in them; else each line is folded.
    #[cfg(test)]
    pub(in crate::engine) fn are_decidable(&self) -> bool {
        self.others_are_decidable
    }

    /// Whether one of the texts may stand in the line, which has no white space at its ends.
    #[inline]
    pub(in crate::engine) fn may_pass(&self, raw: &[u8], padded: &mut PaddedLine) -> bool {
        !self.others_are_decidable
            || self.has_sign && memchr::memchr(SIGN, raw).is_some()
            || self.by_words.may_pass(raw, padded)
    }

    /// Calls `found` with a pattern and where its text would begin, for every place of the folded line where it may.
    pub(in crate::engine) fn candidates(
        &self,
        line: &FoldBuffer,
        padded: &mut PaddedLine,
        mut found: impl FnMut(u32, usize),
    ) {
        self.by_words.candidates(line.text(), padded, &mut found);
        let may_hold_others =
            || !self.others_are_decidable || !line.text().is_ascii() || memchr::memchr(SIGN, line.text()).is_some();
        if !self.others.is_empty() && may_hold_others() {
            self.others.candidates(line.padded(), found);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::patterns::boundaries::is_boundary;
    use crate::text::{Case, fold};

    /// What lines and texts are made of: words of all lengths, and all that folds in its own way. First what raw bytes
    /// decide.
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
    const TOLD: usize = 30;
    const SPACES: [&str; 6] = [" ", " ", " ", "", "  ", "\u{a0}"];
    const TOLD_SPACES: usize = 4;

    /// Some texts, and what stands before and after the first of them: most often such that raw bytes decide of them.
    fn texts() -> impl Strategy<Value = (Vec<String>, String, String)> {
        let kinds = prop_oneof![
            3 => Just((&PIECES[..TOLD], &SPACES[..TOLD_SPACES])),
            1 => Just((&PIECES[..], &SPACES[..])),
        ];
        kinds.prop_flat_map(|(pieces, spaces)| {
            let text = move |count| {
                let piece = (proptest::sample::select(pieces), proptest::sample::select(spaces));
                let joined = |pieces: Vec<(&str, &str)>| {
                    pieces.into_iter().map(|(piece, space)| format!("{piece}{space}")).collect::<String>()
                };
                proptest::collection::vec(piece, count).prop_map(joined)
            };
            (proptest::collection::vec(text(1..5), 1..6), text(0..40), text(0..12))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn a_text_that_stands_in_a_line_passes_and_is_a_candidate(
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
            let (mut padded, mut buffer) = (PaddedLine::default(), FoldBuffer::default());
            fold(raw, Case::Folded, &mut buffer);
            let mut found = Vec::new();
            table.candidates(&buffer, &mut padded, |pattern, at| found.push((pattern, at)));
            for (text, pattern) in texts.iter().zip(0..) {
                for at in memchr::memmem::find_iter(buffer.text(), text).filter(|&at| is_boundary(buffer.text(), at)) {
                    prop_assert!(table.may_pass(raw, &mut padded), "{:?} in {line:?}", String::from_utf8_lossy(text));
                    prop_assert!(found.contains(&(pattern, at)), "{:?} in {line:?}", String::from_utf8_lossy(text));
                }
            }
        }
    }
}
