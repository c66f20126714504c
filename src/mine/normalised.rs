//! Lines as they are counted: folded, without marks and decoration, with placeholders for what varies by itself.

use std::ops::Range;

use crate::engine::placeholder_at;
use crate::pack::TemplatePart;
use crate::text::{Case, FoldBuffer, core, fold, folded_with_offsets};

/// In longer lines, in bytes, numbers stay as they are: they are prose.
const LONGEST_WITH_PLACEHOLDERS: usize = 240;

/// The names of a day and a month before a date's first digit, in bytes at most.
const LONGEST_NAMES: usize = 32;

/// What a line is counted as, in memory that is used again from line to line.
#[derive(Default)]
pub(super) struct Normaliser {
    folded: FoldBuffer,
    template: Vec<u8>,
}

/// A line as it is counted.
pub(super) struct Normalised<'s> {
    /// The folded text, which is the same for lines that one literal pattern takes.
    pub(super) literal: &'s [u8],
    /// The same with marks for numbers, dates and times, if there are any in it.
    pub(super) template: Option<&'s [u8]>,
}

impl Normaliser {
    /// The folded text, which is the same for texts that one literal pattern takes.
    pub(super) fn literal(&mut self, raw: &[u8]) -> &[u8] {
        fold(raw, Case::Folded, &mut self.folded);
        let text = self.folded.text();
        &text[core(text)]
    }

    /// How the line is counted.
    pub(super) fn normalise(&mut self, raw: &[u8]) -> Normalised<'_> {
        fold(raw, Case::Folded, &mut self.folded);
        let text = self.folded.text();
        let literal = &text[core(text)];
        if literal.len() > LONGEST_WITH_PLACEHOLDERS || !has_digit(literal) {
            return Normalised { literal, template: None };
        }
        self.template.clear();
        for (placeholder, span) in parts_of(literal) {
            match placeholder {
                // A control character stands for it: text that holds one is no candidate.
                Some(part) => self
                    .template
                    .extend_from_slice(&[0x1A, name_of(&part).as_bytes().first().copied().unwrap_or_default()]),
                None => self.template.extend_from_slice(&literal[span]),
            }
        }
        let varies = self.template.as_slice() != literal;
        Normalised { literal, template: varies.then_some(&self.template) }
    }
}

/// Whether there is a digit in the text; in blocks, which the compiler turns into vector instructions.
fn has_digit(text: &[u8]) -> bool {
    let (blocks, rest) = text.as_chunks::<32>();
    let any = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | byte.is_ascii_digit());
    blocks.iter().any(|block| any(block)) || any(rest)
}

/// A literal is no placeholder, and does not come here.
fn name_of(part: &TemplatePart<'_>) -> &'static str {
    part.placeholder_name().unwrap_or_default()
}

/// The folded text in pieces: placeholders, and what stands between them.
fn parts_of(literal: &[u8]) -> Vec<(Option<TemplatePart<'static>>, Range<usize>)> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(digit) = literal[at..].iter().position(u8::is_ascii_digit).map(|digit| at + digit) {
        let Some((part, span)) = first_placeholder(literal, at, digit) else {
            at = digit + 1;
            continue;
        };
        if start < span.start {
            parts.push((None, start..span.start));
        }
        (start, at) = (span.end, span.end);
        parts.push((Some(part), span));
    }
    if start < literal.len() {
        parts.push((None, start..literal.len()));
    }
    parts
}

/// The first placeholder that begins from `from` on with this digit, or before it with a name or a sign.
fn first_placeholder(literal: &[u8], from: usize, digit: usize) -> Option<(TemplatePart<'static>, Range<usize>)> {
    // Nothing begins far before a digit.
    let from = from.max((digit + 1).saturating_sub(LONGEST_NAMES));
    let begins = |at: &usize| *at == 0 || !literal[at - 1].is_ascii_alphanumeric() && literal[at - 1] < 0x80;
    let before = if may_begin_before(literal, from, digit) { from..digit } else { digit..digit };
    let places = before.filter(begins).chain([digit]);
    places.into_iter().find_map(|at| placeholder_at(literal, at).map(|(part, end)| (part, at..end)))
}

