//! Which packs are awake for a document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::pack::{Pack, PackSet, Scope, included};
use crate::text::Languages;

/// What wakes which pack.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Awakening {
    /// What counts before a document's site and text are looked at, where the site is known and where it is not.
    with_site: Vec<Wakefulness>,
    without_site: Vec<Wakefulness>,
    /// For each pack those that it includes itself.
    includes: Vec<Vec<u32>>,
    sites: BTreeMap<String, Vec<u32>>,
    /// For each pack the languages in one of which a document must be for its weak rules to count; empty where that
    /// does not matter.
    languages: Vec<Languages>,
}

/// How much of a pack counts for a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, Serialize, Deserialize)]
pub(crate) enum Wakefulness {
    #[default]
    Asleep,
    /// Only its keep-rules count. A pack that could have been woken by a signature protects its
    /// lines even where none is found: or else cleaning would take the signature away the first
    /// time and the line that it protected the second time.
    OnGuard,
    Awake,
}

impl Awakening {
    pub(super) fn new(set: &PackSet) -> Awakening {
        let packs = set.packs();
        let mut sites: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (index, pack) in (0..).zip(packs) {
            for site in pack.sites() {
                sites.entry(site.clone()).or_default().push(index);
            }
        }
        let mut awakening = Awakening {
            with_site: Vec::new(),
            without_site: Vec::new(),
            includes: included(packs.iter()),
            sites,
            languages: packs.iter().map(languages_that_count).collect(),
        };
        awakening.with_site = awakening.at_first(set, true);
        awakening.without_site = awakening.at_first(set, false);
        awakening
    }

    fn at_first(&self, set: &PackSet, knows_site: bool) -> Vec<Wakefulness> {
        let on_guard = |pack: &Pack| match pack.scope() {
            Scope::Generic => false,
            Scope::Family => true,
            Scope::Site => !knows_site && !pack.signature.is_empty(),
        };
        let packs = set.packs();
        let mut at_first = vec![Wakefulness::Asleep; packs.len()];
        // What a pack on guard includes, it would wake as well.
        for (index, _) in (0..).zip(packs).filter(|(_, pack)| on_guard(pack)) {
            self.raise(index, Wakefulness::OnGuard, &mut at_first);
        }
        for (index, _) in (0..).zip(packs).filter(|(_, pack)| pack.scope() == Scope::Generic) {
            self.raise(index, Wakefulness::Awake, &mut at_first);
        }
        at_first
    }

    /// Sets `packs` to what counts for a document from that site before its text is looked at.
    pub(crate) fn begin(&self, site: Option<&str>, packs: &mut Vec<Wakefulness>) {
        packs.clone_from(if site.is_some() { &self.with_site } else { &self.without_site });
        for pack in site.into_iter().flat_map(|site| self.packs_of(site)) {
            self.raise(pack, Wakefulness::Awake, packs);
        }
    }

    /// Whether a pack counts in every document.
    pub(super) fn always_counts(&self, pack: usize) -> bool {
        self.with_site[pack] == Wakefulness::Awake
    }

    /// The languages in one of which a document must be for the pack's weak rules to count; none where any will do.
    pub(super) fn languages(&self, pack: usize) -> Languages {
        self.languages[pack]
    }

    /// Whether some pack is for that host or one of its parents.
    pub(crate) fn covers(&self, host: &str) -> bool {
        self.packs_of(host).next().is_some()
    }

    fn packs_of(&self, host: &str) -> impl Iterator<Item = u32> {
        let parents = std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, parent)| parent));
        parents.filter_map(|host| self.sites.get(host)).flatten().copied()
    }

    /// A signature of that pack was found.
    pub(crate) fn found_signature(&self, pack: u32, packs: &mut [Wakefulness]) {
        if packs[pack as usize] == Wakefulness::OnGuard {
            self.raise(pack, Wakefulness::Awake, packs);
        }
    }

    /// Makes a pack, and those that it includes in turn, count for no less. Those of one that does already do so too.
    fn raise(&self, pack: u32, to: Wakefulness, packs: &mut [Wakefulness]) {
        let mut wanted = vec![pack];
        while let Some(pack) = wanted.pop() {
            let wakefulness = &mut packs[pack as usize];
            if *wakefulness < to {
                *wakefulness = to;
                wanted.extend(&self.includes[pack as usize]);
            }
        }
    }
}

/// English stands on pages of all languages, and what is for a site or a family is asked for by that.
fn languages_that_count(pack: &Pack) -> Languages {
    if pack.scope() != Scope::Generic || pack.languages().iter().any(|code| code == "en") {
        return Languages::default();
    }
    pack.languages().iter().map(|code| Languages::of_code(code)).fold(Languages::default(), Languages::and)
}
