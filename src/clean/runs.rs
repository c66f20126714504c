//! Runs: rows of neighbouring lines that each match a rule. In them weak rules are safe.

use std::ops::Range;

use super::round::Round;
use super::shape::Trait;
use super::standing::StandingLine;
use super::subject;
use super::taken::How;

/// A run of so many lines goes even if all its rules are weak, unless it is one line again and again.
const LONG_RUN: usize = 3;

/// Takes lines of strong rules wherever they stand, and lines of weak ones in a run.
pub(super) fn take(round: &mut Round<'_>) {
    let subject = subject::subject(round);
    for run in all(round) {
        if !is_taken(round, &run) {
            continue;
        }
        for position in run {
            let (rule, how) = match round.line(position) {
                line if !line.is_matched() => continue,
                StandingLine { strong: Some(rule), .. } => (rule, How::Line),
                StandingLine { weak: Some(rule), .. } => (rule, How::Run),
                _ => continue,
            };
            let is_about = |subject| subject::is_about(round, position, round.engine.traits(rule).kind, subject);
            if !subject.is_some_and(is_about) {
                round.take(position..position + 1, round.named(position, rule), how);
            }
        }
    }
}

/// Runs of neighbouring lines that match or are taken already, around those that match.
fn all(round: &Round<'_>) -> Vec<Range<usize>> {
    // What is only a link stands beside chrome as chrome does, but does not go with it.
    let belongs = |position: usize| {
        round.line(position).is_matched()
            || round.is_taken(position)
            || round.shows_of_markup(position, Trait::OnlyLinks) && round.line(position).kept.is_none()
    };
    let mut runs: Vec<Range<usize>> = Vec::new();
    for position in round.standing.matched() {
        let covered = runs.last().map_or(0, |run| run.end);
        if position < covered {
            continue;
        }
        let start = (covered..position).rev().take_while(|&before| belongs(before)).last().unwrap_or(position);
        let end = (position + 1..round.count()).find(|&after| !belongs(after)).unwrap_or(round.count());
        runs.push(start..end);
    }
    runs
}

fn is_taken(round: &Round<'_>, run: &Range<usize>) -> bool {
    // Such a line is taken whatever stands beside it.
    let is_certain = |position: usize| round.line(position).strong.is_some() || round.is_taken(position);
    if run.clone().any(is_certain) {
        return true;
    }
    // Where nothing is a sentence, a list of words cannot be told from chrome.
    if round.is_list() {
        return false;
    }
    let touches_start = round.window.opens && run.start == 0 && !may_be_title(round, run);
    // A text may end with a sentence.
    let is_sentence = run.len() == 1 && round.shows(run.start, Trait::Sentence);
    let touches_end = round.window.closes && run.end == round.count() && !is_sentence;
    let is_long = run.len() >= LONG_RUN && !is_one(round, run);
    (touches_start || touches_end || is_long)
        && !subject::is_spoken_of(round, run, run.clone().map(|position| round.text(position)))
}

/// Whether the run is the title, which may stand there twice.
fn may_be_title(round: &Round<'_>, run: &Range<usize>) -> bool {
    subject::may_be_title(round) && is_one(round, run)
}

/// Whether all lines of the run are the same word or phrase; marks and case do not part them.
fn is_one(round: &Round<'_>, run: &Range<usize>) -> bool {
    let name = |position: usize| {
        let text = String::from_utf8_lossy(round.text(position)).to_lowercase();
        match text.trim_matches(|c: char| !c.is_alphanumeric()) {
            "" => text.trim().to_owned(),
            words => words.to_owned(),
        }
    };
    let first = name(run.start);
    run.clone().skip(1).all(|position| name(position) == first)
}
