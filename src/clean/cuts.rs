//! Cuts: phrases that go out of a line whose rest stays.

use std::ops::Range;

use crate::engine::{Engine, Reach};
use crate::pack::RuleId;
use crate::text::{Window, folded_with_offsets, is_blank, trim_terminator};

use super::fates::{Cause, Fates, How};
use super::reading::Reading;
use super::surroundings::Setting;
use super::view::View;

/// Cuts what can be cut out of lines that stay, and says whether there was anything.
pub(super) fn take(
    engine: &Engine,
    window: &Window<'_>,
    reading: &mut Reading,
    view: &View,
    fates: &mut Fates,
    reach: Reach,
) -> bool {
    let mut any = false;
    let mut shorter = Vec::new();
    for &position in &view.cuts {
        let line = view.lines[position];
        let is_code = view.setting(window, reading, position) == Some(Setting::Code);
        if is_code || fates.is_taken(line) || view.facts(position).kept.is_some() {
            continue;
        }
        let text = reading.text(window, line).to_vec();
        let spans = spans_to_cut(engine, reading, &text);
        let Some(&(_, rule)) = spans.first() else { continue };
        any = true;
        cut(window, reading, line, &spans);
        if is_blank(reading.text(window, line)) {
            fates.take(&[line], Cause { rule, how: How::Cut });
        } else {
            shorter.push(line);
        }
    }
    reading.read_again(engine, &shorter, reach);
    any
}

/// What goes, in bytes of the line as it is left: in order, none over another.
fn spans_to_cut(engine: &Engine, reading: &mut Reading, text: &[u8]) -> Vec<(Range<usize>, RuleId)> {
    let mut spans: Vec<(Range<usize>, RuleId)> = Vec::new();
    for found in reading.cuts(engine, text) {
        let (folded, offsets) = folded_with_offsets(text, found.case);
        let (start, end) = found.span;
        let splits = |at: usize| at > 0 && at < folded.len() && offsets[at] == offsets[at - 1];
        // A match that ends within what one character folds to is none.
        if start < end && !splits(start) && !splits(end) {
            spans.push((offsets[start] as usize..offsets[end] as usize, RuleId::new(found.owner)));
        }
    }
    spans.sort_unstable_by_key(|(span, rule)| (span.start, std::cmp::Reverse(span.end), *rule));
    let mut after = 0;
    spans.retain(|(span, _)| {
        let free = span.start >= after;
        after = after.max(span.end);
        free
    });
    for (span, _) in &mut spans {
        *span = with_spaces(text, span.clone());
    }
    // Two cuts may claim the spaces between them.
    let mut after = 0;
    for (span, _) in &mut spans {
        span.start = span.start.max(after);
        after = span.end.max(span.start);
    }
    spans
}

/// Takes the spaces behind the span along if spaces or the line's start stand before it, and at the
/// line's end those before it: no double space is left, and none at the end.
fn with_spaces(text: &[u8], span: Range<usize>) -> Range<usize> {
    let space = |byte: &u8| matches!(byte, b' ' | b'\t');
    let before = text[..span.start].iter().rev().take_while(|byte| space(byte)).count();
    let after = text[span.end..].iter().take_while(|byte| space(byte)).count();
    if span.end + after == text.len() {
        span.start - before..text.len()
    } else if before > 0 || span.start == 0 {
        span.start..span.end + after
    } else {
        span
    }
}

/// Removes spans, given in bytes of the line as it is left, from its pieces.
fn cut(window: &Window<'_>, reading: &mut Reading, line: u32, spans: &[(Range<usize>, RuleId)]) {
    let cut_line = reading.cut_line_mut(line);
    let mut left = Vec::new();
    let mut at = 0;
    for piece in std::mem::take(&mut cut_line.pieces) {
        let mut from = piece.start;
        for (span, rule) in spans {
            let start = (piece.start + span.start.saturating_sub(at)).clamp(from, piece.end);
            let end = (piece.start + span.end.saturating_sub(at)).clamp(from, piece.end);
            if start < end {
                left.push(from..start);
                cut_line.gone.push((start..end, *rule));
                from = end;
            }
        }
        left.push(from..piece.end);
        at += piece.len();
    }
    left.retain(|piece| !piece.is_empty());
    let whole: Vec<u8> = left.iter().flat_map(|piece| &window.text[piece.clone()]).copied().collect();
    cut_line.text = trim_terminator(&whole).to_vec();
    cut_line.pieces = left;
}
