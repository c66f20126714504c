//! A pack's TOML as it is written, before anything is checked. These types read it and give its
//! JSON schema; what they say in comments is what an editor shows.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{self, MapAccess, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::{Evidence, Kind};

/// A dechrome pack: rules for the chrome of a site, of a family of sites, or of sites in general.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "dechrome pack")]
pub(super) struct SourceFile {
    /// What the pack is and when it is awake.
    pub(super) pack: SourcePack,
    /// The rules. Where several match a line, the earlier one is named.
    #[serde(default)]
    pub(super) rule: Vec<SourceRule>,
    /// Pages that must come out as said; they run whenever the pack is loaded.
    #[serde(default)]
    pub(super) example: Vec<SourceExample>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SourcePack {
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
    /// Packs that are awake where this one is, such as "families/wordpress".
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) include: Vec<Spanned<String>>,
    /// Whether lines of its rules give away the unknown ones in a menu beside them; so it is if not said. `false` where
    /// the rules were learned by counting: then what did not recur beside them is unknown for a reason.
    pub(super) menus: Option<bool>,
    /// Texts that wake the pack where the document's site is not known.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) signature: Vec<Spanned<String>>,
}

/// Patterns with one id and one way of acting: line patterns, a block (`from` and `to`), `cut`, or
/// `keep`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SourceRule {
    /// Its name in the pack, in kebab-case; stable for ever.
    #[schemars(with = "String", regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub(super) id: Spanned<String>,
    /// What the chrome is. A keep-rule has none.
    pub(super) kind: Option<Kind>,
    /// Takes a line that is one of these.
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) is: Option<Vec<Spanned<String>>>,
    /// Takes a line that starts with one of these, in whole words.
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) starts_with: Option<Vec<Spanned<String>>>,
    /// Takes a line that ends with one of these, in whole words.
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) ends_with: Option<Vec<Spanned<String>>>,
    /// Takes a line of at most `max-chars` characters (200 if not said) that holds one of these, in
    /// whole words.
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) contains: Option<Vec<Spanned<String>>>,
    /// Takes a line that holds hardly anything but these words, at least three of them, also glued
    /// together.
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) made_of: Option<Vec<Spanned<String>>>,
    /// Takes the line only in company: beside a line that goes anyway, as one of three, or at the
    /// document's first or last line.
    #[serde(default)]
    pub(super) weak: bool,
    /// `exact`: upper and lower case matter.
    pub(super) case: Option<SourceCase>,
    /// Only among the document's first so many lines that are not blank.
    #[schemars(range(min = 1))]
    pub(super) first: Option<u32>,
    /// Only among the document's last so many lines that are not blank.
    #[schemars(range(min = 1))]
    pub(super) last: Option<u32>,
    /// A longer line, in characters, is not taken. In a block to or from the document's edge: the
    /// longest line that may be in it unmatched (160 if not said).
    #[schemars(range(min = 1))]
    pub(super) max_chars: Option<u32>,
    /// First line of a block: a table of line patterns, or "start" for the document's start.
    #[schemars(with = "Option<FromSchema>")]
    pub(super) from: Option<SourceEdge>,
    /// Last line of a block: a table of line patterns, "end" for the document's end, or "prose" for
    /// the line before the first longer one.
    #[schemars(with = "Option<ToSchema>")]
    pub(super) to: Option<SourceEdge>,
    /// A block of more lines that are not blank is not taken (40 if not said; 60 to or from the
    /// document's edge); with `to = "prose"` it is cut there (5 if not said).
    #[schemars(range(min = 1))]
    pub(super) max_lines: Option<u32>,
    /// Takes these out of a line and leaves the rest of it.
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) cut: Option<Vec<Spanned<String>>>,
    /// Lines that are never taken where this pack is awake, whatever matches.
    pub(super) keep: Option<SourceLines>,
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
pub(super) struct SourceLines {
    /// The line is one of these.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) is: Vec<Spanned<String>>,
    /// The line starts with one of these.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) starts_with: Vec<Spanned<String>>,
    /// The line ends with one of these.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) ends_with: Vec<Spanned<String>>,
    /// The line holds one of these.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) contains: Vec<Spanned<String>>,
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

/// One side of a block: a word or line patterns.
pub(super) enum SourceEdge {
    Word(String),
    Lines(SourceLines),
}

impl<'de> Deserialize<'de> for SourceEdge {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<SourceEdge, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = SourceEdge;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of line patterns such as { is = [\"...\"] }, or a word (from: \"start\"; to: \"end\", \"prose\")")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<SourceEdge, E> {
                match word {
                    "start" | "end" | "prose" => Ok(SourceEdge::Word(word.to_owned())),
                    _ => Err(E::unknown_variant(word, &["start", "end", "prose"])),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SourceEdge, A::Error> {
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
    Lines(SourceLines),
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
    Lines(SourceLines),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[allow(dead_code, reason = "only its schema is used")]
enum ToWord {
    End,
    Prose,
}
