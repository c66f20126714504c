//! What stands behind a link's text: where it leads, and a title.

use std::ops::Range;

/// What follows the text of a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct LinkTarget {
    /// Bytes with the brackets.
    pub(super) len: usize,
    pub(super) destination: Range<usize>,
}

/// A destination with its title has at most so many bytes, that of an image as data apart.
const LONGEST: usize = 4096;

impl LinkTarget {
    /// What a text begins with, if that is a destination in brackets: `(/about "Title")`. Spaces are allowed where converters
    /// write them, around the destination and within it.
    pub(super) fn in_brackets(text: &[u8]) -> Option<LinkTarget> {
        let inside = text.strip_prefix(b"(")?;
        let begins = 1 + inside.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if let Some(inner) = text[begins..].strip_prefix(b"<")
            && let Some(end) = inner.iter().position(|byte| matches!(byte, b'>' | b'\n' | b'<'))
            && inner[end] == b'>'
            && let Some(close) = close_after(text, begins + 1 + end + 1)
        {
            return Some(LinkTarget { len: close + 1, destination: begins + 1..begins + 1 + end });
        }
        let close = close_of(text, begins)?;
        let destination = text[begins..close].trim_ascii_end();
        let destination = before_title(destination);
        Some(LinkTarget { len: close + 1, destination: begins..begins + destination.len() })
    }
}

/// Where the bracket closes behind a destination in angle brackets, a title between.
fn close_after(text: &[u8], at: usize) -> Option<usize> {
    let close = close_of(text, at)?;
    let between = text[at..close].trim_ascii();
    let is_title = between.is_empty() || before_title(&text[at..close]).trim_ascii().is_empty();
    is_title.then_some(close)
}

/// Where the bracket closes that is open there. Brackets within come in pairs; none counts in a title.
fn close_of(text: &[u8], from: usize) -> Option<usize> {
    let is_data = text[from..].starts_with(b"data:");
    let end = if is_data { text.len() } else { text.len().min(from + LONGEST) };
    let (mut depth, mut at) = (0_usize, from);
    while at < end {
        match text[at] {
            b'\n' => return None,
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            // A title begins behind a space.
            quote @ (b'"' | b'\'') if at > from && text[at - 1] == b' ' => {
                if let Some(close) = close_of_title(&text[at + 1..end], quote) {
                    return Some(at + 1 + close);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the bracket closes behind a title that ends with that quote.
fn close_of_title(text: &[u8], quote: u8) -> Option<usize> {
    let line = &text[..memchr::memchr(b'\n', text).unwrap_or(text.len())];
    for at in memchr::memchr_iter(quote, line).take(8) {
        let spaces = line[at + 1..].iter().take_while(|byte| **byte == b' ').count();
        if line.get(at + 1 + spaces) == Some(&b')') {
            return Some(at + 1 + spaces);
        }
    }
    None
}

/// What stands before a title in quotes.
fn before_title(text: &[u8]) -> &[u8] {
    let Some(quote @ (b'"' | b'\'')) = text.last().copied() else { return text };
    let inner = &text[..text.len() - 1];
    let opening = [b' ', quote];
    match memchr::memmem::find(inner, &opening) {
        Some(at) => text[..at].trim_ascii_end(),
        None if inner.first() == Some(&quote) => &[],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_end_where_their_bracket_closes() {
        for (text, want) in [
            ("(/about) x", Some(("/about", "(/about)"))),
            ("(/about \"The mill\") x", Some(("/about", "(/about \"The mill\")"))),
            ("(/about 'The (old) mill') x", Some(("/about", "(/about 'The (old) mill')"))),
            ("(</about us>) x", Some(("/about us", "(</about us>)"))),
            ("( /about us ) x", Some(("/about us", "( /about us )"))),
            ("(/mill_(old)) x", Some(("/mill_(old)", "(/mill_(old))"))),
            ("() x", Some(("", "()"))),
            ("(/about\nx)", None),
            ("(/about", None),
            ("/about", None),
        ] {
            let target = LinkTarget::in_brackets(text.as_bytes());
            let found = target.map(|target| (&text[target.destination], &text[..target.len]));
            assert_eq!(found, want, "{text}");
        }
    }
}
