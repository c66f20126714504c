//! Menus: known words are the evidence for the unknown ones beside them, and so is that all is links.

mod evidence;
mod in_one_line;
mod links;
mod rows;

use super::round::Round;

/// Takes menus of one item a line, menus in one line, and rows of links.
pub(super) fn take(round: &mut Round<'_>) {
    if round.is_list() {
        return;
    }
    if let Some(rule) = round.engine.menus().by_words() {
        rows::take(round, rule);
        in_one_line::take(round, rule);
    }
    if let Some(rule) = round.engine.menus().of_links() {
        links::take(round, rule);
    }
}
