//! A pattern: by what it is looked up, and whether it stands at a place.

pub(super) mod boundaries;
pub(super) mod keys;
pub(super) mod months;
pub(super) mod opening;
pub(super) mod pattern;
pub(super) mod pattern_table;
pub(super) mod placeholders;
pub(super) mod template;
