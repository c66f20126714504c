//! Text as dechrome sees it: documents, lines, windows, and the folded form in which patterns and
//! text are compared. Pure; knows nothing of packs.

mod document;
mod ends;
mod fold;
mod fold_block;
mod fold_char;
mod fold_sink;
mod languages;
mod lines;
mod marks;
mod padded;
mod raw_match;
mod windows;
mod word;
mod word_starts;

pub use document::Document;
pub(crate) use document::host_of;
pub(crate) use ends::{BLUR_BYTES, behind_marks, blur_of_folded, blur_of_raw, ends_undecorated, last_word};
pub(crate) use fold::{Case, fold, folded, folded_with_offsets};
pub(crate) use fold_sink::FoldBuffer;
pub(crate) use languages::{LanguageCount, Languages};
pub(crate) use lines::{Line, LineScanner, chars, is_blank, trim_terminator};
pub(crate) use marks::{after_list_marks, before_decoration, core, list_marks_len, undecorated_len};
pub(crate) use padded::PaddedLine;
pub(crate) use raw_match::may_stand;
pub use windows::{Cut, LINE_LIMIT, WINDOW_BYTES, WINDOW_LINES, Window, is_binary, next_cut};
pub(crate) use word::LOWER_HALVES;
pub(crate) use word_starts::{
    Around, WordStart, Words, each_word_start, has_no_twin, is_never_told, surely_without, word_starts,
};
