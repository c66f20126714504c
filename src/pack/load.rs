//! Packs from disk.

use std::path::Path;

use walkdir::WalkDir;

use super::error::Problem;
use super::{Pack, PackError};

/// A larger file is refused: it is a corpus or a mistake, not a pack.
const LARGEST_PACK_BYTES: u64 = 512 << 20;

/// Reads a pack file, or every `.toml` file below a folder, by name.
pub(super) fn read_packs(path: &Path) -> Result<Vec<Pack>, PackError> {
    let mut packs = Vec::new();
    if path.is_file() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        packs.push(read_pack(path, &name)?);
        return Ok(packs);
    }
    for entry in WalkDir::new(path).follow_links(true).sort_by_file_name() {
        let entry = entry.map_err(|error| match error.io_error() {
            Some(cause) => unreadable(error.path().unwrap_or(path), cause),
            None => unreadable(path, &error),
        })?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|extension| extension == "toml") {
            packs.push(read_pack(entry.path(), &name_below(path, entry.path()))?);
        }
    }
    if packs.is_empty() {
        return Err(Problem::whole_file(&path.display().to_string(), "no packs (.toml files) are here").into());
    }
    Ok(packs)
}

fn read_pack(path: &Path, name: &str) -> Result<Pack, PackError> {
    let file = path.display().to_string();
    let size = path.metadata().map_err(|error| unreadable(path, &error))?.len();
    if size > LARGEST_PACK_BYTES {
        let message = format!("the file has {size} bytes; packs of more than {LARGEST_PACK_BYTES} are refused");
        return Err(Problem::whole_file(&file, message).suggest(Some("split it")).into());
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
    let source = simdutf8::compat::from_utf8(&bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
        Problem::whole_file(&file, format!("line {line} is not UTF-8"))
    })?;
    Pack::parse(name, &file, source)
}

fn name_below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path).with_extension("");
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let name = parts.join("/");
    name.strip_prefix("sites/").unwrap_or(&name).to_owned()
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> PackError {
    Problem::whole_file(&path.display().to_string(), format!("cannot be read: {error}")).into()
}
