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
    /// Calls `go` with each span of the text that goes when these bytes go of what is seen of a line.
    pub(super) fn each_span(&self, seen: Range<usize>, go: impl FnMut(Range<usize>)) {
        match self.visible {
            None => std::iter::once(seen).for_each(go),
            Some(visible) => {
                let mut spans = Vec::new();
                visible.raw_spans(seen, &mut spans);
                spans.into_iter().for_each(go);
            }
        }
    }
}
