//! What a file that replaces another one takes over from it, besides its mode.

use std::fs::{File, Metadata};
use std::path::Path;

use super::access::Access;

/// Gives `new` the owner, group, access list and other extended attributes of `original`, as far as the system lets. Says
/// who may then read it: where the group or the access list is another one, the group may do what others may.
#[cfg(unix)]
pub(crate) fn take_over(original: &Path, metadata: &Metadata, new: &File) -> Access {
    use std::os::unix::fs::{MetadataExt, fchown};
    let access = Access::of_mode(metadata);
    let (owner, group) = (metadata.uid(), metadata.gid());
    // Only root gives files away; the group may be one of ours.
    let has_group = fchown(new, Some(owner), Some(group)).or_else(|_| fchown(new, None, Some(group))).is_ok();
    let has_lists = copy_attributes(original, new);
    if has_group && has_lists { access } else { access.with_group_as_others() }
}

#[cfg(not(unix))]
pub(crate) fn take_over(original: &Path, metadata: &Metadata, _: &File) -> Access {
    Access::of(original, metadata)
}

/// Copies all extended attributes but those that vouch for the content, which is another one, or give it power. Says
/// whether access lists are among what was copied, if there are any.
#[cfg(unix)]
fn copy_attributes(original: &Path, new: &File) -> bool {
    use xattr::FileExt;
    const OF_CONTENT: [&str; 3] = ["security.capability", "security.ima", "security.evm"];
    let mut has_lists = true;
    // A file system without attributes has none to keep.
    for name in xattr::list_deref(original).into_iter().flatten() {
        if OF_CONTENT.iter().any(|of_content| name == *of_content) {
            continue;
        }
        let value = xattr::get_deref(original, &name).ok().flatten();
        let is_copied = value.is_some_and(|value| new.set_xattr(&name, &value).is_ok());
        // Access lists of any kind are the system's own attributes.
        has_lists &= is_copied || !name.as_encoded_bytes().starts_with(b"system.");
    }
    has_lists
}
