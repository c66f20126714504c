//! What tells one run from another, so that it can be continued.

use std::fmt::Write as _;

use dechrome::PackSet;
use sha2::{Digest, Sha256};

use crate::args::CleanArguments;

/// A digest of the program, the packs, the options and the inputs.
pub(crate) fn fingerprint(arguments: &CleanArguments, packs: &PackSet) -> String {
    let mut digest = Sha256::new();
    digest.update(env!("CARGO_PKG_VERSION"));
    for pack in packs.packs() {
        digest.update(pack.name());
        digest.update(pack.source());
    }
    let CleanArguments { paths, removed, formats, documents, rules, sites, .. } = arguments;
    digest.update(format!("{paths:?} {} {formats:?} {documents:?} {rules:?} {sites:?}", removed.is_some()));
    digest.finalize().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
