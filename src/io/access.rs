//! Who may read and write a file: outputs are no more open than the inputs that they hold text of.

use std::fs::{self, File, Metadata, Permissions};
use std::io;
use std::path::Path;

/// The attribute that holds a file's access list.
#[cfg(unix)]
pub(super) const ACCESS_LIST: &str = "system.posix_acl_access";

/// The bits of group and others, in a Unix mode.
const GROUP: u32 = 0o070;
const OTHERS: u32 = 0o007;
const OWNER_READS_AND_WRITES: u32 = 0o600;

/// Who may read, write and enter, as the nine bits of a Unix mode; setuid and its like are none of them. Other systems
/// are asked for nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Access(u32);

impl Access {
    /// What a new file has, of which the process's umask takes away.
    pub const USUAL: Access = Access(0o666);
    /// The owner reads and writes, nobody else does anything.
    pub const PRIVATE: Access = Access(OWNER_READS_AND_WRITES);

    /// What those get who would get a copy of the file or folder at `path`. An access list is not copied, so that its
    /// group gets no more than others do.
    pub fn of(path: &Path, metadata: &Metadata) -> Access {
        let access = Access::of_mode(metadata);
        let shared = access.with_group_as_others();
        if shared != access && has_access_list(path) { shared } else { access }
    }

    /// The nine bits of a mode.
    pub(super) fn of_mode(metadata: &Metadata) -> Access {
        Access(mode(metadata) & 0o777)
    }

    /// What both allow, and the owner may read and write.
    pub(super) fn and(self, other: Access) -> Access {
        Access(self.0 & other.0 | OWNER_READS_AND_WRITES)
    }

    /// As for a file whose group is another one.
    #[must_use]
    pub(crate) fn with_group_as_others(self) -> Access {
        Access(self.0 & !(GROUP & !((self.0 & OTHERS) << 3)))
    }

    /// All that those may do with files in a folder who may enter it.
    pub(super) fn of_those_who_enter(self) -> Access {
        let all_if = |enters: u32, all: u32| if self.0 & enters != 0 { all } else { 0 };
        Access(0o700 | all_if(0o010, GROUP) | all_if(0o001, OTHERS))
    }

    /// Begins a file anew, as [`File::create`] does, with this access less what the umask takes away. One that is there
    /// gives no more access than it did, nor than this.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn create_file(self, path: &Path) -> io::Result<File> {
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, self.0);
        let file = options.open(path)?;
        let metadata = file.metadata()?;
        let there = Access::of_mode(&metadata);
        let both = Access(there.0 & self.0);
        // Terminals and pipes are somebody else's; so is a file of another owner, whose mode cannot be changed.
        if metadata.is_file() && both != there {
            let _ = file.set_permissions(both.permissions(&metadata));
        }
        Ok(file)
    }

    /// The mode, for a file that is begun.
    pub(super) fn mode(self) -> u32 {
        self.0
    }

    /// The permissions of a copy of the file that `metadata` is of.
    pub(crate) fn permissions(self, metadata: &Metadata) -> Permissions {
        permissions(self.0, metadata)
    }

    /// Makes a folder that gives no more access than this; its owner may write into it. One that is there stays as it is.
    ///
    /// # Errors
    /// It cannot be made.
    pub(crate) fn make_folder(self, path: &Path) -> io::Result<()> {
        let mode = self.0 | 0o700;
        match make_folder(path, mode) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            made => made,
        }
    }
}

#[cfg(unix)]
fn mode(metadata: &Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions())
}

#[cfg(not(unix))]
fn mode(_: &Metadata) -> u32 {
    0o777
}

#[cfg(unix)]
fn permissions(mode: u32, _: &Metadata) -> Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(mode)
}

#[cfg(not(unix))]
fn permissions(_: u32, metadata: &Metadata) -> Permissions {
    metadata.permissions()
}

#[cfg(unix)]
fn make_folder(path: &Path, mode: u32) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, mode).create(path)?;
    // The umask took away from that.
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
fn make_folder(path: &Path, _: u32) -> io::Result<()> {
    fs::create_dir(path)
}

#[cfg(unix)]
fn has_access_list(path: &Path) -> bool {
    xattr::get_deref(path, ACCESS_LIST).is_ok_and(|list| list.is_some())
}

#[cfg(not(unix))]
fn has_access_list(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_is_another_one_gets_what_others_get() {
        for (mode, wanted) in [(0o640, 0o600), (0o664, 0o644), (0o755, 0o755), (0o604, 0o604), (0o670, 0o600)] {
            assert_eq!(Access(mode).with_group_as_others(), Access(wanted), "{mode:o}");
        }
    }

    #[test]
    fn who_cannot_enter_a_folder_cannot_read_what_is_in_it() {
        for (folder, wanted) in [(0o700, 0o700), (0o755, 0o777), (0o750, 0o770), (0o744, 0o700), (0o711, 0o777)] {
            assert_eq!(Access(folder).of_those_who_enter(), Access(wanted), "{folder:o}");
        }
    }
}
