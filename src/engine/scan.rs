//! The matches of one line.

use crate::text::{Case, FoldBuffer, LINE_LIMIT, chars, fold};

use super::compiled::Engine;
use super::ends::beginnings::MayBe;
use super::patterns::opening::LineOpening;
use super::patterns::pattern::{Folded, PatternRole};
use super::patterns::placeholders::number_ends;
use super::purpose::Purpose;
use super::tables::{LONG_LINE, NO_TEXT_BYTES, Tables};

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
        let ScanScratch { folded } = scratch;
        let inside = self.tables.inside(raw, purpose);
        if inside.is_none() && raw.len() > LONG_LINE && !self.tables.may_match_at_ends(raw, folded) {
            return;
        }
        fold(raw, Case::Folded, folded);
        if folded.text().is_empty() {
            return;
        }
        let line = Folded::new(folded.text());
        let may_be = self.tables.may_be(folded, line);
        let mut scan = LineScan { tables: &self.tables, raw, line, purpose, chars: None, found: &mut found };
        scan.whole_and_tail(may_be);
        let begins_with_word = scan.head(may_be);
        if let Some(texts) = inside {
            texts.candidates(folded, |pattern, at| scan.try_pattern(pattern, at));
        }
        if begins_with_word {
            scan.vocabularies();
        }
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
    fn whole_and_tail(&mut self, may_be: MayBe) {
        let (tables, line) = (self.tables, self.line);
        let (start, end) = line.core;
        if may_be.whole {
            tables.whole.candidates(&line.text[start..end], |pattern| self.try_pattern(pattern, start));
        }
        tables.tails.candidates(&line.text[..line.tail], |pattern| {
            // A text that is too long for the line has no place in it: it is not confirmed.
            let start = line.tail.saturating_sub(tables.patterns.get(pattern).fixed_len());
            self.try_pattern(pattern, start);
        });
    }

    /// What goes by the line's head. Whether the line begins with a word of a vocabulary.
    fn head(&mut self, may_be: MayBe) -> bool {
        let (tables, line) = (self.tables, self.line);
        let text = &line.text[line.head..];
        let mut begins_with_word = false;
        tables.heads.candidates_if(
            text,
            || may_be.long_head,
            |pattern| match pattern.checked_sub(tables.patterns.len()) {
                None => self.try_pattern(pattern, line.head),
                Some(word) => begins_with_word |= tables.vocabularies.begins_with(text, word as usize),
            },
        );
        if LineOpening::Number.may_begin(text) {
            for end in number_ends(line.text, line.head) {
                tables.after_numbers.candidates(&line.text[end..], |pattern| self.try_pattern(pattern, line.head));
            }
        }
        if self.raw.len() <= NO_TEXT_BYTES && tables.no_text_opens.may_begin(text) {
            tables.no_text.iter().for_each(|&pattern| self.try_pattern(pattern, 0));
        }
        begins_with_word
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
