//! What would change, as a unified diff.

use dechrome::run::Reviewed;
use similar::TextDiff;

/// The diff of one input, in bytes, as patch takes it; empty if nothing would change. `name` is
/// what patch will look for.
pub(crate) fn unified(reviewed: &Reviewed) -> Vec<u8> {
    let mut diff = Vec::new();
    if reviewed.text == reviewed.left {
        return diff;
    }
    let lines = TextDiff::from_lines(reviewed.text.as_slice(), reviewed.left.as_slice());
    // A tab ends the name for patch, so that it may hold spaces.
    let name = format!("{}\t", reviewed.name.display());
    let written = lines.unified_diff().header(&name, &name).to_writer(&mut diff);
    debug_assert!(written.is_ok(), "memory takes every byte");
    diff
}
