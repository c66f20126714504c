//! What became of each line that a pattern matches, and why.

use std::collections::HashMap;
use std::ops::Range;

use crate::engine::PatternRole;
use crate::pack::RuleId;
use crate::text::{Line, Window, trim_terminator};

use super::blocks::{self, Refusal};
use super::removals::{self, Removal};
use super::round::Round;
use super::scan::{LineMatch, Scan};
use super::subject;
use super::surroundings::Setting;
use super::taken::How;
use super::weighed::Weighed;

/// What became of a document, line by line; see [`Cleaner::explain`](super::Cleaner::explain).
#[derive(Clone, Default, Debug)]
pub struct Explanation {
    lines: Vec<ExplainedLine>,
    removals: Vec<Removal>,
    /// Line feeds in the document's first `counted` bytes.
    line_feeds: usize,
    counted: usize,
}

/// A line that a pattern matches, or that is removed.
#[derive(Clone, Debug)]
pub struct ExplainedLine {
    /// Its number in the document, from 1; blank lines count.
    pub number: usize,
    /// Its bytes in the document, without terminator.
    pub span: Range<usize>,
    /// What became of it.
    pub verdict: Verdict,
    /// What the evidence about it is worth, where evidence may decide on it: rules take something of the document, and nothing
    /// protects the line.
    pub evidence: Option<Weighed>,
}

/// What became of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is removed, or what this removal names is cut out of it.
    Gone(Removal),
    /// It stays; each rule that nearly took it, and why it did not.
    Stays(Vec<Near>),
}

/// A rule that nearly took a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Near {
    /// The rule.
    pub rule: RuleId,
    /// Why it did not.
    pub reason: Reason,
}

/// Why a rule did not take a line that it matches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The rule is weak, and the line is not in a run of lines that rules match.
    NotInARun,
    /// The line has more characters than the rule allows.
    TooLong,
    /// The line is not among the first or last lines that the rule asks for.
    OutOfRange,
    /// That keep-rule protects the line, or a line of the block.
    KeptBy(RuleId),
    /// The block's other end does not come within its `max-lines`.
    NotClosed,
    /// Line so-and-so of the block is longer than its `max-inner-chars`, and no rule matches it.
    LongLineInside(usize),
    /// The rule's pack is for other sites, and no signature activated it.
    PackInactive,
    /// The rule is weak, and its pack is for other languages than the document's.
    OtherLanguage,
    /// The line, or that line of the block, stands among code.
    InCode(usize),
    /// The rule is weak, and a line ending in a colon introduces the list in which the line stands.
    Introduced,
    /// The line may be the document's title, or the document is about what the line names.
    OfTheText,
    /// The lines around it and its form show that it is content.
    Evidence,
}

impl Explanation {
    /// The lines in question, in the order of the document.
    pub fn lines(&self) -> &[ExplainedLine] {
        &self.lines
    }

    /// What is removed; the same as [`Cleaned::removals`](super::Cleaned::removals).
    pub fn removals(&self) -> &[Removal] {
        &self.removals
    }
}

/// Adds what became of the lines of a window that begins at byte `base` of the document.
pub(super) fn add_window(round: &Round<'_>, document: &[u8], base: usize, explanation: &mut Explanation) {
    let Round { scan, taken, .. } = round;
    let first_removal = explanation.removals.len();
    removals::list(round, base, &mut explanation.removals);
    let refused: HashMap<(usize, RuleId), Refusal> =
        blocks::attempts(round).filter_map(|(at, rule, result)| Some(((at, rule), result.err()?))).collect();
    // Lines that passed between the windows count too.
    let line_feeds_before = explanation.line_feeds + line_feeds(&document[explanation.counted..base]);
    let numbers = line_numbers(round.window, scan, line_feeds_before);
    let misses = Misses { round, refused, numbers };
    let mut rest = &explanation.removals[first_removal..];
    for line in 0..scan.lines.len() as u32 {
        let own = round.written_span(line);
        let (start, end) = (own.start + base, own.end + base);
        while rest.first().is_some_and(|removal| removal.span.end <= start) {
            rest = &rest[1..];
        }
        let touched = rest.first().filter(|removal| removal.span.start < end);
        let weighed = round.weighed.get(&line);
        let verdict = match touched {
            Some(removal) if taken.holds(line) || scan.cut_line(line).is_some() => Verdict::Gone(removal.clone()),
            _ => match misses.of_line(line) {
                near if near.is_empty() && !weighed.is_some_and(is_near) => continue,
                near => Verdict::Stays(near),
            },
        };
        let span = start..start + trim_terminator(&round.written.text[own]).len();
        let evidence = weighed.filter(|_| !by_another_rule(&verdict)).cloned();
        explanation.lines.push(ExplainedLine { number: misses.numbers[line as usize], span, verdict, evidence });
    }
    explanation.line_feeds = line_feeds_before + line_feeds(round.written.text);
    explanation.counted = base + round.written.text.len();
}

