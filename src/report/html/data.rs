//! What a report tells. The page reads these names from JSON.

use std::cmp::Ordering;

use serde::Serialize;

use super::excerpt::Excerpt;

/// Everything that a report shows. Sizes are in bytes of the documents.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize)]
pub struct ReportData {
    /// What made the report, such as `dechrome 0.1.0`; empty unless the caller says so.
    pub program: String,
    /// What was cleaned, as the user named it; empty unless the caller says so.
    pub inputs: Vec<String>,
    /// How a command begins that explains a document of the inputs, to which the document is added; empty unless the
    /// caller says so.
    pub explain: String,
    /// The sums.
    pub totals: Totals,
    /// Documents by the share of their bytes that went: nothing; above nothing and below 10 %; ten
    /// steps of 10 % in all, of which the last ends below 100 %; everything.
    pub documents_by_share: [u64; 12],
    /// Kinds of chrome that were found; what took most bytes comes first.
    pub kinds: Vec<KindFigures>,
    /// Sites; what lost most bytes comes first.
    pub sites: Vec<SiteFigures>,
    /// The sum of the sites that are not listed.
    pub other_sites: SiteFigures,
    /// The documents whose site is not known.
    pub unknown_site: SiteFigures,
    /// Rules that took something; what took most bytes comes first.
    pub rules: Vec<RuleFigures>,
    /// Rules that took nothing, in their own order; keep-rules, which never take, are left out.
    pub unused_rules: Vec<RuleInfo>,
    /// The documents that lost the highest share of their bytes.
    pub documents: Vec<DocumentFigures>,
}

/// The sums over a corpus.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize)]
pub struct Totals {
    /// Documents that were cleaned.
    pub documents: u64,
    /// Documents of which something went.
    pub changed: u64,
    /// Bytes of all documents.
    pub bytes: u64,
    /// Bytes that went.
    pub removed_bytes: u64,
    /// How many removals they were.
    pub removals: u64,
    /// Documents that could not be read.
    pub failed: u64,
    /// Documents that somebody should look at.
    pub suspect: u64,
}

/// What went by the rules of one kind.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize)]
pub struct KindFigures {
    /// The kind's name.
    pub name: String,
    /// Its rules that took something.
    pub rules: u64,
    /// How many removals.
    pub removals: u64,
    /// The bytes that they took.
    pub removed_bytes: u64,
}

/// What went from the documents of one site.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize)]
pub struct SiteFigures {
    /// The host; empty for a sum over sites.
    pub host: String,
    /// Its documents.
    pub documents: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The bytes that went.
    pub removed_bytes: u64,
    /// How many removals.
    pub removals: u64,
    /// The bytes that went by kind, in the order of [`ReportData::kinds`]; zeros at the end are left out.
    pub removed_by_kind: Vec<u64>,
}

/// What a report says about a rule, whatever it took.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize)]
pub struct RuleInfo {
    /// The full id: pack, `/`, id.
    pub id: String,
    /// The kind's name; a keep-rule has none.
    pub kind: Option<String>,
    /// The pack's name.
    pub pack: String,
    /// Where the rule stands, as `file:line`.
    pub place: String,
}

/// What a rule took.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize)]
pub struct RuleFigures {
    /// Which rule.
    #[serde(flatten)]
    pub info: RuleInfo,
    /// How many removals.
    pub removals: u64,
    /// The bytes that they took.
    pub removed_bytes: u64,
    /// The documents that lost something by it.
    pub documents: u64,
    /// Some of the removals, chosen by hash.
    pub samples: Vec<RemovalSample>,
}

/// One removal, to look at. Samples are ordered by a hash of what they are, so that the least of them
/// are a fair choice that does not depend on the order of the corpus.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct RemovalSample {
    #[serde(skip)]
    pub(super) hash: u64,
    /// The input that holds the document.
    pub input: String,
    /// The document's number in it, from 1.
    pub number: u64,
    /// Where in the document the removal began, in bytes.
    pub start: u64,
    /// How many bytes it took.
    pub bytes: u64,
    /// The document's address, if that is known.
    pub url: Option<String>,
    /// What went, and what stands around it.
    #[serde(flatten)]
    pub excerpt: Excerpt,
}

/// A document that lost much. The one that lost the highest share comes first, of two that lost the
/// same share the longer one.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize)]
pub struct DocumentFigures {
    /// The input that holds it.
    pub input: String,
    /// Its number in the input, from 1.
    pub number: u64,
    /// Its address, if that is known.
    pub url: Option<String>,
    /// Its bytes.
    pub bytes: u64,
    /// The bytes that went.
    pub removed_bytes: u64,
}

impl DocumentFigures {
    /// Orders by share and length alone, for which no name is needed.
    pub(super) fn cmp_share(&self, bytes: u64, removed_bytes: u64) -> Ordering {
        let mine = u128::from(self.removed_bytes) * u128::from(bytes);
        let theirs = u128::from(removed_bytes) * u128::from(self.bytes);
        theirs.cmp(&mine).then(bytes.cmp(&self.bytes))
    }
}

impl Ord for DocumentFigures {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_name = (&self.input, self.number, &self.url).cmp(&(&other.input, other.number, &other.url));
        self.cmp_share(other.bytes, other.removed_bytes).then(by_name)
    }
}

impl PartialOrd for DocumentFigures {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
