//! The matches of one line.

use crate::text::{Case, FoldBuffer, LINE_LIMIT, PaddedLine, chars, fold};

use super::compiled::Engine;
use super::patterns::pattern::{Folded, PatternRole};
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

/// Memory that scanning uses again from line to line.
#[derive(Default, Debug)]
pub(crate) struct ScanScratch {
    folded: FoldBuffer,
    padded: PaddedLine,
}

impl Engine {
    /// Calls `found` with each pattern that stands in the line, which has no terminator.
    pub(crate) fn scan_line(
        &self,
        raw: &[u8],
        purpose: Purpose,
        scratch: &mut ScanScratch,
        mut found: impl FnMut(Match),
    ) {
        if raw.len() > LINE_LIMIT {
            return;
        }
        let raw = raw.trim_ascii();
        let ScanScratch { folded, padded } = scratch;
        let inside = self.tables.inside(raw, purpose, padded);
        if inside.is_none() && !self.tables.may_match_at_ends(raw, folded) {
            return;
        }
        fold(raw, Case::Folded, folded);
        if folded.text().is_empty() {
            return;
        }
        let line = Folded::new(folded.text());
        let mut scan = LineScan { tables: &self.tables, raw, line, purpose, chars: None, found: &mut found };
        scan.whole_and_edges();
        if let Some(texts) = inside {
            texts.candidates(folded, padded, |pattern, at| scan.try_pattern(pattern, at));
        }
        scan.vocabularies();
    }
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

impl<F: FnMut(Match)> LineScan<'_, F> {
    fn whole_and_edges(&mut self) {
        let (tables, line) = (self.tables, self.line);
        let (start, end) = line.core;
        tables.whole.candidates(&line.text[start..end], |pattern| self.try_pattern(pattern, start));
        tables.heads.candidates(&line.text[line.head..], |pattern| self.try_pattern(pattern, line.head));
        tables.tails.candidates(&line.text[..line.tail], |pattern| {
            // A text that is too long for the line has no place in it: it is not confirmed.
            let start = line.tail.saturating_sub(tables.patterns.get(pattern).fixed_len());
            self.try_pattern(pattern, start);
        });
        for end in number_ends(line.text, line.head) {
            tables.after_numbers.candidates(&line.text[end..], |pattern| self.try_pattern(pattern, line.head));
        }
        if self.raw.len() <= NO_TEXT_BYTES && tables.no_text_opens.may_begin(&line.text[line.head..]) {
            tables.no_text.iter().for_each(|&pattern| self.try_pattern(pattern, 0));
        }
    }

    fn vocabularies(&mut self) {
        let Folded { text, head, .. } = self.line;
        if self.tables.vocabularies.may_match(&text[head..]) {
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

    fn try_pattern(&mut self, pattern: u32, hint: usize) {
        let pattern = self.tables.patterns.get(pattern);
        if let Some(span) = pattern.confirm(self.line, self.raw, hint) {
            let (owner, role, case) = (pattern.owner, pattern.role, pattern.case());
            self.report(Match { owner, role, too_long: false, case, span }, pattern.max_chars);
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
