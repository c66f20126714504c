//! Where a pattern must be in a line.

use serde::{Deserialize, Serialize};

/// Where in a line a pattern must be.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub(crate) enum Anchor {
    Is,
    StartsWith,
    EndsWith,
    Contains,
}
