//! How much evidence is asked for.

use std::fmt;
use std::str::FromStr;

/// How much evidence a line needs to be removed though no rule names it. Each level takes more than the one before it, and damages
/// more; docs/quality.md has the figures.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub enum Level {
    /// Rules alone; nothing else goes, and what they take stays gone.
    Rules,
    /// Strong evidence.
    Careful,
    /// The default.
    #[default]
    Standard,
    /// Some content may go with what is nearly always chrome.
    Thorough,
}

impl Level {
    /// Every level, from the one that takes least.
    pub const ALL: &'static [Level] = &[Level::Rules, Level::Careful, Level::Standard, Level::Thorough];

    /// The level as options spell it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Rules => "rules",
            Level::Careful => "careful",
            Level::Standard => "standard",
            Level::Thorough => "thorough",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A word that is no level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownLevel(String);

impl fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<_> = Level::ALL.iter().map(|level| level.name()).collect();
        write!(f, "unknown level `{}`; known are {}", self.0, known.join(", "))
    }
}

impl std::error::Error for UnknownLevel {}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(word: &str) -> Result<Level, UnknownLevel> {
        let found = Level::ALL.iter().find(|level| level.name() == word);
        found.copied().ok_or_else(|| UnknownLevel(word.to_owned()))
    }
}
