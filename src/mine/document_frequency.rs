//! In how many documents of a site each line stands.

use super::pages::{Key, PageLine, Pages};

/// By what lines are counted: a number for those that are the same.
pub(super) type Identity = fn(&PageLine) -> Key;

/// In how many documents each line stands.
pub(super) fn document_frequency(pages: &Pages<'_>, identity: Identity) -> Vec<u32> {
    let mut frequency = vec![0; pages.keys];
    let mut last_page = vec![u32::MAX; pages.keys];
    for (number, page) in pages.pages.iter().enumerate() {
        for line in &page.lines {
            let key = identity(line) as usize;
            if last_page[key] != number as u32 {
                last_page[key] = number as u32;
                frequency[key] += 1;
            }
        }
    }
    frequency
}
