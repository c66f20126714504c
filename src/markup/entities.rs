//! Characters written as HTML entities.

/// The character of the entity that a text begins with, and how many bytes the entity takes. One that means several
/// characters is left as it is.
pub(super) fn entity(text: &[u8]) -> Option<(char, usize)> {
    /// The longest name of HTML has 31 letters.
    const LONGEST: usize = 33;
    // Nearly all of real pages; a look at all names takes a hundred times as long.
    for (name, shown) in
        [(&b"&nbsp;"[..], ' '), (b"&amp;", '&'), (b"&lt;", '<'), (b"&gt;", '>'), (b"&quot;", '"'), (b"&#39;", '\'')]
    {
        if text.starts_with(name) {
            return Some((shown, name.len()));
        }
    }
    let len = 1 + memchr::memchr(b';', &text[..text.len().min(LONGEST)])?;
    let entity = std::str::from_utf8(&text[..len]).ok()?;
    let name = &entity[1..len - 1];
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
        return None;
    }
    let decoded = html_escape::decode_html_entities(entity);
    let mut chars = decoded.chars();
    match (chars.next(), chars.next()) {
        (Some('\n' | '\r'), None) => None,
        (Some(only), None) => Some((only, len)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_characters() {
        for (text, want) in [
            ("&amp; more", Some(('&', 5))),
            ("&nbsp;", Some((' ', 6))),
            ("&eacute;t&eacute;", Some(('é', 8))),
            ("&#8217;s", Some(('’', 7))),
            ("&#x2019;s", Some(('’', 8))),
            ("&#10;", None),
            ("& more;", None),
            ("&nothing;", None),
            ("&;", None),
        ] {
            assert_eq!(entity(text.as_bytes()), want, "{text}");
        }
    }
}
