//! Which patterns may stand in which lines: in passes that each do one thing to all lines, so that a core waits for memory and
//! for wrong guesses as seldom as may be.

use crate::text::{FoldedLines, LINE_LIMIT};

use super::ends::end_words::EndWords;
use super::ends::line_ends::{AtEnds, EdgeLens};
use super::patterns::placeholders::number_ends;
use super::purpose::Purpose;
use super::tables::{NO_TEXT_BYTES, Tables};

/// What may match, in memory that scanning uses again.
#[derive(Default, Debug)]
pub(crate) struct Candidates {
    /// What each line begins and ends with.
    pub(super) ends: Vec<EndWords>,
    /// The lines at whose ends something may match, and what.
    at_ends: Vec<(u32, AtEnds)>,
    /// By line.
    pub(super) patterns: Vec<CandidateMatch>,
}

/// A pattern that may stand in a line, or a word of a vocabulary with which the line may begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct CandidateMatch {
    pub(super) line: u32,
    pub(super) pattern: u32,
    /// Where its text may begin, in bytes of the folded line.
    pub(super) at: u32,
}

impl Candidates {
    /// Finds out what may match in lines of a text.
    pub(super) fn find(&mut self, tables: &Tables, text: (&[u8], &FoldedLines), purpose: Purpose) {
        let (raw, lines) = text;
        self.find_at_ends(tables, lines);
        self.patterns.clear();
        self.look_up_ends(tables, text);
        tables.inside.candidates(text, purpose == Purpose::Explaining, |line, pattern, at| {
            self.patterns.push(CandidateMatch { line: line as u32, pattern, at: at as u32 });
        });
        // Such lines pass unlooked at.
        if raw.len() > LINE_LIMIT {
            let raw_len = |line: u32| lines.raw_text(raw, lines.lines()[line as usize]).len();
            self.patterns.retain(|candidate| raw_len(candidate.line) <= LINE_LIMIT);
        }
        if !self.patterns.is_sorted_by_key(|candidate| candidate.line) {
            self.patterns.sort_by_key(|candidate| candidate.line);
        }
    }

    /// The lines at whose ends something may match.
    fn find_at_ends(&mut self, tables: &Tables, lines: &FoldedLines) {
        let Candidates { ends, at_ends, .. } = self;
        ends.clear();
        ends.extend(lines.lines().iter().map(|line| EndWords::of(lines.buffer(), *line)));
        at_ends.clear();
        // Each line writes its number, and the next one over it if nothing may match.
        at_ends.resize(ends.len() + 1, (0, AtEnds::NOTHING));
        let mut count = 0;
        for (words, number) in ends.iter().zip(0..) {
            let found = tables.at_ends(words);
            at_ends[count] = (number, found);
            count += usize::from(found != AtEnds::NOTHING);
        }
        at_ends.truncate(count);
    }

    /// The patterns that may stand at the ends of these lines.
    fn look_up_ends(&mut self, tables: &Tables, (raw, lines): (&[u8], &FoldedLines)) {
        let Candidates { ends, at_ends, patterns } = self;
        let lines_with = |what: AtEnds| {
            let numbers = at_ends.iter().filter(move |(_, at_ends)| at_ends.has(what)).map(|(number, _)| *number);
            numbers.map(|number| {
                let (words, line) = (&ends[number as usize], lines.lines()[number as usize]);
                (number, words, words.line(lines.of(line)))
            })
        };
        let mut add = |line, pattern, at: usize| patterns.push(CandidateMatch { line, pattern, at: at as u32 });
        for (number, _, line) in lines_with(AtEnds::WHOLE) {
            let (start, end) = line.core;
            tables.whole.candidates(&line.text[start..end], |pattern| add(number, pattern, start));
        }
        for (number, words, line) in lines_with(AtEnds::HEAD) {
            let lens = tables.ends.head_lens(words.head);
            tables.heads.candidates(&line.text[line.head..], lens, |pattern| add(number, pattern, line.head));
        }
        for (number, words, line) in lines_with(AtEnds::TAIL) {
            let lens = tables.ends.tail_lens(words.tail);
            tables.tails.candidates(&line.text[..line.tail], lens, |pattern| {
                // A text that is too long for the line has no place in it: it is not confirmed.
                add(number, pattern, line.tail.saturating_sub(tables.patterns.get(pattern).fixed_len()));
            });
        }
        for (number, _, line) in lines_with(AtEnds::NUMBER) {
            let mut add = |pattern| add(number, pattern, line.head);
            for end in number_ends(line.text, line.head) {
                tables.after_numbers.candidates(&line.text[end..], EdgeLens::ALL, &mut add);
            }
            let raw = lines.raw_text(raw, lines.lines()[number as usize]).trim_ascii();
            let may_lack_text = raw.len() <= NO_TEXT_BYTES && tables.no_text_opens.may_begin(&line.text[line.head..]);
            if may_lack_text && !line.text.is_empty() {
                tables.no_text.iter().copied().for_each(&mut add);
            }
        }
    }
}
