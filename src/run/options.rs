//! What inputs hold, and what becomes of their documents.

use std::path::Path;

use crate::io::jsonl::{FieldPath, FieldPathError, Fields};
use crate::io::{Compression, Format};
use crate::text::Markup;

/// How inputs are read, their documents treated and outputs written. The default is what names and first bytes say,
/// fields `text` and `url`, and every document written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CorpusOptions {
    /// What inputs hold; by default what a file's name says, and of a stream its first bytes.
    pub format: Option<Format>,
    /// The field or column that is cleaned; a dotted path where it is nested.
    pub text_field: String,
    /// The field or column with the page's address, by default `url`. Records that have none activate packs by their
    /// signatures; a table without the column is an error only if it is named here.
    pub url_field: Option<String>,
    /// How texts are written; by default as a file's name, a field's name, or else each text shows.
    pub markup: Markup,
    /// A line that stands between documents of plain text; by default a file is one document.
    pub separator: Option<String>,
    /// How outputs are compressed; by default as their inputs.
    pub compress: Option<Compression>,
    /// Records of web archives become JSON lines.
    pub to_jsonl: bool,
    /// Which documents are left as they are or left out.
    pub policy: Policy,
    /// The field in which removals are noted; then texts stay as they are.
    pub annotate: Option<String>,
    /// What becomes of records that cannot be read.
    pub on_error: OnError,
    /// Whether what goes is logged, for [`restore`](super::restore()).
    pub log_removed: bool,
    /// What tells this run from one with other packs, options or inputs, so that it can be continued.
    pub fingerprint: String,
}

/// Which documents are left as they are or left out.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Policy {
    /// Leaves out documents in which nothing but white space is left.
    pub drop_empty: bool,
    /// Leaves out documents in which fewer characters than this are left.
    pub min_chars: Option<usize>,
    /// A document that would lose a larger part of its bytes, in percent, stays as it is: its rules are suspect.
    pub max_removed: Option<f64>,
}

/// What becomes of records that cannot be read; they are always named and counted.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum OnError {
    /// They pass through as they are.
    #[default]
    Pass,
    /// They are left out.
    Skip,
    /// The run ends.
    Fail,
}

impl Default for CorpusOptions {
    fn default() -> CorpusOptions {
        CorpusOptions {
            format: None,
            text_field: "text".to_owned(),
            url_field: None,
            markup: Markup::Auto,
            separator: None,
            compress: None,
            to_jsonl: false,
            policy: Policy::default(),
            annotate: None,
            on_error: OnError::Pass,
            log_removed: false,
            fingerprint: String::new(),
        }
    }
}

impl CorpusOptions {
    /// The fields' paths.
    pub(super) fn fields(&self) -> Result<Fields, FieldPathError> {
        Ok(Fields { text: FieldPath::parse(&self.text_field)?, url: Some(FieldPath::parse(self.url_field())?) })
    }

    /// What a file holds, by its name unless it is said.
    pub(crate) fn format_of(&self, path: &Path) -> Format {
        self.format.unwrap_or_else(|| Format::of_path(path))
    }

    /// How the texts of a file are written, as far as its name or that of the field tells.
    pub(super) fn markup_of(&self, path: &Path, format: Format) -> Markup {
        let by_name = match format {
            Format::Text => Format::markup_of_path(path),
            Format::Jsonl | Format::Wet | Format::Parquet => markup_of_field(&self.text_field),
        };
        self.markup.or(by_name)
    }

    pub(super) fn url_field(&self) -> &str {
        self.url_field.as_deref().unwrap_or("url")
    }

    /// Whether documents may be left out.
    pub(super) fn may_drop(&self) -> bool {
        self.policy.drop_empty || self.policy.min_chars.is_some()
    }
}

/// What the name of a field tells of its texts: crawlers for language models name those of Markdown so.
fn markup_of_field(path: &str) -> Markup {
    match path.rsplit('.').next() {
        Some("markdown" | "md" | "fit_markdown" | "raw_markdown") => Markup::Markdown,
        _ => Markup::Auto,
    }
}
