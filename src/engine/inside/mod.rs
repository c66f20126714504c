//! Texts that may stand anywhere in a line.

pub(super) mod by_length;
pub(super) mod grams;
pub(super) mod inner_texts;
pub(super) mod word_shape;
pub(super) mod word_texts;
