//! Formats that hold text and are not read, and the commands that help.

use std::fmt;

use super::super::codec::Compression;
use super::super::format::Format;

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
pub(super) const PROBE_BYTES: usize = 64 << 10;

impl UnreadFormat {
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
            UnreadFormat::Csv(delimiter) => csv_command(delimiter),
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

/// The command that makes JSON lines of it.
fn csv_command(delimiter: char) -> String {
    let argument = match delimiter {
        ',' => String::new(),
        delimiter => format!(", delimiter={delimiter:?}").replace('\'', "\""),
    };
    format!(
        "python3 -c 'import csv, json; csv.field_size_limit(1 << 30); \
         [print(json.dumps(row)) for row in csv.DictReader(open(\"FILE\", newline=\"\"){argument})]' \
         | dechrome clean --format jsonl"
    )
}
