//! What one round of decisions knows: the window, what was found in it, which lines stand, and which are taken.

use std::collections::HashMap;
use std::ops::Range;

use crate::engine::{Engine, PatternRole, Purpose};
use crate::pack::{Rule, RuleId};
use crate::text::Window;

use super::known_items::KnownItems;
use super::scan::Scan;
use super::shape::Trait;
use super::standing::{StandingLine, StandingLines};
use super::surroundings::Setting;
use super::taken::{Cause, How, TakenLines};
use super::weighed::Weighed;
use super::written::WrittenText;

/// The bundle that each step gets. A *line* is a number among the window's lines that are not blank; a *position* counts
/// those that stood when the round began.
#[derive(Debug)]
pub(super) struct Round<'r> {
    pub(super) engine: &'r Engine,
    /// What is seen of it, where it has markup.
    pub(super) window: &'r Window<'r>,
    pub(super) written: WrittenText<'r>,
    pub(super) purpose: Purpose,
    pub(super) scan: &'r mut Scan,
    pub(super) standing: &'r mut StandingLines,
    pub(super) taken: &'r mut TakenLines,
    pub(super) known_items: &'r mut KnownItems,
    /// What the evidence about each line was worth when it was last looked at, for explanations.
    pub(super) weighed: &'r mut HashMap<u32, Weighed>,
}

impl Round<'_> {
    /// Begins a phase with the lines that stand, as if the text held only them; some of them may have been taken before.
    pub(super) fn begin_phase(&mut self, some_were_taken: bool) {
        self.taken.begin_phase();
        self.known_items.clear();
        if some_were_taken {
            self.scan.forget_languages();
        }
    }

    /// Finds out which lines stand now, and what is known of them.
    pub(super) fn begin(&mut self) {
        self.scan.find_marks(self.window, self.written);
        self.scan.find_languages(self.engine, self.window, self.taken);
        self.standing.refresh(self.engine, self.window, self.scan, self.taken);
    }

    /// What is left of the line at that position, without terminator.
    pub(super) fn text(&self, position: usize) -> &[u8] {
        self.scan.text(self.window, self.standing.lines[position])
    }

    /// What is known of the line at that position.
    pub(super) fn line(&self, position: usize) -> StandingLine {
        self.standing.line(position)
    }

    /// How many lines stood when the round began.
    pub(super) fn count(&self) -> usize {
        self.standing.lines.len()
    }

    /// Whether the line at that position was taken in this round.
    pub(super) fn is_taken(&self, position: usize) -> bool {
        self.taken.holds(self.standing.lines[position])
    }

    pub(super) fn rule(&self, id: RuleId) -> &Rule {
        self.engine.rule(id)
    }

    /// The rule that is named for the line at that position, which `decided` takes: another one that does the same may be
    /// of a pack that fits the document better.
    pub(super) fn named(&self, position: usize, decided: RuleId) -> RuleId {
        if !self.line(position).has_several {
            return decided;
        }
        let others = self.scan.matches_in(self.standing.lines[position]).iter().filter(|found| {
            found.role == PatternRole::Line
                && !found.too_long
                && self.engine.traits(found.rule).acts_like(self.engine.traits(decided))
                && self.scan.counts(self.engine, found.rule, found.role)
                && self.standing.in_range(self.engine, self.window, found.rule, position)
        });
        let languages = || self.scan.languages_for_names(self.window, self.taken);
        self.engine.named(others.map(|found| found.rule), languages).unwrap_or(decided)
    }

    /// What the lines around the one at that position make of it, whether a rule matches it or not.
    pub(super) fn setting(&self, position: usize) -> Option<Setting> {
        self.standing.setting(self.window, self.scan, position)
    }

    /// Whether what is left of the line at that position shows that of itself.
    #[inline]
    pub(super) fn shows(&self, position: usize, shown: Trait) -> bool {
        self.scan.shape(self.window, self.standing.lines[position]).shows(shown)
    }

    /// Where a line stands as it is written, with its terminator and what goes with it, in bytes of the window.
    pub(super) fn written_span(&self, line: u32) -> Range<usize> {
        let own = self.scan.lines[line as usize];
        let Some(visible) = self.written.visible else { return own.start as usize..own.end as usize };
        let first = self.scan.written_line(line);
        let others = visible.lines()[first + 1..].iter().take_while(|line| line.joined_to_previous());
        let last = others.last().unwrap_or(&visible.lines()[first]);
        visible.lines()[first].raw_start as usize..last.raw_end as usize
    }

    /// Whether markup says that of the line at that position.
    pub(super) fn shows_of_markup(&self, position: usize, shown: Trait) -> bool {
        self.scan.marks(self.standing.lines[position]).shows(shown)
    }

    /// Whether the window is a whole document without any sentence.
    pub(super) fn is_list(&self) -> bool {
        self.standing.surroundings.is_list(self.window)
    }

    /// Takes lines for one cause that they share.
    pub(super) fn take(&mut self, positions: Range<usize>, rule: RuleId, how: How) {
        self.taken.take(&self.standing.lines[positions], Cause { rule, how });
    }
}
