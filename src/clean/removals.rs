//! From taken lines to removals: which bytes are removed, blank lines included.

use std::ops::Range;

use crate::pack::RuleId;

use super::round::Round;
use super::taken::{Cause, How};
use super::written_lines::{WrittenLine, WrittenLines};

/// A match that was accepted: what was removed, and which rule took it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Removal {
    /// The bytes of the document that were removed, with the blank lines that belong to them.
    pub span: Range<usize>,
    /// The rule that took them.
    pub rule: RuleId,
    /// In which way.
    pub how: How,
    /// For a menu, the rules whose matches are the evidence for it; else empty.
    pub evidence: Vec<RuleId>,
}

impl Removal {
    /// Whether it is for that cause: cuts of several rules may stand side by side.
    fn is_by(&self, cause: Cause) -> bool {
        (self.rule, self.how) == (cause.rule, cause.how)
    }
}

/// Lists the removals of a window, which begins at byte `base` of its document, in order.
pub(super) fn list(round: &Round<'_>, base: usize, removals: &mut Vec<Removal>) {
    let Round { window, taken, .. } = round;
    let lines = WrittenLines::of(round);
    if lines.len() == 0 || taken.count() == 0 && round.scan.cut_lines.is_empty() {
        return;
    }
    let text_len = round.written.text.len();
    let cause_of = |number: usize| lines.get(number).with.and_then(|line| taken.cause(line));
    let last_kept = (0..lines.len()).rev().find(|&number| cause_of(number).is_none());
    // After this byte nothing stays, if the document ends here.
    let tail = match last_kept {
        _ if !window.closes => text_len + 1,
        Some(number) if number + 1 == lines.len() => text_len + 1,
        Some(number) => lines.get(number).end,
        None => 0,
    };
    removals.reserve(taken.count());
    let mut out = RemovalList { round, base, removals, line: 0, joins: false };
    let mut blank_before = window.opens || lines.get(0).start > 0;
    let mut previous_end = 0;
    for number in 0..lines.len() {
        let written = lines.get(number);
        let (Some(line), Some(cause)) = (written.with, cause_of(number)) else {
            if let Some(line) = written.with {
                out.cuts_of_line(line);
            }
            continue;
        };
        let WrittenLine { start, end, .. } = written;
        if let Some(before) = number.checked_sub(1).filter(|&before| cause_of(before).is_none()) {
            previous_end = lines.get(before).end;
            blank_before = start > previous_end;
        }
        let gap_start = if previous_end >= tail { previous_end } else { start };
        let following = if number + 1 < lines.len() { Some(lines.get(number + 1)) } else { None };
        let next = following.map_or(text_len, |next| next.start);
        let shares = |other: Option<WrittenLine>| {
            other.and_then(|other| other.with).is_some_and(|other| taken.share_a_cause(line, other))
        };
        let inside = next < text_len && shares(following);
        let gap_goes = blank_before || inside || end >= tail && tail <= start;
        let gone_to = if gap_goes { next } else { end };
        out.line = line;
        out.joins = number > 0 && shares(Some(lines.get(number - 1)));
        out.whole_line(gap_start.min(start), start..end, gone_to, cause);
        blank_before |= next > end && !inside;
        previous_end = gone_to;
    }
}

struct RemovalList<'r> {
    round: &'r Round<'r>,
    base: usize,
    removals: &'r mut Vec<Removal>,
    /// The line that is looked at.
    line: u32,
    /// Whether the line is taken as part of the same block or menu as the one before it.
    joins: bool,
}

impl RemovalList<'_> {
    /// A line that is taken, with blank lines before it from `from` and after it up to `to`.
    fn whole_line(&mut self, from: usize, own: Range<usize>, to: usize, cause: Cause) {
        let cut = self.round.scan.cut_line(self.line);
        // Of markup more goes with a line than what is seen of it.
        let Some(cut) = cut.filter(|_| self.round.written.visible.is_none()) else {
            return self.push(from..to, cause);
        };
        // What was cut out before keeps its own rule; the rest of the line is taken by this one.
        let mut parts: Vec<(Range<usize>, Option<RuleId>)> =
            cut.spans.iter().map(|(span, rule)| (span.clone(), Some(*rule))).collect();
        parts.extend(cut.pieces.iter().map(|piece| (piece.clone(), None)));
        parts.sort_unstable_by_key(|(span, _)| span.start);
        if let Some((first, _)) = parts.first_mut() {
            first.start = from;
        }
        if let Some((last, _)) = parts.last_mut() {
            last.end = to.max(own.end);
        }
        for (span, rule) in parts {
            match rule {
                Some(rule) => self.push(span, Cause { rule, how: How::Cut }),
                None => self.push(span, cause),
            }
        }
    }

    /// What was cut out of a line that stays.
    fn cuts_of_line(&mut self, line: u32) {
        let Some(cut) = self.round.scan.cut_line(line) else { return };
        (self.line, self.joins) = (line, false);
        let mut cuts = cut.spans.clone();
        cuts.sort_unstable_by_key(|(span, _)| span.start);
        let seen: Vec<Range<usize>> = cuts.iter().map(|(span, _)| span.clone()).collect();
        for (spans, (_, rule)) in self.round.written.spans(&seen).into_iter().zip(cuts) {
            spans.into_iter().for_each(|span| self.push(span, Cause { rule, how: How::Cut }));
        }
    }

    /// Adds a removal, or makes the last one longer if both are one block or menu.
    fn push(&mut self, span: Range<usize>, cause: Cause) {
        let span = span.start + self.base..span.end + self.base;
        match self.removals.last_mut() {
            Some(last) if self.joins && last.span.end == span.start && last.is_by(cause) => last.span.end = span.end,
            _ => {
                let evidence = match cause.how {
                    How::Menu => self.round.taken.evidence(self.line).to_vec(),
                    _ => Vec::new(),
                };
                self.removals.push(Removal { span, rule: cause.rule, how: cause.how, evidence });
            }
        }
    }
}
