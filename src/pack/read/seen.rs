//! What a pattern is for, and which texts a pack has already.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::pack::Anchor;
use crate::pack::template::Template;

/// What a pattern is for; the same text may stand in a pack once for each.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum PatternUse {
    Line(LineLimits),
    From,
    To,
    Cut { max_chars: Option<u32> },
    Keep,
    Signature,
}

/// The conditions under which a rule takes a line. Rules with different ones may share a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct LineLimits {
    pub(super) weak: bool,
    pub(super) first: Option<u32>,
    pub(super) last: Option<u32>,
    pub(super) max_chars: Option<u32>,
}

/// Where each text is first, in bytes of the file.
pub(super) type FirstPlaces = HashMap<Template, usize, FixedState>;

/// The texts of each use and place in a line.
pub(super) type SeenPatterns = HashMap<(PatternUse, Anchor), FirstPlaces, FixedState>;
