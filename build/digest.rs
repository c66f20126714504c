//! One digest of all that decides what goes of a text.

use std::path::Path;
use std::{fs, io};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// What decides it: folders below the package's, and how the files end that count there.
pub(crate) const PLACES: [(&str, &str); 7] = [
    ("patterns", "toml"),
    ("scorecard", "toml"),
    ("src/clean", "rs"),
    ("src/engine", "rs"),
    ("src/pack", "rs"),
    ("src/scorecard", "rs"),
    ("src/text", "rs"),
];

/// So many bytes of the hash are enough to tell builds apart, which nobody forges.
const BYTES: usize = 8;

/// The digest of the package in that folder, in hexadecimal digits: of the names of its files, and of what they hold.
pub(crate) fn of_package(package: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    for (folder, ending) in PLACES {
        for entry in WalkDir::new(package.join(folder)).sort_by_file_name() {
            let path = entry?.into_path();
            if path.extension().is_some_and(|extension| extension == ending) {
                let content = fs::read(&path)?;
                let name = name_below(package, &path);
                hash.update(format!("{} {} {name}", name.len(), content.len()));
                hash.update(content);
            }
        }
    }
    Ok(HEXLOWER.encode(&hash.finalize()[..BYTES]))
}

/// The same on every system.
fn name_below(package: &Path, path: &Path) -> String {
    let below = path.strip_prefix(package).unwrap_or(path).components();
    below.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
