//! A piece of the visible text.

/// Bytes of the visible text that stand together in what is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct VisiblePiece {
    pub(super) start: u32,
    pub(super) raw_start: u32,
    pub(super) raw_len: u32,
    pub(super) source: PieceSource,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PieceSource {
    /// The same bytes.
    Copied,
    /// Something that is written otherwise, and goes whole.
    Whole,
    /// A border of cells, or the end of a line within a link: it stays as it is written.
    Stays,
}
