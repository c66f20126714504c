//! Menus: known words give away the unknown ones beside them.

mod inline;
mod item;
mod rows;

use std::collections::HashSet;

use crate::engine::Engine;
use crate::pack::RuleId;
use crate::text::Window;

use super::fates::Fates;
use super::reading::Reading;
use super::subject;
use super::view::View;

pub(super) use inline::is_inline;
pub(super) use item::{is_item, is_plainly_prose};

// The numbers were chosen by measuring: docs/quality.md has the table.

/// An item of a menu has at most so many characters.
const ITEM_CHARS: usize = 40;
/// A menu has at least so many items...
const FEWEST_ITEMS: usize = 6;
/// ...of which so many, all different, are known...
const FEWEST_KNOWN: usize = 3;
/// ...and at least one in so many...
const ITEMS_PER_KNOWN: usize = 4;
/// ...at an end of a page until there are so many that are known; from then on...
const MANY_KNOWN: usize = 5;
/// ...at least one in so many.
const ITEMS_PER_MANY_KNOWN: usize = 12;
/// Of the items that are not known at most one in so many is a figure: tables of figures are content.
const ITEMS_PER_FIGURE: usize = 10;

/// Texts of items that went in a menu. Sites print their menus at the head of a page, in its foot and
/// for small screens, so what went in one is known in the others.
#[derive(Default, Debug)]
pub(super) struct KnownItems(HashSet<Box<[u8]>>);

impl KnownItems {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether the item is known: by a rule, or from a menu that went.
    fn holds(&self, item: &Item<'_>) -> bool {
        item.rule.is_some() || self.0.contains(item.text)
    }
}

/// An item that stands in a row: its line, its text, and the rule that matches it.
struct Item<'t> {
    line: u32,
    text: &'t [u8],
    rule: Option<RuleId>,
}

/// Takes menus of one item a line, and menus in one line.
pub(super) fn take(engine: &Engine, window: &Window<'_>, reading: &mut Reading, view: &View, fates: &mut Fates) {
    let Some(menu) = engine.menu_rule() else { return };
    if view.surroundings.is_list(window) {
        return;
    }
    let mut known = std::mem::take(&mut reading.known_items);
    for row in rows::rows(window, reading, view, fates) {
        let place =
            if view.surroundings.is_between_paragraphs(&row) { Place::BetweenParagraphs } else { Place::AtAnEnd };
        let items = rows::items(engine, window, reading, view, (fates, &known), row.clone());
        if let Some(evidence) = evidence(&items, &known, place)
            && !subject::is_spoken_of(window, reading, view, &row, items.iter().map(|item| item.text))
        {
            let lines: Vec<u32> = items.iter().map(|item| item.line).collect();
            fates.take_menu(&lines, menu, evidence);
            known.0.extend(items.iter().map(|item| item.text.into()));
        }
    }
    reading.known_items = known;
    inline::take(engine, window, reading, view, fates, menu);
}

/// Where a row stands in its document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    /// At the head or in the foot of a page.
    AtAnEnd,
    /// Among the text, where lists of names and products stand too.
    BetweenParagraphs,
}

/// The rules that give a menu away, if what is known among its items is enough.
fn evidence(items: &[Item<'_>], known: &KnownItems, place: Place) -> Option<Vec<RuleId>> {
    let is_worded = |item: &&Item<'_>| !item::is_wordless(item.text) || item.rule.is_some();
    let worded = items.iter().filter(is_worded).count();
    // A button below each of forty products is one known text.
    let different =
        |items: &mut dyn Iterator<Item = &Item<'_>>| items.map(|item| item.text).collect::<HashSet<_>>().len();
    let names = different(&mut items.iter().filter(is_worded));
    let found = different(&mut items.iter().filter(|item| known.holds(item)));
    let share = names.div_ceil(ITEMS_PER_KNOWN);
    let wanted = match place {
        Place::BetweenParagraphs => share,
        Place::AtAnEnd => share.min(MANY_KNOWN.max(names.div_ceil(ITEMS_PER_MANY_KNOWN))),
    };
    if worded < FEWEST_ITEMS || found < FEWEST_KNOWN.max(wanted) {
        return None;
    }
    let figures = items.iter().filter(|item| item::is_figure(item.text) && !known.holds(item)).count();
    if figures * ITEMS_PER_FIGURE > worded {
        return None;
    }
    let mut rules: Vec<RuleId> = items.iter().filter_map(|item| item.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    (!rules.is_empty()).then_some(rules)
}
