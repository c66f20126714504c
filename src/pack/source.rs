//! A pack's TOML as it is written, before anything is checked. These types read it and give its
//! JSON schema; what they say in comments is what an editor shows.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::de::{self, MapAccess, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use toml::Spanned;

use super::{Evidence, Kind};

/// A dechrome pack: rules for the chrome of a site, of a family of sites, or of sites in general.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "dechrome pack")]
pub(super) struct SourceFile<'s> {
    /// What the pack is and when it is active.
    #[serde(borrow)]
    pub(super) pack: SourcePack<'s>,
    /// The rules. Where several match a line, the earlier one is named.
    #[serde(borrow, default)]
    pub(super) rule: Vec<SourceRule<'s>>,
    /// Pages that must come out as said; they run whenever the pack is loaded.
    #[serde(default)]
    pub(super) example: Vec<SourceExample>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SourcePack<'s> {
    /// What a person calls it.
    #[schemars(with = "String", length(min = 1))]
    pub(super) title: Spanned<String>,
    /// Hosts it is for, each with its subdomains. Without sites and signature the pack is generic.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) sites: Vec<Spanned<String>>,
    /// Languages of its phrases, as ISO 639 codes such as "en".
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) languages: Vec<Spanned<String>>,
    /// Packs that are active where this one is, such as "families/wordpress".
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) include: Vec<Spanned<String>>,
    /// Whether lines of its rules are evidence that unknown lines beside them belong to a menu (`true` if not said).
    /// `false` where the rules were learned by counting: then what did not recur beside them is unknown for a reason.
    #[serde(default = "yes")]
    pub(super) menu_evidence: bool,
    /// The month in which its phrases were last compared with the site or the software, such as "2026-11".
    #[schemars(with = "Option<String>", regex(pattern = r"^\d{4}-(0[1-9]|1[0-2])$"))]
    pub(super) reviewed: Option<Spanned<String>>,
    /// Whether it takes the place of the pack of its name: the built-in one, or one that was loaded before. If not said,
    /// both count.
    #[serde(default)]
    pub(super) replaces: bool,
    /// Texts that activate the pack where the document's site is not known.
    #[serde(borrow, default)]
    #[schemars(with = "Vec<String>")]
    pub(super) signature: Vec<Spanned<SourceText<'s>>>,
}

fn yes() -> bool {
    true
}

/// Patterns with one id and one way of acting: line patterns, a block (`from` and `to`), `cut`, or
/// `keep`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SourceRule<'s> {
    /// Its name in the pack, in kebab-case; stable for ever.
    #[schemars(with = "String", regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub(super) id: Spanned<String>,
    /// What the chrome is. A keep-rule has none.
    pub(super) kind: Option<Kind>,
    /// Takes a line that is one of these.
    #[serde(borrow)]
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) is: Option<Vec<Spanned<SourceText<'s>>>>,
    /// Takes a line that starts with one of these, in whole words.
    #[serde(borrow)]
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) starts_with: Option<Vec<Spanned<SourceText<'s>>>>,
    /// Takes a line that ends with one of these, in whole words.
    #[serde(borrow)]
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) ends_with: Option<Vec<Spanned<SourceText<'s>>>>,
    /// Takes a line of at most `max-chars` characters (200 if not said) that holds one of these, in
    /// whole words.
    #[serde(borrow)]
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) contains: Option<Vec<Spanned<SourceText<'s>>>>,
    /// Takes a line that holds hardly anything but these words, at least three of them, also glued
    /// together.
    #[serde(borrow)]
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) made_of: Option<Vec<Spanned<SourceText<'s>>>>,
    /// Takes the line only in a run: beside a line that goes anyway, as one of three, or at the
    /// document's first or last line.
    #[serde(default)]
    pub(super) weak: bool,
    /// `exact`: upper and lower case matter.
    pub(super) case: Option<SourceCase>,
    /// Only among this number of the document's first lines that are not blank.
    #[schemars(range(min = 1))]
    pub(super) first: Option<u32>,
    /// Only among this number of the document's last lines that are not blank.
    #[schemars(range(min = 1))]
    pub(super) last: Option<u32>,
    /// A longer line, in characters, is not taken.
    #[schemars(range(min = 1))]
    pub(super) max_chars: Option<u32>,
    /// First line of a block: a table of line patterns, or "start" for the document's start.
    #[schemars(with = "Option<FromSchema>")]
    #[serde(borrow)]
    pub(super) from: Option<SourceEdge<'s>>,
    /// Last line of a block: a table of line patterns, "end" for the document's end, or "prose" for
    /// the line before the first longer one.
    #[schemars(with = "Option<ToSchema>")]
    #[serde(borrow)]
    pub(super) to: Option<SourceEdge<'s>>,
    /// A block of more lines that are not blank is not taken (40 if not said; 60 to or from the
    /// document's edge); with `to = "prose"` it is cut there (5 if not said).
    #[schemars(range(min = 1))]
    pub(super) max_lines: Option<u32>,
    /// The longest line, in characters, that no rule matches and that a block to or from the document's edge, or one to
    /// "prose", may hold (160 if not said).
    #[schemars(range(min = 1))]
    pub(super) max_inner_chars: Option<u32>,
    /// Takes these out of a line and leaves the rest of it.
    #[serde(borrow)]
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) cut: Option<Vec<Spanned<SourceText<'s>>>>,
    /// Lines that are never taken where this pack is active, whatever matches.
    #[serde(borrow)]
    pub(super) keep: Option<SourceLines<'s>>,
    /// Why the rule is there.
    pub(super) why: Option<String>,
    /// Where its phrases come from.
    pub(super) source: Option<String>,
    /// Since when the site uses its phrases: a year, month or day, such as "2024-07".
    #[schemars(with = "Option<String>", regex(pattern = r"^\d{4}(-\d{2}(-\d{2})?)?$"))]
    pub(super) since: Option<Spanned<String>>,
    /// Until when the site used its phrases.
    #[schemars(with = "Option<String>", regex(pattern = r"^\d{4}(-\d{2}(-\d{2})?)?$"))]
    pub(super) until: Option<Spanned<String>>,
    /// What speaks for a rule that was mined.
    pub(super) evidence: Option<Evidence>,
}

