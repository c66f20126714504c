//! Which packs are active for a document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::pack::{Pack, PackSet, Scope, included};

/// What activates which pack.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Activation {
    /// What counts before a document's site and text are looked at, where the site is known and where it is not.
    with_site: Vec<Activity>,
    without_site: Vec<Activity>,
    /// For each pack those that it includes itself.
    includes: Vec<Vec<u32>>,
    sites: BTreeMap<String, Vec<u32>>,
}

/// How much of a pack counts for a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, Serialize, Deserialize)]
pub(crate) enum Activity {
    #[default]
    Inactive,
    /// Only its keep-rules count. A pack that could have been activated by a signature protects its
    /// lines even where none is found: or else cleaning would take the signature away the first
    /// time and the line that it protected the second time.
    KeepOnly,
    Active,
}

impl Activation {
    pub(super) fn new(set: &PackSet) -> Activation {
        let packs = set.packs();
        let mut sites: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (index, pack) in (0..).zip(packs) {
            for site in pack.sites() {
                sites.entry(site.clone()).or_default().push(index);
            }
        }
        let mut activation =
            Activation { with_site: Vec::new(), without_site: Vec::new(), includes: included(packs.iter()), sites };
        activation.with_site = activation.at_first(set, true);
        activation.without_site = activation.at_first(set, false);
        activation
    }

    fn at_first(&self, set: &PackSet, knows_site: bool) -> Vec<Activity> {
        let is_keep_only = |pack: &Pack| match pack.scope() {
            Scope::Generic => false,
            Scope::Family => true,
            Scope::Site => !knows_site && !pack.signature.is_empty(),
        };
        let packs = set.packs();
        let mut at_first = vec![Activity::Inactive; packs.len()];
        // What a keep-only pack includes, it would activate as well.
        for (index, _) in (0..).zip(packs).filter(|(_, pack)| is_keep_only(pack)) {
            self.raise(index, Activity::KeepOnly, &mut at_first);
        }
        for (index, _) in (0..).zip(packs).filter(|(_, pack)| pack.scope() == Scope::Generic) {
            self.raise(index, Activity::Active, &mut at_first);
        }
        at_first
    }

    /// Sets `packs` to what counts for a document from that site before its text is looked at.
    pub(crate) fn begin(&self, site: Option<&str>, packs: &mut Vec<Activity>) {
        packs.clone_from(if site.is_some() { &self.with_site } else { &self.without_site });
        for pack in site.into_iter().flat_map(|site| self.packs_of(site)) {
            self.raise(pack, Activity::Active, packs);
        }
    }

    /// Whether a pack counts in every document.
    pub(super) fn always_counts(&self, pack: usize) -> bool {
        self.with_site[pack] == Activity::Active
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
    pub(crate) fn found_signature(&self, pack: u32, packs: &mut [Activity]) {
        if packs[pack as usize] == Activity::KeepOnly {
            self.raise(pack, Activity::Active, packs);
        }
    }

    /// Makes a pack, and those that it includes in turn, count for no less. Those of one that does already do so too.
    fn raise(&self, pack: u32, to: Activity, packs: &mut [Activity]) {
        let mut wanted = vec![pack];
        while let Some(pack) = wanted.pop() {
            let activity = &mut packs[pack as usize];
            if *activity < to {
                *activity = to;
                wanted.extend(&self.includes[pack as usize]);
            }
        }
    }
}