/// Whether a placeholder may begin before the digit: with a sign, or with a month or a day right before it. What stands
/// between a month and its year, as in "mayo de 2021", is looked at from the beginning.
fn may_begin_before(literal: &[u8], from: usize, digit: usize) -> bool {
    let before = &literal[from..digit];
    let gap = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'.' | b',')).count();
    let before = &before[..before.len() - gap];
    let is_letter = |byte: &&u8| byte.is_ascii_alphabetic() || **byte >= 0x80;
    let word = before.len() - before.iter().rev().take_while(is_letter).count();
    match &before[word..] {
        b"" => before.last() == Some(&b'+'),
        b"de" | b"del" => true,
        _ => placeholder_at(literal, from + word).is_some(),
    }
}

/// The pattern that takes lines of the same key as this one, in this one's spelling; with placeholders if `varies`.
/// Nothing for a line that no pattern can be made of: one that is not UTF-8, or holds control characters.
pub(super) fn pattern_of(raw: &[u8], varies: bool) -> Option<String> {
    std::str::from_utf8(raw).ok()?;
    let (folded, offsets) = folded_with_offsets(raw, Case::Folded);
    let core = core(&folded);
    let literal = &folded[core.clone()];
    let mut pattern = String::new();
    let parts = if varies { parts_of(literal) } else { vec![(None, 0..literal.len())] };
    for (placeholder, span) in parts {
        match placeholder {
            Some(part) => pattern.extend(["{", name_of(&part), "}"]),
            None => {
                let from = offsets[core.start + span.start] as usize;
                let to = end_of(&offsets, raw, core.start + span.end);
                let text = std::str::from_utf8(raw.get(from..to)?).ok()?;
                pattern.push_str(&escaped(text));
            }
        }
    }
    let pattern = pattern.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = |c: char| !c.is_control() && c != '\u{FFFFF}' && c != '\u{FFFD}';
    (!pattern.is_empty() && pattern.chars().all(plain)).then_some(pattern)
}

/// The pattern for the head of this line that is so many bytes long when folded, in this line's spelling.
pub(super) fn head_pattern(raw: &[u8], folded_len: usize) -> Option<String> {
    let (folded, offsets) = folded_with_offsets(raw, Case::Folded);
    let from = core(&folded).start;
    let end = end_of(&offsets, raw, from + folded_len);
    pattern_of(raw.get(offsets.get(from).copied()? as usize..end)?, false)
}

/// The pattern for the tail of this line that is so many bytes long when folded, in this line's spelling.
pub(super) fn tail_pattern(raw: &[u8], folded_len: usize) -> Option<String> {
    let (folded, offsets) = folded_with_offsets(raw, Case::Folded);
    let core = core(&folded);
    let from = offsets.get(core.end.checked_sub(folded_len)?).copied()? as usize;
    pattern_of(raw.get(from..end_of(&offsets, raw, core.end))?, false)
}

/// Where in the raw text the folded text up to `at` ends: after its last character.
fn end_of(offsets: &[u32], raw: &[u8], at: usize) -> usize {
    match offsets.get(at) {
        Some(&end) => end as usize,
        None => raw.len(),
    }
}

/// Text as a pattern has it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Looks at every place.
    fn plainly(literal: &[u8]) -> Vec<Range<usize>> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < literal.len() {
            let begins = at == 0 || !literal[at - 1].is_ascii_alphanumeric() && literal[at - 1] < 0x80;
            let digit_follows = literal[at..].iter().take(LONGEST_NAMES).any(u8::is_ascii_digit);
            let may_begin = literal[at].is_ascii_digit() || begins && digit_follows;
            match placeholder_at(literal, at).filter(|_| may_begin) {
                Some((_, end)) => {
                    found.push(at..end);
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    proptest! {
        #[test]
        fn no_placeholder_is_overlooked(
            words in proptest::collection::vec(
                prop::sample::select(vec![
                    "monday", "mon", "may", "mayo", "märz", "января", "de", "del", "of", "the", "in", "am", "pm", "k", "comments",
                    "1", "12", "+3", "2021", "13:41", "1.2", "2021年2月15日", "(", "©", "-", ",", ".", ", ", ". ", " ", " ", " ", " ",
                ]),
                0..14,
            ),
        ) {
            let literal = words.concat().into_bytes();
            let spans = parts_of(&literal).into_iter().filter(|(part, _)| part.is_some()).map(|(_, span)| span);
            prop_assert_eq!(spans.collect::<Vec<_>>(), plainly(&literal));
        }
    }
}