/// Line patterns; one of them is enough.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SourceLines<'s> {
    /// The line is one of these.
    #[serde(borrow, default)]
    #[schemars(with = "Vec<String>")]
    pub(super) is: Vec<Spanned<SourceText<'s>>>,
    /// The line starts with one of these.
    #[serde(borrow, default)]
    #[schemars(with = "Vec<String>")]
    pub(super) starts_with: Vec<Spanned<SourceText<'s>>>,
    /// The line ends with one of these.
    #[serde(borrow, default)]
    #[schemars(with = "Vec<String>")]
    pub(super) ends_with: Vec<Spanned<SourceText<'s>>>,
    /// The line holds one of these.
    #[serde(borrow, default)]
    #[schemars(with = "Vec<String>")]
    pub(super) contains: Vec<Spanned<SourceText<'s>>>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SourceCase {
    Exact,
}

/// A page and what is left of it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SourceExample {
    /// A page in the style of the site; invented, not copied.
    #[schemars(with = "String")]
    pub(super) page: Spanned<String>,
    /// What must be left of it, to the byte.
    pub(super) clean: String,
}

/// A pattern's text, or a word: the file's own bytes where nothing in it is escaped, for there may be 100 000 of them.
#[derive(Deserialize, Serialize)]
#[serde(transparent)]
pub(super) struct SourceText<'s>(#[serde(borrow)] Cow<'s, str>);

impl SourceText<'_> {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// One side of a block: a word or line patterns.
pub(super) enum SourceEdge<'s> {
    Word(String),
    Lines(SourceLines<'s>),
}

impl<'de: 's, 's> Deserialize<'de> for SourceEdge<'s> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<SourceEdge<'s>, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = SourceEdge<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of line patterns such as { is = [\"...\"] }, or a word (from: \"start\"; to: \"end\", \"prose\")")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<SourceEdge<'de>, E> {
                match word {
                    "start" | "end" | "prose" => Ok(SourceEdge::Word(word.to_owned())),
                    _ => Err(E::unknown_variant(word, &["start", "end", "prose"])),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SourceEdge<'de>, A::Error> {
                SourceLines::deserialize(MapAccessDeserializer::new(map)).map(SourceEdge::Lines)
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

/// `from`, for the schema alone.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum FromSchema {
    Word(FromWord),
    Lines(SourceLines<'static>),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[allow(dead_code, reason = "only its schema is used")]
enum FromWord {
    Start,
}

/// `to`, for the schema alone.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum ToSchema {
    Word(ToWord),
    Lines(SourceLines<'static>),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[allow(dead_code, reason = "only its schema is used")]
enum ToWord {
    End,
    Prose,
}
