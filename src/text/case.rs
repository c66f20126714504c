//! Whether case matters.

/// Whether letters lose their case in the fold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    Folded,
    Exact,
}
