//! A window as it is written, where that is more than what is seen of it.

use std::ops::Range;

use crate::markup::VisibleText;

/// The text of a window, and what is seen of it where it has markup.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrittenText<'r> {
    pub(super) text: &'r [u8],
    pub(super) visible: Option<&'r VisibleText>,
}

impl WrittenText<'_> {
    /// The spans of the text that go when parts of what is seen of a line go, for each part.
    pub(super) fn spans(&self, seen: &[Range<usize>]) -> Vec<Vec<Range<usize>>> {
        match self.visible {
            None => seen.iter().map(|part| vec![part.clone()]).collect(),
            Some(visible) => visible.raw_spans(seen),
        }
    }
}
