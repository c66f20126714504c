//! Menus: known words give away the unknown ones beside them.

use std::ops::Range;

use crate::engine::Engine;
use crate::pack::RuleId;
use crate::text::{Window, chars};

use super::fates::Fates;
use super::reading::Reading;
use super::view::View;

/// An item of a menu has at most so many characters.
const ITEM_CHARS: usize = 40;
/// A menu has at least so many items...
const FEWEST_ITEMS: usize = 6;
/// ...of which so many, all different, match rules...
const FEWEST_MATCHES: usize = 3;
/// ...and they are at least one in so many.
const ITEMS_PER_MATCH: usize = 4;

/// Takes menus of one item a line, and menus in one line.
pub(super) fn take(engine: &Engine, window: &Window<'_>, reading: &mut Reading, view: &View, fates: &mut Fates) {
    let Some(menu) = engine.menu_rule() else { return };
    for row in rows(window, reading, view, fates) {
        let items: Vec<usize> = row.filter(|&position| !fates.is_taken(view.lines[position])).collect();
        let matched = items.iter().filter_map(|&position| {
            let facts = view.facts(position);
            let rule = facts.strong.or(facts.weak).filter(|&rule| engine.rule(rule).menus)?;
            Some((reading.text(window, view.lines[position]).trim_ascii(), rule))
        });
        if let Some(evidence) = evidence(items.len(), matched.collect()) {
            let lines: Vec<u32> = items.iter().map(|&position| view.lines[position]).collect();
            fates.take_menu(&lines, menu, evidence);
        }
    }
    take_inline(engine, window, reading, view, fates, menu);
}

/// The rules that give a menu away, if what matches among its items is enough.
fn evidence(items: usize, matched: Vec<(&[u8], RuleId)>) -> Option<Vec<RuleId>> {
    let mut texts: Vec<&[u8]> = matched.iter().map(|(text, _)| *text).collect();
    texts.sort_unstable();
    texts.dedup();
    if items < FEWEST_ITEMS || texts.len() < FEWEST_MATCHES || matched.len() * ITEMS_PER_MATCH < items {
        return None;
    }
    let mut rules: Vec<RuleId> = matched.into_iter().map(|(_, rule)| rule).collect();
    rules.sort_unstable();
    rules.dedup();
    Some(rules)
}

/// Rows of neighbouring short lines around those that match; lines that go already are no gap.
fn rows(window: &Window<'_>, reading: &Reading, view: &View, fates: &Fates) -> Vec<Range<usize>> {
    let belongs = |position: usize| {
        let line = view.lines[position];
        view.facts(position).kept.is_none() && (fates.is_taken(line) || reading.is_item(window, line))
    };
    let mut rows: Vec<Range<usize>> = Vec::new();
    for position in view.matched() {
        let covered = rows.last().map_or(0, |row| row.end);
        if position < covered || !belongs(position) {
            continue;
        }
        let start = (covered..position).rev().take_while(|&before| belongs(before)).last().unwrap_or(position);
        let end = (position..view.lines.len()).find(|&after| !belongs(after)).unwrap_or(view.lines.len());
        rows.push(start..end);
    }
    rows.retain(|row| row.len() >= FEWEST_ITEMS);
    rows
}

/// Whether the line may be an item of a menu.
pub(super) fn is_item(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let is_short = text.len() <= ITEM_CHARS || text.len() <= 4 * ITEM_CHARS && chars(text) <= ITEM_CHARS;
    is_short && !ends_a_sentence(text)
}

/// Whether the text ends as sentences do; an ellipsis ends a teaser.
fn ends_a_sentence(text: &[u8]) -> bool {
    // Most items end in a letter or digit: of ASCII, or of Latin, Greek or Cyrillic script.
    if text.last().is_none_or(u8::is_ascii_alphanumeric) || matches!(text, [.., 0xC3..=0xD4, 0x80..=0xBF]) {
        return false;
    }
    const LAST_BYTES: usize = 32;
    let text = String::from_utf8_lossy(&text[text.len().saturating_sub(LAST_BYTES)..]);
    let text = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ' ']);
    !text.ends_with("..") && text.ends_with(['.', '!', '?', '。', '！', '？', '।', '؟'])
}

