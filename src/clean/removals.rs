//! From taken lines to removals: which bytes are removed, blank lines included.

use std::ops::Range;

use crate::pack::RuleId;

use super::round::Round;
use super::taken::{Cause, How};

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
    let Round { window, scan, taken, .. } = round;
    let Some(first) = scan.lines.first() else { return };
    let last_kept = (0..scan.lines.len() as u32).rev().find(|&line| !taken.holds(line));
    let end_of = |line: u32| scan.lines[line as usize].end as usize;
    // After this byte nothing stays, if the document ends here.
    let tail = match last_kept {
        _ if !window.closes => window.text.len() + 1,
        Some(line) if line as usize + 1 == scan.lines.len() => window.text.len() + 1,
        Some(line) => end_of(line),
        None => 0,
    };
    removals.reserve(taken.count());
    let mut out = RemovalList { round, base, removals, line: 0, joins: false };
    let mut blank_before = window.opens || first.start > 0;
    let mut previous_end = 0;
    for line in 0..scan.lines.len() as u32 {
        out.line = line;
        let Some(cause) = taken.cause(line) else {
            out.cuts_of_line();
            continue;
        };
        let (start, end) = (scan.lines[line as usize].start as usize, end_of(line));
        if let Some(before) = line.checked_sub(1).filter(|&before| !taken.holds(before)) {
            previous_end = end_of(before);
            blank_before = start > previous_end;
        }
        let gap_start = if previous_end >= tail { previous_end } else { start };
        let next = scan.lines.get(line as usize + 1).map_or(window.text.len(), |next| next.start as usize);
        let inside = next < window.text.len() && taken.share_a_cause(line, line + 1);
        let gap_goes = blank_before || inside || end >= tail && tail <= start;
        let gone_to = if gap_goes { next } else { end };
        out.joins = line > 0 && taken.share_a_cause(line - 1, line);
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
        let Some(cut) = self.round.scan.cut_line(self.line) else {
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
    fn cuts_of_line(&mut self) {
        let Some(cut) = self.round.scan.cut_line(self.line) else { return };
        let mut cuts = cut.spans.clone();
        cuts.sort_unstable_by_key(|(span, _)| span.start);
        for (span, rule) in cuts {
            self.push(span, Cause { rule, how: How::Cut });
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