/// A line that no rule takes is shown where so many points more would have taken it.
const NEARLY: i32 = 20;

fn is_near(weighed: &Weighed) -> bool {
    weighed.is_given_back() || weighed.missing().is_some_and(|missing| missing <= NEARLY)
}

/// Whether a rule took the line, and evidence had nothing to say about it.
fn by_another_rule(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Gone(removal) if removal.how != How::Evidence)
}

/// The number in the document, from 1, of each line of the window that is not blank.
fn line_numbers(window: &Window<'_>, scan: &Scan, before: usize) -> Vec<usize> {
    let (mut number, mut at) = (before + 1, 0);
    let of_line = |line: &Line| {
        number += line_feeds(&window.text[at..line.start as usize]);
        at = line.start as usize;
        number
    };
    scan.lines.iter().map(of_line).collect()
}

fn line_feeds(text: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', text).count()
}

/// What nearly was removed.
struct Misses<'r> {
    round: &'r Round<'r>,
    refused: HashMap<(usize, RuleId), Refusal>,
    /// Of each line that is not blank.
    numbers: Vec<usize>,
}

impl Misses<'_> {
    fn of_line(&self, line: u32) -> Vec<Near> {
        let Ok(position) = self.round.standing.lines.binary_search(&line) else { return Vec::new() };
        let start = self.round.scan.matches.partition_point(|found| found.line < line);
        let matches = self.round.scan.matches[start..].iter().take_while(|found| found.line == line);
        let mut near: Vec<Near> = matches
            .filter_map(|found| Some(Near { rule: found.rule, reason: self.reason(position, found)? }))
            .collect();
        near.sort_unstable_by_key(|near| near.rule);
        near.dedup();
        near
    }

    fn reason(&self, position: usize, found: &LineMatch) -> Option<Reason> {
        let kept = self.round.line(position).kept;
        let rule = self.round.rule(found.rule);
        if matches!(found.role, PatternRole::Keep | PatternRole::Signature) {
            return None;
        }
        if !self.round.scan.counts(self.round.engine, found.rule, found.role) {
            let is_foreign = self.round.scan.is_foreign(self.round.engine, found.rule, found.role);
            return Some(if is_foreign { Reason::OtherLanguage } else { Reason::PackInactive });
        }
        if found.too_long {
            return Some(Reason::TooLong);
        }
        if !self.round.standing.in_range(self.round.engine, self.round.window, found.rule, position) {
            return Some(Reason::OutOfRange);
        }
        if let Some(keep) = kept {
            return Some(Reason::KeptBy(keep));
        }
        let line = self.round.standing.lines[position];
        if self.round.weighed.get(&line).is_some_and(Weighed::is_given_back) {
            return Some(Reason::Evidence);
        }
        let may_be_title = position == 0 && subject::may_be_title(self.round);
        match (found.role, self.round.line(position).setting) {
            (_, Some(Setting::Code)) => return Some(Reason::InCode(self.number(position))),
            (PatternRole::Line, Some(Setting::Introduced)) if rule.is_weak() => return Some(Reason::Introduced),
            _ => {}
        }
        match found.role {
            PatternRole::Line if rule.is_weak() && !may_be_title => Some(Reason::NotInARun),
            PatternRole::Line => Some(Reason::OfTheText),
            PatternRole::From | PatternRole::To => self.refusal(position, found.rule),
            PatternRole::Cut | PatternRole::Keep | PatternRole::Signature => None,
        }
    }

    fn number(&self, position: usize) -> usize {
        self.numbers[self.round.standing.lines[position] as usize]
    }

    fn refusal(&self, position: usize, rule: RuleId) -> Option<Reason> {
        Some(match self.refused.get(&(position, rule))? {
            Refusal::NotClosed => Reason::NotClosed,
            Refusal::Kept(keep) => Reason::KeptBy(*keep),
            Refusal::Code(at) => Reason::InCode(self.number(*at)),
            Refusal::LongLine(at) => Reason::LongLineInside(self.number(*at)),
        })
    }
}
