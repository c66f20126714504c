//! Whether a line may be a menu: short items with separators between them.

use wide::{i8x16, u8x16};

use super::item::{ITEM_CHARS, is_item};

/// A menu has at least so many items.
pub(in super::super) const FEWEST_ITEMS: usize = 6;

/// Whether the line looks like a menu: short parts between separators.
#[inline]
pub(in super::super) fn is_inline_menu(text: &[u8]) -> bool {
    text.len() > 2 * FEWEST_ITEMS && separates_early(text) && inline_items(text).is_some()
}

/// Whether a separator stands where the first item must end. Looks at sixteen bytes at a time without
/// a branch.
#[inline]
fn separates_early(text: &[u8]) -> bool {
    // The first item, and some marks before it.
    const CHARS: usize = ITEM_CHARS + 4;
    let Some(last) = text.last_chunk() else {
        let mut padded = [0; BLOCK + AFTER];
        padded[..text.len()].copy_from_slice(text);
        return separates(&padded);
    };
    let (mut at, mut chars) = (0, 0);
    while let Some(block) = text[at..].first_chunk::<{ BLOCK + AFTER }>() {
        if may_separate(block) && separates(block) {
            return true;
        }
        chars += chars_in(block);
        at += BLOCK;
        if chars >= CHARS {
            return false;
        }
    }
    // What is nearer to the line's end than a block is long has no items after it.
    may_separate(last) && separates(last)
}

const BLOCK: usize = 16;
/// Bytes of a separator after its first one.
const AFTER: usize = 2;

/// Whether a byte is there with which separators begin.
#[inline]
fn may_separate(block: &[u8; BLOCK + AFTER]) -> bool {
    let bytes = vector(block);
    let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
    let begins = (is(b'|') | is(b'\t') | is(0xC2) | is(0xE2)).to_bitmask();
    let spaces = is(b' ').to_bitmask() | u32::from(block[BLOCK] == b' ') << BLOCK;
    begins | spaces & spaces >> 1 != 0
}

/// Characters that begin in a block.
#[inline]
fn chars_in(block: &[u8; BLOCK + AFTER]) -> usize {
    // Bytes that go on are the lowest ones with a sign.
    let goes_on = vector(block).cast_signed().simd_lt(i8x16::splat(0xC0_u8 as i8)).to_bitmask();
    if goes_on == 0 { BLOCK } else { BLOCK - goes_on.count_ones() as usize }
}

#[inline]
fn vector(block: &[u8; BLOCK + AFTER]) -> u8x16 {
    u8x16::new(*block.first_chunk().unwrap_or(&[0; BLOCK]))
}

/// Whether a separator begins in the block.
fn separates(block: &[u8; BLOCK + AFTER]) -> bool {
    (0..BLOCK).any(|at| {
        let separator = &block[at..];
        matches!(separator, [b'|' | b'\t', ..] | [b' ', b' ', ..] | [0xC2, 0xB7 | 0xBB, ..] | [0xE2, 0x80, 0xA2, ..])
    })
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
