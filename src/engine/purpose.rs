//! What a scan is for.

/// How far a scan goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Purpose {
    /// What can lead to a removal.
    Deciding,
    /// Also patterns in lines that are too long for them, for explanations.
    Explaining,
}
