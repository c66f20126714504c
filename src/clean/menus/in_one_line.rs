//! Menus in one line: short items with separators between them.

use crate::pack::RuleId;

use super::super::round::Round;
use super::super::shape::inline_items;
use super::evidence::{Item, MenuPlace, evidence};

/// Takes lines that are menus, for the rule of menus.
pub(super) fn take(round: &mut Round<'_>, menu: RuleId) {
    // A line that is none may be one yet, when a cut has shortened it or activated a pack; and one that is may be given back.
    for at in 0..round.scan.inline_menus.len() {
        let line = round.scan.inline_menus[at];
        let Ok(position) = round.standing.lines.binary_search(&line) else { continue };
        let is_free = round.line(position).kept.is_none() && round.setting(position).is_none();
        if is_free
            && !round.taken.holds(line)
            && let Some(evidence) = evidence_in(round, position)
        {
            round.taken.take_menu(&[line], menu, evidence);
        }
    }
}

/// The rules that are the evidence for a menu in the line at that position, if it is one.
fn evidence_in(round: &mut Round<'_>, position: usize) -> Option<Vec<RuleId>> {
    let text = round.text(position).to_vec();
    let engine = round.engine;
    let is_evidence = |rule: &RuleId| engine.traits(*rule).is_evidence;
    let item = |text| {
        let rule = round.scan.rule_for_item(engine, round.window, round.taken, text).filter(is_evidence);
        Item::new(position, text, rule, round.known_items)
    };
    let items: Vec<Item<'_>> = inline_items(&text)?.into_iter().map(item).collect();
    evidence(&items, MenuPlace::AtAnEnd)
}
