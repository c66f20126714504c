//! The scan of a window: its lines, the matches in them, and which packs are active.

use std::cell::Cell;
use std::ops::Range;

use crate::engine::{Activity, Candidates, Engine, Match, PatternRole, Purpose};
use crate::pack::RuleId;
use crate::text::{FoldedLine, FoldedLines, Languages, Line, Window, after_nested_mark};

use super::languages::DocumentLanguages;
use super::shape::{FEWEST_ITEMS, LineShape, each_separator, is_inline_menu, is_plainly_prose};
use super::taken::TakenLines;
use super::written::WrittenText;

/// A rule's pattern stands in a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineMatch {
    pub(super) line: u32,
    pub(super) rule: RuleId,
    pub(super) role: PatternRole,
    pub(super) too_long: bool,
}

/// A line of which something was cut out.
#[derive(Debug)]
pub(super) struct CutLine {
    pub(super) line: u32,
    /// What is left of it, in bytes of the window; the terminator belongs to the last piece.
    pub(super) pieces: Vec<Range<usize>>,
    /// The pieces' bytes without terminator.
    pub(super) text: Vec<u8>,
    /// What was cut, and by which rule.
    pub(super) spans: Vec<(Range<usize>, RuleId)>,
}

/// Lines that are not blank, with what stands in them. Used again from window to window.
#[derive(Default, Debug)]
pub(super) struct Scan {
    pub(super) lines: Vec<Line>,
    /// What each line shows of itself: marks are found when the first round begins, the rest when it is asked for.
    shapes: Vec<Cell<LineShape>>,
    /// Of each line as it is written, blank ones too, the number of the one that is seen of it: of text with markup.
    seen: Vec<Option<u32>>,
    /// The other way: by line.
    written: Vec<u32>,
    /// By line, and in no order within one.
    pub(super) matches: Vec<LineMatch>,
    /// Lines that look like a menu, in order.
    pub(super) inline_menus: Vec<u32>,
    /// By line.
    pub(super) cut_lines: Vec<CutLine>,
    packs: Vec<Activity>,
    languages: DocumentLanguages,
    folded: FoldedLines,
    candidates: Candidates,
}

impl Scan {
    /// Scans a window, which replaces what was scanned before.
    pub(super) fn read(&mut self, engine: &Engine, window: &Window<'_>, purpose: Purpose) {
        self.lines.clear();
        self.shapes.clear();
        self.seen.clear();
        self.written.clear();
        self.matches.clear();
        self.inline_menus.clear();
        self.cut_lines.clear();
        self.languages.clear();
        engine.activation().begin(window.site, &mut self.packs);
        let mut folded = std::mem::take(&mut self.folded);
        let mut at = 0;
        while at < window.text.len() {
            let block = next_block(&window.text[at..]);
            folded.read(block);
            let first = self.lines.len() as u32;
            let before = at as u32;
            let line = |line: &FoldedLine| Line { start: before + line.raw_start, end: before + line.raw_end };
            self.lines.extend(folded.lines().iter().map(line));
            self.note_matches(engine, (block, &folded), first, purpose);
            at += block.len();
        }
        self.folded = folded;
        if engine.menus().by_words().is_some() {
            self.find_inline_menus(window);
        }
    }

    /// Notes what stands in lines, of which the first one has that number.
    fn note_matches(&mut self, engine: &Engine, lines: (&[u8], &FoldedLines), first: u32, purpose: Purpose) {
        let Scan { matches, packs, candidates, .. } = self;
        engine.scan_lines(lines, purpose, candidates, |number, found| match found.role {
            PatternRole::Signature => {
                if !found.too_long {
                    engine.activation().found_signature(found.owner, packs);
                }
            }
            role => {
                let rule = RuleId::new(found.owner);
                // A pack that is inactive now is not activated any more; of sites there may be a hundred thousand.
                let is_inactive = || packs[engine.traits(rule).pack()] == Activity::Inactive;
                if purpose == Purpose::Explaining || !is_inactive() {
                    let line = first + number as u32;
                    matches.push(LineMatch { line, rule, role, too_long: found.too_long });
                }
            }
        });
    }

    fn find_inline_menus(&mut self, window: &Window<'_>) {
        let Scan { lines, inline_menus, .. } = self;
        // How many separators stand in a line says of nearly all lines that they are no menu.
        let (mut number, mut count) = (0, 0);
        each_separator(window.text, |at| {
            let Some(line) = lines.get(number).filter(|line| at < line.end as usize) else {
                number += lines[number..].partition_point(|line| line.end as usize <= at);
                count = 1;
                return;
            };
            count += 1;
            if count == FEWEST_ITEMS - 1 && is_menu(line.text(window.text)) {
                inline_menus.push(number as u32);
            }
        });
    }

