//! Inputs as documents, in the order in which they were given.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use crate::Cleaner;
use crate::cli::messages;
use crate::io::{Access, InputFile, Walked, walk};
use crate::run::{Observer, Origin, SiteSource, Source};

/// What stands for standard input.
pub(in crate::cli) const STDIN: &str = "-";

/// Who may read what holds text of all these inputs. What comes from standard input is whoever's.
pub(in crate::cli) fn access(paths: &[PathBuf]) -> Access {
    let files: Vec<PathBuf> = paths.iter().filter(|path| *path != Path::new(STDIN)).cloned().collect();
    Access::common(&files)
}

/// Begins a file anew that holds text of these inputs.
pub(in crate::cli) fn create_for(paths: &[PathBuf], path: &Path) -> io::Result<File> {
    access(paths).create_file(path)
}

/// The documents of all paths; folders are walked by name.
pub(in crate::cli) fn sources<'a>(
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
        let origin = Origin::Stream(Box::new(stdin()));
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

/// Standard input; at a terminal a person is told that it is waited for.
fn stdin() -> impl Read + Send {
    if io::stdin().is_terminal() {
        messages::error(format_args!("reading standard input; end with Ctrl-D"));
    }
    Ended { source: io::stdin(), is_at_end: false }
}

/// A terminal has more to read after its end, for whoever asks again.
struct Ended<R> {
    source: R,
    is_at_end: bool,
}

impl<R: Read> Read for Ended<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_at_end {
            return Ok(0);
        }
        let read = self.source.read(buffer)?;
        self.is_at_end = read == 0 && !buffer.is_empty();
        Ok(read)
    }
}

fn file_source(file: InputFile, sites: &SiteSource, cleaner: &Cleaner) -> Source {
    let InputFile { path, below } = file;
    let site = sites.site_of(&path, cleaner);
    Source { name: path.clone(), label: below, site, origin: Origin::File(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives each piece, and an end between them.
    struct Terminal(Vec<&'static [u8]>);

    impl Read for Terminal {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some(piece) = self.0.pop() else { return Ok(0) };
            buffer[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    #[test]
    fn one_end_of_input_is_enough() {
        let mut source = Ended { source: Terminal(vec![b"more\n", b"", b"line\n"]), is_at_end: false };
        let mut text = Vec::new();
        source.read_to_end(&mut text).unwrap();
        source.read_to_end(&mut text).unwrap();
        assert_eq!(text, b"line\n");
    }
}