/// Whether it shows at the edges of the line that it is no item, nor a menu's last one.
#[inline]
pub(super) fn is_plainly_prose(text: &[u8]) -> bool {
    let sentence = matches!(text, [.., before, b'.' | b'!' | b'?'] if *before != b'.');
    sentence
}

/// Whether the line looks like a menu: short parts between separators.
#[inline]
pub(super) fn is_inline(text: &[u8]) -> bool {
    text.len() > 2 * FEWEST_ITEMS && separates_early(text) && inline_items(text).is_some()
}

/// Whether a separator stands where the first item must end. Looks at sixteen bytes at a time without
/// a branch.
#[inline]
fn separates_early(text: &[u8]) -> bool {
    // The first item, and some marks before it.
    const CHARS: usize = ITEM_CHARS + 4;
    let Some(last) = text.last_chunk() else {
        let mut padded = [0; BLOCK + BEHIND];
        padded[..text.len()].copy_from_slice(text);
        return separates(&padded);
    };
    let (mut at, mut chars) = (0, 0);
    while let Some(block) = text[at..].first_chunk::<{ BLOCK + BEHIND }>() {
        if separates(block) {
            return true;
        }
        chars += usize::from(block[..BLOCK].iter().fold(0u8, |chars, &byte| chars + u8::from(byte & 0xC0 != 0x80)));
        at += BLOCK;
        if chars >= CHARS {
            return false;
        }
    }
    // What is nearer to the line's end than a block is long has no items behind it.
    separates(last)
}

const BLOCK: usize = 16;
/// Bytes of a separator behind its first one.
const BEHIND: usize = 2;

/// Whether a separator begins in the block.
#[inline]
fn separates(block: &[u8; BLOCK + BEHIND]) -> bool {
    (0..BLOCK).fold(false, |any, at| {
        let (a, b, c) = (block[at], block[at + 1], block[at + 2]);
        let dot_or_guillemet = (a == 0xC2) & ((b == 0xB7) | (b == 0xBB));
        let bullet = (a == 0xE2) & (b == 0x80) & (c == 0xA2);
        any | (a == b'|') | (a == b'\t') | ((a == b' ') & (b == b' ')) | dot_or_guillemet | bullet
    })
}

fn take_inline(
    engine: &Engine,
    window: &Window<'_>,
    reading: &mut Reading,
    view: &View,
    fates: &mut Fates,
    menu: RuleId,
) {
    for line in std::mem::take(&mut reading.inline_menus) {
        let Ok(position) = view.lines.binary_search(&line) else { continue };
        let text = reading.text(window, line).to_vec();
        if view.facts(position).kept.is_none()
            && !fates.is_taken(line)
            && let Some(items) = inline_items(&text)
        {
            let matched = items.iter().filter_map(|item| Some((*item, reading.rules_for_item(engine, item)?)));
            let matched = matched.filter(|(_, rule)| engine.rule(*rule).menus).collect();
            if let Some(evidence) = evidence(items.len(), matched) {
                fates.take_menu(&[line], menu, evidence);
            }
        }
        // It may be one yet, when a cut has shortened it or woken a pack.
        if !fates.is_taken(line) {
            reading.inline_menus.push(line);
        }
    }
}

/// The items of a menu in one line, if it looks like one.
fn inline_items(text: &[u8]) -> Option<Vec<&[u8]>> {
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
    (items.len() >= FEWEST_ITEMS).then_some(items)
}

/// What stands before the first separator and what behind it; nothing where what stands before is too
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
        assert_eq!(count("One. | Two. | Three. | Four. | Five. | Six."), None);
        for text in ["Home | News | Sport | Culture | Weather | Shop", "• A • B • C • D • E • F"] {
            assert!(is_inline(text.as_bytes()));
        }
    }

    #[test]
    fn sentences_are_no_items() {
        for (text, want) in
            [("Home", true), ("He left.", false), ("Really?”", false), ("More...", true), (&*"x".repeat(41), false)]
        {
            assert_eq!(is_item(text.as_bytes()), want, "{text}");
        }
    }
}
