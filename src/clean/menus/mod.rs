//! Menus: known words are the evidence for the unknown ones beside them.

mod evidence;
mod in_one_line;
mod rows;

use super::round::Round;

/// Takes menus of one item a line, and menus in one line.
pub(super) fn take(round: &mut Round<'_>) {
    let Some(menu) = round.engine.menu_rule() else { return };
    if round.is_list() {
        return;
    }
    rows::take(round, menu);
    in_one_line::take(round, menu);
}
