//! Whether case matters.

/// Whether letters lose their case in the fold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Case {
    Folded,
    Exact,
}
