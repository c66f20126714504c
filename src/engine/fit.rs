//! How well a pack fits a document.

use serde::{Deserialize, Serialize};

use crate::pack::{Pack, Scope};
use crate::text::Languages;

/// How well a pack fits a document, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Fit {
    /// It is for the document's site.
    Site,
    /// It is for sites of the document's kind.
    Family,
    /// It is for text in any language.
    AnyLanguage,
    /// It is for the document's language.
    Spoken,
    /// It is for English, which is on pages in all languages.
    English,
    /// It is for another language, or for the document's where that is not known.
    Other,
}

/// What decides how well a pack fits.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct PackNature {
    scope: Scope,
    is_for_any: bool,
    languages: Languages,
}

impl PackNature {
    pub(super) fn of(pack: &Pack) -> PackNature {
        let codes = pack.languages();
        PackNature {
            scope: pack.scope(),
            is_for_any: codes.is_empty() || codes.iter().any(|code| code == "any"),
            languages: Languages::of_codes(codes),
        }
    }

    pub(super) fn fit(self, document: Option<Languages>) -> Fit {
        match self.scope {
            Scope::Site => Fit::Site,
            Scope::Family => Fit::Family,
            Scope::Generic if self.is_for_any => Fit::AnyLanguage,
            Scope::Generic if document.is_some_and(|languages| self.languages.meets(languages)) => Fit::Spoken,
            Scope::Generic if self.languages.meets(Languages::of_code("en")) => Fit::English,
            Scope::Generic => Fit::Other,
        }
    }
}
