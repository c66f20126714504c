//! What evidence makes of a line, for explanations.

use crate::scorecard::Points;

/// What the evidence about a line is worth.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Weighed {
    /// The line's points.
    pub score: i32,
    /// With so many it goes though no rule takes it.
    pub takes: i32,
    /// With fewer it stays though a rule takes it.
    pub gives_back: i32,
    /// Whether a rule takes it.
    pub is_taken_by_rule: bool,
    /// What spoke for chrome, with points above zero, and against it, what counts most first.
    pub points: Vec<Points>,
}

impl Weighed {
    /// Whether a rule takes the line, and it stays all the same.
    pub fn is_given_back(&self) -> bool {
        self.is_taken_by_rule && self.score < self.gives_back
    }

    /// How many points were missing for it to go, where no rule takes it and it stays.
    pub fn missing(&self) -> Option<i32> {
        Some(self.takes - self.score).filter(|missing| !self.is_taken_by_rule && *missing > 0)
    }
}
