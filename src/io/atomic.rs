//! Outputs that appear under their final name only when they are complete.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{File, Metadata, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use tempfile::NamedTempFile;

use super::Access;

/// Files that are being written, so that an interrupted program can take them away.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Held by all who begin and end files, while they do; the program that ends takes it for itself and keeps it.
static GOING_ON: RwLock<()> = RwLock::new(());

/// How the name of a file begins and ends that is being written.
pub(super) const PART_PREFIX: &str = ".dechrome-";
pub(super) const PART_SUFFIX: &str = ".part";

/// Whether an output must be on the disk, not only in the system's memory, before it gets its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Durability {
    /// For copies: after a power cut they can be made again.
    Flushed,
    /// For files that replace their own source.
    Synced,
}

/// A file that is written beside its target and renamed to it by [`finish`](AtomicFile::finish).
/// Dropped before, it leaves nothing behind.
///
/// ```
/// use std::io::Write;
/// use dechrome::io::{AtomicFile, Durability};
/// let folder = tempfile::tempdir()?;
/// let target = folder.path().join("out.txt");
/// let mut file = AtomicFile::create(&target)?;
/// file.write_all(b"text")?;
/// assert!(!target.exists());
/// file.finish(None, Durability::Flushed)?;
/// assert_eq!(std::fs::read(&target)?, b"text");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    /// `None` once it is finished.
    file: Option<BufWriter<NamedTempFile>>,
}

impl AtomicFile {
    /// Begins a file that is to become `target`, with the usual access.
    ///
    /// # Errors
    /// The target's folder is not there or cannot be written to.
    pub fn create(target: &Path) -> io::Result<AtomicFile> {
        AtomicFile::create_with(target, Access::USUAL)
    }

    /// The same with this access, less what the umask takes away, from the first byte on.
    ///
    /// # Errors
    /// As for [`create`](AtomicFile::create).
    pub fn create_with(target: &Path, access: Access) -> io::Result<AtomicFile> {
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let file = {
            let _going_on = go_on();
            let mut builder = tempfile::Builder::new();
            builder.prefix(PART_PREFIX).suffix(PART_SUFFIX);
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(access.mode()));
            #[cfg(not(unix))]
            let _ = access.mode();
            let file = builder.tempfile_in(folder);
            // The temporary name means nothing to anybody.
            let file = file.map_err(|error| io::Error::from(error.kind()))?;
            unfinished().insert(file.path().to_owned());
            file
        };
        Ok(AtomicFile { target: target.to_owned(), file: Some(BufWriter::with_capacity(1 << 17, file)) })
    }

    /// What the file is by now: all that was written is in it.
    ///
    /// # Errors
    /// It cannot be written or looked at.
    pub(crate) fn metadata(&mut self) -> io::Result<Metadata> {
        self.flush()?;
        self.as_file().map_or(Err(io::ErrorKind::BrokenPipe.into()), File::metadata)
    }

    /// The file itself, until it is finished.
    pub(crate) fn as_file(&self) -> Option<&File> {
        self.file.as_ref().map(|buffered| buffered.get_ref().as_file())
    }

    /// Completes the file, with these permissions if given, and gives it its name.
    ///
    /// # Errors
    /// The last bytes cannot be written, or the target cannot be replaced.
    pub fn finish(mut self, permissions: Option<Permissions>, durability: Durability) -> io::Result<()> {
        let Some(buffered) = self.file.take() else { return Ok(()) };
        let file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
        if let Some(permissions) = permissions {
            file.as_file().set_permissions(permissions)?;
        }
        if durability == Durability::Synced {
            file.as_file().sync_all()?;
        }
        let _going_on = go_on();
        unfinished().remove(file.path());
        file.persist(&self.target)?;
        Ok(())
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if let Some(file) = self.file.take() {
            let _going_on = go_on();
            unfinished().remove(file.get_ref().path());
        }
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// Writes a file whole or not at all, with this access less what the umask takes away.
///
/// # Errors
/// It cannot be written.
pub fn write_atomically(target: &Path, content: &[u8], access: Access) -> io::Result<()> {
    let mut file = AtomicFile::create_with(target, access)?;
    file.write_all(content)?;
    file.finish(None, Durability::Flushed)
}

/// Whether a file of this name is being written by this process.
pub(super) fn is_being_written(name: &OsStr) -> bool {
    unfinished().iter().any(|path| path.file_name() == Some(name))
}

/// Takes away every file that is not finished, and lets none begin or finish any more. For a program
/// that is about to end because it was interrupted.
pub fn discard_unfinished() {
    let going_on = GOING_ON.write().unwrap_or_else(PoisonError::into_inner);
    for path in std::mem::take(&mut *unfinished()) {
        // It may be gone already; nothing more can be done here.
        let _ = std::fs::remove_file(path);
    }
    // The lock is never given back: nothing begins or ends after this.
    std::mem::forget(going_on);
}

fn go_on() -> RwLockReadGuard<'static, ()> {
    GOING_ON.read().unwrap_or_else(PoisonError::into_inner)
}

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    // A panic elsewhere cannot leave the set half changed.
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.txt");
        let mut file = AtomicFile::create(&target).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_finished_file_replaces_its_target_with_the_mode_asked_for() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.txt");
        std::fs::write(&target, "old").unwrap();
        let mut file = AtomicFile::create(&target).unwrap();
        file.write_all(b"new").unwrap();
        file.finish(Some(Permissions::from_mode(0o640)), Durability::Synced).unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"new");
        assert_eq!(std::fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
