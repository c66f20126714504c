//! Whether a line looks like code, markup, or a session of a terminal.

/// Whether the text looks like a line of a program, of markup or of a terminal's session.
pub(super) fn is_code(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    match text {
        [.., b'{' | b'}'] | [.., b'/', b'>'] | [b'/', b'*', ..] | [.., b'*', b'/'] => true,
        // Items of a list end in semicolons too.
        [.., b';'] => text.iter().any(|byte| matches!(byte, b'=' | b'(' | b'{' | b'<')),
        [b'<', b'/' | b'!', ..] => text.contains(&b'>'),
        // An address between angle brackets is none.
        [b'<', next, ..] if next.is_ascii_alphabetic() => text.contains(&b'>') && !text.contains(&b':'),
        _ => is_prompt(text),
    }
}

/// Whether a command was typed there.
pub(super) fn is_prompt(text: &[u8]) -> bool {
    match text.trim_ascii_start() {
        [b'$', b' ', next, ..] => next.is_ascii_lowercase() || matches!(next, b'.' | b'/' | b'~'),
        text => [&b">>> "[..], b"PS C:\\", b"C:\\>"].iter().any(|prompt| text.starts_with(prompt)),
    }
}

/// Whether the line opens or closes a fence, as Markdown sets code off.
pub(super) fn is_fence(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    text.starts_with(b"```") || text.starts_with(b"~~~")
}

/// Whether the line is indented as Markdown's code is, and no item of a list.
pub(super) fn is_indented(text: &[u8]) -> bool {
    let is_item = |text: &[u8]| matches!(text.trim_ascii_start(), [b'*' | b'+' | b'-' | b'o', b' ', ..]);
    (text.starts_with(b"    ") || text.starts_with(b"\t")) && !is_item(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_shows_at_its_ends() {
        for (text, want) in [
            ("if (ready) {", true),
            ("}", true),
            ("let mill = open();", true),
            ("<div class=\"mill\">", true),
            ("</p>", true),
            ("<https://mill.example>", false),
            ("$ ./mill --grind", true),
            ("$ 50 off today", false),
            (">>> mill.grind()", true),
            ("the wheel, the stone and the sack;", false),
            ("Read more >", false),
        ] {
            assert_eq!(is_code(text.as_bytes()), want, "{text}");
        }
    }
}
