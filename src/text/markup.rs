//! How a text is written.

use std::fmt;
use std::str::FromStr;

/// How the text of a document is written.
///
/// ```
/// use dechrome::{Document, Markup};
/// let document = Document::new("* [Home](/)\n").with_markup(Markup::Markdown);
/// assert_eq!("markdown".parse(), Ok(Markup::Markdown));
/// # let _ = document;
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Markup {
    /// As its first kilobytes show.
    #[default]
    Auto,
    /// As Markdown, or as a text browser writes pages: lines are compared by what a reader sees of them.
    Markdown,
    /// As plain text: a line is what it is.
    Text,
}

/// A word that names no [`Markup`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownMarkup(String);

impl Markup {
    /// All of them, as options list them.
    pub const ALL: [Markup; 3] = [Markup::Auto, Markup::Markdown, Markup::Text];

    /// The word for it in options.
    pub fn name(self) -> &'static str {
        match self {
            Markup::Auto => "auto",
            Markup::Markdown => "markdown",
            Markup::Text => "text",
        }
    }

    /// This one, or the other where this one leaves it open.
    #[must_use]
    pub fn or(self, other: Markup) -> Markup {
        if self == Markup::Auto { other } else { self }
    }
}

impl FromStr for Markup {
    type Err = UnknownMarkup;

    fn from_str(word: &str) -> Result<Markup, UnknownMarkup> {
        let found = Markup::ALL.into_iter().find(|markup| markup.name() == word);
        found.ok_or_else(|| UnknownMarkup(word.to_owned()))
    }
}

impl fmt::Display for UnknownMarkup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no markup `{}`; there are auto, markdown, text", self.0)
    }
}

impl std::error::Error for UnknownMarkup {}
