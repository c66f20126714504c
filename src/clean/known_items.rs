//! What was removed in one menu of a document is known in its others.

use std::collections::HashSet;

use foldhash::fast::FixedState;

/// Texts of items that were removed in a menu. Sites print their menus at the head of a page, in its foot and for small
/// screens.
#[derive(Default, Debug)]
pub(super) struct KnownItems(HashSet<Box<[u8]>, FixedState>);

impl KnownItems {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn add(&mut self, texts: impl IntoIterator<Item = Box<[u8]>>) {
        self.0.extend(texts);
    }

    pub(super) fn holds(&self, text: &[u8]) -> bool {
        !self.0.is_empty() && self.0.contains(text)
    }
}
