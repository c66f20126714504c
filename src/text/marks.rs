//! List marks before a line's text and decoration after it, which do not count when lines are
//! compared: `• Share`, `Read more »`, `Comments:`. All functions take folded bytes, but for the one that says otherwise.

use std::ops::Range;

/// The part of a folded line between list marks and decoration; the whole line where nothing else
/// would be left.
pub(crate) fn core(folded: &[u8]) -> Range<usize> {
    let start = list_marks_len(folded);
    let end = start + undecorated_len(&folded[start..]);
    if start < end { start..end } else { 0..folded.len() }
}

/// Where the text begins after list marks; 0 where nothing else would be left.
pub(crate) fn after_list_marks(folded: &[u8]) -> usize {
    let start = list_marks_len(folded);
    if start < folded.len() { start } else { 0 }
}

/// Where the text ends before decoration; the line's end where nothing else would be left.
pub(crate) fn before_decoration(folded: &[u8]) -> usize {
    match undecorated_len(folded) {
        0 => folded.len(),
        end => end,
    }
}

/// Bytes of list marks, and of spaces among them, at the beginning; perhaps of the whole text.
#[inline]
pub(crate) fn list_marks_len(folded: &[u8]) -> usize {
    // The common case: these are no marks.
    if folded.first().is_some_and(u8::is_ascii_alphanumeric) { 0 } else { marks_len(folded) }
}

fn marks_len(folded: &[u8]) -> usize {
    let mut at = 0;
    while at < folded.len() {
        // Neither ASCII letters and digits are marks, nor what begins so in other scripts.
        if folded[at].is_ascii_alphanumeric() || matches!(folded[at], 0xC3..=0xDF | 0xE4..=0xED) {
            break;
        }
        match first_char(&folded[at..]) {
            Some(c) if c == ' ' || is_list_mark(c) => at += c.len_utf8(),
            _ => break,
        }
    }
    at
}

/// Bytes before decoration at the end; none where there is nothing else.
#[inline]
pub(crate) fn undecorated_len(folded: &[u8]) -> usize {
    // The common case, as above; and a single full stop ends a sentence.
    match folded {
        [.., last] if last.is_ascii_alphanumeric() => folded.len(),
        [.., before, b'.'] if before.is_ascii_alphanumeric() => folded.len(),
        _ => len_before_decoration(folded),
    }
}

fn len_before_decoration(folded: &[u8]) -> usize {
    let mut end = folded.len();
    while end > 0 {
        if folded[end - 1].is_ascii_alphanumeric() || matches!(folded[..end], [.., 0xC3..=0xDF, 0x80..=0xBF]) {
            break;
        }
        if folded[..end].ends_with(b"..") {
            // An ellipsis however it is spelled; a single full stop ends a sentence and stays.
            end -= folded[..end].iter().rev().take_while(|&&byte| byte == b'.').count();
            continue;
        }
        match last_char(&folded[..end]) {
            Some(c) if c == ' ' || is_decoration(c) => end -= c.len_utf8(),
            _ => break,
        }
    }
    end
}

/// The raw text after the "o " that text browsers and Inscriptis write before items of an inner list. A sentence's "O" is a
/// capital.
#[inline]
pub(crate) fn after_nested_mark(text: &[u8]) -> &[u8] {
    match text.trim_ascii_start() {
        [b'o', b' ', rest @ ..] => rest,
        _ => text,
    }
}

#[rustfmt::skip]
pub(super) fn is_list_mark(c: char) -> bool {
    matches!(c,
        '*' | '-' | '|' | '>' | '<' | '+' | '#' | '^'
        | '•' | '‣' | '⁃' | '◦' | '·' | '∙' | '⋅' | '▪' | '▫' | '■' | '□' | '●' | '○' | '◆' | '◇'
        | '›' | '»' | '‹' | '«' | '❯' | '❮' | '¦' | '✓' | '✔' | '☑' | '｜' | '・'
        | '▶' | '►' | '▸' | '▹' | '▷' | '◀' | '◄' | '◂' | '▲' | '▴' | '▼' | '▾'
        | '→' | '←' | '↑' | '↓' | '↗' | '➜' | '➔' | '➤' | '⟶' | '⟵'
    )
}

pub(super) fn is_decoration(c: char) -> bool {
    c == ':' || c == '：' || c == '⌄' || c == '﹀' || is_list_mark(c)
}

/// The first character, if the bytes begin with one.
pub(super) fn first_char(bytes: &[u8]) -> Option<char> {
    let prefix = &bytes[..bytes.len().min(4)];
    prefix.utf8_chunks().next()?.valid().chars().next()
}

pub(super) fn last_char(bytes: &[u8]) -> Option<char> {
    let floor = bytes.len().saturating_sub(4);
    let start = (floor..bytes.len()).rev().find(|&i| bytes[i] & 0xC0 != 0x80)?;
    std::str::from_utf8(&bytes[start..]).ok()?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core_of(line: &str) -> &str {
        &line[core(line.as_bytes())]
    }

    #[test]
    fn marks_and_decoration_do_not_count() {
        for (line, want) in [
            ("• share", "share"),
            ("- - read more »", "read more"),
            ("← older posts", "older posts"),
            ("comments:", "comments"),
            ("continue reading...", "continue reading"),
            ("loading ...", "loading"),
            ("name *", "name"),
            ("share.", "share."),
            ("really?", "really?"),
            ("続きを読む →", "続きを読む"),
        ] {
            assert_eq!(core_of(line), want);
        }
    }

    #[test]
    fn a_line_of_marks_alone_stays_whole() {
        for line in ["* * *", "»", "...", "|", ""] {
            assert_eq!(core_of(line), line);
            assert_eq!(after_list_marks(line.as_bytes()), 0);
            assert_eq!(before_decoration(line.as_bytes()), line.len());
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_text() {
        assert_eq!(core(b"* \xff\xfe:"), 2..4);
        assert_eq!(core(b"\xe2\x80"), 0..2);
    }
}
