//! The plain form: how a text is written in JSON by those who escape no more than they must.

use super::plain::plain_len;

/// Appends `text` to `out` as the inside of a JSON string, in the form that `serde_json` and Python's
/// `ensure_ascii=False` write: escapes for quotes, backslashes and control bytes alone, the short ones where there are
/// short ones. Bytes that are not UTF-8 stay as they are.
pub fn escape_into(text: &[u8], out: &mut Vec<u8>) {
    out.reserve(text.len());
    let mut rest = text;
    loop {
        let (plain, stop) = rest.split_at(plain_len(rest));
        out.extend_from_slice(plain);
        let Some((&byte, after)) = stop.split_first() else { return };
        out.extend_from_slice(escape(byte, &mut [0; 6]));
        rest = after;
    }
}

/// Whether `raw` is just what [`escape_into`] makes of `text`, so that it need not be kept beside it.
pub fn is_plain(raw: &[u8], text: &[u8]) -> bool {
    let (mut raw, mut rest) = (raw, text);
    loop {
        let (plain, stop) = rest.split_at(plain_len(rest));
        let Some(behind) = raw.strip_prefix(plain) else { return false };
        let Some((&byte, after)) = stop.split_first() else { return behind.is_empty() };
        let Some(behind) = behind.strip_prefix(escape(byte, &mut [0; 6])) else { return false };
        (raw, rest) = (behind, after);
    }
}

/// The escape of a byte that needs one.
fn escape(byte: u8, buffer: &mut [u8; 6]) -> &[u8] {
    match byte {
        b'"' => b"\\\"",
        b'\\' => b"\\\\",
        0x08 => b"\\b",
        0x0C => b"\\f",
        b'\n' => b"\\n",
        b'\r' => b"\\r",
        b'\t' => b"\\t",
        _ => {
            let digit = |value: u8| b"0123456789abcdef"[usize::from(value & 0xF)];
            *buffer = [b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte)];
            buffer
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &[u8]) -> Vec<u8> {
        let mut out = b"x".to_vec();
        escape_into(text, &mut out);
        assert!(is_plain(&out[1..], text));
        out.split_off(1)
    }

    #[test]
    fn only_what_must_be_escaped_is() {
        assert_eq!(
            escaped(b"a\n\"b\" \\ \x00\x1f\x7f\t\r\x08\x0c/"),
            br#"a\n\"b\" \\ \u0000\u001f"#.iter().chain(b"\x7f\\t\\r\\b\\f/").copied().collect::<Vec<u8>>()
        );
        assert_eq!(escaped("Привет 😀\u{2028}".as_bytes()), "Привет 😀\u{2028}".as_bytes());
        assert_eq!(escaped(b"\xff\n\xED\xA0\x80"), b"\xff\\n\xED\xA0\x80");
        assert_eq!(escaped(b""), b"");
    }

    #[test]
    fn another_spelling_is_not_plain() {
        for (raw, text) in [
            (r"\/", "/"),
            (r"\u000a", "\n"),
            (r"\u001F", "\u{1f}"),
            (r"\u0430", "а"),
            ("a", ""),
            ("", "a"),
            (r"\nb", "\n"),
        ] {
            assert!(!is_plain(raw.as_bytes(), text.as_bytes()), "{raw}");
        }
    }
}
