//! Inner texts by the length of the lines in which they are looked for: long paragraphs are most of a text's bytes, and few
//! texts are looked for in them.

use serde::{Deserialize, Serialize};

use crate::engine::inside::inner_texts::InnerTexts;
use crate::engine::inside::word_shape::{InnerText, LimitedText};
use crate::text::{FoldedLine, FoldedLines, chars};

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

    /// Calls `found` with a line's number, a pattern, and where its text would begin, for every place where it may stand in
    /// one of the lines: by line. In long lines too, whatever the patterns say, where all `are_short`.
    pub(in crate::engine) fn candidates(
        &self,
        (raw, lines): (&[u8], &FoldedLines),
        are_short: bool,
        mut found: impl FnMut(usize, u32, usize),
    ) {
        let table_of = |line: &FoldedLine| if are_short { Some(0) } else { self.table_of(line.raw(raw)) };
        let mut first = 0;
        while let Some(line) = lines.lines().get(first) {
            // Neighbours for which the same texts are looked for are looked through together.
            let table = table_of(line);
            let count = lines.lines()[first..].iter().take_while(|line| table_of(line) == table).count();
            let together = &lines.lines()[first..first + count];
            if let (Some(table), Some(last)) = (table.and_then(|table| self.tables.get(table)), together.last()) {
                let mut number = 0;
                table.texts.candidates(lines.buffer(), line.start as usize..last.end as usize, |pattern, at| {
                    let is_of = |number: usize| (together[number].start..together[number].end).contains(&(at as u32));
                    if !is_of(number) {
                        number = together.partition_point(|line| line.end as usize <= at).min(count - 1);
                    }
                    if is_of(number) {
                        found(first + number, pattern, at - together[number].start as usize);
                    }
                });
            }
            first += count;
        }
    }

    /// The number of the table of texts that are looked for in such a line.
    #[inline]
    fn table_of(&self, raw: &[u8]) -> Option<usize> {
        let is_for = |most: u32| raw.len() <= most as usize || chars(raw) <= most as usize;
        self.tables.iter().position(|table| table.most_chars.is_none_or(is_for))
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
            (inner("newsletter", 0), Some(60)),
            (inner("subscribe", 1), Some(60)),
            (inner("sponsored", 2), Some(80)),
            (inner("advertisement", 3), None),
        ];
        let table = TextsByLength::new(&texts);
        let words = "newsletter subscribe sponsored advertisement";
        for (chars, want) in [(50, 4), (60, 4), (61, 2), (80, 2), (81, 1)] {
            let line = format!("{} {words}", "é".repeat(chars - words.len() - 1));
            let text = format!("{line}\n\nadvertisement\n{line}");
            let mut lines = FoldedLines::default();
            lines.read(text.as_bytes());
            let mut found = Vec::new();
            table.candidates((text.as_bytes(), &lines), false, |line, pattern, _| found.push((line, pattern)));
            found.sort_unstable();
            let of_one: Vec<u32> = (4 - want..4).collect();
            let in_line = |number: usize| of_one.iter().map(move |pattern| (number, *pattern));
            let all: Vec<(usize, u32)> = in_line(0).chain([(1, 3)]).chain(in_line(2)).collect();
            assert_eq!(found, all, "in {chars} characters");
        }
    }
}
