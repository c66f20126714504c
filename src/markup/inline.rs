//! What is not seen within lines: links' brackets and destinations, images, emphasis, code ticks, tags, escapes, entities.

use std::collections::HashMap;
use std::ops::Range;

use super::browser_dump;
use super::emphasis::{Delimiter, hide_marks};
use super::entities::entity;
use super::fenced::is_image_mark;
use super::link_target::LinkTarget;
use super::marked_line::{LineKind, LineTrait};
use super::marked_lines::{MarkedLines, definition};
use super::unseen::{Shown, Unseen};

/// A link's text has at most so many bytes and lines: converters write whole boxes into one, but no pages.
const MOST_BYTES: usize = 4096;
const MOST_LINES: usize = 30;
/// Of one line so many brackets are followed in vain, so that time does not grow with their square.
const MOST_FAILURES: usize = 16;

/// Looks through the lines of a text.
pub(super) struct InlineScan<'s> {
    raw: &'s [u8],
    unseen: &'s mut Unseen,
    definitions: HashMap<String, Range<usize>>,
    is_dump: bool,
    brackets: Vec<Bracket>,
    delimiters: Vec<Delimiter>,
    /// Lines that a link joins to the ones above.
    joined: Vec<Range<usize>>,
    failures: usize,
}

/// A bracket that is open.
struct Bracket {
    at: usize,
    line: usize,
    is_image: bool,
}

/// The line that is looked at.
struct InlineText {
    number: usize,
    span: Range<usize>,
    is_row: bool,
}

impl<'s> InlineScan<'s> {
    pub(super) fn new(raw: &'s [u8], marked: &MarkedLines, is_dump: bool, unseen: &'s mut Unseen) -> InlineScan<'s> {
        let (brackets, delimiters, joined) = (Vec::new(), Vec::new(), Vec::new());
        let definitions = definitions(raw, marked);
        InlineScan { raw, unseen, definitions, is_dump, brackets, delimiters, joined, failures: 0 }
    }

    /// Looks through all lines, and marks those that a link joins.
    pub(super) fn read(mut self, marked: &mut MarkedLines) {
        for number in 0..marked.lines.len() {
            let line = &marked.lines[number];
            if !marked.goes_on[number] {
                hide_marks(&mut self.delimiters, self.unseen);
            }
            match line.kind {
                LineKind::Text => {
                    let span = marked.texts[number].clone();
                    self.failures = 0;
                    self.line(&InlineText { number, span, is_row: line.is_table_row() });
                }
                LineKind::Blank | LineKind::Empty => {}
                _ => self.brackets.clear(),
            }
        }
        hide_marks(&mut self.delimiters, self.unseen);
        for line in self.joined.into_iter().flatten() {
            marked.lines[line].set(LineTrait::JoinedToPrevious);
        }
    }

    fn line(&mut self, line: &InlineText) {
        let mut at = line.span.start;
        while let Some(len) = self.raw[at..line.span.end].iter().position(|byte| IS_SPECIAL[usize::from(*byte)]) {
            at = self.special(at + len, line).max(at + len + 1);
            if at >= line.span.end {
                break;
            }
        }
    }

    /// Looks at what may be a mark, and says where to go on.
    fn special(&mut self, at: usize, line: &InlineText) -> usize {
        let text = &self.raw[at..line.span.end];
        if self.is_dump && matches!(text[0], b'[' | b'(') {
            if let Some(len) = browser_dump::mark_len(text) {
                self.unseen.hide(at..at + len);
                return at + len;
            }
            return at + 1;
        }
        match text {
            [b'\\', escaped, ..] if escaped.is_ascii_punctuation() => {
                self.unseen.show_instead(at..at + 2, Shown::Char(char::from(*escaped)));
                at + 2
            }
            [b'\\'] => {
                self.unseen.hide(at..at + 1);
                at + 1
            }
            [b'`', ..] => self.code(at, text),
            [b'*' | b'_' | b'~', ..] => {
                let delimiter = Delimiter::at(self.raw, at, &line.span);
                if delimiter.is_needed() {
                    self.delimiters.push(delimiter);
                }
                delimiter.end()
            }
            [b'!', b'[', ..] => {
                self.brackets.push(Bracket { at, line: line.number, is_image: true });
                at + 2
            }
            [b'[', ..] => {
                self.brackets.push(Bracket { at, line: line.number, is_image: false });
                at + 1
            }
            [b']', ..] => self.close_bracket(at, line),
            [b'<', ..] => self.tag(at, text),
            [b'&', ..] => match entity(text) {
                Some((shown, len)) => {
                    self.unseen.show_instead(at..at + len, Shown::Char(shown));
                    at + len
                }
                None => at + 1,
            },
            [b'|', ..] if line.is_row => self.border(at, line),
            _ => at + 1,
        }
    }

    fn code(&mut self, at: usize, text: &[u8]) -> usize {
        let ticks = text.iter().take_while(|byte| **byte == b'`').count();
        let mut inner_len = 0;
        let rest = &text[ticks..];
        while self.failures < MOST_FAILURES
            && let Some(next) = memchr::memchr(b'`', &rest[inner_len..])
        {
            inner_len += next;
            let closing = rest[inner_len..].iter().take_while(|byte| **byte == b'`').count();
            if closing == ticks {
                let inner = at + ticks..at + ticks + inner_len;
                self.unseen.wrap(at..inner.end + ticks, inner, None);
                return at + 2 * ticks + inner_len;
            }
            inner_len += closing;
        }
        self.failures += 1;
        at + ticks
    }

    fn close_bracket(&mut self, at: usize, line: &InlineText) -> usize {
        let Some(bracket) = self.brackets.pop() else { return at + 1 };
        let is_near = at - bracket.at <= MOST_BYTES && line.number - bracket.line <= MOST_LINES;
        let inner = bracket.at + if bracket.is_image { 2 } else { 1 }..at;
        let Some((end, destination)) = (if is_near { self.target(at + 1, &inner) } else { None }) else {
            return at + 1;
        };
        if bracket.is_image {
            self.unseen.hide_image(bracket.at..end);
        } else {
            self.unseen.wrap(bracket.at..end, inner, Some(destination));
        }
        if bracket.line < line.number {
            self.joined.push(bracket.line + 1..line.number + 1);
        }
        end
    }

    /// Where the link ends whose text ends there, and where it leads.
    fn target(&mut self, at: usize, text: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let rest = &self.raw[at..];
        if rest.first() == Some(&b'(') && self.failures < MOST_FAILURES {
            if let Some(target) = LinkTarget::in_brackets(rest) {
                return Some((at + target.len, at + target.destination.start..at + target.destination.end));
            }
            self.failures += 1;
        }
        if self.definitions.is_empty() {
            return None;
        }
        let label = rest.strip_prefix(b"[").and_then(|inner| {
            let line = &inner[..inner.len().min(MOST_LABEL_BYTES)];
            Some(
                &line[..line
                    .iter()
                    .position(|byte| matches!(byte, b']' | b'[' | b'\n'))
                    .filter(|&end| line[end] == b']')?],
            )
        });
        let own = &self.raw[text.clone()];
        let named = label.filter(|label| !label.is_empty()).unwrap_or(own);
        let destination = self.definitions.get(&folded_label(named)?)?;
        Some((at + label.map_or(0, |label| label.len() + 2), destination.clone()))
    }

    fn tag(&mut self, at: usize, text: &[u8]) -> usize {
        const LONGEST: usize = 4096;
        if text.starts_with(b"<!--") {
            let Some(len) = memchr::memmem::find(text, b"-->") else { return at + 1 };
            let end = at + len + "-->".len();
            if is_image_mark(&self.raw[at..end]) {
                self.unseen.hide_image(at..end);
            } else {
                self.unseen.hide(at..end);
            }
            return end;
        }
        let inside = &text[1..text.len().min(LONGEST)];
        let Some(len) = inside.iter().position(|byte| matches!(byte, b'<' | b'>')).filter(|&len| inside[len] == b'>')
        else {
            return at + 1;
        };
        let (inner, end) = (at + 1..at + 1 + len, at + len + 2);
        let inside = &inside[..len];
        if is_address(inside) {
            self.unseen.wrap(at..end, inner.clone(), Some(inner));
        } else if inside.strip_prefix(b"/").unwrap_or(inside).first().is_some_and(u8::is_ascii_alphabetic) {
            self.unseen.hide(at..end);
            if inside.len() >= 3 && inside[..3].eq_ignore_ascii_case(b"img") {
                self.unseen.hide_image(at..end);
            }
        } else {
            return at + 1;
        }
        end
    }

    fn border(&mut self, at: usize, line: &InlineText) -> usize {
        let space = |byte: &&u8| matches!(byte, b' ' | b'\t');
        let start = at - self.raw[line.span.start..at].iter().rev().take_while(space).count();
        let end = at + 1 + self.raw[at + 1..line.span.end].iter().take_while(space).count();
        let is_outer = start == line.span.start || end == line.span.end;
        self.unseen.show_instead(start..end, if is_outer { Shown::Nothing } else { Shown::CellBorder });
        end
    }
}

