//! Rows of lines that are no sentences, and sums over lines before a line and after it.

use std::ops::Range;

use super::facts::EvidenceLine;

/// For each line, how many lines the row has in which it stands: neighbouring lines that are no sentences. A sentence is a row
/// by itself.
pub(super) fn rows(facts: &[EvidenceLine], rows: &mut Vec<u32>) {
    rows.clear();
    let mut start = 0;
    while start < facts.len() {
        let count = facts[start..].iter().take_while(|line| line.is_short()).count().max(1);
        rows.extend(std::iter::repeat_n(count as u32, count));
        start += count;
    }
}

/// What is counted of lines.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct LineCounts {
    pub(super) chars: u32,
    /// Those of paragraphs.
    pub(super) paragraph_chars: u32,
    /// Lines that rules take, and paragraphs.
    pub(super) taken: u32,
    pub(super) paragraphs: u32,
    pub(super) words: u32,
    pub(super) capital_words: u32,
    pub(super) link_chars: u32,
}

impl LineCounts {
    fn of(line: &EvidenceLine) -> LineCounts {
        LineCounts {
            chars: line.form.chars,
            paragraph_chars: if line.is_paragraph { line.form.chars } else { 0 },
            taken: u32::from(line.is_taken()),
            paragraphs: u32::from(line.is_paragraph),
            words: line.form.words,
            capital_words: line.form.capital_words,
            link_chars: line.markup.map_or(0, |markup| markup.link_chars),
        }
    }

    #[inline]
    fn with(self, sign: i32, other: LineCounts) -> LineCounts {
        let sum = |count: u32, other: u32| count.wrapping_add_signed(sign * other as i32);
        LineCounts {
            chars: sum(self.chars, other.chars),
            paragraph_chars: sum(self.paragraph_chars, other.paragraph_chars),
            taken: sum(self.taken, other.taken),
            paragraphs: sum(self.paragraphs, other.paragraphs),
            words: sum(self.words, other.words),
            capital_words: sum(self.capital_words, other.capital_words),
            link_chars: sum(self.link_chars, other.link_chars),
        }
    }
}

/// Sums of counts up to each line, such that those over any neighbouring lines are known at once.
#[derive(Default, Debug)]
pub(super) struct RunningSums(Vec<LineCounts>);

impl RunningSums {
    pub(super) fn read(&mut self, facts: &[EvidenceLine]) {
        self.0.clear();
        self.0.push(LineCounts::default());
        let mut sum = LineCounts::default();
        self.0.extend(facts.iter().map(|line| {
            sum = sum.with(1, LineCounts::of(line));
            sum
        }));
    }

    /// The counts of these lines together.
    #[inline]
    pub(super) fn over(&self, lines: Range<usize>) -> LineCounts {
        self.0[lines.end].with(-1, self.0[lines.start])
    }

    /// Those of all lines.
    pub(super) fn all(&self) -> LineCounts {
        self.0.last().copied().unwrap_or_default()
    }
}
