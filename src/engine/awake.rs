//! Which packs are awake for a document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::pack::{Pack, PackSet, Scope};

/// What wakes which pack.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Awakening {
    scopes: Vec<Scope>,
    has_signature: Vec<bool>,
    /// For each pack those that it includes, in turn and all.
    includes: Vec<Vec<u32>>,
    sites: BTreeMap<String, Vec<u32>>,
}

/// How much of a pack counts for a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
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
        let index_of = |pack: &Pack| packs.iter().position(|other| std::ptr::eq(other, pack)).map(|i| i as u32);
        let mut sites: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (index, pack) in (0..).zip(packs) {
            for site in pack.sites() {
                sites.entry(site.clone()).or_default().push(index);
            }
        }
        let closure = |pack| set.reached_from(pack).into_iter().filter_map(index_of).collect();
        Awakening {
            scopes: packs.iter().map(|pack| pack.scope()).collect(),
            has_signature: packs.iter().map(|pack| !pack.signature.is_empty()).collect(),
            includes: packs
                .iter()
                .map(|pack| if pack.include.is_empty() { Vec::new() } else { closure(pack) })
                .collect(),
            sites,
        }
    }

    /// Sets `packs` to what counts for a document from that site before its text is looked at.
    pub(crate) fn begin(&self, site: Option<&str>, packs: &mut Vec<Wakefulness>) {
        packs.clear();
        packs.extend(self.scopes.iter().zip(&self.has_signature).map(|(scope, &has_signature)| match scope {
            Scope::Generic => Wakefulness::Awake,
            Scope::Family => Wakefulness::OnGuard,
            Scope::Site if site.is_none() && has_signature => Wakefulness::OnGuard,
            Scope::Site => Wakefulness::Asleep,
        }));
        for (index, includes) in self.includes.iter().enumerate() {
            if packs[index] == Wakefulness::OnGuard {
                // What it includes, it would wake as well.
                includes.iter().for_each(|&pack| packs[pack as usize] = packs[pack as usize].max(Wakefulness::OnGuard));
            }
        }
        for pack in site.into_iter().flat_map(|site| self.packs_of(site)) {
            self.wake(pack, packs);
        }
        for (index, scope) in (0..).zip(&self.scopes) {
            if *scope == Scope::Generic {
                self.wake(index, packs);
            }
        }
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
            self.wake(pack, packs);
        }
    }

    fn wake(&self, pack: u32, packs: &mut [Wakefulness]) {
        packs[pack as usize] = Wakefulness::Awake;
        for &included in &self.includes[pack as usize] {
            packs[included as usize] = Wakefulness::Awake;
        }
    }
}
