//! The lines that still stand, as one round of decisions sees them.

use crate::engine::{Engine, Role};
use crate::pack::{Kind, RuleId};
use crate::text::Window;

use super::fates::Fates;
use super::reading::Reading;
use super::surroundings::{Setting, Standing, Surroundings};

/// What is known of one standing line.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Facts {
    /// The first strong rule that matches, and the first weak one.
    pub(super) strong: Option<RuleId>,
    pub(super) weak: Option<RuleId>,
    /// The rule that protects the line; then no other counts.
    pub(super) kept: Option<RuleId>,
    /// What the lines around it make of it.
    pub(super) setting: Option<Setting>,
    /// Whether a weak rule takes it for the name of an icon.
    pub(super) is_icon: bool,
    /// What a weak rule of a pack that counts in every document takes it for: the first one's kind.
    pub(super) kind: Option<Kind>,
}

impl Facts {
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
pub(super) struct View {
    /// The line at each position.
    pub(super) lines: Vec<u32>,
    /// For each position, which of the facts are its own.
    facts_at: Vec<u32>,
    /// Those of lines without a match, then those of lines with one, by position.
    facts: Vec<(usize, Facts)>,
    /// Openings and closings of blocks, by position.
    pub(super) openings: Vec<(usize, RuleId)>,
    pub(super) closings: Vec<(usize, RuleId)>,
    /// Positions where something can be cut.
    pub(super) cuts: Vec<usize>,
    pub(super) surroundings: Surroundings,
}

impl View {
    /// Forgets what was seen.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.facts_at.clear();
        self.facts.clear();
        self.openings.clear();
        self.closings.clear();
        self.cuts.clear();
        self.surroundings.clear();
    }

    /// Looks anew at what still stands.
    pub(super) fn refresh(&mut self, engine: &Engine, window: &Window<'_>, reading: &Reading, fates: &Fates) {
        self.clear();
        let lines = 0..reading.lines.len() as u32;
        match fates.taken() {
            0 => self.lines.extend(lines),
            _ => self.lines.extend(lines.filter(|&line| !fates.is_taken(line))),
        }
        self.facts_at.resize(self.lines.len(), 0);
        self.facts.push((usize::MAX, Facts::default()));
        let mut position = 0;
        for found in reading.matches.iter().filter(|found| !found.too_long) {
            while self.lines.get(position).is_some_and(|&line| line < found.line) {
                position += 1;
            }
            let stands = self.lines.get(position) == Some(&found.line);
            if stands
                && reading.counts(engine, found.rule, found.role)
                && self.in_range(engine, window, found.rule, position)
            {
                self.note(engine, position, found.rule, found.role);
            }
        }
        self.look_around(window, reading);
    }

    fn look_around(&mut self, window: &Window<'_>, reading: &Reading) {
        let View { lines, facts_at, facts, surroundings, .. } = self;
        let standing = Standing { window, reading, lines };
        let facts_of = |position: usize| facts[facts_at[position] as usize].1;
        let goes = |position| facts_of(position).is_matched() && facts_of(position).strong.is_some();
        surroundings.look(&standing, |position| facts_of(position).is_matched(), goes);
        for (position, facts) in facts.iter_mut().skip(1) {
            facts.setting = surroundings.setting(&standing, *position);
        }
    }

    /// What the lines around the one at that position make of it, whether a rule matches it or not.
    pub(super) fn setting(&self, window: &Window<'_>, reading: &Reading, position: usize) -> Option<Setting> {
        self.surroundings.setting(&Standing { window, reading, lines: &self.lines }, position)
    }

    /// What is known of the line at that position.
    pub(super) fn facts(&self, position: usize) -> Facts {
        self.facts[self.facts_at[position] as usize].1
    }

    /// The positions of lines that some rule would take if it could, in order.
    pub(super) fn matched(&self) -> impl Iterator<Item = usize> {
        self.facts.iter().filter(|(_, facts)| facts.is_matched()).map(|(position, _)| *position)
    }

    /// Whether a line at that position is among the first or last lines that the rule asks for.
    pub(super) fn in_range(&self, engine: &Engine, window: &Window<'_>, rule: RuleId, position: usize) -> bool {
        let rule = engine.rule(rule);
        let first = rule.first.is_none_or(|first| window.opens && position < first as usize);
        let last = rule.last.is_none_or(|last| window.closes && self.lines.len() - position <= last as usize);
        first && last
    }

    fn note(&mut self, engine: &Engine, position: usize, rule: RuleId, role: Role) {
        let facts = self.facts_mut(position);
        if role == Role::Line && engine.rule(rule).is_weak() {
            let kind = engine.rule(rule).kind();
            facts.is_icon |= kind == Some(Kind::Icons);
            facts.kind = facts.kind.or(kind.filter(|_| engine.always_counts(rule)));
        }
        let earlier = |slot: &mut Option<RuleId>| *slot = Some(slot.map_or(rule, |known| known.min(rule)));
        match role {
            Role::Line if engine.rule(rule).is_weak() => earlier(&mut facts.weak),
            Role::Line => earlier(&mut facts.strong),
            Role::Keep => earlier(&mut facts.kept),
            Role::From => self.openings.push((position, rule)),
            Role::To => self.closings.push((position, rule)),
            Role::Cut if self.cuts.last() != Some(&position) => self.cuts.push(position),
            Role::Cut | Role::Signature => {}
        }
    }

    fn facts_mut(&mut self, position: usize) -> &mut Facts {
        let at = &mut self.facts_at[position];
        if *at == 0 {
            *at = self.facts.len() as u32;
            self.facts.push((position, Facts::default()));
        }
        &mut self.facts[*at as usize].1
    }
}
