//! Near-duplicates: documents with one content, which count as one.

use super::document_frequency::document_frequency;
use super::pages::{Key, Page, PageLine, Pages};

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
    let mut kept = KeptDocuments { holders: vec![Vec::new(); pages.keys], weights: Vec::new(), shared: Vec::new() };
    let mut seen = vec![false; pages.keys];
    pages.pages.retain(|page| {
        let is_kept = new_chars(page, &seen) >= FEWEST_NEW && {
            let mut lines = distinctive_lines(page, &frequency, total);
            let weight = lines.iter().map(|(_, weight)| weight).sum();
            // What one document holds, none shares with it.
            lines.retain(|(key, weight)| *weight > 0 && frequency[*key as usize] > 1);
            kept.take_in(lines, weight)
        };
        if is_kept {
            page.lines.iter().for_each(|line| seen[line.key as usize] = true);
        }
        is_kept
    });
}

/// Characters in lines that were not seen before.
fn new_chars(page: &Page<'_>, seen: &[bool]) -> u32 {
    page.lines.iter().filter(|line| !seen[line.key as usize]).map(|line| line.chars).sum()
}

/// The long lines of a document, each with how distinctive it is: its length, less where more documents have it.
fn distinctive_lines(page: &Page<'_>, frequency: &[u32], total: u32) -> Vec<(Key, u64)> {
    let weight =
        |line: &PageLine| u64::from(line.chars) * u64::from(total - frequency[line.key as usize]) / u64::from(total);
    let long = page.lines.iter().filter(|line| line.chars >= SHORTEST);
    let mut distinctive: Vec<(Key, u64)> = long.map(|line| (line.key, weight(line))).collect();
    distinctive.sort_unstable();
    distinctive.dedup_by_key(|(key, _)| *key);
    distinctive
}

/// The documents that are kept, by what sets them apart.
struct KeptDocuments {
    /// Which documents hold a line, by its key; in order.
    holders: Vec<Vec<u32>>,
    /// How distinctive all lines of a document are together.
    weights: Vec<u64>,
    /// What a document shares with the one that is looked at; zero in between.
    shared: Vec<u64>,
}

impl KeptDocuments {
    /// Takes in a document unless one before holds nearly the same. `lines` are those distinctive ones that others may
    /// hold, `weight` is how distinctive all are together.
    fn take_in(&mut self, mut lines: Vec<(Key, u64)>, weight: u64) -> bool {
        if weight > 0 && self.has_near_duplicate(&mut lines, weight) {
            return false;
        }
        let number = self.weights.len() as u32;
        lines.iter().for_each(|(key, _)| self.holders[*key as usize].push(number));
        self.weights.push(weight);
        self.shared.push(0);
        true
    }

    /// Whether a document before holds nearly the same.
    fn has_near_duplicate(&mut self, lines: &mut [(Key, u64)], weight: u64) -> bool {
        let KeptDocuments { holders, weights, shared } = self;
        lines.sort_unstable_by_key(|(key, _)| holders[*key as usize].len());
        // The lines that most documents hold are not enough together: a near-duplicate shares another one, too.
        let (mut common_from, mut common_weight) = (lines.len(), 0);
        while let Some((_, next)) = lines[..common_from].last()
            && (common_weight + next) * 100 < SHARED_PERCENT * weight
        {
            common_weight += next;
            common_from -= 1;
        }
        let (rare, common) = lines.split_at(common_from);
        let mut sharing = Vec::new();
        for (key, weight) in rare {
            for &holder in &holders[*key as usize] {
                let shared = &mut shared[holder as usize];
                if *shared == 0 {
                    sharing.push(holder);
                }
                *shared += weight;
            }
        }
        let is_near = |holder: u32, of_rare: u64| {
            let needed = SHARED_PERCENT * weight.max(weights[holder as usize]);
            let has = |(key, _): &&(Key, u64)| holders[*key as usize].binary_search(&holder).is_ok();
            let of_common = || common.iter().filter(has).map(|(_, weight)| weight).sum::<u64>();
            (of_rare + common_weight) * 100 >= needed && (of_rare + of_common()) * 100 >= needed
        };
        let near = sharing.iter().any(|&holder| is_near(holder, shared[holder as usize]));
        sharing.iter().for_each(|&holder| shared[holder as usize] = 0);
        near
    }
}
