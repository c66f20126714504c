//! Packs brought together.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::error::Problem;
use super::includes::{circles, included, places};
use super::{Pack, PackError, Scope, load, nearest};

/// Packs that work together. Those of one name stand side by side, and their name for all of them. Becomes a
/// [`Cleaner`](crate::Cleaner).
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

    /// Adds a pack, before those of its name. These make room for it if it says that it replaces them, as does one that was
    /// read from the same file. For many packs [`extend`](Extend::extend) is faster.
    pub fn insert(&mut self, pack: Pack) {
        let namesakes: Vec<usize> = places_of(self.packs(), &pack.name).collect();
        let packs = self.packs_mut();
        for at in namesakes.into_iter().rev() {
            if pack.replaces || packs[at].file == pack.file {
                packs.remove(at);
            }
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

    /// The pack of that name; of several the one that was added last.
    pub fn get(&self, name: &str) -> Option<&Pack> {
        self.named(name).next()
    }

    /// All packs of that name, the one that was added last first.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Pack> {
        places_of(self.packs(), name).map(|at| &self.packs()[at])
    }

    /// The places of packs and of all that they include, in turn and all, each once and in order. A name that is included
    /// stands for all packs of that name.
    fn reached_from(&self, mut wanted: Vec<usize>) -> Vec<usize> {
        let packs = self.packs();
        let mut reached = BTreeSet::new();
        while let Some(place) = wanted.pop() {
            if reached.insert(place) {
                wanted.extend(packs[place].include.iter().flat_map(|include| places_of(packs, &include.pack)));
            }
        }
        reached.into_iter().collect()
    }

    /// The pack of that name, of several the one that was added last, and all that it includes, and nothing else.
    pub fn with_includes(&self, name: &str) -> PackSet {
        self.get(name).map(|pack| self.of_pack(pack)).unwrap_or_default()
    }

    /// The pack, which is one of these, and all that it includes, and nothing else.
    pub(crate) fn of_pack(&self, pack: &Pack) -> PackSet {
        let itself = places_of(self.packs(), &pack.name).filter(|&at| std::ptr::eq(&self.packs()[at], pack));
        let reached = self.reached_from(itself.collect());
        let packs = reached.into_iter().map(|at| self.packs()[at].clone()).collect::<Vec<_>>();
        PackSet { packs: OnceLock::from(packs), of_program: None }
    }

    /// Makes the pack generic, for trials of it alone. Its place among the others stays, so that its rules are named as
    /// they were; the set is only to be compiled then.
    pub(crate) fn activate_always(&mut self, name: &str) {
        if let Some(pack) = self.packs_mut().iter_mut().find(|pack| pack.name == name) {
            pack.sites.clear();
            pack.signature.clear();
        }
    }

    /// Finds includes that lead nowhere or in a circle.
    pub(crate) fn check_includes(&self) -> Result<(), PackError> {
        self.check_includes_of(&self.packs().iter().collect::<Vec<_>>())
    }

    /// The same of what the packs of that name include, in turn and all.
    pub(crate) fn check_includes_from(&self, name: &str) -> Result<(), PackError> {
        let reached = self.reached_from(places_of(self.packs(), name).collect());
        self.check_includes_of(&reached.into_iter().map(|at| &self.packs()[at]).collect::<Vec<_>>())
    }

    /// The packs are such that all that they include and that is there is among them.
    fn check_includes_of(&self, packs: &[&Pack]) -> Result<(), PackError> {
        let places = places(packs.iter().copied());
        let circles = circles(&included(packs.iter().copied()));
        let mut problems = Vec::new();
        for (pack, own) in packs.iter().zip(&circles) {
            for include in &pack.include {
                let problem = |message| Problem::at(&pack.file, &pack.source, include.span.clone(), message);
                let Some(included) = places.get(include.pack.as_str()) else {
                    let is_listed = problems.len() < MOST_SUGGESTIONS;
                    let nearest =
                        is_listed.then(|| nearest(&include.pack, self.packs().iter().map(Pack::name))).flatten();
                    let suggestion = nearest.map(|name| format!("did you mean `{name}`?"));
                    problems.push(problem(format!("there is no pack `{}`", include.pack)).suggest(suggestion));
                    continue;
                };
                if included.iter().any(|&included| circles[included as usize] == *own) {
                    problems.push(problem(format!("`{}` includes this pack in turn", include.pack)));
                }
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(PackError::new(problems)) }
    }
}

/// For so many includes of packs that are not there all names are looked through for the nearest one.
const MOST_SUGGESTIONS: usize = 10;

/// Many packs at once, as if they were inserted one by one.
impl Extend<Pack> for PackSet {
    fn extend<I: IntoIterator<Item = Pack>>(&mut self, packs: I) {
        let all = self.packs_mut();
        // The newest first: those that are there stand so too.
        let mut newest: Vec<Pack> = packs.into_iter().collect();
        newest.reverse();
        newest.append(all);
        let mut seen: HashMap<String, (bool, HashSet<Arc<str>>)> = HashMap::new();
        newest.retain(|pack| {
            let (is_replaced, files) = seen.entry(pack.name.clone()).or_default();
            let stays = !*is_replaced && !files.contains(&pack.file);
            *is_replaced |= pack.replaces;
            files.insert(pack.file.clone());
            stays
        });
        newest.sort_by(|one, other| order(one, rank(other), &other.name));
        *all = newest;
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

/// Where among packs in order those of that name are: they may be of any scope.
fn places_of(packs: &[Pack], name: &str) -> impl Iterator<Item = usize> {
    (0..=2).flat_map(move |rank| {
        let start = packs.partition_point(|pack| order(pack, rank, name).is_lt());
        (start..packs.len()).take_while(move |&at| order(&packs[at], rank, name).is_eq())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(name: &str, scope: Scope, file: &str, title: &str) -> Pack {
        let activated_by = match scope {
            Scope::Site => "sites = [\"mill.example\"]",
            Scope::Family => "signature = [\"Powered by the mill\"]",
            Scope::Generic => "",
        };
        let replaces = if title.starts_with("replaces") { "replaces = true" } else { "" };
        let rule = "[[rule]]\nid = \"bye\"\nkind = \"share\"\nis = [\"Tell your friends!\"]\n";
        let source = format!("[pack]\ntitle = \"{title}\"\n{replaces}\n{activated_by}\n{rule}");
        Pack::parse(name, file, &source).unwrap()
    }

    #[test]
    fn packs_of_one_name_are_kept_unless_replaced_or_of_one_file() {
        let packs = [
            pack("c", Scope::Generic, "c.toml", "first"),
            pack("b", Scope::Family, "b.toml", "first"),
            pack("c", Scope::Site, "c.toml", "same file"),
            pack("a", Scope::Generic, "a.toml", "first"),
            pack("b", Scope::Family, "more/b.toml", "beside it"),
            pack("a", Scope::Generic, "more/a.toml", "replaces it"),
            pack("d", Scope::Generic, "d.toml", "first"),
            pack("d", Scope::Generic, "more/d.toml", "replaces it"),
            pack("d", Scope::Generic, "more/d.toml", "same file"),
            pack("a", Scope::Generic, "last/a.toml", "beside it"),
        ];
        for at_first in 0..packs.len() {
            let mut set = PackSet::empty();
            packs[..at_first].iter().cloned().for_each(|pack| set.insert(pack));
            set.extend(packs[at_first..].iter().cloned());
            let titles: Vec<(&str, &str)> = set.packs().iter().map(|pack| (pack.name(), pack.title())).collect();
            let wanted = [
                ("c", "same file"),
                ("b", "beside it"),
                ("b", "first"),
                ("a", "beside it"),
                ("a", "replaces it"),
                ("d", "same file"),
            ];
            assert_eq!(titles, wanted, "{at_first} one by one");
            assert_eq!(set.named("b").count(), 2);
            assert_eq!(set.get("a").map(Pack::title), Some("beside it"));
            assert!(set.get("e").is_none());
        }
    }
}
