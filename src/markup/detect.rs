//! Whether a text is Markdown, by what its first kilobytes show.

use memchr::memchr3_iter;

use crate::text::Markup;

use super::browser_dump;

/// So many first bytes are looked at.
const LOOKED_AT: usize = 8 << 10;

/// So many links, or links and other marks, make Markdown of a text.
const FEWEST_MARKS: usize = 3;
/// So many numbers of links make the dump of a browser.
const FEWEST_NUMBERS: usize = 3;

/// How a text is written: as is said, or else as it shows itself. Never left open.
pub(crate) fn resolved(markup: Markup, text: &[u8]) -> Markup {
    match markup {
        Markup::Auto if shows_markup(text) => Markup::Markdown,
        Markup::Auto => Markup::Text,
        known => known,
    }
}

/// Whether a text is the dump of a text browser.
pub(super) fn is_browser_dump(text: &[u8]) -> bool {
    let marks = Marks::of(text);
    marks.numbers >= FEWEST_NUMBERS && marks.links < FEWEST_MARKS
}

fn shows_markup(text: &[u8]) -> bool {
    let marks = Marks::of(text);
    let all = 2 * marks.links + marks.headings + marks.strong;
    // Headings alone may be comments of a program, strong words alone a chat.
    let is_markdown =
        marks.links >= 2 || all >= FEWEST_MARKS && (marks.links > 0 || marks.headings > 0 && marks.strong > 0);
    is_markdown || marks.numbers >= FEWEST_NUMBERS
}

/// What speaks for markup.
#[derive(Default)]
struct Marks {
    /// Links and images with a destination.
    links: usize,
    headings: usize,
    /// Ends of strong words.
    strong: usize,
    /// Numbers that browsers write before links.
    numbers: usize,
}

impl Marks {
    fn of(text: &[u8]) -> Marks {
        let text = &text[..text.len().min(LOOKED_AT)];
        let mut marks = Marks::default();
        for at in memchr3_iter(b']', b'#', b'*', text) {
            let (before, after) = (&text[..at], &text[at + 1..]);
            match text[at] {
                b']' if after.starts_with(b"(") => marks.links += usize::from(is_destination(&after[1..])),
                b']' => {
                    let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
                    let open = at.checked_sub(digits + 1).filter(|_| digits > 0);
                    marks.numbers +=
                        usize::from(open.is_some_and(|open| browser_dump::begins_with_number(&text[open..])));
                }
                b'#' if !matches!(before.last(), None | Some(b'\n')) => {}
                b'#' => {
                    let more = after.iter().take_while(|byte| **byte == b'#').count();
                    marks.headings += usize::from(more < 6 && matches!(after[more..], [b' ', next, ..] if next > b' '));
                }
                _ => {
                    let is_end = after.starts_with(b"*")
                        && before.last().is_some_and(|last| !last.is_ascii_whitespace() && *last != b'*');
                    marks.strong += usize::from(is_end);
                }
            }
        }
        marks
    }
}

/// Whether a bracket holds what a link may lead to, and no remark.
fn is_destination(inside: &[u8]) -> bool {
    let line = &inside[..inside.len().min(200)];
    let inside = line.trim_ascii_start();
    matches!(inside.first(), Some(b'/' | b'#' | b'<' | b'?' | b'.'))
        || ["http", "mailto:", "data:", "javascript:", "www."].iter().any(|start| inside.starts_with(start.as_bytes()))
        || inside
            .split(|byte| matches!(byte, b')' | b' ' | b'\n'))
            .next()
            .is_some_and(|first| first.contains(&b'.') || first.contains(&b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_shows_itself_by_links_and_marks_together() {
        for (text, want) in [
            ("* [Home](/)\n* [News](https://mill.example/news)\n", true),
            ("# The mill\n\nIt is **open** and **free**.\n", true),
            ("# The mill\n\nSee [the ferry](ferry.html).\n", true),
            ("   [1]Home [2]News [3]Sport\n", true),
            ("The mill [1] is old [2], and so is the ferry [3].\n", false),
            ("# build\nmake\n# test\nmake test\n# all\n", false),
            ("**no** links **here** but **strong** words\n", false),
            ("a[i](x) and b[j](y) and c[k](z)\n", false),
            ("#mill #ferry #harbour\n", false),
            ("", false),
        ] {
            let want = if want { Markup::Markdown } else { Markup::Text };
            assert_eq!(resolved(Markup::Auto, text.as_bytes()), want, "{text}");
        }
        assert_eq!(resolved(Markup::Markdown, b"x"), Markup::Markdown);
    }
}
