//! Runs: rows of neighbouring lines that each match a rule. In them weak rules are safe.

use std::ops::Range;

use crate::engine::Engine;
use crate::text::Window;

use super::fates::{Cause, Fates, How};
use super::reading::Reading;
use super::view::{Facts, View};
use super::{shape, subject};

/// A run of so many lines goes even if all its rules are weak, unless it is one line again and again.
const LONG_RUN: usize = 3;

/// Takes lines of strong rules wherever they stand, and lines of weak ones in company.
pub(super) fn take(engine: &Engine, window: &Window<'_>, reading: &Reading, view: &View, fates: &mut Fates) {
    let runs = Runs { window, reading, view };
    let subject = subject::subject(window, view);
    for run in runs.all(fates) {
        if !runs.goes(fates, &run) {
            continue;
        }
        for position in run {
            let (rule, how) = match view.facts(position) {
                facts if !facts.is_matched() => continue,
                Facts { strong: Some(rule), .. } => (rule, How::Line),
                Facts { weak: Some(rule), .. } => (rule, How::Company),
                _ => continue,
            };
            let is_about = |subject| subject::is_about(runs.text(position), engine.rule(rule).kind(), subject);
            if !subject.is_some_and(is_about) {
                fates.take(&view.lines[position..=position], Cause { rule, how });
            }
        }
    }
}

struct Runs<'r> {
    window: &'r Window<'r>,
    reading: &'r Reading,
    view: &'r View,
}

impl<'r> Runs<'r> {
    fn text(&self, position: usize) -> &'r [u8] {
        self.reading.text(self.window, self.view.lines[position])
    }

    /// Rows of neighbouring lines that match or go already, around those that match.
    fn all(&self, fates: &Fates) -> Vec<Range<usize>> {
        let view = self.view;
        let belongs = |position: usize| view.facts(position).is_matched() || fates.is_taken(view.lines[position]);
        let mut runs: Vec<Range<usize>> = Vec::new();
        for position in view.matched() {
            let covered = runs.last().map_or(0, |run| run.end);
            if position < covered {
                continue;
            }
            let start = (covered..position).rev().take_while(|&before| belongs(before)).last().unwrap_or(position);
            let end = (position + 1..view.lines.len()).find(|&after| !belongs(after)).unwrap_or(view.lines.len());
            runs.push(start..end);
        }
        runs
    }

    fn goes(&self, fates: &Fates, run: &Range<usize>) -> bool {
        let Runs { window, reading, view } = *self;
        // Such a line goes whatever stands beside it.
        let is_certain =
            |position: usize| view.facts(position).strong.is_some() || fates.is_taken(view.lines[position]);
        if run.clone().any(is_certain) {
            return true;
        }
        // Where nothing is a sentence, a list of words cannot be told from chrome.
        if view.surroundings.is_list(window) {
            return false;
        }
        let touches_start = window.opens && run.start == 0 && !self.may_be_title(run);
        // A text may end with a sentence.
        let is_sentence = run.len() == 1 && shape::is_sentence(self.text(run.start));
        let touches_end = window.closes && run.end == view.lines.len() && !is_sentence;
        let is_long = run.len() >= LONG_RUN && !self.is_one(run);
        (touches_start || touches_end || is_long)
            && !subject::is_spoken_of(window, reading, view, run, run.clone().map(|position| self.text(position)))
    }

    /// Whether the run is the title, which may stand there twice.
    fn may_be_title(&self, run: &Range<usize>) -> bool {
        subject::may_be_title(self.window, self.view) && self.is_one(run)
    }

    /// Whether all lines of the run are the same word or phrase; marks and case do not part them.
    fn is_one(&self, run: &Range<usize>) -> bool {
        let name = |position: usize| {
            let text = String::from_utf8_lossy(self.text(position)).to_lowercase();
            match text.trim_matches(|c: char| !c.is_alphanumeric()) {
                "" => text.trim().to_owned(),
                words => words.to_owned(),
            }
        };
        let first = name(run.start);
        run.clone().skip(1).all(|position| name(position) == first)
    }
}