    /// Finds the marks of each line, once.
    pub(super) fn find_marks(&mut self, window: &Window<'_>, written: WrittenText<'_>) {
        let markup_lines = written.visible.map_or(0, |visible| visible.lines().len());
        if self.shapes.len() == self.lines.len() && self.seen.len() == markup_lines {
            return;
        }
        let marks = |line: &Line| LineShape::of_marks(line.text(window.text));
        match written.visible {
            None => self.shapes.extend(self.lines.iter().map(|line| Cell::new(marks(line)))),
            Some(visible) => {
                for marked in visible.lines() {
                    let number = self.shapes.len();
                    let line = self.lines.get(number).filter(|line| (marked.start..marked.end).contains(&line.start));
                    self.written.extend(line.map(|_| self.seen.len() as u32));
                    self.seen.push(line.map(|_| number as u32));
                    self.shapes.extend(line.map(|line| Cell::new(marks(line).of_markup(marked))));
                }
            }
        }
    }

    /// The number of a line among those as they are written: of text with markup.
    pub(super) fn written_line(&self, line: u32) -> usize {
        self.written[line as usize] as usize
    }

    pub(super) fn has_markup(&self) -> bool {
        !self.seen.is_empty()
    }

    /// The line that is seen of the one of that number as it is written, where there is any.
    pub(super) fn seen_line(&self, written: usize) -> Option<u32> {
        self.seen[written]
    }

    /// The marks of what is left of a line.
    #[inline]
    pub(super) fn marks(&self, line: u32) -> LineShape {
        self.shapes[line as usize].get()
    }

    /// All that what is left of a line shows of itself.
    #[inline]
    pub(super) fn shape(&self, window: &Window<'_>, line: u32) -> LineShape {
        let shape = &self.shapes[line as usize];
        if !shape.get().is_known() {
            shape.set(shape.get().completed(self.text(window, line)));
        }
        shape.get()
    }

    /// Whether a blank line stands between two lines that stand side by side. What is removed between them leaves
    /// one where one stood before it or after it, so that this is the same when the text is cleaned again.
    pub(super) fn is_parted(&self, line: u32, next: u32) -> bool {
        let (line, next) = (line as usize, next as usize);
        self.lines[line].end != self.lines[line + 1].start || self.lines[next - 1].end != self.lines[next].start
    }

    /// Whether no match stands in a line that stays: then nothing more can be removed.
    pub(super) fn is_used_up(&self, taken: &TakenLines) -> bool {
        self.inline_menus.iter().all(|&line| taken.holds(line))
            && self.matches.iter().all(|found| taken.holds(found.line))
    }

    /// Forgets the document's languages: other lines may stand now.
    pub(super) fn forget_languages(&mut self) {
        self.languages.clear();
    }

    /// Finds out the document's languages by the lines that stand, where that matters and may have changed.
    pub(super) fn find_languages(&mut self, engine: &Engine, window: &Window<'_>, taken: &TakenLines) {
        let sample = self.languages.sample();
        let holds = !sample.is_empty() && self.cut_lines.is_empty() && !sample.iter().any(|&line| taken.holds(line));
        let matters = |found: &LineMatch| engine.traits(found.rule).asks_for_language();
        // Items of menus in a line are looked up when their menu is.
        if holds || self.inline_menus.is_empty() && !self.matches.iter().any(matters) {
            return;
        }
        let mut languages = std::mem::take(&mut self.languages);
        let standing = (0..self.lines.len() as u32).filter(|&line| !taken.holds(line));
        languages.find(standing.map(|line| (line, self.text(window, line))));
        self.languages = languages;
    }

    /// The document's languages where only the name of a rule depends on it.
    pub(super) fn languages_for_names(&self, window: &Window<'_>, taken: &TakenLines) -> Option<Languages> {
        let standing = (0..self.lines.len() as u32).filter(|&line| !taken.holds(line));
        self.languages.for_names(standing.map(|line| (line, self.text(window, line))))
    }

    /// The matches in a line.
    pub(super) fn matches_in(&self, line: u32) -> &[LineMatch] {
        let matches = &self.matches[self.matches.partition_point(|found| found.line < line)..];
        &matches[..matches.iter().take_while(|found| found.line == line).count()]
    }

    /// Whether the rule counts in the document so far.
    pub(super) fn counts(&self, engine: &Engine, rule: RuleId, role: PatternRole) -> bool {
        match self.packs[engine.traits(rule).pack()] {
            Activity::Active => !self.is_foreign(engine, rule, role),
            Activity::KeepOnly => role == PatternRole::Keep,
            Activity::Inactive => false,
        }
    }

    /// Whether the rule is weak and for other languages than the document's: its words may be ordinary ones there.
    pub(super) fn is_foreign(&self, engine: &Engine, rule: RuleId, role: PatternRole) -> bool {
        role == PatternRole::Line
            && self.languages.known().is_some_and(|languages| engine.traits(rule).is_foreign(languages))
    }

    /// What is left of a line, without terminator.
    pub(super) fn text<'r>(&'r self, window: &Window<'r>, line: u32) -> &'r [u8] {
        match self.cut_line(line) {
            Some(cut) => &cut.text,
            None => self.lines[line as usize].text(window.text),
        }
    }

