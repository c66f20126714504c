//! Inputs that are not what they seem: formats that hold text and are not read, told by name and first bytes.
//!
//! Cleaned as plain text they would be damaged, or pass unchanged without a word. A text that merely begins like one of
//! them must never be refused, so each is told by more than its beginning; what is in doubt is text.

mod csv;
mod json;
mod markup;
mod signature;

use std::fmt;
use std::path::Path;

use super::Format;
use super::codec::Compression;

pub(crate) use markup::is_html_value;

/// A format that holds text and is not read as it stands. Its `Display` says what it is and which command helps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum UnreadFormat {
    /// A web page.
    Html,
    /// Any other markup that begins with an XML declaration, or is called `.xml`.
    Xml,
    /// One JSON array.
    JsonArray,
    /// JSON values of several lines each.
    Json,
    /// JSON lines under a name that does not say so.
    JsonLines,
    /// Values that are parted by this character.
    Csv(char),
    /// PDF.
    Pdf,
    /// A Word document.
    Docx,
    /// An OpenDocument text.
    Odt,
    /// An e-book.
    Epub,
    /// Rich text.
    Rtf,
    /// Text in an encoding that is not UTF-8, by the name that iconv has for it.
    Encoded(&'static str),
    /// An archive of files.
    Zip,
    /// An archive of files.
    Tar,
    /// A compressed stream.
    Bzip2,
    /// A compressed stream.
    Xz,
    /// A stream that is compressed so, under a name that does not say it.
    Compressed(Compression),
    /// What is read under another name, or with `--format`.
    Misnamed(Format),
}

/// So much of an input is looked at for its structure.
const PROBE_BYTES: usize = 64 << 10;

/// Names of formats that are plain text, and may begin with markup or data of their own.
const TEXT_NAMES: [&str; 8] = ["md", "markdown", "rst", "adoc", "org", "tex", "wiki", "textile"];

impl UnreadFormat {
    /// What an input is that would be read as `format`, if it is something else. `beginning` are its
    /// first bytes, decompressed: some KiB tell; `is_whole` says that there are no more.
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

    /// What a person calls it.
    fn called(self) -> String {
        match self {
            UnreadFormat::Html => "HTML".to_owned(),
            UnreadFormat::Xml => "XML".to_owned(),
            UnreadFormat::JsonArray => "a JSON array".to_owned(),
            UnreadFormat::Json => "JSON of several lines a record".to_owned(),
            UnreadFormat::JsonLines => "JSON lines".to_owned(),
            UnreadFormat::Csv('\t') => "TSV".to_owned(),
            UnreadFormat::Csv(_) => "CSV".to_owned(),
            UnreadFormat::Pdf => "PDF".to_owned(),
            UnreadFormat::Docx => "a Word document".to_owned(),
            UnreadFormat::Odt => "an OpenDocument text".to_owned(),
            UnreadFormat::Epub => "EPUB".to_owned(),
            UnreadFormat::Rtf => "RTF".to_owned(),
            UnreadFormat::Encoded(encoding) => format!("text in {encoding}"),
            UnreadFormat::Zip => "a ZIP archive".to_owned(),
            UnreadFormat::Tar => "a tar archive".to_owned(),
            UnreadFormat::Bzip2 | UnreadFormat::Compressed(Compression::None) => "a bzip2 stream".to_owned(),
            UnreadFormat::Xz => "an xz stream".to_owned(),
            UnreadFormat::Compressed(Compression::Gzip) => "a gzip stream, though its name does not say so".to_owned(),
            UnreadFormat::Compressed(Compression::Zstd) => "a zstd stream, though its name does not say so".to_owned(),
            UnreadFormat::Misnamed(Format::Parquet) => "Parquet, though its name does not say so".to_owned(),
            UnreadFormat::Misnamed(_) => "a web archive, though its name does not say so".to_owned(),
        }
    }

    /// The command that helps.
    fn command(self) -> String {
        let pandoc = |format: &str| format!("pandoc -f {format} -t plain --wrap=none FILE | dechrome clean");
        match self {
            UnreadFormat::Html => "lynx -dump -nolist -force_html FILE | dechrome clean".to_owned(),
            UnreadFormat::Xml => "xmllint --xpath 'string(/)' FILE | dechrome clean".to_owned(),
            UnreadFormat::JsonArray => "jq -c '.[]' FILE | dechrome clean --format jsonl".to_owned(),
            UnreadFormat::Json => "jq -c . FILE | dechrome clean --format jsonl".to_owned(),
            UnreadFormat::JsonLines => "dechrome clean --format jsonl FILE".to_owned(),
            UnreadFormat::Csv(delimiter) => csv::command(delimiter),
            UnreadFormat::Pdf => "pdftotext FILE - | dechrome clean".to_owned(),
            UnreadFormat::Docx => pandoc("docx"),
            UnreadFormat::Odt => pandoc("odt"),
            UnreadFormat::Epub => pandoc("epub"),
            UnreadFormat::Rtf => pandoc("rtf"),
            UnreadFormat::Encoded(encoding) => format!("iconv -f {encoding} -t UTF-8 FILE | dechrome clean"),
            UnreadFormat::Zip => "unzip FILE -d FOLDER".to_owned(),
            UnreadFormat::Tar => "tar -xf FILE".to_owned(),
            UnreadFormat::Bzip2 => "bzcat FILE | dechrome clean".to_owned(),
            UnreadFormat::Xz => "xzcat FILE | dechrome clean".to_owned(),
            UnreadFormat::Compressed(_) => "dechrome clean < FILE".to_owned(),
            UnreadFormat::Misnamed(Format::Parquet) => "dechrome clean --format parquet FILE".to_owned(),
            UnreadFormat::Misnamed(_) => "dechrome clean --format wet FILE".to_owned(),
        }
    }
}

impl fmt::Display for UnreadFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, not plain text (--format text insists); try: {}", self.called(), self.command())
    }
}

impl std::error::Error for UnreadFormat {}

/// The last extension of a name, in lower case, that of a compression apart.
fn extension(name: &Path) -> String {
    let extension = |name: &Path| name.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
    match Compression::of_path(name) {
        Compression::None => extension(name),
        Compression::Gzip | Compression::Zstd => extension(&name.with_extension("")),
    }
}
