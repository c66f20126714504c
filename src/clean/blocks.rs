//! Blocks: from one line to another, taken whole or not at all.

use std::ops::Range;

use crate::pack::{Action, BlockClosing, BlockOpening, RuleId};
use crate::text::{self, chars};

use super::round::Round;
use super::surroundings::Setting;
use super::taken::How;

/// Why a block is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Refusal {
    /// Its closing does not come within its `max-lines`.
    NotClosed,
    /// The line at that position is longer than may be in it, and no rule matches it.
    LongLine(usize),
    /// The rule protects a line in it.
    Kept(RuleId),
    /// The line at that position stands among code.
    Code(usize),
}

/// Takes every block that can be taken. Each is looked at for itself, so that none hides another.
pub(super) fn take(round: &mut Round<'_>) {
    let found = attempts(round).filter_map(|(_, rule, result)| Some((rule, result.ok()?)));
    for (rule, positions) in found.collect::<Vec<_>>() {
        round.take(positions, rule, How::Block);
    }
}

/// Each place where a block might be taken, with its rule and what comes of it.
pub(super) fn attempts<'r>(
    round: &'r Round<'r>,
) -> impl Iterator<Item = (usize, RuleId, Result<Range<usize>, Refusal>)> + 'r {
    let blocks = Blocks { round };
    let opened = round.standing.openings.iter().map(move |&(at, rule)| (at, rule, blocks.opened_at(at, rule)));
    let from_start = round.standing.closings.iter().filter(move |(_, rule)| blocks.begins_at_start(*rule));
    opened.chain(from_start.map(move |&(at, rule)| (at, rule, blocks.closed_at(at, rule))))
}

#[derive(Clone, Copy)]
struct Blocks<'r> {
    round: &'r Round<'r>,
}

impl Blocks<'_> {
    fn begins_at_start(&self, rule: RuleId) -> bool {
        matches!(self.round.rule(rule).action, Action::Block { from: BlockOpening::Start, .. })
    }

    fn opened_at(&self, at: usize, id: RuleId) -> Result<Range<usize>, Refusal> {
        let Action::Block { to, max_lines, .. } = &self.round.rule(id).action else {
            return Err(Refusal::NotClosed);
        };
        let most = *max_lines as usize;
        self.unless_kept(at..at + 1)?;
        self.unless_code(at..at + 1)?;
        match to {
            BlockClosing::Lines(_) => {
                let after = self.round.standing.closings.partition_point(|(closing, _)| *closing <= at);
                let reachable =
                    self.round.standing.closings[after..].iter().take_while(|(closing, _)| *closing < at + most);
                let closing = reachable.into_iter().find(|(_, rule)| *rule == id);
                let (closing, _) = closing.ok_or(Refusal::NotClosed)?;
                self.unless_code(at..closing + 1)?;
                self.unless_kept(at..closing + 1)
            }
            BlockClosing::End => {
                let end = self.round.count();
                if !self.round.window.closes || end - at > most {
                    return Err(Refusal::NotClosed);
                }
                self.unless_kept(at..end)?;
                self.unless_code(at..end)?;
                self.unless_long(at + 1..end, id)?;
                Ok(at..end)
            }
            BlockClosing::Prose => {
                let limit = self.round.count().min(at + most);
                let ends = |position: &usize| {
                    self.round.line(*position).kept.is_some() || self.is_code(*position) || self.is_long(*position, id)
                };
                Ok(at..(at + 1..limit).find(ends).unwrap_or(limit))
            }
        }
    }

    fn closed_at(&self, closing: usize, id: RuleId) -> Result<Range<usize>, Refusal> {
        let Action::Block { max_lines, .. } = &self.round.rule(id).action else {
            return Err(Refusal::NotClosed);
        };
        if !self.round.window.opens || closing + 1 > *max_lines as usize {
            return Err(Refusal::NotClosed);
        }
        self.unless_kept(0..closing + 1)?;
        self.unless_code(0..closing + 1)?;
        self.unless_long(0..closing, id)?;
        Ok(0..closing + 1)
    }

    fn unless_kept(&self, positions: Range<usize>) -> Result<Range<usize>, Refusal> {
        match positions.clone().find_map(|position| self.round.line(position).kept) {
            Some(rule) => Err(Refusal::Kept(rule)),
            None => Ok(positions),
        }
    }

    fn unless_code(&self, mut positions: Range<usize>) -> Result<(), Refusal> {
        match positions.find(|&position| self.is_code(position)) {
            Some(position) => Err(Refusal::Code(position)),
            None => Ok(()),
        }
    }

    fn is_code(&self, position: usize) -> bool {
        self.round.setting(position) == Some(Setting::Code)
    }

    fn unless_long(&self, mut positions: Range<usize>, id: RuleId) -> Result<(), Refusal> {
        match positions.find(|&position| self.is_long(position, id)) {
            Some(position) => Err(Refusal::LongLine(position)),
            None => Ok(()),
        }
    }

    /// Whether the line is longer than a block may hold, and no rule matches it. Where the rule does not say how long
    /// that is, a sentence is a paragraph sooner than a headline is.
    fn is_long(&self, position: usize, id: RuleId) -> bool {
        let Action::Block { max_inner_chars: allowed, .. } = self.round.rule(id).action else { return false };
        let most = allowed.unwrap_or(text::LONGEST_IN_BOX) as usize;
        let text = self.round.text(position);
        let is_long = text.len() > most && chars(text) > most || allowed.is_none() && text::is_long_sentence(text);
        is_long && !self.round.line(position).is_matched()
    }
}
