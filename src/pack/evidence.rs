//! What a rule was learned from.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What speaks for a rule that was mined; dechrome only shows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Evidence {
    /// Documents of the site in which its lines stand; of several patterns, the rarest one's.
    #[schemars(range(min = 1))]
    pub documents: u32,
    /// Documents of the site that were looked at, near-duplicates apart.
    #[schemars(range(min = 1))]
    pub of: u32,
    /// Where in documents they stand.
    #[serde(rename = "where")]
    pub place: LinePlace,
    /// One of its lines in a document: the line before it, itself, and the one after; empty where there is none.
    #[serde(default)]
    pub example: Option<[String; 3]>,
}

/// Where lines stand in documents, most of the time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LinePlace {
    /// Before the first line of prose.
    Head,
    /// Among the text, beside other lines that recur or short ones.
    Middle,
    /// Among the text, with prose on both sides.
    Prose,
    /// Behind the last line of prose.
    Tail,
}

impl LinePlace {
    /// The place as packs spell it.
    pub fn name(self) -> &'static str {
        match self {
            LinePlace::Head => "head",
            LinePlace::Middle => "middle",
            LinePlace::Prose => "prose",
            LinePlace::Tail => "tail",
        }
    }
}

impl fmt::Display for LinePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
