//! Text as dechrome sees it: documents, lines, windows, and the folded form in which patterns and
//! text are compared. Pure; knows nothing of packs.

mod blurs;
mod document;
mod ends;
mod fold;
mod fold_block;
mod fold_char;
mod fold_sink;
mod lines;
mod marks;
mod windows;
mod word;

pub(crate) use blurs::{BlurredWord, may_stand, surely_without};
pub use document::Document;
pub(crate) use document::host_of;
pub(crate) use ends::{BLUR_BYTES, behind_marks, blur_of_folded, blur_of_raw, ends_undecorated, last_word};
pub(crate) use fold::{Case, fold, folded, folded_with_offsets};
pub(crate) use fold_sink::FoldBuffer;
pub(crate) use lines::{Line, LineScanner, chars, is_blank, trim_terminator};
pub(crate) use marks::{after_list_marks, before_decoration, core, list_marks_len, undecorated_len};
pub use windows::{Cut, LINE_LIMIT, WINDOW_BYTES, Window, is_binary, next_cut};
