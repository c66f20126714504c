//! Runs: rows of neighbouring lines that each match a rule. In them weak rules are safe.

use std::ops::Range;

use crate::engine::Engine;
use crate::pack::Kind;
use crate::text::Window;

use super::fates::{Cause, Fates, How};
use super::view::View;

/// A run of so many lines goes even if all its rules are weak.
const LONG_RUN: usize = 3;

/// Takes lines of strong rules wherever they stand, and lines of weak ones in company.
pub(super) fn take(engine: &Engine, window: &Window<'_>, view: &View, fates: &mut Fates) {
    for run in runs(view, fates) {
        if !goes(engine, window, view, fates, &run) {
            continue;
        }
        for position in run {
            let facts = view.facts(position);
            let (rule, how) = match (facts.strong, facts.weak) {
                (Some(rule), _) => (rule, How::Line),
                (None, Some(rule)) => (rule, How::Company),
                (None, None) => continue,
            };
            fates.take(&view.lines[position..=position], Cause { rule, how });
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

fn goes(engine: &Engine, window: &Window<'_>, view: &View, fates: &Fates, run: &Range<usize>) -> bool {
    let touches_start = window.opens && run.start == 0 && !may_be_title(engine, view, run);
    let touches_end = window.closes && run.end == view.lines.len();
    let certain = |position: usize| view.facts(position).strong.is_some() || fates.is_taken(view.lines[position]);
    run.len() >= LONG_RUN || touches_start || touches_end || run.clone().any(certain)
}

/// Whether the run is one name of a section or a page: above an article it may be the title.
fn may_be_title(engine: &Engine, view: &View, run: &Range<usize>) -> bool {
    let rule = view.facts(run.start).weak.map(|rule| engine.rule(rule));
    run.len() == 1 && rule.is_some_and(|rule| rule.kind() == Some(Kind::Navigation))
}
