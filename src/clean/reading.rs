//! What was read of a window: its lines, the matches in them, and which packs they woke.

use std::ops::Range;

use crate::engine::{Engine, Found, Reach, Role, ScanScratch, Wakefulness};
use crate::pack::RuleId;
use crate::text::{Line, LineScanner, Window};

use super::fates::Fates;
use super::menus::{self, KnownItems};
use super::spoken::Spoken;

/// A rule's pattern stands in a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineMatch {
    pub(super) line: u32,
    pub(super) rule: RuleId,
    pub(super) role: Role,
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
    pub(super) gone: Vec<(Range<usize>, RuleId)>,
}

/// Whether a line may be an item of a menu, judged while it is at hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    Item,
    Prose,
    /// Not judged as yet: few lines are asked for it.
    Unknown,
}

/// Lines that are not blank, with what stands in them. Used again from window to window.
#[derive(Default, Debug)]
pub(super) struct Reading {
    pub(super) lines: Vec<Line>,
    shapes: Vec<Shape>,
    /// By line, and in no order within one.
    pub(super) matches: Vec<LineMatch>,
    /// Lines that look like a menu.
    pub(super) inline_menus: Vec<u32>,
    /// What went in menus so far.
    pub(super) known_items: KnownItems,
    /// By line.
    pub(super) cut_lines: Vec<CutLine>,
    packs: Vec<Wakefulness>,
    spoken: Spoken,
    scratch: ScanScratch,
}

impl Reading {
    /// Reads a window, which replaces what was read before.
    pub(super) fn read(&mut self, engine: &Engine, window: &Window<'_>, reach: Reach) {
        self.lines.clear();
        self.shapes.clear();
        self.matches.clear();
        self.inline_menus.clear();
        self.known_items.clear();
        self.cut_lines.clear();
        self.spoken.clear();
        engine.awakening().begin(window.site, &mut self.packs);
        for line in LineScanner::new(window.text) {
            let number = self.lines.len() as u32;
            let text = line.text(window.text);
            let matches_before = self.matches.len();
            self.scan(engine, number, text, reach);
            self.lines.push(line);
            self.shapes.push(match () {
                () if menus::is_plainly_prose(text) => Shape::Prose,
                () if self.matches.len() == matches_before => Shape::Unknown,
                () if menus::is_item(text) => Shape::Item,
                () => Shape::Prose,
            });
        }
    }

    /// Whether what is left of a line may be an item of a menu.
    pub(super) fn is_item(&self, window: &Window<'_>, line: u32) -> bool {
        match self.shapes[line as usize] {
            Shape::Item => true,
            Shape::Prose => false,
            Shape::Unknown => menus::is_item(self.text(window, line)),
        }
    }

    /// Whether a blank line stands between two lines that stand side by side. What went between them leaves one where
    /// one stood before it or behind it, so that this is the same when the text is cleaned again.
    pub(super) fn is_parted(&self, line: u32, next: u32) -> bool {
        let (line, next) = (line as usize, next as usize);
        self.lines[line].end != self.lines[line + 1].start || self.lines[next - 1].end != self.lines[next].start
    }

    fn scan(&mut self, engine: &Engine, line: u32, text: &[u8], reach: Reach) {
        let Reading { matches, inline_menus, packs, scratch, .. } = self;
        if engine.menu_rule().is_some() && !menus::is_plainly_prose(text) && menus::is_inline(text) {
            inline_menus.push(line);
        }
        engine.scan_line(behind_nested_mark(text), reach, scratch, |found| match found.role {
            Role::Signature => {
                if !found.too_long {
                    engine.awakening().found_signature(found.owner, packs);
                }
            }
            role => {
                let rule = RuleId::new(found.owner);
                // A pack that sleeps now is not woken any more; of sites there may be a hundred thousand.
                let sleeps = || packs[engine.pack_of(rule)] == Wakefulness::Asleep;
                if reach == Reach::Explaining || !sleeps() {
                    matches.push(LineMatch { line, rule, role, too_long: found.too_long });
                }
            }
        });
    }

