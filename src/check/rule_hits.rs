//! Where each rule of a pack takes something: in how many documents, in which first and last, amid prose, and prose itself.

use std::collections::HashSet;
use std::ops::Range;

use memchr::memrchr;

use crate::clean::Removal;
use crate::text::{LineScanner, hash_bytes, is_blank, is_paragraph};

/// A document, by its input and its number there; they come in this order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct DocumentPlace {
    /// The input that holds it.
    pub input: String,
    /// Its number there, from 1.
    pub number: u64,
}

/// What one rule takes.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct RuleHits {
    /// How many lines it takes.
    pub hits: u64,
    /// Documents of which it takes something.
    pub documents: u64,
    /// How often what it takes in a row has a paragraph that stays on both sides.
    pub amid_prose: u64,
    /// How many of its lines are paragraphs.
    pub paragraphs: u64,
    /// Different ones among them.
    pub different_paragraphs: u64,
    /// The first and last of these documents.
    pub seen: Option<(DocumentPlace, DocumentPlace)>,
}

/// What each rule takes, by its number in the cleaner. Documents may come in any order.
#[derive(Clone, Default, Debug)]
pub struct PackHits {
    /// Documents that were seen.
    pub documents: u64,
    rules: Vec<RuleHits>,
    /// Hashes of the paragraphs that each rule took.
    paragraphs: Vec<HashSet<u64>>,
}

impl PackHits {
    /// Hits of so many rules, none as yet.
    pub fn new(rules: usize) -> PackHits {
        PackHits { documents: 0, rules: vec![RuleHits::default(); rules], paragraphs: vec![HashSet::new(); rules] }
    }

    /// Counts a document and what goes of it.
    pub fn add(&mut self, place: &DocumentPlace, text: &[u8], removals: &[Removal]) {
        self.documents += 1;
        let mut before = vec![false; self.rules.len()];
        for removal in removals {
            let Some(rule) = self.rules.get_mut(removal.rule.index()) else { continue };
            let gone = &text[removal.span.clone()];
            rule.hits += LineScanner::new(gone).count() as u64;
            let paragraphs = &mut self.paragraphs[removal.rule.index()];
            for line in LineScanner::new(gone).map(|line| line.text(gone)).filter(|line| is_paragraph(line)) {
                rule.paragraphs += 1;
                rule.different_paragraphs += u64::from(paragraphs.insert(hash_bytes(line)));
            }
            rule.amid_prose += u64::from(is_amid_prose(text, removal, removals));
            if !std::mem::replace(&mut before[removal.rule.index()], true) {
                rule.documents += 1;
                let (first, last) = rule.seen.get_or_insert_with(|| (place.clone(), place.clone()));
                if place < first {
                    first.clone_from(place);
                }
                if place > last {
                    last.clone_from(place);
                }
            }
        }
    }

    /// What the rule of that number takes.
    pub fn rule(&self, index: usize) -> Option<&RuleHits> {
        self.rules.get(index)
    }
}

/// Whether the lines beside a removal are paragraphs, and stay.
fn is_amid_prose(text: &[u8], removal: &Removal, removals: &[Removal]) -> bool {
    let after_at = removal.span.end;
    let before = last_line(text, removal.span.start);
    let after = LineScanner::new(&text[after_at..]).next();
    let (Some(before), Some(after)) = (before, after) else { return false };
    let stays = |at: usize| !removals.iter().any(|other| other.span.contains(&at));
    is_paragraph(&text[before.clone()])
        && stays(before.start)
        && is_paragraph(after.text(&text[after_at..]))
        && stays(after_at + after.start as usize)
}

/// The last line before `end` that is not blank.
fn last_line(text: &[u8], mut end: usize) -> Option<Range<usize>> {
    while end > 0 {
        let start = memrchr(b'\n', &text[..end - 1]).map_or(0, |at| at + 1);
        if !is_blank(&text[start..end]) {
            return Some(start..end);
        }
        end = start;
    }
    None
}
