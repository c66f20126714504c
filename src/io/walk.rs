//! Finding input files.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::OwnFile;

/// A file to clean, and where it stands below the path that was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InputFile {
    /// The file.
    pub path: PathBuf,
    /// Its place below the root; for a root that is a file, the file's name.
    pub below: PathBuf,
}

/// What a walk comes across.
#[derive(Debug)]
pub enum Walked {
    /// A file.
    File(InputFile),
    /// A folder, by its place below the root.
    Folder(PathBuf),
    /// A symbolic link; it is not followed, as it may lead out of the tree or in a circle.
    Link(PathBuf),
    /// A file that the program itself made beside outputs, and that holds none. Only one that is the root is an input.
    Own(PathBuf, OwnFile),
    /// Something that cannot be read.
    Failed(PathBuf, io::Error),
}

/// Walks over a file or a tree, by name. A root that is itself a symbolic link is followed.
pub fn walk(root: &Path) -> impl Iterator<Item = Walked> + Send + use<> {
    let root = root.to_owned();
    WalkDir::new(&root).sort_by_file_name().into_iter().filter_map(move |entry| match entry {
        Ok(entry) => {
            let kind = entry.file_type();
            let below = entry.path().strip_prefix(&root).unwrap_or(entry.path()).to_owned();
            let is_root = entry.depth() == 0;
            if kind.is_symlink() && !is_root {
                Some(Walked::Link(entry.into_path()))
            } else if kind.is_dir() || is_root && entry.path().is_dir() {
                Some(Walked::Folder(below))
            } else if let Some(own) = OwnFile::of_name(entry.file_name()).filter(|_| kind.is_file() && !is_root) {
                let path = entry.into_path();
                // What this process writes comes and goes, and is nobody's concern.
                own.is_left_over(&path).then_some(Walked::Own(path, own))
            } else if kind.is_file() || is_root {
                let name = || entry.file_name().into();
                Some(Walked::File(InputFile { below: if is_root { name() } else { below }, path: entry.into_path() }))
            } else {
                // Sockets, pipes and devices inside a tree hold no text.
                None
            }
        }
        Err(error) => {
            let path = error.path().unwrap_or(&root).to_owned();
            Some(Walked::Failed(path, error.into_io_error().unwrap_or_else(|| io::Error::other("a loop of links"))))
        }
    })
}
