//! The marks with which a line begins: of quotes, lists, tasks, headings.

/// What stands before the text of a line.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct LineMarks {
    /// Bytes up to the text.
    pub(super) len: usize,
    /// Columns of white space before the first mark of a list or the text, quote marks apart.
    pub(super) indent: usize,
    /// Columns up to the text behind the last mark of a list; nothing where there is none.
    pub(super) item_indent: Option<usize>,
    pub(super) is_numbered: bool,
    pub(super) is_heading: bool,
    pub(super) is_quote: bool,
}

/// Numbers of lists have at most so many digits (CommonMark).
const MOST_DIGITS: usize = 9;

impl LineMarks {
    /// The marks of a line, which has no terminator.
    pub(super) fn of(line: &[u8]) -> LineMarks {
        let mut marks = LineMarks::default();
        let mut indent = spaces(line, &mut marks.len);
        loop {
            let rest = &line[marks.len..];
            match list_mark(rest) {
                _ if rest.first() == Some(&b'>') && marks.item_indent.is_none() => {
                    marks.is_quote = true;
                    marks.len += 1;
                    indent = spaces(line, &mut marks.len).saturating_sub(1);
                    continue;
                }
                Some(len) => {
                    marks.is_numbered = rest[0].is_ascii_digit();
                    marks.indent = marks.item_indent.map_or(indent, |_| marks.indent);
                    marks.len += len;
                    indent += len + spaces(line, &mut marks.len);
                    marks.item_indent = Some(indent);
                    skip_task_box(line, &mut marks.len);
                    continue;
                }
                None => {}
            }
            marks.indent = marks.item_indent.map_or(indent, |_| marks.indent);
            marks.is_heading = skip_heading(line, &mut marks.len);
            return marks;
        }
    }
}

/// Skips white space, and says how many columns it takes.
fn spaces(line: &[u8], at: &mut usize) -> usize {
    const TAB: usize = 4;
    let mut columns = 0;
    while let Some(byte @ (b' ' | b'\t')) = line.get(*at) {
        columns += if *byte == b'\t' { TAB - columns % TAB } else { 1 };
        *at += 1;
    }
    columns
}

/// How long the mark of a list is that stands there.
fn list_mark(text: &[u8]) -> Option<usize> {
    let len = match text.first()? {
        b'*' | b'+' | b'-' => 1,
        0xE2 if text.starts_with("•".as_bytes()) => "•".len(),
        b'0'..=b'9' => {
            let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let is_mark = digits <= MOST_DIGITS && matches!(text.get(digits), Some(b'.' | b')'));
            if is_mark { digits + 1 } else { return None }
        }
        _ => return None,
    };
    matches!(text.get(len), None | Some(b' ' | b'\t')).then_some(len)
}

fn skip_task_box(line: &[u8], at: &mut usize) {
    if let [b'[', b' ' | b'x' | b'X', b']', b' ', ..] = line[*at..] {
        *at += "[ ] ".len();
    }
}

fn skip_heading(line: &[u8], at: &mut usize) -> bool {
    let rest = &line[*at..];
    let marks = rest.iter().take_while(|byte| **byte == b'#').count();
    let is_heading = (1..=6).contains(&marks) && matches!(rest.get(marks), None | Some(b' ' | b'\t'));
    if is_heading {
        *at += marks;
        spaces(line, at);
    }
    is_heading
}

/// The text of a heading less the marks that may close it, and an anchor in braces.
pub(super) fn heading_len(text: &[u8]) -> usize {
    let mut text = text.trim_ascii_end();
    if let Some(open) = text.strip_suffix(b"}").and_then(|before| memchr::memrchr(b'{', before))
        && text[open + 1..].starts_with(b"#")
    {
        text = text[..open].trim_ascii_end();
    }
    let before = text.len() - text.iter().rev().take_while(|byte| **byte == b'#').count();
    match text[..before] {
        [] => 0,
        [.., b' ' | b'\t'] => text[..before].trim_ascii_end().len(),
        _ => text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_end_where_the_text_begins() {
        for (line, text) in [
            ("Share", "Share"),
            ("  * Share", "Share"),
            ("* [x] Share", "Share"),
            ("12. Share", "Share"),
            ("1) Share", "Share"),
            ("> > Share", "Share"),
            ("> - ### Share", "Share"),
            ("- * Share", "Share"),
            ("•\tShare", "Share"),
            ("#hashtag", "#hashtag"),
            ("####### Share", "####### Share"),
            ("*Share*", "*Share*"),
            ("-5 degrees", "-5 degrees"),
            ("1.5 miles", "1.5 miles"),
            ("-", ""),
            ("##", ""),
        ] {
            assert_eq!(&line[LineMarks::of(line.as_bytes()).len..], text, "{line}");
        }
    }

    #[test]
    fn items_know_their_columns() {
        let marks = |line: &str| {
            let marks = LineMarks::of(line.as_bytes());
            (marks.indent, marks.item_indent)
        };
        assert_eq!(marks("  * Share"), (2, Some(4)));
        assert_eq!(marks("\tShare"), (4, None));
        assert_eq!(marks(">     Share"), (4, None));
        assert_eq!(marks("10. - Share"), (0, Some(6)));
    }

    #[test]
    fn headings_lose_what_closes_them() {
        for (text, want) in
            [("Mill ##", "Mill"), ("Mill #2", "Mill #2"), ("C#", "C#"), ("Mill {#mill}", "Mill"), ("##", "")]
        {
            assert_eq!(&text[..heading_len(text.as_bytes())], want);
        }
    }
}
