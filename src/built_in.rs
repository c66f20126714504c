//! The packs that come with dechrome, which the build script has read and compiled.

use std::borrow::Cow;
use std::sync::Arc;

use crate::pack::{Pack, PackSet};

/// The packs below `patterns/`, compiled.
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packs.bin"));

/// File, below `patterns/`, and text of each of them, in the same order.
static SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));

impl PackSet {
    /// The packs that come with dechrome: everything below `patterns/` when it was built. They are
    /// brought together anew at each call, in a few milliseconds.
    pub fn built_in() -> PackSet {
        // The build script wrote them with the same types.
        let packs: Vec<Pack> = postcard::from_bytes(COMPILED).expect("compiled packs can be read");
        let mut set = PackSet::empty();
        for (mut pack, (file, source)) in packs.into_iter().zip(SOURCES) {
            pack.came_with_the_program(Arc::from(format!("patterns/{file}")), Cow::Borrowed(source));
            set.insert(pack);
        }
        set
    }
}
