//! The matches of lines, in passes that each do one thing to all of them: which lines something may match at their ends, where
//! inner texts may stand, and only then the patterns one by one.

use crate::text::{Case, FoldedLine, FoldedLines, LINE_LIMIT, after_nested_mark, chars, trim_terminator};

use super::compiled::Engine;
use super::ends::line_ends::{AtEnds, EndWords};
use super::patterns::opening::LineOpening;
use super::patterns::pattern::{Folded, Owner, PatternRole};
use super::patterns::placeholders::number_ends;
use super::purpose::Purpose;
use super::tables::{NO_TEXT_BYTES, Tables};

/// One pattern that stands in a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    /// The rule's index, or the pack's for a signature.
    pub(crate) owner: u32,
    pub(crate) role: PatternRole,
    /// The line is longer than the rule allows.
    pub(crate) too_long: bool,
    /// How the line was folded in which `span` counts.
    pub(crate) case: Case,
    /// Where the pattern stands, from and to, in bytes of the folded line.
    pub(crate) span: (usize, usize),
}

/// What may match, in memory that scanning uses again.
#[derive(Default, Debug)]
pub(crate) struct Candidates {
    /// What each line begins and ends with.
    ends: Vec<EndWords>,
    /// The lines at whose ends something may, and what.
    at_ends: Vec<(u32, AtEnds)>,
    /// By line.
    inside: Vec<InnerCandidate>,
}

/// A pattern whose text may begin at that byte of a line's folded text.
#[derive(Clone, Copy, Debug)]
struct InnerCandidate {
    line: u32,
    pattern: u32,
    at: u32,
}

impl Engine {
    /// Calls `found` with each pattern that stands in one of the lines of a text, and the line's number among them; by line.
    pub(crate) fn scan_lines(
        &self,
        (raw, lines): (&[u8], &FoldedLines),
        purpose: Purpose,
        candidates: &mut Candidates,
        mut found: impl FnMut(usize, Match),
    ) {
        self.find_candidates((raw, lines), purpose, candidates);
        let Candidates { at_ends, inside, .. } = candidates;
        let (mut at_ends, mut inside) = (at_ends.iter().peekable(), inside.iter().peekable());
        loop {
            let of_ends = at_ends.peek().map(|(number, _)| *number);
            let of_inside = inside.peek().map(|candidate| candidate.line);
            let Some(number) = of_ends.into_iter().chain(of_inside).min() else { break };
            let line = lines.lines()[number as usize];
            let mut found = |found_here| found(number as usize, found_here);
            let mut scan = LineScan::new(&self.tables, (raw, lines, line), purpose, &mut found);
            if let Some((_, at_ends)) = at_ends.next_if(|(line, _)| *line == number) {
                scan.ends(*at_ends);
            }
            while let Some(candidate) = inside.next_if(|candidate| candidate.line == number) {
                scan.try_pattern(candidate.pattern, candidate.at as usize);
            }
        }
    }

    fn find_candidates(&self, text: (&[u8], &FoldedLines), purpose: Purpose, candidates: &mut Candidates) {
        let (raw, lines) = text;
        let Candidates { ends, at_ends, inside } = candidates;
        ends.clear();
        ends.extend(lines.lines().iter().map(|line| EndWords::of(lines.buffer(), *line)));
        at_ends.clear();
        // Each line writes its number, and the next one over it if nothing may match.
        at_ends.resize(lines.lines().len() + 1, (0, AtEnds(0)));
        let mut count = 0;
        for (words, number) in ends.iter().zip(0..) {
            let found = self.tables.at_ends(*words);
            at_ends[count] = (number, found);
            count += usize::from(found != AtEnds(0));
        }
        at_ends.truncate(count);
        inside.clear();
        self.tables.inside.candidates((raw, lines), purpose == Purpose::Explaining, |line, pattern, at| {
            inside.push(InnerCandidate { line: line as u32, pattern, at: at as u32 });
        });
        if !inside.is_sorted_by_key(|candidate| candidate.line) {
            inside.sort_by_key(|candidate| candidate.line);
        }
        // Such lines pass unlooked at.
        if raw.len() > LINE_LIMIT {
            let is_too_long = |number: u32| raw_text(raw, lines, lines.lines()[number as usize]).len() > LINE_LIMIT;
            at_ends.retain(|(number, _)| !is_too_long(*number));
            inside.retain(|candidate| !is_too_long(candidate.line));
        }
    }
}

