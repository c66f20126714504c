//! Inputs as documents, in the order in which they were given.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use dechrome::Cleaner;
use dechrome::io::{Walked, walk};
use dechrome::run::{Observer, SiteSource, Source};

/// What stands for standard input.
pub(crate) const STDIN: &str = "-";

/// The documents of all paths; folders are walked by name.
pub(crate) fn sources<'a>(
    paths: &'a [PathBuf],
    sites: &'a SiteSource,
    cleaner: &'a Cleaner,
    observer: &'a dyn Observer,
) -> impl Iterator<Item = Source> + Send + 'a {
    let stdin = paths.is_empty().then(|| Path::new(STDIN).to_owned());
    let roots = stdin.into_iter().chain(paths.iter().cloned());
    roots.flat_map(move |root| of_root(root, sites, cleaner, observer))
}

fn of_root<'a>(
    root: PathBuf,
    sites: &'a SiteSource,
    cleaner: &'a Cleaner,
    observer: &'a dyn Observer,
) -> Box<dyn Iterator<Item = Source> + Send + 'a> {
    if root == Path::new(STDIN) {
        let site = sites.site_of(Path::new(""), cleaner);
        let open = Box::new(|| Ok(Box::new(io::stdin()) as Box<dyn Read + Send>));
        return Box::new(std::iter::once(Source { name: PathBuf::from(STDIN), site, open }));
    }
    Box::new(walk(&root).filter_map(move |walked| match walked {
        Walked::File(file) => Some(file_source(file.path, sites, cleaner)),
        Walked::Folder(_) => None,
        Walked::Link(path) => {
            observer.skipped_link(&path);
            None
        }
        Walked::Failed(path, error) => Some(Source { name: path, site: None, open: Box::new(move || Err(error)) }),
    }))
}

fn file_source(path: PathBuf, sites: &SiteSource, cleaner: &Cleaner) -> Source {
    let site = sites.site_of(&path, cleaner);
    let name = path.clone();
    let open = Box::new(move || Ok(Box::new(File::open(path)?) as Box<dyn Read + Send>));
    Source { name, site, open }
}
