//! Packs brought together.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::path::Path;
use std::sync::OnceLock;

use super::error::Problem;
use super::includes::{circles, included};
use super::{Pack, PackError, Scope, load, nearest};

/// Packs that work together, at most one of each name. Becomes a [`Cleaner`](crate::Cleaner).
///
/// ```
/// use dechrome::{Pack, PackSet};
/// let mut packs = PackSet::built_in();
/// let source = "[pack]\ntitle = \"Mine\"\n[[rule]]\nid = \"bye\"\nkind = \"share\"\nis = [\"Tell your friends!\"]\n";
/// packs.insert(Pack::parse("mine", "mine.toml", source)?);
/// assert!(packs.get("mine").is_some() && packs.get("generic/en").is_some());
/// # Ok::<(), dechrome::PackError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct PackSet {
    /// In the order in which their rules are named: by scope, then by name.
    packs: OnceLock<Vec<Pack>>,
    /// What reads them, for those of the program as long as nothing else came to them.
    of_program: Option<fn() -> Vec<Pack>>,
}

impl PackSet {
    /// No packs: cleaning with it changes nothing.
    pub fn empty() -> PackSet {
        PackSet::default()
    }

    /// The packs of the program, which are in order; `read` brings them together when they are first looked at.
    pub(crate) fn of_program(read: fn() -> Vec<Pack>) -> PackSet {
        PackSet { packs: OnceLock::new(), of_program: Some(read) }
    }

    /// Whether these are the packs of the program and nothing else.
    pub(crate) fn are_the_programs_own(&self) -> bool {
        self.of_program.is_some()
    }

    /// Adds a pack; one of the same name makes room for it. For many packs [`extend`](Extend::extend) is faster.
    pub fn insert(&mut self, pack: Pack) {
        let packs = self.packs_mut();
        if let Some(at) = place_of(packs, &pack.name) {
            packs.remove(at);
        }
        let at = packs.partition_point(|other| order(other, rank(&pack), &pack.name).is_lt());
        packs.insert(at, pack);
    }

    /// Adds a pack file, or every pack below a folder, and gives their names.
    ///
    /// # Errors
    /// A file that cannot be read, a folder without packs, or a mistake in a pack; nothing is added
    /// then.
    pub fn load(&mut self, path: &Path) -> Result<Vec<String>, PackError> {
        let packs = load::read_packs(path)?;
        let names = packs.iter().map(|pack| pack.name.clone()).collect();
        self.extend(packs);
        Ok(names)
    }

    /// Its packs: those of sites, then of families, then generic ones, each by name.
    pub fn packs(&self) -> &[Pack] {
        self.packs.get_or_init(|| self.of_program.map(|read| read()).unwrap_or_default())
    }

    /// Those of its packs that did not come with the program, in the same order; where there are none, the program's are
    /// not brought together either.
    pub fn added(&self) -> impl Iterator<Item = &Pack> {
        let packs = if self.are_the_programs_own() { &[] } else { self.packs() };
        packs.iter().filter(|pack| !pack.is_built_in())
    }

    /// The packs, which from now on are not just the program's own.
    fn packs_mut(&mut self) -> &mut Vec<Pack> {
        self.packs();
        self.of_program = None;
        self.packs.get_mut().expect("the packs were brought together above")
    }

    /// The pack of that name.
    pub fn get(&self, name: &str) -> Option<&Pack> {
        place_of(self.packs(), name).map(|at| &self.packs()[at])
    }

    /// The pack of that name and all that it includes, in turn and all, each once.
    fn reached_from(&self, name: &str) -> Vec<&Pack> {
        let packs = self.packs();
        let (mut reached, mut places) = (Vec::new(), HashSet::new());
        let mut wanted: Vec<usize> = place_of(packs, name).into_iter().collect();
        while let Some(place) = wanted.pop() {
            if places.insert(place) {
                wanted.extend(packs[place].include.iter().filter_map(|include| place_of(packs, &include.pack)));
                reached.push(&packs[place]);
            }
        }
        reached
    }

    /// The pack of that name and all that it includes, and nothing else.
    pub fn with_includes(&self, name: &str) -> PackSet {
        let mut set = PackSet::empty();
        set.extend(self.reached_from(name).into_iter().cloned());
        set
    }

    /// Makes the pack generic, for trials of it alone. Its place among the others stays, so that its rules are named as
    /// they were; the set is only to be compiled then.
    pub(crate) fn wake_always(&mut self, name: &str) {
        if let Some(pack) = self.packs_mut().iter_mut().find(|pack| pack.name == name) {
            pack.sites.clear();
            pack.signature.clear();
        }
    }

