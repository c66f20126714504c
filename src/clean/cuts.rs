//! Cuts: phrases that are cut out of a line whose rest stays.

use std::ops::Range;

use crate::pack::RuleId;
use crate::text::{Line, folded_with_offsets, is_blank, trim_terminator};

use super::round::Round;
use super::structure;
use super::surroundings::Setting;
use super::taken::How;

/// Cuts what can be cut out of lines that stay, and says whether there was anything.
pub(super) fn take(round: &mut Round<'_>) -> bool {
    let mut any = false;
    let mut shorter = Vec::new();
    for at in 0..round.standing.cuts.len() {
        let position = round.standing.cuts[at];
        let is_code = round.setting(position) == Some(Setting::Code);
        if is_code || round.is_taken(position) || round.line(position).kept.is_some() {
            continue;
        }
        let text = round.text(position).to_vec();
        let spans = spans_to_cut(round, &text);
        let Some(&(_, rule)) = spans.first() else { continue };
        let line = round.standing.lines[position];
        // No line of plain text is needed, so none is put together to see what would be left of it.
        if structure::is_seen_line_needed(round, line) && is_empty(round, &without(&text, &spans)) {
            continue;
        }
        any = true;
        cut(round, line, &spans);
        if is_empty(round, round.text(position)) {
            round.take(position..position + 1, rule, How::Cut);
        } else {
            shorter.push(line);
        }
    }
    round.scan.read_again(round.engine, &shorter, round.purpose);
    any
}

/// Whether nothing is left of a line, but for borders of cells where it has markup.
fn is_empty(round: &Round<'_>, text: &[u8]) -> bool {
    is_blank(text) || round.scan.has_markup() && text.iter().all(|byte| matches!(byte, b'|' | b' '))
}

/// What is left of a text without the spans, which are in order.
fn without(text: &[u8], spans: &[(Range<usize>, RuleId)]) -> Vec<u8> {
    let ends = spans.iter().map(|(span, _)| span.start).chain([text.len()]);
    let starts = [0].into_iter().chain(spans.iter().map(|(span, _)| span.end));
    starts.zip(ends).flat_map(|(start, end)| &text[start..end]).copied().collect()
}

/// What is cut, in bytes of the line as it is left: in order, none over another.
fn spans_to_cut(round: &mut Round<'_>, text: &[u8]) -> Vec<(Range<usize>, RuleId)> {
    let mut spans: Vec<(Range<usize>, RuleId)> = Vec::new();
    for found in round.scan.cuts(round.engine, text) {
        let (folded, offsets) = folded_with_offsets(text, found.case);
        let (start, end) = found.span;
        let splits = |at: usize| at > 0 && at < folded.len() && offsets[at] == offsets[at - 1];
        // A match that ends within what one character folds to is none.
        if start < end && !splits(start) && !splits(end) {
            spans.push((offsets[start] as usize..offsets[end] as usize, RuleId::new(found.owner)));
        }
    }
    let languages = if spans.len() > 1 { round.scan.languages_for_names(round.window, round.taken) } else { None };
    let name = |rule: RuleId| (round.engine.fit(rule, languages), rule);
    spans.sort_unstable_by_key(|(span, rule)| (span.start, std::cmp::Reverse(span.end), name(*rule)));
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

/// Takes the spaces after the span along if spaces or the line's start come before it, and at the line's end those
/// before it: no double space is left, and none at the end.
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

/// Leaves no borders of cells at the ends: they are not seen there.
fn without_outer_borders(text: &[u8], pieces: &mut [Range<usize>]) {
    let is_border = |at: usize| matches!(text[at], b'|' | b' ' | b'\r' | b'\n');
    for piece in pieces.iter_mut() {
        piece.start = piece.clone().find(|&at| !is_border(at)).unwrap_or(piece.end);
        if piece.start < piece.end {
            break;
        }
    }
    for piece in pieces.iter_mut().rev() {
        piece.end = piece.clone().rfind(|&at| !is_border(at)).map_or(piece.start, |at| at + 1);
        if piece.start < piece.end {
            break;
        }
    }
}

/// Removes spans, given in bytes of the line as it is left, from its pieces.
fn cut(round: &mut Round<'_>, line: u32, spans: &[(Range<usize>, RuleId)]) {
    let cut_line = round.scan.cut_line_mut(line);
    let mut left = Vec::new();
    let mut at = 0;
    for piece in std::mem::take(&mut cut_line.pieces) {
        let mut from = piece.start;
        for (span, rule) in spans {
            let start = (piece.start + span.start.saturating_sub(at)).clamp(from, piece.end);
            let end = (piece.start + span.end.saturating_sub(at)).clamp(from, piece.end);
            if start < end {
                left.push(from..start);
                cut_line.spans.push((start..end, *rule));
                from = end;
            }
        }
        left.push(from..piece.end);
        at += piece.len();
    }
    if round.scan.has_markup() {
        without_outer_borders(round.window.text, &mut left);
    }
    left.retain(|piece| !piece.is_empty());
    let whole: Vec<u8> = left.iter().flat_map(|piece| &round.window.text[piece.clone()]).copied().collect();
    if let Some(visible) = round.written.visible {
        let parts: Vec<Range<u32>> = left.iter().map(|piece| piece.start as u32..piece.end as u32).collect();
        let Line { start, end } = round.scan.lines[line as usize];
        round.scan.set_only_links(line, visible.holds_only_links(start..end, &parts));
    }
    round.scan.set_text(line, trim_terminator(&whole), left);
}
