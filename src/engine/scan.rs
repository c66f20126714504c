//! The matches of lines: each candidate is compared with its pattern.

use crate::text::{Case, FoldedLines, chars};

use super::candidates::{CandidateMatch, Candidates};
use super::compiled::Engine;
use super::patterns::pattern::{Folded, Owner, PatternRole};
use super::purpose::Purpose;
use super::tables::Tables;

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

impl Engine {
    /// Calls `found` with each pattern that stands in one of the lines of a text, and the line's number among them; by line.
    pub(crate) fn scan_lines(
        &self,
        (raw, lines): (&[u8], &FoldedLines),
        purpose: Purpose,
        candidates: &mut Candidates,
        mut found: impl FnMut(usize, Match),
    ) {
        candidates.find(&self.tables, (raw, lines), purpose);
        for of_line in candidates.patterns.chunk_by(|candidate, next| candidate.line == next.line) {
            let number = of_line[0].line as usize;
            let line = lines.lines()[number];
            let mut found = |found_here| found(number, found_here);
            let mut scan = LineScan {
                tables: &self.tables,
                raw: || lines.raw_text(raw, line).trim_ascii(),
                line: candidates.ends[number].line(lines.of(line)),
                purpose,
                chars: None,
                found: &mut found,
            };
            scan.confirm(of_line);
        }
    }
}

/// The candidates of one line are confirmed.
struct LineScan<'s, R, F> {
    tables: &'s Tables,
    line: Folded<'s>,
    /// The raw bytes of the line, which few patterns ask for.
    raw: R,
    purpose: Purpose,
    /// Characters of the line, white space at its ends apart, counted when first asked for.
    chars: Option<usize>,
    found: &'s mut F,
}

impl<'s, R: Fn() -> &'s [u8], F: FnMut(Match)> LineScan<'s, R, F> {
    fn confirm(&mut self, candidates: &[CandidateMatch]) {
        let tables = self.tables;
        let mut begins_with_word = false;
        for &CandidateMatch { pattern, at, .. } in candidates {
            match pattern.checked_sub(tables.patterns.end()) {
                None => self.try_pattern(pattern, at as usize),
                Some(word) => {
                    begins_with_word |= tables.vocabularies.begins_with(&self.line.text[at as usize..], word as usize);
                }
            }
        }
        if begins_with_word {
            self.vocabularies();
        }
    }

    fn vocabularies(&mut self) {
        let Folded { text, head, .. } = self.line;
        if self.tables.vocabularies.may_go_on(&text[head..]) {
            self.tables.vocabularies.matches(text, |owner, max_chars| {
                let whole = (0, text.len());
                let found = Match { owner, role: PatternRole::Line, too_long: false, case: Case::Folded, span: whole };
                self.report(found, max_chars);
            });
        }
    }

    fn try_pattern(&mut self, number: u32, hint: usize) {
        let tables = self.tables;
        let pattern = tables.patterns.get(number);
        let Some(span) = pattern.confirm(self.line, &self.raw, hint) else { return };
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
        *self.chars.get_or_insert_with(|| chars((self.raw)()))
    }
}