    /// Finds includes that lead nowhere or in a circle.
    pub(crate) fn check_includes(&self) -> Result<(), PackError> {
        self.check_includes_of(&self.packs().iter().collect::<Vec<_>>())
    }

    /// The same of what the pack of that name includes, in turn and all.
    pub(crate) fn check_includes_from(&self, name: &str) -> Result<(), PackError> {
        self.check_includes_of(&self.reached_from(name))
    }

    /// The packs are such that all that they include and that is there is among them.
    fn check_includes_of(&self, packs: &[&Pack]) -> Result<(), PackError> {
        let included = included(packs.iter().copied());
        let circles = circles(&included);
        let mut problems = Vec::new();
        for (pack, (own, included)) in packs.iter().zip(circles.iter().zip(&included)) {
            let mut found = included.iter();
            for include in &pack.include {
                let problem = |message| Problem::at(&pack.file, &pack.source, include.span.clone(), message);
                if self.get(&include.pack).is_none() {
                    let is_listed = problems.len() < MOST_SUGGESTIONS;
                    let nearest =
                        is_listed.then(|| nearest(&include.pack, self.packs().iter().map(Pack::name))).flatten();
                    let suggestion = nearest.map(|name| format!("did you mean `{name}`?"));
                    problems.push(problem(format!("there is no pack `{}`", include.pack)).suggest(suggestion));
                } else if found.next().is_some_and(|&included| circles[included as usize] == *own) {
                    problems.push(problem(format!("`{}` includes this pack in turn", include.pack)));
                }
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(PackError::new(problems)) }
    }
}

/// For so many includes of packs that are not there all names are looked through for the nearest one.
const MOST_SUGGESTIONS: usize = 10;

/// Many packs at once; of those of one name the last counts.
impl Extend<Pack> for PackSet {
    fn extend<I: IntoIterator<Item = Pack>>(&mut self, packs: I) {
        let all = self.packs_mut();
        all.extend(packs);
        all.reverse();
        let mut names = HashSet::new();
        all.retain(|pack| names.insert(pack.name.clone()));
        all.sort_by(|one, other| order(one, rank(other), &other.name));
    }
}

fn rank(pack: &Pack) -> u8 {
    match pack.scope() {
        Scope::Site => 0,
        Scope::Family => 1,
        Scope::Generic => 2,
    }
}

/// Where a pack stands, compared with one of that rank and name.
fn order(pack: &Pack, other_rank: u8, name: &str) -> Ordering {
    (rank(pack), pack.name.as_str()).cmp(&(other_rank, name))
}

/// Where among packs in order the one of that name is: it may be of any scope.
fn place_of(packs: &[Pack], name: &str) -> Option<usize> {
    (0..=2).find_map(|rank| packs.binary_search_by(|pack| order(pack, rank, name)).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(name: &str, scope: Scope, title: &str) -> Pack {
        let woken_by = match scope {
            Scope::Site => "sites = [\"mill.example\"]",
            Scope::Family => "signature = [\"Powered by the mill\"]",
            Scope::Generic => "",
        };
        let rule = "[[rule]]\nid = \"bye\"\nkind = \"share\"\nis = [\"Tell your friends!\"]\n";
        Pack::parse(name, name, &format!("[pack]\ntitle = \"{title}\"\n{woken_by}\n{rule}")).unwrap()
    }

    #[test]
    fn a_later_pack_replaces_one_of_its_name_whatever_its_scope() {
        let packs = [
            pack("c", Scope::Generic, "first"),
            pack("b", Scope::Family, "first"),
            pack("c", Scope::Site, "second"),
            pack("a", Scope::Generic, "first"),
            pack("b", Scope::Family, "second"),
        ];
        let mut one_by_one = PackSet::empty();
        packs.iter().cloned().for_each(|pack| one_by_one.insert(pack));
        let mut at_once = PackSet::empty();
        at_once.insert(packs[0].clone());
        at_once.extend(packs[1..].iter().cloned());
        for set in [one_by_one, at_once] {
            let packs: Vec<(&str, &str)> = set.packs().iter().map(|pack| (pack.name(), pack.title())).collect();
            assert_eq!(packs, [("c", "second"), ("b", "second"), ("a", "first")]);
            assert!(["a", "b", "c"].iter().all(|name| set.get(name).is_some()) && set.get("d").is_none());
        }
    }
}
