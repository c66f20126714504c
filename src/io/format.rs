//! Formats of corpora, and how one is told from another.

use std::path::Path;

use crate::text::Markup;

/// What a file or stream holds, decompressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// One document of text; or several, parted by a line of their own.
    Text,
    /// One JSON record a line.
    Jsonl,
    /// Records of a web archive, as Common Crawl's WET files have them.
    Wet,
    /// Rows of a table in columns.
    Parquet,
}

impl Format {
    /// What a name says, a compression's extension apart; text where it says nothing else.
    pub fn of_path(path: &Path) -> Format {
        match extension(path).as_deref() {
            Some("jsonl" | "ndjson" | "jsonlines") => Format::Jsonl,
            Some("wet" | "warc") => Format::Wet,
            Some("parquet" | "pq") => Format::Parquet,
            _ => Format::Text,
        }
    }

    /// How a file of text is written, as far as its name says.
    pub fn markup_of_path(path: &Path) -> Markup {
        match extension(path).as_deref() {
            Some("md" | "markdown" | "mdx" | "mkd") => Markup::Markdown,
            _ => Markup::Auto,
        }
    }

    /// What the first bytes say; text where they say nothing else. A line that begins as a JSON object does, with a
    /// key, is taken for one.
    pub fn of_beginning(beginning: &[u8]) -> Format {
        let text = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning).trim_ascii_start();
        if beginning.starts_with(b"PAR1") {
            Format::Parquet
        } else if beginning.starts_with(b"WARC/1.") {
            Format::Wet
        } else if begins_with_key(text) {
            Format::Jsonl
        } else {
            Format::Text
        }
    }
}

/// The extension of a name, in lower case, that of a compression apart.
fn extension(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let name = [".gz", ".gzip", ".zst", ".zstd"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    name.rsplit_once('.').map(|(_, extension)| extension.to_owned())
}

/// Whether a text begins as a JSON object does, with a key and its colon, as far as it is known.
fn begins_with_key(text: &[u8]) -> bool {
    let key = text.strip_prefix(b"{").and_then(|inside| inside.trim_ascii_start().strip_prefix(b"\""));
    let Some(key) = key else { return false };
    let mut is_escaped = false;
    let end = key.iter().position(|byte| {
        let is_end = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_end
    });
    let after = end.map_or(&[][..], |end| key[end + 1..].trim_ascii_start());
    after.is_empty() || after[0] == b':'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_format() {
        for (name, format) in [
            ("a/page.txt", Format::Text),
            ("page", Format::Text),
            ("a.txt.gz", Format::Text),
            ("a.jsonl", Format::Jsonl),
            ("a.NDJSON.zst", Format::Jsonl),
            ("CC-MAIN-2024.warc.wet.gz", Format::Wet),
            ("part-0.snappy.parquet", Format::Parquet),
        ] {
            assert_eq!(Format::of_path(Path::new(name)), format, "{name}");
        }
    }

    #[test]
    fn the_first_bytes_tell_the_format() {
        for (beginning, format) in [
            ("The council met.", Format::Text),
            ("", Format::Text),
            ("{curly} text", Format::Text),
            ("{\"quoted\"} text", Format::Text),
            ("{\"text\": 1}", Format::Jsonl),
            (r#"{"a\"b" :1}"#, Format::Jsonl),
            ("{\"cut", Format::Jsonl),
            ("\u{feff} { \"text\": 1}", Format::Jsonl),
            ("WARC/1.0\r\n", Format::Wet),
            ("PAR1", Format::Parquet),
        ] {
            assert_eq!(Format::of_beginning(beginning.as_bytes()), format, "{beginning}");
        }
    }
}