/// Bytes at which something may begin or end that is not seen.
static IS_SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let bytes = b"\\`*_~![]<&|(";
    let mut at = 0;
    while at < bytes.len() {
        special[bytes[at] as usize] = true;
        at += 1;
    }
    special
};

/// A label has at most so many bytes (CommonMark).
const MOST_LABEL_BYTES: usize = 1000;

/// A label as labels are compared: without case, white space as one space.
fn folded_label(label: &[u8]) -> Option<String> {
    let label = std::str::from_utf8(label).ok().filter(|label| label.len() < MOST_LABEL_BYTES)?;
    Some(label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
}

fn definitions(raw: &[u8], marked: &MarkedLines) -> HashMap<String, Range<usize>> {
    let mut definitions = HashMap::new();
    let protected = marked.lines.iter().zip(&marked.texts).filter(|(line, _)| line.kind == LineKind::Protected);
    for (_, text) in protected {
        if let Some((label, destination)) = definition(&raw[text.clone()])
            && let Some(label) = folded_label(&raw[text.start + label.start..text.start + label.end])
        {
            let destination = text.start + destination.start..text.start + destination.end;
            definitions.entry(label).or_insert(destination);
        }
    }
    definitions
}

/// Whether an address stands between angle brackets, of a page or of a mailbox.
fn is_address(inside: &[u8]) -> bool {
    let has_spaces = inside.iter().any(u8::is_ascii_whitespace);
    let scheme = inside.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(byte)).count();
    let is_uri = scheme >= 2 && inside.get(scheme) == Some(&b':');
    let is_mailbox = || inside.iter().position(|byte| *byte == b'@').is_some_and(|at| at > 0 && at + 1 < inside.len());
    !has_spaces && (is_uri || is_mailbox())
}
