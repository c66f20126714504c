//! Inputs that are not what they seem: formats that hold text and are not read, recognised by name and first bytes.
//!
//! Cleaned as plain text they would be damaged, or pass unchanged without a word. A text that merely begins like one of
//! them must never be refused, so each is recognised by more than its beginning; what is in doubt is text.

mod csv;
mod json;
mod markup;
mod signature;
mod unread_format;

use std::path::Path;

use super::Format;
use super::codec::Compression;

pub(crate) use markup::is_html_value;
pub use unread_format::UnreadFormat;

/// Names of formats that are plain text, and may begin with markup or data of their own.
const TEXT_NAMES: [&str; 8] = ["md", "markdown", "rst", "adoc", "org", "tex", "wiki", "textile"];

impl UnreadFormat {
    /// What an input is that would be read as `format`, if it is something else. `beginning` are its
    /// first bytes, decompressed: some KiB are enough; `is_whole` says that there are no more.
    ///
    /// Costs a look at the first bytes and the first line, and a pass over the first 64 KiB of what begins as markup
    /// or JSON.
    pub fn of(name: &Path, format: Format, beginning: &[u8], is_whole: bool) -> Option<UnreadFormat> {
        if let Some(found) = signature::of(beginning).filter(|found| *found != UnreadFormat::Misnamed(format)) {
            return Some(found);
        }
        let text = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning).trim_ascii_start();
        match format {
            Format::Jsonl => return json::not_lines(text, is_whole),
            Format::Text if !text.is_empty() => {}
            _ => return None,
        }
        match extension(name).as_str() {
            "csv" => Some(UnreadFormat::Csv(csv::delimiter(text))),
            "tsv" => Some(UnreadFormat::Csv('\t')),
            name if TEXT_NAMES.contains(&name) => None,
            name => match text[0] {
                b'<' => markup::of(text, name, is_whole),
                b'{' | b'[' => json::of(text, name == "json", is_whole),
                _ => csv::of(text, is_whole),
            },
        }
    }
}

/// The last extension of a name, in lower case, that of a compression apart.
fn extension(name: &Path) -> String {
    let extension = |name: &Path| name.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
    match Compression::of_path(name) {
        Compression::None => extension(name),
        Compression::Gzip | Compression::Zstd => extension(&name.with_extension("")),
    }
}
