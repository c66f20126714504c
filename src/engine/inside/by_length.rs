//! Inner texts by the length of the lines in which they are looked for: long paragraphs are most of a text's bytes, and few
//! texts are looked for in them.

use serde::{Deserialize, Serialize};

use crate::engine::inside::inner_texts::InnerTexts;
use crate::engine::inside::word_shape::InnerText;
use crate::text::chars;

/// An inner text, and the longest line in which it is looked for, in characters, if there is a limit.
pub(in crate::engine) type LimitedText<'p> = (InnerText<'p>, Option<u32>);

/// All inner texts.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct TextsByLength {
    /// From short lines to long ones.
    tables: Vec<TextsOfLength>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct TextsOfLength {
    /// The longest line that the table is for, in characters.
    most_chars: Option<u32>,
    texts: InnerTexts,
}

impl TextsByLength {
    pub(in crate::engine) fn new(texts: &[LimitedText<'_>]) -> TextsByLength {
        let mut tables = Vec::new();
        let mut longer_than = None;
        for most_chars in lengths(texts) {
            let is_in = |limit: Option<u32>| limit.is_none_or(|limit| longer_than.is_none_or(|than| limit > than));
            let texts: Vec<InnerText<'_>> =
                texts.iter().filter(|(_, limit)| is_in(*limit)).map(|(text, _)| *text).collect();
            tables.push(TextsOfLength { most_chars, texts: InnerTexts::new(&texts) });
            longer_than = most_chars;
        }
        TextsByLength { tables }
    }

    /// All texts.
    pub(in crate::engine) fn all(&self) -> Option<&InnerTexts> {
        self.tables.first().map(|table| &table.texts)
    }

    /// The texts that are looked for in such a line.
    #[inline]
    pub(in crate::engine) fn of(&self, raw: &[u8]) -> Option<&InnerTexts> {
        let is_for = |most: u32| raw.len() <= most as usize || chars(raw) <= most as usize;
        self.tables.iter().find(|table| table.most_chars.is_none_or(is_for)).map(|table| &table.texts)
    }
}

/// The lengths for which there are tables: the limit that most texts have, the longest one, and none, as far as texts have
/// them. More tables would save little.
fn lengths(texts: &[LimitedText<'_>]) -> Vec<Option<u32>> {
    let mut limits: Vec<u32> = texts.iter().filter_map(|(_, limit)| *limit).collect();
    limits.sort_unstable();
    let of_most = limits.chunk_by(|a, b| a == b).max_by_key(|equal| equal.len()).map(|equal| equal[0]);
    let mut lengths: Vec<Option<u32>> = of_most.into_iter().chain(limits.last().copied()).map(Some).collect();
    lengths.dedup();
    lengths.extend(texts.iter().any(|(_, limit)| limit.is_none()).then_some(None));
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_looked_for_in_lines_up_to_its_limit() {
        let inner = |text: &'static str, pattern| InnerText { text: text.as_bytes(), pattern, begins_match: true };
        let texts = [
            (inner("newsletter", 0), Some(20)),
            (inner("subscribe", 1), Some(20)),
            (inner("sponsored", 2), Some(40)),
            (inner("advertisement", 3), None),
        ];
        let table = TextsByLength::new(&texts);
        for (line_chars, want) in [(10, 4), (20, 4), (21, 2), (40, 2), (41, 1)] {
            let line = "é".repeat(line_chars);
            let texts = table.of(line.as_bytes()).unwrap();
            let mut folded = crate::text::FoldBuffer::default();
            let words = b"newsletter subscribe sponsored advertisement";
            crate::text::fold(words, crate::text::Case::Folded, &mut folded);
            let mut found = 0;
            texts.candidates(&folded, |_, _| found += 1);
            assert_eq!(found, want, "in {line_chars} characters");
        }
        assert!(TextsByLength::new(&texts[..3]).of(&[b'x'; 50]).is_none());
    }
}
