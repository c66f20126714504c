//! What is not seen of a text as it is written.

use std::ops::Range;

/// Bytes that are not seen, and perhaps what is seen in their place.
#[derive(Clone, Debug)]
pub(super) struct Hidden {
    pub(super) raw: Range<u32>,
    pub(super) shown: Shown,
}

/// What is seen in the place of what is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shown {
    Nothing,
    /// A character, which goes with what is written.
    Char(char),
    /// The border of a table's cells, which stays when what stands beside it goes.
    CellBorder,
}

/// Marks around a text, with which they go: a link, emphasis, a code span.
#[derive(Clone, Debug)]
pub(super) struct Wrapped {
    /// All of it, in bytes of what is written.
    pub(super) raw: Range<u32>,
    /// The text between the marks.
    pub(super) inner: Range<u32>,
    /// Where a link leads; nothing where it is no link.
    pub(super) destination: Option<Range<u32>>,
}

/// What a look at the text finds. Used again from text to text.
#[derive(Default, Debug)]
pub(super) struct Unseen {
    pub(super) hidden: Vec<Hidden>,
    pub(super) wrapped: Vec<Wrapped>,
    /// Images, in bytes of what is written.
    pub(super) images: Vec<Range<u32>>,
}

impl Unseen {
    pub(super) fn clear(&mut self) {
        self.hidden.clear();
        self.wrapped.clear();
        self.images.clear();
    }

    pub(super) fn hide(&mut self, raw: Range<usize>) {
        self.show_instead(raw, Shown::Nothing);
    }

    pub(super) fn show_instead(&mut self, raw: Range<usize>, shown: Shown) {
        self.hidden.push(Hidden { raw: as_u32(raw), shown });
    }

    /// Hides the marks around a text.
    pub(super) fn wrap(&mut self, raw: Range<usize>, inner: Range<usize>, destination: Option<Range<usize>>) {
        self.hide(raw.start..inner.start);
        self.hide(inner.end..raw.end);
        let destination = destination.map(as_u32);
        self.wrapped.push(Wrapped { raw: as_u32(raw), inner: as_u32(inner), destination });
    }

    /// Hides an image, its alternative text too: nobody sees it.
    pub(super) fn hide_image(&mut self, raw: Range<usize>) {
        self.hide(raw.clone());
        self.images.push(as_u32(raw));
    }
}

fn as_u32(range: Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}
