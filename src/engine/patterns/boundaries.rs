//! Whole words: where a match may begin and end.

/// Whether a match may begin or end at `at`: not inside a word, not inside a number, and not
/// between a letter and its combining mark. Scripts that write no spaces between words have no such
/// boundaries.
#[inline]
pub(in crate::engine) fn is_boundary(folded: &[u8], at: usize) -> bool {
    let (Some(&before), Some(&after)) = (at.checked_sub(1).and_then(|i| folded.get(i)), folded.get(at)) else {
        return true;
    };
    if before < 0x80 && after < 0x80 {
        let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        return !letters && !digits;
    }
    !joins(class_before(folded, at), class_at(folded, at))
}

/// Whether the text begins with a letter: after a letter it has no [boundary](is_boundary).
pub(in crate::engine) fn begins_with_letter(folded: &[u8]) -> bool {
    class_at(folded, 0) == Class::Letter
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Mark,
    Other,
}

fn joins(before: Class, after: Class) -> bool {
    match (before, after) {
        (Class::Letter | Class::Mark, Class::Letter) | (Class::Digit, Class::Digit) => true,
        (before, Class::Mark) => before != Class::Other,
        _ => false,
    }
}

fn class_at(folded: &[u8], at: usize) -> Class {
    let end = folded.len().min(at + 4);
    folded[at..end].utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next()).map_or(Class::Other, class)
}

fn class_before(folded: &[u8], at: usize) -> Class {
    let start = (at.saturating_sub(4)..at).rev().find(|&i| folded[i] & 0xC0 != 0x80);
    let text = start.and_then(|start| std::str::from_utf8(&folded[start..at]).ok());
    text.and_then(|text| text.chars().next()).map_or(Class::Other, class)
}

fn class(c: char) -> Class {
    match c {
        // Combining diacritical marks, and the marks of Hebrew, Arabic and the scripts of India
        // that are no letters to `is_alphabetic`.
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{64B}'..='\u{65F}' => Class::Mark,
        '\u{93C}' | '\u{94D}' | '\u{9BC}' | '\u{9CD}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' => {
            Class::Mark
        }
        '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}' => Class::Mark,
        // Thai to Khmer, kana, ideographs: no spaces between words.
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => Class::Other,
        '\u{2E80}'..='\u{30FF}' | '\u{31F0}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
            Class::Other
        }
        c if c.is_numeric() => Class::Digit,
        c if c.is_alphabetic() => Class::Letter,
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::is_boundary;

    #[test]
    fn words_and_numbers_are_not_split() {
        for (text, at, want) in [
            ("shareholders", 5, false),
            ("share this", 5, true),
            ("share:", 5, true),
            ("comments12", 8, true),
            ("12345", 2, false),
            ("комментарии", 14, false),
            ("комментарии 5", 22, true),
            ("cafe\u{301}", 4, false),
            ("कि\u{94d}", 6, false),
            ("続きを読む", 9, true),
            ("x", 0, true),
            ("x", 1, true),
            ("über", 0, true),
            ("über", 2, false),
        ] {
            assert_eq!(is_boundary(text.as_bytes(), at), want, "{text} at {at}");
        }
        assert!(is_boundary(b"a\xffb", 1));
    }
}
