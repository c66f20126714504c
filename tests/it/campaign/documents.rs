//! Documents: output is input less removals, cleaning twice is cleaning once, every door leaves the same.

use proptest::prelude::*;

use super::mutations::{Bytes, changed, changes};
use super::{campaign, found_before};
use crate::documents::{self, BUILT_IN_CLEANER, HOSTILE_CLEANER, Page};
use crate::in_time::in_time;
use crate::promises::{a_second_time_changes_nothing, every_door_leaves_the_same, output_is_input_without_removals};

/// Holds every promise to a document.
fn check(text: Vec<u8>, site: Option<&'static str>) {
    in_time(move || {
        for cleaner in [&*HOSTILE_CLEANER, &*BUILT_IN_CLEANER] {
            output_is_input_without_removals(cleaner, &text, site);
            a_second_time_changes_nothing(cleaner, &text, site);
            every_door_leaves_the_same(cleaner, &text, site, 7);
        }
    });
}

fn damaged(pages: impl Strategy<Value = Page>) -> impl Strategy<Value = Bytes> {
    (pages, changes(6)).prop_map(|(page, changes)| Bytes(changed(page.to_vec(), &changes)))
}

#[test]
#[ignore = "runs for as long as CAMPAIGN_SECONDS says"]
fn damaged_documents() {
    let documents = prop_oneof![damaged(documents::hostile()), damaged(documents::built_in())];
    campaign("damaged documents", (documents, documents::site()), |(document, site)| check(document.0, site));
}

#[test]
fn documents_that_were_a_fault_once_are_none_now() {
    for (path, text) in found_before("documents") {
        println!("{}", path.display());
        check(text, Some("site.example"));
    }
}
