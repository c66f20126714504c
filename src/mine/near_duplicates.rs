//! Near-duplicates: documents with one content, which count as one.

use super::document_frequency::document_frequency;
use super::pages::{Key, Page, Pages};

/// Two documents are one if so much of what sets either apart stands in the other, in percent.
const SHARED_PERCENT: u64 = 50;
/// A document with fewer characters that no document before holds adds nothing: a list of what others say, a page of
/// an error, a stub.
const FEWEST_NEW: u32 = 60;
/// Shorter lines, in characters, say nothing about a document's content.
const SHORTEST: u32 = 40;

/// Leaves of each group of near-duplicates the first document.
pub(super) fn drop_near_duplicates(pages: &mut Pages<'_>) {
    let frequency = document_frequency(pages, |line| line.key);
    let total = pages.pages.len() as u32;
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); pages.keys];
    let mut weights: Vec<u64> = Vec::new();
    let mut seen = vec![false; pages.keys];
    let mut kept = Vec::new();
    for page in std::mem::take(&mut pages.pages) {
        let distinctive = distinctive_lines(&page, &frequency, total);
        let weight: u64 = distinctive.iter().map(|(_, weight)| weight).sum();
        if new_chars(&page, &seen) < FEWEST_NEW
            || weight > 0 && has_near_duplicate(&distinctive, weight, &holders, &weights)
        {
            continue;
        }
        page.lines.iter().for_each(|line| seen[line.key as usize] = true);
        let number = weights.len() as u32;
        distinctive.iter().for_each(|(key, _)| holders[*key as usize].push(number));
        weights.push(weight);
        kept.push(page);
    }
    pages.pages = kept;
}

/// Characters in lines that were not seen before.
fn new_chars(page: &Page<'_>, seen: &[bool]) -> u32 {
    page.lines.iter().filter(|line| !seen[line.key as usize]).map(|line| line.chars).sum()
}

/// The long lines of a document, each with how distinctive it is: its length, less where more documents have it.
fn distinctive_lines(page: &Page<'_>, frequency: &[u32], total: u32) -> Vec<(Key, u64)> {
    let long = page.lines.iter().filter(|line| line.chars >= SHORTEST);
    let mut distinctive: Vec<(Key, u64)> = long
        .map(|line| {
            (line.key, u64::from(line.chars) * u64::from(total - frequency[line.key as usize]) / u64::from(total))
        })
        .collect();
    distinctive.sort_unstable();
    distinctive.dedup_by_key(|(key, _)| *key);
    distinctive
}

/// Whether a document before holds nearly the same.
fn has_near_duplicate(distinctive: &[(Key, u64)], weight: u64, holders: &[Vec<u32>], weights: &[u64]) -> bool {
    let mut shared: Vec<(u32, u64)> = distinctive
        .iter()
        .flat_map(|(key, weight)| holders[*key as usize].iter().map(move |&holder| (holder, *weight)))
        .collect();
    shared.sort_unstable();
    shared.chunk_by(|a, b| a.0 == b.0).any(|group| {
        let common: u64 = group.iter().map(|(_, weight)| weight).sum();
        common * 100 >= SHARED_PERCENT * weight.max(weights[group[0].0 as usize])
    })
}
