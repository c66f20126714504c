//! Inputs as documents, in the order in which they were given.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use dechrome::Cleaner;
use dechrome::io::{Access, InputFile, Walked, walk};
use dechrome::run::{Observer, Origin, SiteSource, Source};

/// What stands for standard input.
pub(crate) const STDIN: &str = "-";

/// Who may read what holds text of all these inputs. What comes from standard input is whoever's.
pub(crate) fn access(paths: &[PathBuf]) -> Access {
    let files: Vec<PathBuf> = paths.iter().filter(|path| *path != Path::new(STDIN)).cloned().collect();
    Access::common(&files)
}

/// Begins a file anew that holds text of these inputs.
pub(crate) fn create_for(paths: &[PathBuf], path: &Path) -> io::Result<File> {
    access(paths).create_file(path)
}

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
        let origin = Origin::Stream(Box::new(io::stdin()));
        return Box::new(std::iter::once(Source { name: root, label: STDIN.into(), site, origin }));
    }
    Box::new(walk(&root).filter_map(move |walked| match walked {
        Walked::File(file) => Some(file_source(file, sites, cleaner)),
        Walked::Folder(_) => None,
        Walked::Link(path) => {
            observer.skipped_link(&path);
            None
        }
        Walked::Own(path, own) => {
            observer.note(&path, own.note());
            None
        }
        Walked::Failed(name, error) => {
            Some(Source { name, label: PathBuf::new(), site: None, origin: Origin::Failed(error) })
        }
    }))
}

fn file_source(file: InputFile, sites: &SiteSource, cleaner: &Cleaner) -> Source {
    let InputFile { path, below } = file;
    let site = sites.site_of(&path, cleaner);
    Source { name: path.clone(), label: below, site, origin: Origin::File(path) }
}
