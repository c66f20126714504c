//! Which rules take part.

use std::fmt;

use crate::pack::{Kind, PackSet, Rule, nearest};

/// Which rules take part. Keep-rules always do: leaving one out could only take more away.
///
/// ```
/// use dechrome::{CleanOptions, Kind};
/// let options = CleanOptions { only: Some(vec![Kind::Cookie]), ..CleanOptions::default() };
/// ```
#[derive(Clone, Debug, Default)]
pub struct CleanOptions {
    /// Only rules of these kinds, if given.
    pub only: Option<Vec<Kind>>,
    /// No rules of these kinds.
    pub except: Vec<Kind>,
    /// No rules with these full ids; the name of a pack stands for all of its rules, `menu` for the
    /// built-in rule for menus.
    pub disable: Vec<String>,
}

/// Why a [`Cleaner`](super::Cleaner) cannot be made of packs and options.
#[derive(Debug)]
#[non_exhaustive]
pub enum CleanerError {
    /// A pack includes what is not there, or one of its examples fails.
    Pack(crate::pack::PackError),
    /// `disable` names no rule.
    UnknownRule {
        /// The name.
        name: String,
        /// The nearest one that there is.
        nearest: Option<String>,
    },
}

impl fmt::Display for CleanerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CleanerError::Pack(error) => error.fmt(f),
            CleanerError::UnknownRule { name, nearest } => {
                write!(f, "there is no rule or pack `{name}`")?;
                nearest.iter().try_for_each(|nearest| write!(f, "; did you mean `{nearest}`?"))
            }
        }
    }
}

impl std::error::Error for CleanerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        None
    }
}

impl From<crate::pack::PackError> for CleanerError {
    fn from(error: crate::pack::PackError) -> CleanerError {
        CleanerError::Pack(error)
    }
}

impl CleanOptions {
    /// Whether all rules take part.
    pub(super) fn want_all(&self) -> bool {
        self.only.is_none() && self.except.is_empty() && self.disable.is_empty()
    }

    pub(super) fn wants(&self, rule: &Rule) -> bool {
        let Some(kind) = rule.kind() else { return true };
        let disabled = self.disable.iter().any(|name| name == rule.full_id() || name == rule.pack());
        !disabled && self.only.as_ref().is_none_or(|kinds| kinds.contains(&kind)) && !self.except.contains(&kind)
    }

    /// Finds names in `disable` that mean nothing.
    pub(super) fn check(&self, packs: &PackSet) -> Result<(), CleanerError> {
        let rules = || packs.packs().iter().flat_map(|pack| pack.rules()).map(Rule::full_id);
        let known = || rules().chain(packs.packs().iter().map(|pack| pack.name())).chain([Rule::MENU]);
        for name in &self.disable {
            if !known().any(|known| known == name) {
                let nearest = nearest(name, known()).map(str::to_owned);
                return Err(CleanerError::UnknownRule { name: name.clone(), nearest });
            }
        }
        Ok(())
    }
}
