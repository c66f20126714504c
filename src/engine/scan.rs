//! The matches of one line.

use crate::text::{Case, LINE_LIMIT, after_list_marks, before_decoration, fold};

use super::patterns::{CompiledPattern, Folded, Role};
use super::{Engine, Tables};

/// One pattern that stands in a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// The rule's index, or the pack's for a signature.
    pub(crate) owner: u32,
    pub(crate) role: Role,
    /// The line is longer than the rule allows.
    pub(crate) too_long: bool,
    /// How the line was folded in which `span` counts.
    pub(crate) case: Case,
    /// Where the pattern stands, from and to, in bytes of the folded line.
    pub(crate) span: (usize, usize),
}

/// How far a scan goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// What can lead to a removal.
    Deciding,
    /// Also patterns in lines that are too long for them, for explanations.
    Explaining,
}

/// Memory that scanning uses again from line to line.
#[derive(Default, Debug)]
pub(crate) struct ScanScratch {
    folded: Vec<u8>,
}

/// Lines of more bytes than this are first looked at by their edges alone.
const EDGES_ONLY_BYTES: usize = 512;
/// The bytes of each edge that are folded then.
const EDGE_BYTES: usize = 192;
/// An edge with less folded text than this, marks apart, does not speak for its line. Twice this
/// is the least that a long line's text then has, and the least length of texts that are looked up
/// by their heads rather than as a whole.
const EDGE_TEXT: usize = 48;

impl Engine {
    /// Calls `found` with each pattern that stands in the line, which has no terminator.
    pub(crate) fn scan_line(&self, raw: &[u8], reach: Reach, scratch: &mut ScanScratch, mut found: impl FnMut(Found)) {
        if raw.len() > LINE_LIMIT {
            return;
        }
        let folded = &mut scratch.folded;
        let inside = self.tables.looks_inside(raw.len(), reach);
        if raw.len() > EDGES_ONLY_BYTES && !inside && !self.tables.edges_may_match(raw, folded) {
            return;
        }
        fold(raw, Case::Folded, folded);
        if folded.is_empty() {
            return;
        }
        let mut scan =
            LineScan { tables: &self.tables, raw, line: Folded::new(folded), reach, chars: None, found: &mut found };
        scan.whole_and_edges();
        if inside {
            scan.inside();
        }
        scan.vocabularies();
    }
}

impl Tables {
    /// Whether inner texts are looked for in a line of so many bytes.
    fn looks_inside(&self, raw_len: usize, reach: Reach) -> bool {
        !self.anywhere.is_empty() || self.looks_inside_short(raw_len, reach)
    }

    fn looks_inside_short(&self, raw_len: usize, reach: Reach) -> bool {
        // A character takes at most four bytes; the exact count comes with a match.
        let may_be_short = raw_len / 4 <= self.short_limit as usize;
        !self.in_short.is_empty() && (may_be_short || reach == Reach::Explaining)
    }

    /// Whether the edges of a long line leave anything to be found in it.
    fn edges_may_match(&self, raw: &[u8], folded: &mut Vec<u8>) -> bool {
        let mut may_match = false;
        fold(&raw[..EDGE_BYTES], Case::Folded, folded);
        // The cut may have split a character, or a word of a vocabulary.
        folded.truncate(folded.len().saturating_sub(4));
        let head = &folded[after_list_marks(folded)..];
        if head.len() < EDGE_TEXT || self.vocabularies.may_match(folded, raw.len()) {
            return true;
        }
        self.heads.candidates(head, |_| may_match = true);
        fold(&raw[raw.len() - EDGE_BYTES..], Case::Folded, folded);
        let tail = &folded[..before_decoration(folded)];
        if tail.len() < EDGE_TEXT {
            return true;
        }
        self.tails.candidates(tail, |_| may_match = true);
        may_match
    }
}

struct LineScan<'s, F> {
    tables: &'s Tables,
    raw: &'s [u8],
    line: Folded<'s>,
    reach: Reach,
    /// Characters of the folded line, counted when first asked for.
    chars: Option<usize>,
    found: &'s mut F,
}

impl<F: FnMut(Found)> LineScan<'_, F> {
    fn whole_and_edges(&mut self) {
        let (tables, line) = (self.tables, self.line);
        let (start, end) = line.core;
        if let Some(first) = tables.whole.candidates(&line.text[start..end]) {
            self.follow(first, |_| start);
        }
        tables.heads.candidates(&line.text[line.head..], |first| self.follow(first, |_| line.head));
        tables.tails.candidates(&line.text[..line.tail], |first| {
            // A text that is too long for the line has no place in it: it is not confirmed.
            self.follow(first, |pattern| line.tail.saturating_sub(pattern.fixed_len()));
        });
        if self.raw.len() <= EDGES_ONLY_BYTES {
            tables.no_text.iter().for_each(|&pattern| self.try_pattern(pattern, 0));
        }
    }

    fn inside(&mut self) {
        let (tables, text) = (self.tables, self.line.text);
        tables.anywhere.candidates(text, |pattern, at| self.try_pattern(pattern, at));
        if tables.looks_inside_short(self.raw.len(), self.reach) {
            tables.in_short.candidates(text, |pattern, at| self.try_pattern(pattern, at));
        }
    }

    fn vocabularies(&mut self) {
        let text = self.line.text;
        if self.tables.vocabularies.may_match(text, text.len()) {
            self.tables.vocabularies.matches(text, |owner, max_chars| {
                self.report(
                    Found { owner, role: Role::Line, too_long: false, case: Case::Folded, span: (0, text.len()) },
                    max_chars,
                );
            });
        }
    }

    fn follow(&mut self, first: u32, hint: impl Fn(&CompiledPattern) -> usize) {
        let mut next = Some(first);
        while let Some(pattern) = next {
            let compiled = &self.tables.patterns[pattern as usize];
            self.try_pattern(pattern, hint(compiled));
            next = compiled.next;
        }
    }

    fn try_pattern(&mut self, pattern: u32, hint: usize) {
        let pattern = &self.tables.patterns[pattern as usize];
        if let Some(span) = pattern.confirm(self.line, self.raw, hint) {
            let (owner, role, case) = (pattern.owner, pattern.role, pattern.case());
            self.report(Found { owner, role, too_long: false, case, span }, pattern.max_chars);
        }
    }

    fn report(&mut self, found: Found, max_chars: Option<u32>) {
        let too_long = max_chars.is_some_and(|most| self.chars() > most as usize);
        if !too_long || self.reach == Reach::Explaining {
            (self.found)(Found { too_long, ..found });
        }
    }

    fn chars(&mut self) -> usize {
        let text = self.line.text;
        *self.chars.get_or_insert_with(|| text.iter().filter(|&&byte| byte & 0xC0 != 0x80).count())
    }
}
