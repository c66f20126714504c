//! Text from the web, made safe to show on a terminal.

use std::borrow::Cow;

/// The text with control characters, direction marks and invisible characters shown as `\u{..}`, so
/// that it can neither move the cursor nor look like something else.
pub(in crate::cli) fn sanitized(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().fold(String::new(), |mut shown, c| {
        match c {
            '\t' => shown.push(' '),
            c if is_unsafe(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
        shown
    }))
}

/// The same of each line by itself.
pub(in crate::cli) fn sanitized_lines(text: &str) -> String {
    text.split_inclusive('\n').fold(String::new(), |mut shown, line| {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        shown.push_str(&sanitized(line));
        shown.push_str(end);
        shown
    })
}

/// Whether a terminal does something else with it than to show it, or shows nothing.
pub(in crate::cli) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::sanitized;

    #[test]
    fn what_could_move_the_cursor_or_hide_is_spelled_out() {
        assert_eq!(sanitized("Ünïcode 读 → ok"), "Ünïcode 读 → ok");
        assert_eq!(sanitized("a\x1b[2Jb\u{202e}c\td"), "a\\u{1b}[2Jb\\u{202e}c d");
    }
}
