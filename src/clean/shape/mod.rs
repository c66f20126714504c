//! What one line shows of itself, whatever stands around it.

mod code;
mod inline_menu;
mod introduction;
mod item;

pub(super) use code::{is_code, is_fence, is_indented, is_prompt};
pub(super) use inline_menu::{FEWEST_ITEMS, inline_items, is_inline_menu};
pub(super) use introduction::{introduces, is_marked, is_numbered};
pub(super) use item::{after_nested_mark, is_figure, is_fragment, is_item, is_plainly_prose, is_wordless};