/// The raw bytes of a line, without terminator and the mark of a nested list.
fn raw_text<'r>(raw: &'r [u8], lines: &FoldedLines, line: FoldedLine) -> &'r [u8] {
    let raw = trim_terminator(line.raw(raw));
    if lines.is_after_mark(line) { after_nested_mark(raw) } else { raw }
}

struct LineScan<'s, F> {
    tables: &'s Tables,
    raw: &'s [u8],
    line: Folded<'s>,
    purpose: Purpose,
    /// Characters of the line, white space at its ends apart, counted when first asked for.
    chars: Option<usize>,
    found: &'s mut F,
}

impl<'s, F: FnMut(Match)> LineScan<'s, F> {
    fn new(
        tables: &'s Tables,
        (raw, lines, line): (&'s [u8], &'s FoldedLines, FoldedLine),
        purpose: Purpose,
        found: &'s mut F,
    ) -> LineScan<'s, F> {
        LineScan {
            tables,
            raw: raw_text(raw, lines, line).trim_ascii(),
            line: Folded::new(lines.of(line)),
            purpose,
            chars: None,
            found,
        }
    }

    /// What goes by the line's ends.
    fn ends(&mut self, at_ends: AtEnds) {
        let (tables, line) = (self.tables, self.line);
        if line.text.is_empty() {
            return;
        }
        if at_ends.has(AtEnds::WHOLE) {
            let (start, end) = line.core;
            tables.whole.candidates(&line.text[start..end], |pattern| self.try_pattern(pattern, start));
        }
        if at_ends.has(AtEnds::TAIL) {
            tables.tails.candidates(&line.text[..line.tail], |pattern| {
                // A text that is too long for the line has no place in it: it is not confirmed.
                let start = line.tail.saturating_sub(tables.patterns.get(pattern).fixed_len());
                self.try_pattern(pattern, start);
            });
        }
        if at_ends.has(AtEnds::HEAD) && self.head() {
            self.vocabularies();
        }
        if at_ends.has(AtEnds::NUMBER) {
            self.number();
        }
    }

    /// What goes by the line's head. Whether the line begins with a word of a vocabulary.
    fn head(&mut self) -> bool {
        let (tables, line) = (self.tables, self.line);
        let text = &line.text[line.head..];
        let mut begins_with_word = false;
        tables.heads.candidates(text, |pattern| match pattern.checked_sub(tables.patterns.end()) {
            None => self.try_pattern(pattern, line.head),
            Some(word) => begins_with_word |= tables.vocabularies.begins_with(text, word as usize),
        });
        begins_with_word
    }

    /// What goes by a number with which the line begins.
    fn number(&mut self) {
        let (tables, line) = (self.tables, self.line);
        let text = &line.text[line.head..];
        if LineOpening::Number.may_begin(text) {
            for end in number_ends(line.text, line.head) {
                tables.after_numbers.candidates(&line.text[end..], |pattern| self.try_pattern(pattern, line.head));
            }
        }
        if self.raw.len() <= NO_TEXT_BYTES && tables.no_text_opens.may_begin(text) {
            tables.no_text.iter().for_each(|&pattern| self.try_pattern(pattern, 0));
        }
    }

    fn vocabularies(&mut self) {
        let Folded { text, head, .. } = self.line;
        if self.tables.vocabularies.may_go_on(&text[head..]) {
            self.tables.vocabularies.matches(text, |owner, max_chars| {
                self.report(
                    Match {
                        owner,
                        role: PatternRole::Line,
                        too_long: false,
                        case: Case::Folded,
                        span: (0, text.len()),
                    },
                    max_chars,
                );
            });
        }
    }

    fn try_pattern(&mut self, number: u32, hint: usize) {
        let tables = self.tables;
        let pattern = tables.patterns.get(number);
        let Some(span) = pattern.confirm(self.line, self.raw, hint) else { return };
        let case = pattern.case();
        for Owner { index: owner, role, max_chars } in tables.patterns.owners(number) {
            self.report(Match { owner, role, too_long: false, case, span }, max_chars);
        }
    }

    fn report(&mut self, found: Match, max_chars: Option<u32>) {
        let too_long = max_chars.is_some_and(|most| self.chars() > most as usize);
        if !too_long || self.purpose == Purpose::Explaining {
            (self.found)(Match { too_long, ..found });
        }
    }

    fn chars(&mut self) -> usize {
        let raw = self.raw;
        *self.chars.get_or_insert_with(|| chars(raw))
    }
}