    /// Whether no match stands in a line that stays: then nothing more can go.
    pub(super) fn is_used_up(&self, fates: &Fates) -> bool {
        self.inline_menus.is_empty() && self.matches.iter().all(|found| fates.is_taken(found.line))
    }

    /// Tells the document's languages by the lines that stand, where that matters and may have changed.
    pub(super) fn tell_languages(&mut self, engine: &Engine, window: &Window<'_>, fates: &Fates) {
        let told_by = self.spoken.told_by();
        let holds =
            !told_by.is_empty() && self.cut_lines.is_empty() && !told_by.iter().any(|&line| fates.is_taken(line));
        let matters = |found: &LineMatch| engine.rule(found.rule).is_weak() && engine.asks_for_language(found.rule);
        if holds || !self.matches.iter().any(matters) {
            return;
        }
        let mut spoken = std::mem::take(&mut self.spoken);
        let standing = (0..self.lines.len() as u32).filter(|&line| !fates.is_taken(line));
        spoken.tell(standing.map(|line| (line, self.text(window, line))));
        self.spoken = spoken;
    }

    /// Whether the rule counts in the document so far.
    pub(super) fn counts(&self, engine: &Engine, rule: RuleId, role: Role) -> bool {
        match self.packs[engine.pack_of(rule)] {
            Wakefulness::Awake => !self.is_foreign(engine, rule, role),
            Wakefulness::OnGuard => role == Role::Keep,
            Wakefulness::Asleep => false,
        }
    }

    /// Whether the rule is weak and for other languages than the document's: its words may be ordinary ones there.
    pub(super) fn is_foreign(&self, engine: &Engine, rule: RuleId, role: Role) -> bool {
        role == Role::Line
            && engine.rule(rule).is_weak()
            && self.spoken.languages().is_some_and(|languages| engine.is_foreign(rule, languages))
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
                let whole = CutLine { line, pieces, text: Vec::new(), gone: Vec::new() };
                self.cut_lines.insert(at, whole);
                self.shapes[line as usize] = Shape::Unknown;
                at
            }
        };
        &mut self.cut_lines[at]
    }

    /// Reads lines again, given in order, after something was cut out of them.
    pub(super) fn read_again(&mut self, engine: &Engine, lines: &[u32], reach: Reach) {
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
            self.scan(engine, line, &text, reach);
            self.cut_line_mut(line).text = text;
        }
        // What was cut out may have stood before a menu, or within one that was known before.
        self.inline_menus.sort_unstable();
        self.inline_menus.dedup();
        self.matches.extend_from_slice(rest);
    }

    /// All places of a line's text where cuts of rules that count match.
    pub(super) fn cuts(&mut self, engine: &Engine, text: &[u8]) -> Vec<Found> {
        let mut cuts = Vec::new();
        engine.scan_line(text, Reach::Deciding, &mut self.scratch, |found| {
            if found.role == Role::Cut {
                cuts.push(found);
            }
        });
        cuts.retain(|found| self.counts(engine, RuleId::new(found.owner), Role::Cut));
        cuts
    }

    /// The rules that take `text` as if it were a line of its own.
    pub(super) fn rules_for_item(&mut self, engine: &Engine, text: &[u8]) -> Option<RuleId> {
        let mut rules: Vec<RuleId> = Vec::new();
        engine.scan_line(text, Reach::Deciding, &mut self.scratch, |found| {
            if found.role == Role::Line {
                rules.push(RuleId::new(found.owner));
            }
        });
        rules.into_iter().filter(|&rule| self.counts(engine, rule, Role::Line)).min()
    }
}

/// The text behind the "o " that text browsers and Inscriptis write before items of an inner list. A
/// sentence's "O" is a capital.
#[inline]
pub(super) fn behind_nested_mark(text: &[u8]) -> &[u8] {
    match text.trim_ascii_start() {
        [b'o', b' ', rest @ ..] => rest,
        _ => text,
    }
}
