//! Pages as text browsers dump them: numbers before links, words for what cannot be shown, and a list of addresses.

use memchr::memmem;

/// What stands for a button or an image.
const SIGNS: [&[u8]; 8] =
    [b"(BUTTON)", b"[BUTTON]", b"[IMG]", b"[INLINE]", b"[LINK]", b"[EMBED]", b"[SPACER]", b"[INPUT]"];

/// The number of a link before its text, or the sign for a button or an image, that a text begins with: its length in bytes.
pub(super) fn mark_len(text: &[u8]) -> Option<usize> {
    if let Some(sign) = SIGNS.iter().find(|sign| text.starts_with(sign)) {
        return Some(sign.len() + usize::from(text.get(sign.len()) == Some(&b' ')));
    }
    let len = number_len(text)?;
    text.get(len).is_some_and(|next| !next.is_ascii_whitespace()).then_some(len)
}

/// Whether a text begins with the number of a link and its text.
pub(super) fn begins_with_number(text: &[u8]) -> bool {
    number_len(text).and_then(|len| text.get(len)).is_some_and(|next| next.is_ascii_alphanumeric() || *next >= 0x80)
}

fn number_len(text: &[u8]) -> Option<usize> {
    const MOST_DIGITS: usize = 4;
    let digits = text.strip_prefix(b"[")?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    ((1..=MOST_DIGITS).contains(&digits) && text.get(digits + 1) == Some(&b']')).then_some(digits + 2)
}

/// Where the list of addresses begins that a dump ends with; at the text's end where there is none.
pub(super) fn references(text: &[u8]) -> usize {
    let heading = |name: &str| {
        let at = memmem::rfind(text, name.as_bytes())?;
        let is_line =
            (at == 0 || text[at - 1] == b'\n') && text[at + name.len()..].trim_ascii_start().starts_with(b"1. ");
        let leads_elsewhere = || memmem::find(&text[at..text.len().min(at + 400)], b"://").is_some();
        (is_line && leads_elsewhere()).then_some(at)
    };
    ["References\n", "Visible links\n", "Visible links:\n"].into_iter().filter_map(heading).min().unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_links_stand_before_their_text() {
        for (text, want) in [
            ("[12]Home", Some(4)),
            ("[IMG] x", Some(6)),
            ("(BUTTON) Search", Some(9)),
            ("[12] Home", None),
            ("[12]", None),
            ("[a]Home", None),
            ("[12345]Home", None),
        ] {
            assert_eq!(mark_len(text.as_bytes()), want, "{text}");
        }
    }

    #[test]
    fn a_dump_ends_with_its_addresses() {
        let dump = "   The [1]mill\n\nReferences\n\n   1. https://mill.example/\n";
        assert_eq!(&dump[references(dump.as_bytes())..], "References\n\n   1. https://mill.example/\n");
        assert_eq!(references(b"References\n\n   1. Miller, The Mill\n"), 35);
        assert_eq!(references(b"Mill\n"), 5);
    }
}
