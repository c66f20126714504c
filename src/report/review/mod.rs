//! The page on which a person reviews a candidate pack: each rule with its evidence and its matches in pages, accepted,
//! weakened or rejected, edited, and saved. One HTML file that needs no server and no network.

use serde::Serialize;

use crate::pack::Pack;
use crate::text::{StableHash, host_of};

use super::html::page;

const PAGE: &str = include_str!("page/review.html");
const STYLE: &str = include_str!("page/review.css");
const SCRIPTS: [&str; 7] = [
    include_str!("../html/page/text.js"),
    include_str!("../html/page/elements.js"),
    include_str!("page/matching.js"),
    include_str!("page/toml.js"),
    include_str!("page/state.js"),
    include_str!("page/pages.js"),
    include_str!("page/review.js"),
];

/// A page of the site, for a look at what a rule takes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Debug)]
pub struct ReviewPage {
    /// What it is called: its address, or its input and number.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// So many pages are shown, and so many bytes of each.
const MOST_PAGES: usize = 100;
const MOST_BYTES: usize = 64 << 10;

/// Pages for a review, as many as fit. The choice depends on the pages alone.
#[derive(Clone, Default, Debug)]
pub struct ReviewPages(std::collections::BTreeMap<u64, ReviewPage>);

impl ReviewPages {
    /// Offers a page.
    pub fn add(&mut self, name: &str, text: &[u8]) {
        // The smallest hashes are kept, so that neither order nor threads matter.
        let hash = StableHash::default().bytes(name.as_bytes()).bytes(text).finish();
        let end = text.len().min(MOST_BYTES);
        let text = String::from_utf8_lossy(&text[..end]).into_owned();
        self.0.insert(hash, ReviewPage { name: name.to_owned(), text });
        if self.0.len() > MOST_PAGES {
            self.0.pop_last();
        }
    }

    /// Whether the page of a host is one of the pack's.
    pub fn are_of(pack: &Pack, site: Option<&str>) -> bool {
        let Some(host) = site.and_then(host_of) else { return true };
        pack.covers(&host)
    }
}

#[derive(Serialize)]
struct ReviewData<'r> {
    program: &'r str,
    /// What the saved file is called.
    file: String,
    /// The pack's file as data, so that it can be written anew.
    pack: toml::Table,
    pages: Vec<&'r ReviewPage>,
}

/// The page for a pack and pages of its site.
pub fn review_html(pack: &Pack, pages: &ReviewPages, program: &str) -> String {
    let mut pages: Vec<&ReviewPage> = pages.0.values().collect();
    pages.sort();
    let file = format!("{}.toml", pack.name().rsplit('/').next().unwrap_or_default());
    // A pack that was read is TOML.
    let source = pack.source().parse().unwrap_or_default();
    page(PAGE, STYLE, &SCRIPTS, &ReviewData { program, file, pack: source, pages })
}
