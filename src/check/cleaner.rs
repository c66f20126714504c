//! A cleaner is made of packs and options in which everything is right.

use crate::clean::{CleanOptions, Cleaner, CleanerError};
use crate::pack::PackSet;

use super::examples;

impl Cleaner {
    /// Compiles packs. Those of the program as they are have been compiled while it was built.
    ///
    /// # Errors
    /// A pack includes what is not there or includes itself in a circle; an example of a pack that is
    /// not built in fails; `options` disable a rule that is not there.
    pub fn new(packs: &PackSet, options: &CleanOptions) -> Result<Cleaner, CleanerError> {
        if packs.are_the_programs_own() && options.want_all() {
            return Ok(Cleaner::built_in(options));
        }
        packs.check_includes()?;
        options.check(packs)?;
        examples::check_loaded(packs)?;
        Ok(Cleaner::unchecked(packs, options))
    }
}
