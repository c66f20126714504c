//! What one line shows of itself, whatever stands around it.

mod code;
mod inline_menu;
mod introduction;
mod item;
mod line_shape;

pub(super) use inline_menu::{FEWEST_ITEMS, each_separator, inline_items, is_inline_menu};
pub(super) use item::{is_figure, is_plainly_prose, is_wordless};
pub(super) use line_shape::{LineShape, Trait};
