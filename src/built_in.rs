//! The packs that come with dechrome, which the build script has read and compiled.

use std::borrow::Cow;
use std::sync::Arc;

use crate::engine::Engine;
use crate::pack::{Pack, PackSet};
use crate::scorecard::Scorecard;

/// The packs below `patterns/`, as they were read.
static PACKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packs.bin"));

/// All of their rules, compiled.
static ENGINE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/engine.bin"));

/// The scorecard, as it was read.
static SCORECARD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/scorecard.bin"));

/// File and text of each of them, in the same order.
static SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));

impl PackSet {
    /// The packs that come with dechrome: everything below `patterns/` when it was built. They are
    /// brought together, in some milliseconds, when they are first looked at; a [`Cleaner`](crate::Cleaner) of
    /// them with no options need not look.
    pub fn built_in() -> PackSet {
        PackSet::of_program(packs)
    }
}

impl Engine {
    /// All rules of the packs that come with dechrome.
    pub(crate) fn built_in() -> Engine {
        // The build script wrote it with the same types.
        let mut engine: Engine = postcard::from_bytes(ENGINE).expect("the compiled rules can be read");
        engine.name_files(&files().collect::<Vec<_>>());
        engine
    }
}

impl Scorecard {
    /// The scorecard that comes with dechrome.
    pub(crate) fn built_in() -> Scorecard {
        // As above.
        postcard::from_bytes(SCORECARD).expect("the scorecard can be read")
    }
}

fn packs() -> Vec<Pack> {
    // As above.
    let mut packs: Vec<Pack> = postcard::from_bytes(PACKS).expect("compiled packs can be read");
    for ((pack, file), (_, source)) in packs.iter_mut().zip(files()).zip(SOURCES) {
        pack.came_with_the_program(file, Cow::Borrowed(source));
    }
    packs
}

fn files() -> impl Iterator<Item = Arc<str>> {
    SOURCES.iter().map(|(file, _)| Arc::from(*file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_rules_are_those_of_the_packs() {
        let made = Engine::new(&PackSet::built_in(), &|_| true);
        assert!(postcard::to_stdvec(&made).unwrap() == ENGINE, "build.rs compiles other rules");
        let files = |engine: &Engine| engine.rules().iter().map(|rule| rule.file().to_owned()).collect::<Vec<_>>();
        assert_eq!(files(&Engine::built_in()), files(&made));
    }
}
