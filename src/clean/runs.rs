//! Runs: rows of neighbouring lines that each match a rule. In them weak rules are safe.

use std::ops::Range;

use crate::engine::Engine;
use crate::text::Window;

use super::fates::{Cause, Fates, How};
use super::reading::Reading;
use super::view::{Facts, View};
use super::{shape, subject};

/// A run of so many lines goes even if all its rules are weak.
const LONG_RUN: usize = 3;

/// Takes lines of strong rules wherever they stand, and lines of weak ones in company.
pub(super) fn take(engine: &Engine, window: &Window<'_>, reading: &Reading, view: &View, fates: &mut Fates) {
    let text = |position: usize| reading.text(window, view.lines[position]);
    let subject = subject::subject(engine, window, view);
    for run in runs(view, fates) {
        if !goes(engine, (window, reading), view, fates, &run) {
            continue;
        }
        let is_weak = run.clone().all(|position| !is_certain(view, fates, position));
        if is_weak && subject::is_spoken_of(window, reading, view, &run, run.clone().map(text)) {
            continue;
        }
        for position in run {
            let (rule, how) = match view.facts(position) {
                facts if !facts.is_matched() => continue,
                Facts { strong: Some(rule), .. } => (rule, How::Line),
                Facts { weak: Some(rule), .. } => (rule, How::Company),
                _ => continue,
            };
            let is_about = |subject| subject::is_about(text(position), engine.rule(rule).kind(), subject);
            if !subject.is_some_and(is_about) {
                fates.take(&view.lines[position..=position], Cause { rule, how });
            }
        }
    }
}

/// Rows of neighbouring lines that match or go already, around those that match.
fn runs(view: &View, fates: &Fates) -> Vec<Range<usize>> {
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

fn goes(
    engine: &Engine,
    (window, reading): (&Window<'_>, &Reading),
    view: &View,
    fates: &Fates,
    run: &Range<usize>,
) -> bool {
    if run.clone().any(|position| is_certain(view, fates, position)) {
        return true;
    }
    // Where nothing is a sentence, a list of words cannot be told from chrome.
    if window.opens && window.closes && view.surroundings.is_list() {
        return false;
    }
    let touches_start = window.opens && run.start == 0 && !subject::may_be_title(engine, window, view, run);
    let touches_end = window.closes && run.end == view.lines.len() && !is_last_sentence(window, reading, view, run);
    run.len() >= LONG_RUN || touches_start || touches_end
}

/// Whether the run is one sentence: a text may end with it.
fn is_last_sentence(window: &Window<'_>, reading: &Reading, view: &View, run: &Range<usize>) -> bool {
    run.len() == 1 && shape::is_sentence(reading.text(window, view.lines[run.start]))
}

/// Whether the line goes whatever stands beside it.
fn is_certain(view: &View, fates: &Fates, position: usize) -> bool {
    view.facts(position).strong.is_some() || fates.is_taken(view.lines[position])
}
