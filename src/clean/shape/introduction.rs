//! Whether a line introduces a list, or begins as an entry of one.

use crate::text::has_words;

/// A line that introduces others has at least so many words: "Follow us:" is a label.
const INTRODUCTION_WORDS: usize = 3;
/// Whether the text begins or ends as introductions and code do: of most lines nothing else need be asked.
pub(super) fn is_marked(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let begins =
        text.first().is_some_and(|first| matches!(first, b'`' | b'~' | b'<' | b'$' | b'>' | b'/' | b'P' | b'C'));
    // The last byte of a full-width colon.
    let ends = text.last().is_some_and(|last| matches!(last, b':' | 0x9A | b'{' | b'}' | b';' | b'>' | b'/'));
    begins || ends
}

/// Whether the text introduces what stands below it: it ends in a colon, and says more than a label does.
pub(super) fn introduces(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    (text.ends_with(b":") || text.ends_with("：".as_bytes()))
        && !matches!(text, [b'*' | b'+' | b'-' | b'o', b' ', ..])
        && has_words(text, INTRODUCTION_WORDS)
}

/// Whether the text begins with a number as entries of a table of contents do: "2.1. The wheel", but not "3 carts".
pub(super) fn is_numbered(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let text = text.strip_prefix(b"* ").unwrap_or(text);
    let number = text.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let (number, rest) = text.split_at(number);
    number.contains(&b'.') && number[0].is_ascii_digit() && rest.starts_with(b" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_says_more_than_a_label_introduces() {
        for (text, want) in [
            ("The shop sells these books:", true),
            ("書店の棚の分類：", true),
            ("Share:", false),
            ("Follow us:", false),
            ("* Other languages we know:", false),
            ("It is said: the mill is old", false),
        ] {
            assert_eq!(introduces(text.as_bytes()), want, "{text}");
        }
    }

    #[test]
    fn entries_of_contents_begin_with_a_number_and_a_full_stop() {
        for (text, want) in [
            ("2.1. The wheel", true),
            ("* 3. The stone", true),
            ("1.6.2. reportbug", true),
            ("12 carts", false),
            ("... more", false),
            ("5.0", false),
        ] {
            assert_eq!(is_numbered(text.as_bytes()), want, "{text}");
        }
    }
}
