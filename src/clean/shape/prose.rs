//! Whether a line is a paragraph, a sentence, or the introduction of a list.

use crate::text::chars;

// The numbers were chosen by measuring: docs/quality.md has the table.

/// A line of so many characters is a paragraph...
const PARAGRAPH_CHARS: usize = 120;
/// ...and one that ends as a sentence does if it has so many.
const SENTENCE_CHARS: usize = 60;
/// A sentence has at least so many words, or it may be a label.
const SENTENCE_WORDS: usize = 3;
/// So has a line that introduces others: "Follow us:" is a label too.
const INTRODUCTION_WORDS: usize = 3;
/// Where words are not parted by spaces, so many characters stand for as many words.
const WIDE_CHARS: usize = 6;

/// Whether the text is a paragraph rather than an item or a heading.
pub(in super::super) fn is_paragraph(text: &[u8]) -> bool {
    // A character has four bytes at most.
    text.len() >= 4 * PARAGRAPH_CHARS
        || text.len() >= SENTENCE_CHARS && (width(text) >= PARAGRAPH_CHARS || is_long_sentence(text))
}

/// Whether the text ends as a sentence does and is longer than most headings and items.
pub(in super::super) fn is_long_sentence(text: &[u8]) -> bool {
    text.len() >= SENTENCE_CHARS && ends_a_sentence(text.trim_ascii_end()) && width(text) >= SENTENCE_CHARS
}

/// Whether the text is a sentence, however short.
pub(in super::super) fn is_sentence(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    ends_a_sentence(text) && has_words(text, SENTENCE_WORDS)
}

/// Whether the text begins or ends as introductions and code do: of most lines nothing else need be asked.
pub(in super::super) fn is_marked(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let begins =
        text.first().is_some_and(|first| matches!(first, b'`' | b'~' | b'<' | b'$' | b'>' | b'/' | b'P' | b'C'));
    // The last byte of a full-width colon.
    let ends = text.last().is_some_and(|last| matches!(last, b':' | 0x9A | b'{' | b'}' | b';' | b'>' | b'/'));
    begins || ends
}

/// Whether the text introduces what stands below it: it ends in a colon, and says more than a label does.
pub(in super::super) fn introduces(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    (text.ends_with(b":") || text.ends_with("：".as_bytes()))
        && !matches!(text, [b'*' | b'+' | b'-' | b'o', b' ', ..])
        && has_words(text, INTRODUCTION_WORDS)
}

/// Whether the text begins with a number as entries of a table of contents do: "2.1. The wheel", but not "3 carts".
pub(in super::super) fn is_numbered(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let text = text.strip_prefix(b"* ").unwrap_or(text);
    let number = text.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let (number, rest) = text.split_at(number);
    number.contains(&b'.') && number[0].is_ascii_digit() && rest.starts_with(b" ")
}

fn has_words(text: &[u8], count: usize) -> bool {
    let words = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
    words >= count || wide(text) >= WIDE_CHARS
}

/// Characters; those of Chinese, Japanese and Korean say as much as two and a half others.
fn width(text: &[u8]) -> usize {
    chars(text) + wide(text) * 3 / 2
}

/// Characters of Chinese, Japanese and Korean, by the first byte of each.
fn wide(text: &[u8]) -> usize {
    text.iter().filter(|byte| matches!(byte, 0xE3..=0xED)).count()
}

/// Whether the text ends as sentences do; an ellipsis ends a teaser.
pub(in super::super) fn ends_a_sentence(text: &[u8]) -> bool {
    // Most lines end in a letter or digit: of ASCII, or of Latin, Greek or Cyrillic script.
    if text.last().is_none_or(u8::is_ascii_alphanumeric) || matches!(text, [.., 0xC3..=0xD4, 0x80..=0xBF]) {
        return false;
    }
    const LAST_BYTES: usize = 32;
    let text = String::from_utf8_lossy(&text[text.len().saturating_sub(LAST_BYTES)..]);
    let text = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ' ']);
    !text.ends_with("..") && text.ends_with(['.', '!', '?', '。', '！', '？', '।', '؟'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_long_or_long_sentences() {
        for (text, want) in [
            ("The mill stood empty.", false),
            ("The mill stood empty for a whole winter, and nobody came to look.", true),
            ("The mill that stood empty for a whole winter at the river's end", false),
            (&"word ".repeat(24), false),
            (&"words ".repeat(24), true),
            ("冬の間ずっと水車小屋は空のままで、村の人は誰も見に来なかった。", true),
            ("水車小屋", false),
        ] {
            assert_eq!(is_paragraph(text.as_bytes()), want, "{text}");
        }
    }

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
