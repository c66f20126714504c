//! Whether items are a menu: known words among them are the evidence.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::pack::RuleId;

use super::super::known_items::KnownItems;
use super::super::shape::{self, FEWEST_ITEMS};

// The numbers were chosen by measuring: docs/quality.md has the table.
// A menu has at least FEWEST_ITEMS items...

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

/// An item of what may be a menu: the position of its line, its text, and the rule that matches it.
pub(super) struct Item<'t> {
    pub(super) position: usize,
    pub(super) text: &'t [u8],
    pub(super) rule: Option<RuleId>,
    /// Whether a rule or an earlier menu of the document has it.
    pub(super) is_known: bool,
}

impl<'t> Item<'t> {
    pub(super) fn new(position: usize, text: &'t [u8], rule: Option<RuleId>, known: &KnownItems) -> Item<'t> {
        Item { position, text, rule, is_known: rule.is_some() || known.holds(text) }
    }
}

/// Where a row stands in its document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum MenuPlace {
    /// At the head or in the foot of a page.
    AtAnEnd,
    /// Among the text, where lists of names and products stand too.
    BetweenParagraphs,
}

/// The rules that are the evidence for a menu, if enough of its items are known.
pub(super) fn evidence(items: &[Item<'_>], place: MenuPlace) -> Option<Vec<RuleId>> {
    let is_known = |item: &&Item<'_>| item.is_known;
    // Most rows hold too few, however often each stands there.
    if items.iter().filter(is_known).take(FEWEST_KNOWN).count() < FEWEST_KNOWN {
        return None;
    }
    let is_worded = |item: &&Item<'_>| item.rule.is_some() || !shape::is_wordless(item.text);
    let worded = items.iter().filter(is_worded).count();
    // A button below each of forty products is one known text.
    let found = different(items.iter().filter(is_known)).count();
    // As many names at most may stand in a menu in which so many are known.
    let most_names = match place {
        MenuPlace::AtAnEnd if found >= MANY_KNOWN => found * ITEMS_PER_MANY_KNOWN,
        MenuPlace::AtAnEnd | MenuPlace::BetweenParagraphs => found * ITEMS_PER_KNOWN,
    };
    let has_too_many = || worded > most_names && different(items.iter().filter(is_worded)).nth(most_names).is_some();
    if worded < FEWEST_ITEMS || found < FEWEST_KNOWN || has_too_many() {
        return None;
    }
    let figures = items.iter().filter(|item| !item.is_known && shape::is_figure(item.text)).count();
    if figures * ITEMS_PER_FIGURE > worded {
        return None;
    }
    let mut rules: Vec<RuleId> = items.iter().filter_map(|item| item.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    (!rules.is_empty()).then_some(rules)
}

/// The different texts.
fn different<'i>(items: impl Iterator<Item = &'i Item<'i>>) -> impl Iterator<Item = &'i [u8]> {
    let mut seen: HashSet<&[u8], FixedState> = HashSet::default();
    items.map(|item| item.text).filter(move |text| seen.insert(text))
}
