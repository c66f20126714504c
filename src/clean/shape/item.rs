//! Whether a line may be an item of a menu, a piece of a sentence, or a figure.

use crate::text::{after_nested_mark, chars, ends_a_sentence};

/// An item of a menu has at most so many characters.
pub(super) const ITEM_CHARS: usize = 40;

/// Whether the line may be an item of a menu.
pub(super) fn is_item(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    is_short(text) && !ends_a_sentence(text)
}

/// Whether a text without spaces around it is no longer than an item.
pub(super) fn is_short(text: &[u8]) -> bool {
    text.len() <= ITEM_CHARS || text.len() <= 4 * ITEM_CHARS && chars(text) <= ITEM_CHARS
}

/// Whether it shows at the edges of the line that it is no item, nor a menu's last one.
#[inline]
pub(in super::super) fn is_plainly_prose(text: &[u8]) -> bool {
    let sentence = matches!(text, [.., before, b'.' | b'!' | b'?'] if *before != b'.');
    sentence
}

/// Whether the text goes on with a sentence: it begins with a small letter or with what stands inside
/// or after a sentence. "iPhone" begins a line, and so does whatever follows a list mark.
pub(super) fn is_fragment(text: &[u8]) -> bool {
    const FIRST_BYTES: usize = 8;
    if after_nested_mark(text).len() < text.len() {
        return false;
    }
    let text = text.trim_ascii();
    // Most items begin so.
    if text.first().is_none_or(|first| first.is_ascii_uppercase() || first.is_ascii_digit()) {
        return false;
    }
    let mut chars = text[..text.len().min(FIRST_BYTES)].utf8_chunks().next().map_or("", |chunk| chunk.valid()).chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => !chars.next().is_some_and(char::is_uppercase),
        Some(first) => matches!(first, ',' | '.' | ';' | ':' | ')' | '?' | '!' | '\'' | '’' | '”'),
        None => false,
    }
}

/// Whether the text has neither letters nor digits: an empty list item, or what stands between items.
pub(in super::super) fn is_wordless(text: &[u8]) -> bool {
    text.len() <= 3
        && !text.iter().any(u8::is_ascii_alphanumeric)
        && !String::from_utf8_lossy(text).chars().any(char::is_alphanumeric)
}

/// Whether the text is a figure rather than words: a number, a price, a result, a telephone number.
pub(in super::super) fn is_figure(text: &[u8]) -> bool {
    let digits = text.iter().filter(|byte| byte.is_ascii_digit()).count();
    // Of each letter beyond ASCII one byte.
    let letters = || text.iter().filter(|byte| byte.is_ascii_alphabetic() || **byte >= 0xC0).count();
    digits > 0 && 2 * digits >= letters()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_no_items() {
        for (text, want) in
            [("Home", true), ("He left.", false), ("Really?”", false), ("More...", true), (&*"x".repeat(41), false)]
        {
            assert_eq!(is_item(text.as_bytes()), want, "{text}");
        }
    }

    #[test]
    fn pieces_of_sentences_begin_small_or_with_what_goes_on() {
        for (text, want) in [
            ("and the mill", true),
            (", says the miller", true),
            (") in May", true),
            ("и дом", true),
            ("The mill", false),
            ("iPhone", false),
            ("* and more", false),
            ("  o and more", false),
            ("(new)", false),
            ("मेला", false),
            ("12", false),
        ] {
            assert_eq!(is_fragment(text.as_bytes()), want, "{text}");
        }
    }

    #[test]
    fn figures_are_mostly_digits() {
        for (text, want) in [
            ("12", true),
            ("4-2", true),
            ("$60,000", true),
            ("VIP: 600", true),
            ("Top 10 recipes", false),
            ("5G", true),
            ("Mai 2018", true),
            ("News", false),
            ("Ärzte 24", false),
        ] {
            assert_eq!(is_figure(text.as_bytes()), want, "{text}");
        }
    }
}
