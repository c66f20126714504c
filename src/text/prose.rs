//! Whether a line is a paragraph or a sentence: one law for cleaning, mining, and the figures about packs.

use super::lines::chars;

// The numbers were chosen by measuring: docs/quality.md has the table.

/// A line of so many characters is a paragraph...
const PARAGRAPH_CHARS: usize = 120;
/// ...and one that ends as a sentence does if it has so many.
const SENTENCE_CHARS: usize = 60;
/// A sentence has at least so many words, or it may be a label.
const SENTENCE_WORDS: usize = 3;
/// Where words are not parted by spaces, so many characters stand for as many words.
const WIDE_CHARS: usize = 6;

/// A paragraph has at least so many bytes.
pub(crate) const FEWEST_OF_PARAGRAPH: usize = SENTENCE_CHARS;

/// Whether a line of so many characters is a paragraph.
pub(crate) fn is_paragraph_of(chars: usize, is_sentence: bool) -> bool {
    chars >= PARAGRAPH_CHARS || is_sentence && chars >= SENTENCE_CHARS
}

/// What kind of prose a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Prose {
    /// It ends as sentences do.
    pub(crate) ends_a_sentence: bool,
    /// It is a sentence, however short.
    pub(crate) is_sentence: bool,
    /// It is a paragraph rather than an item or a heading.
    pub(crate) is_paragraph: bool,
}

impl Prose {
    pub(crate) fn of(text: &[u8]) -> Prose {
        let trimmed = text.trim_ascii();
        let ends_a_sentence = ends_a_sentence(trimmed);
        let is_sentence = ends_a_sentence && has_words(trimmed, SENTENCE_WORDS);
        // A character has four bytes at most.
        let is_paragraph = text.len() >= 4 * PARAGRAPH_CHARS
            || text.len() >= SENTENCE_CHARS && is_paragraph_of(width(text), ends_a_sentence);
        Prose { ends_a_sentence, is_sentence, is_paragraph }
    }
}

/// Whether the text is a paragraph rather than an item or a heading.
pub(crate) fn is_paragraph(text: &[u8]) -> bool {
    Prose::of(text).is_paragraph
}

/// Whether the text ends as a sentence does and is longer than most headings and items.
pub(crate) fn is_long_sentence(text: &[u8]) -> bool {
    text.len() >= SENTENCE_CHARS && ends_a_sentence(text.trim_ascii_end()) && width(text) >= SENTENCE_CHARS
}

/// Whether the text has so many words.
pub(crate) fn has_words(text: &[u8], count: usize) -> bool {
    let words = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).take(count).count();
    words >= count || wide(text) >= WIDE_CHARS
}

/// Characters; those of Chinese, Japanese and Korean say as much as two and a half others.
fn width(text: &[u8]) -> usize {
    chars(text) + wide(text) * 3 / 2
}

/// Characters of Chinese, Japanese and Korean, by the first byte of each.
fn wide(text: &[u8]) -> usize {
    // Most text has none.
    let highest = text.iter().copied().fold(0, u8::max);
    if highest < 0xE3 { 0 } else { text.iter().filter(|byte| matches!(byte, 0xE3..=0xED)).count() }
}

/// Whether the text ends as sentences do; an ellipsis ends a teaser.
#[inline]
pub(crate) fn ends_a_sentence(text: &[u8]) -> bool {
    // Most lines end in a letter or digit: of ASCII, or of Latin, Greek or Cyrillic script.
    let ends_in_letter =
        text.last().is_none_or(u8::is_ascii_alphanumeric) || matches!(text, [.., 0xC3..=0xD4, 0x80..=0xBF]);
    !ends_in_letter && ends_in_full_stop(text)
}

fn ends_in_full_stop(mut text: &[u8]) -> bool {
    // Of longer rows of what closes quotations none ends a sentence.
    const LAST_BYTES: usize = 32;
    const CLOSING: [&str; 7] = ["\"", "'", "”", "’", "»", ")", " "];
    const FULL_STOPS: [&str; 8] = [".", "!", "?", "。", "！", "？", "।", "؟"];
    text = &text[text.len().saturating_sub(LAST_BYTES)..];
    while let Some(before) = CLOSING.iter().find_map(|closing| text.strip_suffix(closing.as_bytes())) {
        text = before;
    }
    !text.ends_with(b"..") && FULL_STOPS.iter().any(|stop| text.ends_with(stop.as_bytes()))
}

/// A box after a text has teasers and links; a line of more characters in it is an article's paragraph, whatever it ends
/// with.
pub(crate) const LONGEST_IN_BOX: u32 = 160;

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
}
