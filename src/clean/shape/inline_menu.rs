//! Whether a line may be a menu: short items with separators between them.

use wide::u8x16;

use super::item::{ITEM_CHARS, is_item};

/// A menu has at least so many items.
pub(in super::super) const FEWEST_ITEMS: usize = 6;

/// Whether the line looks like a menu: short parts between separators.
pub(in super::super) fn is_inline_menu(text: &[u8]) -> bool {
    text.len() > 2 * FEWEST_ITEMS && inline_items(text).is_some()
}

/// Calls `found` with each place in a text where a separator stands, in bytes; of a row of spaces that is one. A line of so
/// many items as a menu has holds one fewer, at least.
#[inline]
pub(in super::super) fn each_separator(text: &[u8], mut found: impl FnMut(usize)) {
    let mut at = 0;
    while let Some(block) = text[at..].first_chunk() {
        if may_separate(block) {
            each_in(&block[..], at, &mut found);
        }
        at += LONG_BLOCK;
    }
    let mut rest = [0; LONG_BLOCK + AFTER];
    rest[..text.len() - at].copy_from_slice(&text[at..]);
    each_in(&rest, at, &mut found);
    if let Some(last) = text.get(at + LONG_BLOCK..) {
        rest = [0; LONG_BLOCK + AFTER];
        rest[..last.len()].copy_from_slice(last);
        each_in(&rest, at + LONG_BLOCK, &mut found);
    }
}

/// Bytes that are told together to hold no separator, as most do.
const LONG_BLOCK: usize = 4 * BLOCK;

/// Whether a byte is there with which separators begin.
#[inline]
fn may_separate(block: &[u8; LONG_BLOCK + AFTER]) -> bool {
    let from = |at: usize| u8x16::new(*block[at..].first_chunk().unwrap_or(&[0; BLOCK]));
    let is = |bytes: u8x16, byte: u8| bytes.simd_eq(u8x16::splat(byte));
    let begins = |at: usize| {
        let first = from(at);
        let spaces = is(first, b' ') & is(from(at + 1), b' ');
        is(first, b'|') | is(first, b'\t') | is(first, 0xC2) | is(first, 0xE2) | spaces
    };
    (begins(0) | begins(BLOCK) | begins(2 * BLOCK) | begins(3 * BLOCK)).to_bitmask() != 0
}

fn each_in(block: &[u8], at: usize, found: &mut impl FnMut(usize)) {
    for from in (0..LONG_BLOCK).step_by(BLOCK) {
        let mut separators = block[from..].first_chunk().map_or(0, separators_in);
        while separators != 0 {
            found(at + from + separators.trailing_zeros() as usize);
            separators &= separators - 1;
        }
    }
}

const BLOCK: usize = 16;
/// Bytes of a separator after its first one.
const AFTER: usize = 2;

/// A mask of the places where separators begin.
#[inline]
fn separators_in(block: &[u8; BLOCK + AFTER]) -> u32 {
    let from = |at: usize| u8x16::new(*block[at..].first_chunk().unwrap_or(&[0; BLOCK]));
    let (first, second, third) = (from(0), from(1), from(2));
    let is = |bytes: u8x16, byte: u8| bytes.simd_eq(u8x16::splat(byte));
    let sign = is(first, b'|') | is(first, b'\t');
    let spaces = is(first, b' ') & is(second, b' ') & !is(third, b' ');
    let dot_or_guillemet = is(first, 0xC2) & (is(second, 0xB7) | is(second, 0xBB));
    let bullet = is(first, 0xE2) & is(second, 0x80) & is(third, 0xA2);
    (sign | spaces | dot_or_guillemet | bullet).to_bitmask()
}

/// The items of a menu in one line, if it looks like one.
pub(in super::super) fn inline_items(text: &[u8]) -> Option<Vec<&[u8]>> {
    let mut items = Vec::new();
    let mut rest = Some(text);
    while let Some(text) = rest {
        let (part, after) = split_at_separator(text)?;
        let part = std::str::from_utf8(part).ok()?.trim().as_bytes();
        if !part.is_empty() {
            is_item(part).then(|| items.push(part))?;
        }
        rest = after;
    }
    // Justified text has wide spaces too.
    let is_justified = !text.iter().any(|byte| matches!(byte, b'|' | b'\t') || !byte.is_ascii())
        && items.iter().any(|item| item.first().is_some_and(u8::is_ascii_lowercase));
    (items.len() >= FEWEST_ITEMS && !is_justified).then_some(items)
}

/// What stands before the first separator and what after it; nothing where what stands before is too
/// long for an item.
fn split_at_separator(text: &[u8]) -> Option<(&[u8], Option<&[u8]>)> {
    // A space on each side is no part of the item.
    let mut room = ITEM_CHARS + 2;
    let mut quoted = false;
    for (at, &byte) in text.iter().enumerate() {
        let len = match byte {
            b'|' | b'\t' => 1,
            b' ' if text[at..].starts_with(b"  ") => 2,
            0xC2 if text.get(at + 1) == Some(&0xAB) => {
                quoted = true;
                continue;
            }
            // What closes a quotation is no separator.
            0xC2 if quoted && text.get(at + 1) == Some(&0xBB) => {
                quoted = false;
                continue;
            }
            0xC2 if matches!(text.get(at + 1), Some(0xB7 | 0xBB)) => 2,
            0xE2 if text[at..].starts_with("•".as_bytes()) => 3,
            0x80..=0xBF => continue,
            _ if room == 0 => return None,
            _ => {
                room -= 1;
                continue;
            }
        };
        return Some((&text[..at], Some(&text[at + len..])));
    }
    Some((text, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_short_parts_has_items() {
        let count = |text: &str| inline_items(text.as_bytes()).map(|items| items.len());
        assert_eq!(count("Home | News | Sport | Culture | Weather | Shop"), Some(6));
        assert_eq!(count("Home\tNews\tSport  Culture » Weather • Shop"), Some(6));
        assert_eq!(count("Home | News | Sport"), None);
        assert_eq!(count("For  more  information  about  the  mill  see  Home"), None);
        assert_eq!(count("One. | Two. | Three. | Four. | Five. | Six."), None);
        for text in ["Home | News | Sport | Culture | Weather | Shop", "• A • B • C • D • E • F"] {
            assert!(is_inline_menu(text.as_bytes()));
        }
    }
}