    pub(super) fn cut_line(&self, line: u32) -> Option<&CutLine> {
        let at = self.cut_lines.binary_search_by_key(&line, |cut| cut.line).ok()?;
        Some(&self.cut_lines[at])
    }

    /// The cut line of that number, whole as yet if nothing was cut before.
    pub(super) fn cut_line_mut(&mut self, line: u32) -> &mut CutLine {
        let at = match self.cut_lines.binary_search_by_key(&line, |cut| cut.line) {
            Ok(at) => at,
            Err(at) => {
                let Line { start, end } = self.lines[line as usize];
                let pieces = std::iter::once(start as usize..end as usize).collect();
                let whole = CutLine { line, pieces, text: Vec::new(), spans: Vec::new() };
                self.cut_lines.insert(at, whole);
                at
            }
        };
        &mut self.cut_lines[at]
    }

    /// What is left of a line, after something was cut out of it.
    pub(super) fn set_text(&mut self, line: u32, text: &[u8], pieces: Vec<Range<usize>>) {
        let cut = self.cut_line_mut(line);
        cut.text = text.to_vec();
        cut.pieces = pieces;
        let shape = &self.shapes[line as usize];
        shape.set(shape.get().completed(text));
    }

    /// Whether what is left of a line are links alone.
    pub(super) fn set_only_links(&self, line: u32, only_links: bool) {
        let shape = &self.shapes[line as usize];
        shape.set(shape.get().with_only_links(only_links));
    }

    /// Scans lines again, given in order, after something was cut out of them.
    pub(super) fn read_again(&mut self, engine: &Engine, lines: &[u32], purpose: Purpose) {
        if lines.is_empty() {
            return;
        }
        let before = std::mem::take(&mut self.matches);
        let mut rest = before.as_slice();
        for &line in lines {
            let earlier = rest.partition_point(|found| found.line < line);
            self.matches.extend_from_slice(&rest[..earlier]);
            rest = &rest[rest.partition_point(|found| found.line <= line)..];
            let text = std::mem::take(&mut self.cut_line_mut(line).text);
            self.read_text(engine, line, &text, purpose);
            self.cut_line_mut(line).text = text;
        }
        // What was cut out may have stood before a menu, or within one that was known before.
        self.inline_menus.sort_unstable();
        self.inline_menus.dedup();
        self.matches.extend_from_slice(rest);
    }

    fn read_text(&mut self, engine: &Engine, line: u32, text: &[u8], purpose: Purpose) {
        if engine.menus().by_words().is_some() && is_menu(text) {
            self.inline_menus.push(line);
        }
        let text = after_nested_mark(text);
        let mut folded = std::mem::take(&mut self.folded);
        folded.read_one(text);
        self.note_matches(engine, (text, &folded), line, purpose);
        self.folded = folded;
    }

    /// All places of a line's text where cuts of rules that count match.
    pub(super) fn cuts(&mut self, engine: &Engine, text: &[u8]) -> Vec<Match> {
        let mut cuts = Vec::new();
        self.folded.read_one(text);
        engine.scan_lines((text, &self.folded), Purpose::Deciding, &mut self.candidates, |_, found| {
            if found.role == PatternRole::Cut {
                cuts.push(found);
            }
        });
        cuts.retain(|found| self.counts(engine, RuleId::new(found.owner), PatternRole::Cut));
        cuts
    }

    /// The rule that would take `text` as a line of its own; of several the one that is named.
    pub(super) fn rule_for_item(
        &mut self,
        engine: &Engine,
        window: &Window<'_>,
        taken: &TakenLines,
        text: &[u8],
    ) -> Option<RuleId> {
        let mut rules: Vec<RuleId> = Vec::new();
        self.folded.read_one(text);
        engine.scan_lines((text, &self.folded), Purpose::Deciding, &mut self.candidates, |_, found| {
            if found.role == PatternRole::Line {
                rules.push(RuleId::new(found.owner));
            }
        });
        rules.retain(|&rule| self.counts(engine, rule, PatternRole::Line));
        let first = engine.traits(rules.iter().copied().min()?);
        rules.retain(|&rule| engine.traits(rule).acts_like(first));
        engine.named(rules.iter().copied(), || self.languages_for_names(window, taken))
    }
}

/// Bytes that are scanned together: what is found out of them stays in the caches of a core.
const BLOCK_BYTES: usize = 128 << 10;

/// The first lines of a text that are scanned together.
fn next_block(text: &[u8]) -> &[u8] {
    let Some(first) = text.get(..BLOCK_BYTES) else { return text };
    let end = memchr::memrchr(b'\n', first).or_else(|| memchr::memchr(b'\n', text));
    end.map_or(text, |end| &text[..=end])
}

fn is_menu(text: &[u8]) -> bool {
    !is_plainly_prose(text) && is_inline_menu(text)
}
