//! The lines that stand in one round of decisions, and what is known of them.

use crate::engine::{Engine, PatternRole};
use crate::pack::{Kind, RuleId};
use crate::text::Window;

use super::scan::Scan;
use super::surroundings::{Lines, Setting, Surroundings};
use super::taken::TakenLines;

/// What is known of one standing line.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct StandingLine {
    /// The first strong rule that matches, and the first weak one.
    pub(super) strong: Option<RuleId>,
    pub(super) weak: Option<RuleId>,
    /// Whether several rules match, so that one must be chosen to be named.
    pub(super) has_several: bool,
    /// The rule that protects the line; then no other counts.
    pub(super) kept: Option<RuleId>,
    /// What the lines around it make of it.
    pub(super) setting: Option<Setting>,
    /// Whether a weak rule takes it for the name of an icon.
    pub(super) is_icon: bool,
    /// What a weak rule of a pack that counts in every document takes it for: the first one's kind.
    pub(super) kind: Option<Kind>,
}

impl StandingLine {
    /// Whether some rule would take the line if it could.
    pub(super) fn is_matched(self) -> bool {
        match self.setting {
            _ if self.kept.is_some() => false,
            Some(Setting::Code) => false,
            Some(Setting::Introduced) => self.strong.is_some(),
            None => self.strong.is_some() || self.weak.is_some(),
        }
    }
}

/// The lines that still stand. A position counts them from 0.
#[derive(Default, Debug)]
pub(super) struct StandingLines {
    /// The line at each position.
    pub(super) lines: Vec<u32>,
    /// For each position, where in `known` its line is.
    known_at: Vec<u32>,
    /// A line without a match, which stands for all of them, then those with one, by position.
    known: Vec<(usize, StandingLine)>,
    /// Openings and closings of blocks, by position.
    pub(super) openings: Vec<(usize, RuleId)>,
    pub(super) closings: Vec<(usize, RuleId)>,
    /// Positions where something can be cut.
    pub(super) cuts: Vec<usize>,
    pub(super) surroundings: Surroundings,
}

impl StandingLines {
    /// Forgets all lines.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.known_at.clear();
        self.known.clear();
        self.openings.clear();
        self.closings.clear();
        self.cuts.clear();
        self.surroundings.clear();
    }

    /// Finds the lines that stand now, and what is known of them.
    pub(super) fn refresh(&mut self, engine: &Engine, window: &Window<'_>, scan: &Scan, taken: &TakenLines) {
        self.clear();
        let lines = 0..scan.lines.len() as u32;
        match taken.count() {
            0 => self.lines.extend(lines),
            _ => self.lines.extend(lines.filter(|&line| !taken.holds(line))),
        }
        self.known_at.resize(self.lines.len(), 0);
        self.known.push((usize::MAX, StandingLine::default()));
        let mut position = 0;
        for found in scan.matches.iter().filter(|found| !found.too_long) {
            while self.lines.get(position).is_some_and(|&line| line < found.line) {
                position += 1;
            }
            let stands = self.lines.get(position) == Some(&found.line);
            if stands
                && scan.counts(engine, found.rule, found.role)
                && self.in_range(engine, window, found.rule, position)
            {
                self.note(engine, position, found.rule, found.role);
            }
        }
        self.look_around(window, scan);
    }

    fn look_around(&mut self, window: &Window<'_>, scan: &Scan) {
        let StandingLines { lines, known_at, known, surroundings, .. } = self;
        let standing = Lines { window, scan, lines };
        let line = |position: usize| known[known_at[position] as usize].1;
        let goes = |position| line(position).is_matched() && line(position).strong.is_some();
        surroundings.look(standing, |position| line(position).is_matched(), goes);
        for (position, line) in known.iter_mut().skip(1) {
            line.setting = surroundings.setting(standing, *position);
        }
    }

    /// What the lines around the one at that position make of it, whether a rule matches it or not.
    pub(super) fn setting(&self, window: &Window<'_>, scan: &Scan, position: usize) -> Option<Setting> {
        self.surroundings.setting(Lines { window, scan, lines: &self.lines }, position)
    }

    /// What is known of the line at that position.
    pub(super) fn line(&self, position: usize) -> StandingLine {
        self.known[self.known_at[position] as usize].1
    }

    /// The positions of lines that some rule would take if it could, in order.
    pub(super) fn matched(&self) -> impl Iterator<Item = usize> {
        self.known.iter().filter(|(_, line)| line.is_matched()).map(|(position, _)| *position)
    }

    /// Whether a line at that position is among the first or last lines that the rule asks for.
    pub(super) fn in_range(&self, engine: &Engine, window: &Window<'_>, rule: RuleId, position: usize) -> bool {
        let rule = engine.traits(rule);
        let first = rule.first.is_none_or(|first| window.opens && position < first as usize);
        let last = rule.last.is_none_or(|last| window.closes && self.lines.len() - position <= last as usize);
        first && last
    }

    fn note(&mut self, engine: &Engine, position: usize, rule: RuleId, role: PatternRole) {
        let line = self.line_mut(position);
        let traits = engine.traits(rule);
        if role == PatternRole::Line && traits.is_weak {
            line.is_icon |= traits.kind == Some(Kind::Icons);
            line.kind = line.kind.or(traits.kind.filter(|_| traits.always_counts));
        }
        if role == PatternRole::Line {
            line.has_several |= line.strong.or(line.weak).is_some_and(|known| known != rule);
        }
        let earlier = |slot: &mut Option<RuleId>| *slot = Some(slot.map_or(rule, |known| known.min(rule)));
        match role {
            PatternRole::Line if traits.is_weak => earlier(&mut line.weak),
            PatternRole::Line => earlier(&mut line.strong),
            PatternRole::Keep => earlier(&mut line.kept),
            PatternRole::From => self.openings.push((position, rule)),
            PatternRole::To => self.closings.push((position, rule)),
            PatternRole::Cut if self.cuts.last() != Some(&position) => self.cuts.push(position),
            PatternRole::Cut | PatternRole::Signature => {}
        }
    }

    fn line_mut(&mut self, position: usize) -> &mut StandingLine {
        let at = &mut self.known_at[position];
        if *at == 0 {
            *at = self.known.len() as u32;
            self.known.push((position, StandingLine::default()));
        }
        &mut self.known[*at as usize].1
    }
}
