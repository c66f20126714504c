//! Text as dechrome sees it: documents, lines, windows, and the folded form in which patterns and
//! text are compared. Pure; knows nothing of packs.

mod case;
mod document;
mod fold;
mod fold_block;
mod fold_char;
mod fold_sink;
mod folded_lines;
mod hash;
mod languages;
mod line_form;
mod lines;
mod marks;
mod markup;
mod prose;
mod vectors;
mod windows;
mod words;

pub(crate) use case::Case;
pub use document::Document;
pub(crate) use document::host_of;
pub(crate) use fold::{fold, folded, folded_with_offsets};
pub(crate) use fold_sink::FoldBuffer;
pub(crate) use folded_lines::{FoldedLine, FoldedLines};
pub(crate) use hash::{StableHash, hash_bytes, hash_words, mix, word_at};
pub(crate) use languages::{LanguageCount, Languages};
pub(crate) use line_form::LineForm;
pub(crate) use lines::{Line, LineScanner, chars, is_blank, trim_terminator};
pub(crate) use marks::{after_list_marks, after_nested_mark, before_decoration, core};
pub use markup::{Markup, UnknownMarkup};
pub(crate) use prose::{
    FEWEST_OF_PARAGRAPH, LONGEST_IN_BOX, Prose, ends_a_sentence, has_words, is_long_sentence, is_paragraph,
    is_paragraph_of,
};
pub use windows::{Cut, LINE_LIMIT, WINDOW_BYTES, WINDOW_LINES, Window, is_binary, next_cut};
pub(crate) use words::{Around, WORD, WordStart, Words, each_word_start, word_starts};
