//! What decisions ask of a rule again and again: in little memory, side by side.

use crate::pack::{Kind, Pack, Rule, Scope};
use crate::text::Languages;

use super::lookup::records::{record, u32_at};

/// What is asked of a rule wherever one of its patterns stands. Rules themselves are large, and lie far apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct RuleTraits {
    pack: u32,
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

/// Bytes of a record.
pub(super) const BYTES: usize = 20;

const WEAK: u32 = 1;
const EVIDENCE: u32 = 2;
const ALWAYS: u32 = 4;
/// The kind stands above them, counted from 1.
const KIND: u32 = 8;

impl RuleTraits {
    /// What all rules of that pack have in common.
    pub(super) fn of_pack(number: u32, pack: &Pack, always_counts: bool) -> RuleTraits {
        RuleTraits { pack: number, languages: languages_that_count(pack), always_counts, ..RuleTraits::of_no_pack() }
    }

    /// What a rule of no pack has in common with others.
    pub(super) fn of_no_pack() -> RuleTraits {
        RuleTraits {
            pack: u32::MAX,
            first: None,
            last: None,
            languages: Languages::default(),
            kind: None,
            is_weak: false,
            is_evidence: false,
            always_counts: false,
        }
    }

    /// These, and what is the rule's own.
    pub(super) fn of_rule(self, rule: &Rule) -> RuleTraits {
        RuleTraits {
            first: rule.first,
            last: rule.last,
            kind: rule.kind(),
            is_weak: rule.is_weak(),
            is_evidence: rule.menu_evidence,
            ..self
        }
    }

    /// The number of its pack, as [`Activation`](super::activation::Activation) counts them. The menu rule has none.
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

    /// As a record, which a start need not read.
    pub(super) fn record(self) -> [u8; BYTES] {
        let bits = [(WEAK, self.is_weak), (EVIDENCE, self.is_evidence), (ALWAYS, self.always_counts)];
        let bits = bits.iter().map(|(bit, holds)| bit * u32::from(*holds)).sum::<u32>();
        let kind = self.kind.map_or(0, |kind| kind as u32 + 1);
        // `first` and `last` count from 1.
        let (first, last) = (self.first.unwrap_or(0), self.last.unwrap_or(0));
        record(&[], &[self.pack, first, last, self.languages.bits(), bits + kind * KIND])
    }

    #[inline]
    pub(super) fn of_record(record: &[u8; BYTES]) -> RuleTraits {
        let some = |number: u32| Some(number).filter(|number| *number > 0);
        let bits = u32_at(record, 16);
        RuleTraits {
            pack: u32_at(record, 0),
            first: some(u32_at(record, 4)),
            last: some(u32_at(record, 8)),
            languages: Languages::of_bits(u32_at(record, 12)),
            kind: some(bits / KIND).and_then(|kind| Kind::ALL.get(kind as usize - 1).copied()),
            is_weak: bits & WEAK != 0,
            is_evidence: bits & EVIDENCE != 0,
            always_counts: bits & ALWAYS != 0,
        }
    }
}

/// English stands on pages of all languages, and what is for a site or a family is asked for by that.
fn languages_that_count(pack: &Pack) -> Languages {
    if pack.scope() != Scope::Generic || pack.languages().iter().any(|code| code == "en") {
        return Languages::default();
    }
    Languages::of_codes(pack.languages())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traits_come_out_of_a_record_as_they_went_in() {
        let kinds = || Kind::ALL.iter().copied().map(Some).chain([None]);
        for (number, kind) in (0..).zip(kinds()) {
            for bits in 0..8 {
                let [is_weak, is_evidence, always_counts] = [1, 2, 4].map(|bit| bits & bit != 0);
                let (first, last) = (Some(number).filter(|_| is_weak && number > 0), Some(7).filter(|_| is_evidence));
                let languages = Languages::of_code(if always_counts { "vi" } else { "xx" });
                let traits =
                    RuleTraits { pack: number, first, last, languages, kind, is_weak, is_evidence, always_counts };
                assert_eq!(RuleTraits::of_record(&traits.record()), traits);
            }
        }
        let of_none = RuleTraits::of_no_pack();
        assert_eq!(RuleTraits::of_record(&of_none.record()), of_none);
    }
}
