//! Which rules take part.

use std::fmt;

use crate::pack::{Kind, PackSet, Rule, nearest};
use crate::scorecard::{Level, Scorecard};
use crate::text::Markup;

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
    /// built-in rules for menus, `menu/links` for that of links alone, `evidence` for what no rule names.
    pub disable: Vec<String>,
    /// How documents are written that do not say so themselves.
    pub markup: Markup,
    /// How much evidence a line needs to go that no rule names.
    pub level: Level,
    /// What evidence is worth, if not what the built-in scorecard says.
    pub scorecard: Option<Scorecard>,
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
        /// What was meant, if that can be told.
        meant: Option<Meant>,
    },
}

/// What a name means that is neither a pack's nor a rule's full id.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Meant {
    /// A kind, which has an option of its own.
    Kind(Kind),
    /// Rules by their id alone: these are their full ids.
    Rules(Vec<String>),
    /// A pattern of names: these packs or rules are the first that it would stand for.
    Pattern(Vec<String>),
    /// Something with a similar name.
    Near(String),
}

/// So many names are listed.
const LISTED: usize = 5;

impl Meant {
    /// What a name means that no pack or rule of the set has.
    pub fn of(name: &str, packs: &PackSet) -> Option<Meant> {
        if let Ok(kind) = name.parse() {
            return Some(Meant::Kind(kind));
        }
        let rules = || packs.packs().iter().flat_map(|pack| pack.rules()).map(Rule::full_id);
        let names = || rules().chain(packs.packs().iter().map(|pack| pack.name()));
        if name.contains(['*', '?', '[']) {
            let stem = name.split(['*', '?', '[']).next().unwrap_or_default();
            let found = names().filter(|known| known.starts_with(stem) && !stem.is_empty());
            return Some(Meant::Pattern(found.take(LISTED).map(str::to_owned).collect()));
        }
        let is_own_id = |full: &&str| full.rsplit_once('/').is_some_and(|(_, id)| id == name);
        let found: Vec<String> = rules().filter(is_own_id).map(str::to_owned).collect();
        match found.is_empty() {
            false => Some(Meant::Rules(found)),
            true => nearest(name, names().chain(Rule::BUILT_IN_IDS)).map(|near| Meant::Near(near.to_owned())),
        }
    }
}

impl fmt::Display for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |names: &[String]| {
            let more = if names.len() > LISTED { ", ..." } else { "" };
            let names: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
            names.join(", ") + more
        };
        match self {
            Meant::Kind(kind) => write!(f, "it is a kind: `--except {}`", kind.name()),
            Meant::Rules(ids) => write!(f, "give a full id: {}", listed(ids)),
            Meant::Pattern(names) if names.is_empty() => f.write_str("names are whole, without wildcards"),
            Meant::Pattern(names) => write!(f, "names are whole, without wildcards: {}", listed(names)),
            Meant::Near(name) => write!(f, "did you mean `{name}`?"),
        }
    }
}

impl fmt::Display for CleanerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CleanerError::Pack(error) => error.fmt(f),
            CleanerError::UnknownRule { name, meant } => {
                write!(f, "there is no rule or pack `{name}`")?;
                meant.iter().try_for_each(|meant| write!(f, "; {meant}"))
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
    /// All rules and nothing but rules: what packs are checked with.
    pub(crate) fn rules_alone() -> CleanOptions {
        CleanOptions { level: Level::Rules, ..CleanOptions::default() }
    }

    /// Whether all rules take part.
    pub(crate) fn want_all(&self) -> bool {
        self.only.is_none() && self.except.is_empty() && self.disable.is_empty()
    }

    pub(crate) fn wants(&self, rule: &Rule) -> bool {
        let Some(kind) = rule.kind() else { return true };
        let disabled = self.disable.iter().any(|name| name == rule.full_id() || name == rule.pack());
        !disabled && self.only.as_ref().is_none_or(|kinds| kinds.contains(&kind)) && !self.except.contains(&kind)
    }

    /// Finds names in `disable` that mean nothing.
    pub(crate) fn check(&self, packs: &PackSet) -> Result<(), CleanerError> {
        let rules = || packs.packs().iter().flat_map(|pack| pack.rules()).map(Rule::full_id);
        let known = || rules().chain(packs.packs().iter().map(|pack| pack.name())).chain(Rule::BUILT_IN_IDS);
        for name in &self.disable {
            if !known().any(|known| known == name) {
                return Err(CleanerError::UnknownRule { name: name.clone(), meant: Meant::of(name, packs) });
            }
        }
        Ok(())
    }
}
