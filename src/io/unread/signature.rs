//! What is told by bytes that stand in no text.

use super::unread_format::UnreadFormat;
use crate::io::{Compression, Format};
use crate::text::is_binary;

/// What signatures of binary formats, or the bytes of another encoding, say.
pub(super) fn of(beginning: &[u8]) -> Option<UnreadFormat> {
    match beginning {
        [0x1F, 0x8B, 8, ..] => Some(UnreadFormat::Compressed(Compression::Gzip)),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(UnreadFormat::Compressed(Compression::Zstd)),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(UnreadFormat::Xz),
        [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', b'&', b'S', b'Y', ..] => Some(UnreadFormat::Bzip2),
        [b'P', b'K', 3, 4, ..] => Some(zip(beginning)),
        [b'%', b'P', b'D', b'F', b'-', ..] => pdf(beginning),
        [b'{', b'\\', b'r', b't', b'f', b'1', b'\\' | b'\r' | b'\n', ..] => Some(UnreadFormat::Rtf),
        [b'P', b'A', b'R', b'1', ..] if is_binary(beginning) => Some(UnreadFormat::Misnamed(Format::Parquet)),
        [b'W', b'A', b'R', b'C', b'/', b'1', b'.', ..] => warc(beginning),
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some(UnreadFormat::Encoded("UTF-32")),
        [0xFF, 0xFE, rest @ ..] => is_utf16(rest, u16::from_le_bytes).then_some(UnreadFormat::Encoded("UTF-16")),
        [0xFE, 0xFF, rest @ ..] => is_utf16(rest, u16::from_be_bytes).then_some(UnreadFormat::Encoded("UTF-16")),
        [low, 0, ..] if *low != 0 => unmarked(beginning, 0, "UTF-16LE"),
        [0, low, ..] if *low != 0 => unmarked(beginning, 1, "UTF-16BE"),
        _ => (beginning.get(257..262) == Some(b"ustar") && is_binary(beginning)).then_some(UnreadFormat::Tar),
    }
}

/// What a ZIP archive holds: the first file in it tells.
fn zip(beginning: &[u8]) -> UnreadFormat {
    let names = &beginning[..beginning.len().min(4096)];
    let holds = |name: &[u8]| memchr::memmem::find(names, name).is_some();
    match () {
        () if holds(b"mimetypeapplication/epub+zip") => UnreadFormat::Epub,
        () if holds(b"mimetypeapplication/vnd.oasis.opendocument.text") => UnreadFormat::Odt,
        () if holds(b"word/") && (holds(b"[Content_Types].xml") || holds(b"_rels/")) => UnreadFormat::Docx,
        () => UnreadFormat::Zip,
    }
}

/// A version alone on its line, and after it what no text has: bytes that are not UTF-8, or an object.
fn pdf(beginning: &[u8]) -> Option<UnreadFormat> {
    let beginning = &beginning[..beginning.len().min(8192)];
    let (version, rest) = beginning.split_at(beginning.iter().position(|byte| matches!(byte, b'\r' | b'\n'))?);
    let is_version = matches!(version.trim_ascii_end(), [b'%', b'P', b'D', b'F', b'-', b'1' | b'2', b'.', b'0'..=b'9']);
    let next = rest.trim_ascii_start();
    let is_object = next.split(|byte| byte.is_ascii_whitespace()).take(3).eq([&b"1"[..], b"0", b"obj"]);
    // Writers mark what follows as binary by a comment of such bytes.
    let is_marked = next.starts_with(b"%") && next.iter().take(16).any(|byte| *byte >= 0x80);
    (is_version && (is_object || is_marked || is_binary(beginning))).then_some(UnreadFormat::Pdf)
}

/// A version alone on its line, and a header after it.
fn warc(beginning: &[u8]) -> Option<UnreadFormat> {
    let (version, rest) = beginning.split_at(beginning.iter().position(|byte| *byte == b'\n')?);
    let is_version = version.trim_ascii_end().len() == b"WARC/1.0".len();
    let has_header = rest[1..].starts_with(b"WARC-") || rest[1..].starts_with(b"Content-");
    (is_version && has_header).then_some(UnreadFormat::Misnamed(Format::Wet))
}

/// So many units of two bytes are looked at.
const UNITS: usize = 512;

/// Units that are text, with a space, a line feed or another character of ASCII among them: other bytes are units of
/// Chinese by chance.
fn is_utf16(text: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let sample = &text[..text.len().min(2 * UNITS)];
    let units = || sample.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    if !sample.is_empty() && !units().any(|unit| unit < 0x80) {
        return false;
    }
    let mut decoded = char::decode_utf16(units()).peekable();
    while let Some(next) = decoded.next() {
        match next {
            Ok('\t' | '\n' | '\r' | '\u{c}') => {}
            Ok(c) if !c.is_control() => {}
            // A pair may be cut in two.
            Err(_) if decoded.peek().is_none() => {}
            _ => return false,
        }
    }
    true
}

/// UTF-16 without a mark, of ASCII alone: every other byte is zero, and the rest is text.
fn unmarked(beginning: &[u8], low: usize, name: &'static str) -> Option<UnreadFormat> {
    let is_text = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let pairs = || beginning.chunks_exact(2).take(UNITS);
    let fits = pairs().count() >= 8 && pairs().all(|pair| is_text(pair[low]) && pair[1 - low] == 0);
    fits.then_some(UnreadFormat::Encoded(name))
}
