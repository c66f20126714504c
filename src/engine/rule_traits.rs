//! What decisions ask of a rule again and again: in little memory, side by side.

use serde::{Deserialize, Serialize};

use crate::pack::{Kind, Pack, Rule, Scope};
use crate::text::Languages;

/// What is asked of a rule wherever one of its patterns stands. Rules themselves are large, and lie far apart.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct RuleTraits {
    pub(super) pack: u32,
    /// Only so many of a document's first lines are asked for, and so many of its last ones.
    pub(crate) first: Option<u32>,
    pub(crate) last: Option<u32>,
    /// The languages for which its words count where it is weak; none where they count in any.
    languages: Languages,
    pub(crate) kind: Option<Kind>,
    pub(crate) is_weak: bool,
    /// Whether its lines are evidence for a menu.
    pub(crate) is_evidence: bool,
    /// Whether its pack counts in every document.
    pub(crate) always_counts: bool,
}

impl RuleTraits {
    /// The traits of a rule of that pack.
    pub(super) fn of_pack(number: u32, pack: &Pack, always_counts: bool, rule: &Rule) -> RuleTraits {
        RuleTraits { languages: languages_that_count(pack), always_counts, ..RuleTraits::of(number, rule) }
    }

    /// The traits of a rule of no pack.
    pub(super) fn of_none(rule: &Rule) -> RuleTraits {
        RuleTraits::of(u32::MAX, rule)
    }

    fn of(pack: u32, rule: &Rule) -> RuleTraits {
        RuleTraits {
            pack,
            first: rule.first,
            last: rule.last,
            languages: Languages::default(),
            kind: rule.kind(),
            is_weak: rule.is_weak(),
            is_evidence: rule.menu_evidence,
            always_counts: false,
        }
    }

    /// The number of its pack.
    pub(crate) fn pack(self) -> usize {
        self.pack as usize
    }

    /// Whether a document's language decides whether the rule counts.
    pub(crate) fn asks_for_language(self) -> bool {
        self.is_weak && !self.languages.is_empty()
    }

    /// Whether it is weak and for other languages than these: its words may be ordinary ones in them.
    pub(crate) fn is_foreign(self, languages: Languages) -> bool {
        self.asks_for_language() && !self.languages.meets(languages)
    }

    /// Whether it takes a line under the same conditions, and its lines are evidence for a menu as well.
    pub(crate) fn acts_like(self, other: RuleTraits) -> bool {
        self.is_weak == other.is_weak && self.is_evidence == other.is_evidence
    }
}

/// English stands on pages of all languages, and what is for a site or a family is asked for by that.
fn languages_that_count(pack: &Pack) -> Languages {
    if pack.scope() != Scope::Generic || pack.languages().iter().any(|code| code == "en") {
        return Languages::default();
    }
    pack.languages().iter().map(|code| Languages::of_code(code)).fold(Languages::default(), Languages::and)
}
