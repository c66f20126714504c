//! Menus: known words give away the unknown ones beside them.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::engine::Engine;
use crate::pack::RuleId;
use crate::text::{Window, chars};

use super::fates::{Cause, Fates, How};
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
            let facts = view.facts[position];
            let rule = facts.strong.or(facts.weak)?;
            Some((reading.text(window, view.lines[position]).trim_ascii(), rule))
        });
        if let Some(evidence) = evidence(items.len(), matched.collect()) {
            let lines: Vec<u32> = items.iter().map(|&position| view.lines[position]).collect();
            fates.take(&lines, Cause { rule: menu, how: How::Menu, evidence });
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
        view.facts[position].kept.is_none() && (fates.is_taken(line) || is_item(reading.text(window, line)))
    };
    let mut rows: Vec<Range<usize>> = Vec::new();
    for position in (0..view.lines.len()).filter(|&position| view.facts[position].is_matched()) {
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

fn is_item(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    text.len() <= 4 * ITEM_CHARS && chars(text) <= ITEM_CHARS && !ends_a_sentence(text)
}

/// Whether the text ends as sentences do; an ellipsis ends a teaser.
fn ends_a_sentence(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let text = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ' ']);
    !text.ends_with("..") && text.ends_with(['.', '!', '?', '。', '！', '？', '।', '؟'])
}

/// Whether the first item of a line is short and parted from the next, as far as bytes can tell.
pub(super) fn may_be_inline(text: &[u8]) -> bool {
    if text.len() <= 2 * FEWEST_ITEMS {
        return false;
    }
    let beginning = first_chars(text);
    static WIDE_GAP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("  "));
    static BULLET: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("•"));
    // The middle dot and the guillemet both begin with 0xC2.
    let separator = memchr::memchr3_iter(b'|', b'\t', 0xC2, beginning)
        .any(|at| beginning[at] != 0xC2 || matches!(beginning.get(at + 1), Some(0xB7 | 0xBB)));
    separator || WIDE_GAP.find(beginning).is_some() || BULLET.find(beginning).is_some()
}

/// At least the first item's most characters and some marks before it: as many bytes as these may
/// have, fewer where no character has four.
fn first_chars(text: &[u8]) -> &[u8] {
    const CHARS: usize = ITEM_CHARS + 4;
    let up_to = |len: usize| &text[..len.min(text.len())];
    if up_to(CHARS).is_ascii() {
        up_to(CHARS)
    } else if up_to(2 * CHARS).iter().all(|&byte| byte < 0xE0) {
        up_to(2 * CHARS)
    } else {
        up_to(4 * CHARS)
    }
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
        if view.facts[position].kept.is_none()
            && !fates.is_taken(line)
            && let Some(items) = inline_items(&text)
        {
            let matched = items.iter().filter_map(|item| Some((*item, reading.rules_for_item(engine, item)?)));
            let matched = matched.collect();
            if let Some(evidence) = evidence(items.len(), matched) {
                fates.take(&[line], Cause { rule: menu, how: How::Menu, evidence });
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
    let text = std::str::from_utf8(text).ok()?;
    let is_separator = |c: char| matches!(c, '|' | '·' | '•' | '»' | '\t');
    let parts = text.split(is_separator).flat_map(|part| part.split("  ")).map(|part| part.trim().as_bytes());
    let items = parts.filter(|part| !part.is_empty()).map(|part| is_item(part).then_some(part));
    let items: Vec<&[u8]> = items.collect::<Option<_>>()?;
    (items.len() >= FEWEST_ITEMS).then_some(items)
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
            assert!(may_be_inline(text.as_bytes()));
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
