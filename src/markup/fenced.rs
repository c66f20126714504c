//! What is set apart from one line to another: code between fences, front matter, maths, comments, scripts.

/// What a line opens that later lines close.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fenced {
    /// Code, up to a line of at least as many of these marks.
    Code { mark: u8, count: usize },
    /// Up to a line that is this.
    UpToLine(&'static [u8]),
    /// Up to a line that holds this.
    UpTo(&'static [u8]),
}

/// Within so many lines after its opening, and so many bytes, something other than code must be closed, or else it is
/// not what it seems.
const MOST_LINES: usize = 400;
const MOST_BYTES: usize = 16 << 10;

impl Fenced {
    /// What a line opens, its marks apart; `after` is the text from the next line on.
    pub(super) fn opened_by(line: &[u8], after: &[u8]) -> Option<Fenced> {
        let line = line.trim_ascii();
        let fenced = match line.first()? {
            mark @ (b'`' | b'~') => return code_fence(line, *mark),
            b'$' if line == b"$$" => Fenced::UpToLine(b"$$"),
            b'$' if line.starts_with(b"$$") && !line[2..].ends_with(b"$$") => Fenced::UpTo(b"$$"),
            b'\\' if line == b"\\[" => Fenced::UpToLine(b"\\]"),
            b'<' => html(line)?,
            _ => return None,
        };
        let is_closed = fenced.is_closed_by_opening(line) || closes_within(fenced, after);
        is_closed.then_some(fenced)
    }

    /// The front matter that the first line of a text opens.
    pub(super) fn front_matter(line: &[u8], after: &[u8]) -> Option<Fenced> {
        let mark: &[u8] = match line.trim_ascii_end() {
            b"---" => b"---",
            b"+++" => b"+++",
            _ => return None,
        };
        let first = after.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let key = first.iter().position(|byte| matches!(byte, b':' | b'='))?;
        let is_key =
            first[..key].trim_ascii().iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        let fenced = Fenced::UpToLine(mark);
        (is_key && key > 0 && closes_within(fenced, after)).then_some(fenced)
    }

    /// Whether a line closes it, its marks apart.
    pub(super) fn is_closed_by(self, line: &[u8]) -> bool {
        let line = line.trim_ascii();
        match self {
            Fenced::Code { mark, count } => line.len() >= count && line.iter().all(|byte| *byte == mark),
            Fenced::UpToLine(mark) => line == mark,
            Fenced::UpTo(mark) => memchr::memmem::find(line, mark).is_some(),
        }
    }

    /// Whether the line that opens it closes it too.
    pub(super) fn is_closed_by_opening(self, line: &[u8]) -> bool {
        match self {
            Fenced::UpTo(mark) => {
                let line = line.trim_ascii();
                memchr::memmem::find(&line[line.len().min(2)..], mark).is_some()
            }
            _ => false,
        }
    }
}

fn code_fence(line: &[u8], mark: u8) -> Option<Fenced> {
    let count = line.iter().take_while(|byte| **byte == mark).count();
    // Three ticks around some words of a line are a code span.
    let is_fence = count >= 3 && !(mark == b'`' && line[count..].contains(&b'`'));
    is_fence.then_some(Fenced::Code { mark, count })
}

/// What stands in these elements is no text.
fn html(line: &[u8]) -> Option<Fenced> {
    const ELEMENTS: [(&[u8], &[u8]); 6] = [
        (b"<!--", b"-->"),
        (b"<pre", b"</pre>"),
        (b"<script", b"</script>"),
        (b"<style", b"</style>"),
        (b"<textarea", b"</textarea>"),
        (b"<svg", b"</svg>"),
    ];
    let begins = |(open, _): &&(&[u8], &[u8])| {
        let is_name_over = || !line.get(open.len()).is_some_and(u8::is_ascii_alphanumeric);
        line.get(..open.len()).is_some_and(|first| first.eq_ignore_ascii_case(open)) && is_name_over()
    };
    ELEMENTS.iter().find(begins).map(|(_, close)| Fenced::UpTo(close))
}

fn closes_within(fenced: Fenced, after: &[u8]) -> bool {
    let after = &after[..after.len().min(MOST_BYTES)];
    after.split(|byte| *byte == b'\n').take(MOST_LINES).any(|line| fenced.is_closed_by(line))
}

/// Whether a comment is the mark of a converter for an image that it left out.
pub(super) fn is_image_mark(line: &[u8]) -> bool {
    let inner = line.trim_ascii().strip_prefix(b"<!--").and_then(|rest| rest.strip_suffix(b"-->"));
    inner.is_some_and(|inner| inner.trim_ascii().eq_ignore_ascii_case(b"image"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_opened_must_be_closed_but_for_code() {
        for (line, after, want) in [
            ("```rust", "", true),
            ("~~~", "", true),
            ("``` a ```", "", false),
            ("``", "", false),
            ("$$", "x\n$$", true),
            ("$$", "x\n", false),
            ("$$ x = 1 $$", "", false),
            ("<!-- a note", "more -->", true),
            ("<!-- a note -->", "", true),
            ("<!-- a note", "", false),
            ("<pre>", "x\n</pre>", true),
            ("<preview>", "x\n</pre>", false),
        ] {
            assert_eq!(Fenced::opened_by(line.as_bytes(), after.as_bytes()).is_some(), want, "{line}");
        }
    }

    #[test]
    fn a_fence_is_closed_by_as_many_of_the_same_marks() {
        let fence = Fenced::opened_by(b"````", b"").unwrap();
        for (line, want) in [("```", false), ("````", true), ("`````  ", true), ("~~~~", false), ("```` x", false)] {
            assert_eq!(fence.is_closed_by(line.as_bytes()), want, "{line}");
        }
    }

    #[test]
    fn front_matter_begins_with_a_key() {
        assert!(Fenced::front_matter(b"---", b"title: The mill\n---\n").is_some());
        assert!(Fenced::front_matter(b"---", b"The mill is open: come\n---\n").is_none());
        assert!(Fenced::front_matter(b"---", b"title: The mill\n").is_none());
    }
}
