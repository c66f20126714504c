//! Who may read a file that holds text of many inputs.

use std::path::{Path, PathBuf};

use super::access::Access;
use super::walk::{Walked, walk};

impl Access {
    /// For a file that holds text of all these inputs, which are files or trees: nobody may read it who may not read
    /// each of them. Looks at every file.
    pub fn common(inputs: &[PathBuf]) -> Access {
        let access = |root: &Path, walked: Walked| {
            let (path, enters) = match walked {
                Walked::File(file) => (file.path, false),
                Walked::Folder(below) => (root.join(below), true),
                Walked::Own(..) | Walked::Link(_) | Walked::Failed(..) => return Access::USUAL,
            };
            let Ok(metadata) = path.metadata() else { return Access::USUAL };
            let access = Access::of(&path, &metadata);
            if enters { access.of_those_who_enter() } else { access }
        };
        let all = inputs.iter().flat_map(|root| walk(root).map(move |walked| access(root, walked)));
        all.fold(Access::USUAL, Access::and)
    }
}
