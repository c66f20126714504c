//! What is known of how a line begins.

use serde::{Deserialize, Serialize};

/// What is known of a line's first character.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(in crate::engine) enum LineOpening {
    /// A digit, or the sign of a number.
    Number,
    Any,
}

impl LineOpening {
    /// Whether a text, without list marks, may begin so.
    #[inline]
    pub(in crate::engine) fn may_begin(self, text: &[u8]) -> bool {
        self == LineOpening::Any || text.first().is_some_and(|first| first.is_ascii_digit() || *first == b'+')
    }
}
