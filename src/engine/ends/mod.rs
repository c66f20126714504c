//! Texts that are a whole line, or stand at its head or tail.

pub(super) mod edges;
pub(super) mod end_words;
pub(super) mod line_ends;
mod short_texts;
