//! What a reader sees of text with markup: Markdown (CommonMark 0.31, with tables and what converters make of pages beside
//! it), and pages as text browsers dump them.
//!
//! Each line as it is written has one line that is seen of it, perhaps an empty one. Patterns are compared with what is
//! seen; what is removed is given in bytes of what is written.

mod browser_dump;
mod detect;
mod emphasis;
mod entities;
mod fenced;
mod inline;
mod line_marks;
mod link_target;
mod marked_line;
mod marked_lines;
mod unseen;
mod visible_text;

use std::borrow::Cow;

use crate::text::{Document, Markup};

pub(crate) use detect::resolved;
pub(crate) use marked_line::{LineKind, MarkupLine};
pub(crate) use visible_text::{Link, VisibleText};

/// The text of a document as a reader sees it: that of plain text as it is.
pub(crate) fn seen_text<'t>(document: &Document<'t>) -> Cow<'t, [u8]> {
    match resolved(document.markup(), document.text()) {
        Markup::Markdown => {
            let mut visible = VisibleText::default();
            visible.read(document.text());
            Cow::Owned(visible.into_text())
        }
        _ => Cow::Borrowed(document.text()),
    }
}
