//! Emphasis: which runs of `*`, `_` and `~` are marks, by the rules of CommonMark (6.2), and those of strikethrough.

use std::ops::Range;

use super::unseen::Unseen;

/// A run of marks that may open or close emphasis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Delimiter {
    mark: u8,
    /// Where what is left of it begins, and how many marks that are.
    start: usize,
    count: usize,
    /// How many there were.
    whole: usize,
    can_open: bool,
    can_close: bool,
    /// Whether nothing else stands before it or after it in its line or its brackets.
    is_outermost: bool,
}

impl Delimiter {
    /// The run of marks at a place of a text, of which the part counts that is given.
    pub(super) fn at(raw: &[u8], at: usize, part: &Range<usize>) -> Delimiter {
        let mark = raw[at];
        let count = raw[at..part.end].iter().take_while(|byte| **byte == mark).count();
        let before = CharKind::of(last_char(&raw[part.start..at]));
        let after = CharKind::of(first_char(&raw[at + count..part.end]));
        let opens = after != CharKind::Space && (after == CharKind::Word || before != CharKind::Word);
        let closes = before != CharKind::Space && (before == CharKind::Word || after != CharKind::Word);
        let (can_open, can_close) = match mark {
            b'_' => (opens && (!closes || before == CharKind::Sign), closes && (!opens || after == CharKind::Sign)),
            b'~' => (opens && count == 2, closes && count == 2),
            _ => (opens, closes),
        };
        let (outer_before, outer_after) = (raw[part.start..at].trim_ascii(), raw[at + count..part.end].trim_ascii());
        let is_outermost =
            matches!(outer_before.last(), None | Some(b'[')) || matches!(outer_after.first(), None | Some(b']'));
        Delimiter { mark, start: at, count, whole: count, can_open, can_close, is_outermost }
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.count
    }

    pub(super) fn is_needed(&self) -> bool {
        self.can_open || self.can_close || self.is_leftover()
    }

    /// Whether it is what a converter made of an icon: strong emphasis of nothing, beside a text or alone.
    fn is_leftover(&self) -> bool {
        self.is_outermost && self.count >= 2 && self.mark != b'~'
    }

    /// Whether it may go together with one that closes what it opens.
    fn opens_for(&self, closing: &Delimiter) -> bool {
        let is_ambiguous = self.can_close || closing.can_open;
        let is_odd = (self.whole + closing.whole).is_multiple_of(3)
            && !(self.whole.is_multiple_of(3) && closing.whole.is_multiple_of(3));
        self.mark == closing.mark && self.can_open && self.count > 0 && !(is_ambiguous && is_odd)
    }
}

/// How far back an opening is looked for: more marks than that stand in no paragraph but for tricks.
const MOST_OPEN: usize = 64;

/// Hides the marks of emphasis in a paragraph, of which these are all runs in order. Forgets them.
pub(super) fn hide_marks(delimiters: &mut Vec<Delimiter>, found: &mut Unseen) {
    let mut open: Vec<Delimiter> = Vec::new();
    for mut delimiter in delimiters.drain(..) {
        while delimiter.can_close && delimiter.count > 0 {
            let looked = open.len().saturating_sub(MOST_OPEN);
            let Some(at) = open[looked..].iter().rposition(|opening| opening.opens_for(&delimiter)) else { break };
            let at = looked + at;
            open.truncate(at + 1);
            let opening = &mut open[at];
            let used = if opening.count >= 2 && delimiter.count >= 2 { 2 } else { 1 };
            opening.count -= used;
            let outer = opening.end()..delimiter.start + used;
            found.wrap(outer.clone(), outer.start + used..delimiter.start, None);
            delimiter.start += used;
            delimiter.count -= used;
            if open[at].count == 0 {
                open.pop();
            }
        }
        if delimiter.count > 0 && (delimiter.can_open || delimiter.is_leftover()) {
            open.push(delimiter);
        }
    }
    for leftover in open.iter().filter(|delimiter| delimiter.is_leftover()) {
        found.hide(leftover.start..leftover.end());
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CharKind {
    Space,
    Sign,
    Word,
}

impl CharKind {
    fn of(c: Option<char>) -> CharKind {
        match c {
            None => CharKind::Space,
            Some(c) if c.is_whitespace() => CharKind::Space,
            Some(c) if c.is_alphanumeric() || c == '\u{fffd}' => CharKind::Word,
            Some(_) => CharKind::Sign,
        }
    }
}

const LONGEST_CHAR: usize = 4;

fn first_char(text: &[u8]) -> Option<char> {
    if let Some(first) = text.first().filter(|first| first.is_ascii()) {
        return Some(char::from(*first));
    }
    String::from_utf8_lossy(&text[..text.len().min(LONGEST_CHAR)]).chars().next()
}

fn last_char(text: &[u8]) -> Option<char> {
    if let Some(last) = text.last().filter(|last| last.is_ascii()) {
        return Some(char::from(*last));
    }
    let last = text.iter().rev().take(LONGEST_CHAR).position(|byte| byte & 0xC0 != 0x80)?;
    String::from_utf8_lossy(&text[text.len() - 1 - last..]).chars().next_back()
}
