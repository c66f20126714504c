//! The closed list of what chrome can be.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::suggest::nearest;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a rule's chrome is; a closed list, so that users can choose by it.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum Kind { $($(#[$doc])* $variant,)* }

        impl Kind {
            /// Every kind, in the order of the alphabet.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)*];

            /// The kind as packs and options spell it.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$variant => $name,)* }
            }
        }
    };
}

kinds! {
    /// Advertisements and their markers.
    Ad = "ad",
    /// Prompts for and by AI agents: "Open in ChatGPT", "Copy page".
    Agent = "agent",
    /// Bylines, dates and names of sections.
    Byline = "byline",
    /// Comment sections and their forms.
    Comments = "comments",
    /// Cookie and consent notices.
    Cookie = "cookie",
    /// Pleas for donations and support.
    Donation = "donation",
    /// What no other rule names: the built-in rule `evidence`.
    Evidence = "evidence",
    /// Names and glyphs of icons.
    Icons = "icons",
    /// Copyright, terms and other legal lines.
    Legal = "legal",
    /// Login and registration.
    Login = "login",
    /// Menus, breadcrumbs, "back to top".
    Navigation = "navigation",
    /// Newsletter and notification boxes.
    Newsletter = "newsletter",
    /// Paywalls and subscription offers.
    Paywall = "paywall",
    /// Messages of audio and video players, loading messages.
    Player = "player",
    /// Print, e-mail, font size and the like.
    Print = "print",
    /// Ratings, votes, "was this helpful".
    Rating = "rating",
    /// Related stories, "read more" teasers.
    Related = "related",
    /// Notices about scripts and browsers.
    Script = "script",
    /// Share bars and follow buttons.
    Share = "share",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A word that is no kind.
#[derive(Debug)]
pub struct UnknownKind {
    word: String,
}

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown kind `{}`", self.word)?;
        match nearest(&self.word, Kind::ALL.iter().map(|kind| kind.name())) {
            Some(kind) => write!(f, "; did you mean `{kind}`?"),
            None => {
                let known: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
                write!(f, "; known are {}", known.join(", "))
            }
        }
    }
}

impl std::error::Error for UnknownKind {}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Kind, UnknownKind> {
        let found = Kind::ALL.iter().find(|kind| kind.name() == word);
        found.copied().ok_or_else(|| UnknownKind { word: word.to_owned() })
    }
}
