//! Packs brought together.

use std::path::Path;
use std::sync::OnceLock;

use super::error::Problem;
use super::{Pack, PackError, Scope, load, nearest};

/// Packs that work together. Those of one name stand side by side, and their name for all of them. Becomes a [`Cleaner`](crate::Cleaner).
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
    /// read from the same file.
    pub fn insert(&mut self, pack: Pack) {
        let packs = self.packs_mut();
        packs.retain(|other| other.name != pack.name || !pack.replaces && other.file != pack.file);
        let rank = |pack: &Pack| match pack.scope() {
            Scope::Site => 0,
            Scope::Family => 1,
            Scope::Generic => 2,
        };
        let at = packs.partition_point(|other| (rank(other), &other.name) < (rank(&pack), &pack.name));
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
        packs.into_iter().for_each(|pack| self.insert(pack));
        Ok(names)
    }

    /// Its packs: those of sites, then of families, then generic ones, each by name.
    pub fn packs(&self) -> &[Pack] {
        self.packs.get_or_init(|| self.of_program.map(|read| read()).unwrap_or_default())
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
        self.packs().iter().filter(move |pack| pack.name == name)
    }

    /// The pack and all that it includes, in turn and all, each once. A name that is included stands for all packs of
    /// that name.
    pub(crate) fn reached_from<'p>(&'p self, pack: &'p Pack) -> Vec<&'p Pack> {
        let mut reached: Vec<&Pack> = Vec::new();
        let mut wanted = vec![pack];
        while let Some(pack) = wanted.pop() {
            if !reached.iter().any(|other| std::ptr::eq(*other, pack)) {
                wanted.extend(pack.include.iter().flat_map(|include| self.named(&include.pack)));
                reached.push(pack);
            }
        }
        reached
    }

    /// The pack of that name, of several the one that was added last, and all that it includes, and nothing else.
    pub fn with_includes(&self, name: &str) -> PackSet {
        self.get(name).map(|pack| self.of_pack(pack)).unwrap_or_default()
    }

    /// The pack and all that it includes, and nothing else.
    pub(crate) fn of_pack(&self, pack: &Pack) -> PackSet {
        let mut set = PackSet::empty();
        self.reached_from(pack).into_iter().for_each(|pack| set.insert(pack.clone()));
        set
    }

    /// Makes the pack generic, for trials of it alone.
    pub(crate) fn wake_always(&mut self, name: &str) {
        if let Some(pack) = self.packs_mut().iter_mut().find(|pack| pack.name == name) {
            pack.sites.clear();
            pack.signature.clear();
        }
    }

    /// Finds includes that lead nowhere or in a circle.
    pub(crate) fn check_includes(&self) -> Result<(), PackError> {
        let mut problems = Vec::new();
        for pack in self.packs() {
            for include in &pack.include {
                let problem = |message| Problem::at(&pack.file, &pack.source, include.span.clone(), message);
                if self.get(&include.pack).is_none() {
                    let nearest = nearest(&include.pack, self.packs().iter().map(Pack::name));
                    let suggestion = nearest.map(|name| format!("did you mean `{name}`?"));
                    problems.push(problem(format!("there is no pack `{}`", include.pack)).suggest(suggestion));
                } else if self.leads_to(&include.pack, &pack.name) {
                    problems.push(problem(format!("`{}` includes this pack in turn", include.pack)));
                }
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(PackError::new(problems)) }
    }

    fn leads_to(&self, from: &str, to: &str) -> bool {
        self.named(from).any(|pack| self.reached_from(pack).iter().any(|pack| pack.name == to))
    }
}
