//! What is known of each recurring line of a site: in how many documents, where, and beside what.

use crate::text::is_paragraph_of;

use super::document_frequency::{Identity, document_frequency};
use super::existing_rules::{At, MOST_ASKED};
use super::neighbours::recurring_neighbours;
use super::pages::{Key, PageLine, Pages};

/// What is known of the lines of one key.
#[derive(Clone, Default, Debug)]
pub(super) struct LineFacts {
    /// Documents that hold it.
    pub(super) documents: u32,
    /// Documents in which it stands before the first line of prose, after the last, and with prose on both sides.
    pub(super) head: u32,
    pub(super) tail: u32,
    pub(super) in_prose: u32,
    /// Documents in which a line beside it is one that stands beside it in other documents too.
    pub(super) with_neighbours: u32,
    /// Different literals, up to [`MOST_LITERALS`].
    literals: Vec<Key>,
    /// The longest one, in characters.
    pub(super) chars: u32,
    /// Whether it ends as sentences do.
    pub(super) is_sentence: bool,
    /// Whether it begins as no line of its own does: with a small letter or a comma.
    pub(super) is_fragment: bool,
    /// Where it typically stands, as the sum over documents of its place from 0 to 1000.
    places: u64,
    /// Where it stands in its first documents.
    pub(super) seen: Vec<At>,
}

const MOST_LITERALS: usize = 8;

impl LineFacts {
    /// Where it stands in its first document.
    pub(super) fn first(&self) -> At {
        self.seen.first().copied().unwrap_or_default()
    }

    /// How many different literals it has, up to a few.
    pub(super) fn literals(&self) -> usize {
        self.literals.len()
    }

    /// Where it typically stands, from 0 to 1000.
    pub(super) fn place(&self) -> u64 {
        self.places / u64::from(self.documents.max(1))
    }
}

/// A site's documents and what was seen of all their lines.
pub(super) struct CountedLines<'p, 't> {
    pub(super) pages: &'p Pages<'t>,
    /// Which lines of each document are prose.
    pub(super) prose: Vec<Vec<bool>>,
    /// In how many documents each literal stands, and each family.
    literals: Vec<u32>,
    families: Vec<u32>,
    /// Which lines of each document have a neighbour that they have in others.
    with_neighbours: Vec<Vec<bool>>,
}

impl<'p, 't> CountedLines<'p, 't> {
    pub(super) fn new(pages: &'p Pages<'t>) -> CountedLines<'p, 't> {
        let literals = document_frequency(pages, |line| line.key);
        let families = document_frequency(pages, |line| line.family);
        let rare = rare_below(pages.pages.len() as u32);
        let is_prose = |line: &PageLine| {
            is_paragraph_of(line.chars as usize, line.is_sentence) && literals[line.key as usize] < rare
        };
        let prose = pages.pages.iter().map(|page| page.lines.iter().map(is_prose).collect()).collect();
        let with_neighbours = recurring_neighbours(pages, &families);
        CountedLines { pages, prose, literals, families, with_neighbours }
    }

    /// How many documents there are.
    pub(super) fn documents(&self) -> u32 {
        self.pages.pages.len() as u32
    }

    /// The places before which and after which a document's lines are at its edges.
    pub(super) fn text_of(&self, page: usize) -> (usize, usize) {
        let prose = &self.prose[page];
        let first = prose.iter().position(|prose| *prose).unwrap_or(0);
        (first, prose.iter().rposition(|prose| *prose).unwrap_or(prose.len()))
    }

    /// The facts of all literals that stand in at least two documents, in the order of keys.
    pub(super) fn literal_facts(&self) -> Vec<(Key, LineFacts)> {
        self.facts(|line| line.key, |key| self.literals[key as usize] > 1)
    }

    /// The same of families of more than one literal.
    pub(super) fn family_facts(&self) -> Vec<(Key, LineFacts)> {
        let mut first = vec![Key::MAX; self.pages.keys];
        let mut varies = vec![false; self.pages.keys];
        for line in self.pages.pages.iter().flat_map(|page| &page.lines) {
            let (first, varies) = (&mut first[line.family as usize], &mut varies[line.family as usize]);
            *varies |= *first != Key::MAX && *first != line.key;
            *first = line.key;
        }
        self.facts(|line| line.family, |family| varies[family as usize] && self.families[family as usize] > 1)
    }

    fn facts(&self, identity: Identity, is_wanted: impl Fn(Key) -> bool) -> Vec<(Key, LineFacts)> {
        let mut facts: Vec<(Key, LineFacts)> = Vec::new();
        let mut slots = vec![u32::MAX; self.pages.keys];
        let mut last_page = vec![u32::MAX; self.pages.keys];
        for (number, page) in self.pages.pages.iter().enumerate() {
            let (first_prose, last_prose) = self.text_of(number);
            for (at, line) in page.lines.iter().enumerate() {
                let key = identity(line);
                if !is_wanted(key) {
                    continue;
                }
                let slot = &mut slots[key as usize];
                if *slot == u32::MAX {
                    *slot = facts.len() as u32;
                    facts.push((key, LineFacts::default()));
                }
                let fact = &mut facts[*slot as usize].1;
                if fact.literals.len() < MOST_LITERALS && !fact.literals.contains(&line.key) {
                    fact.literals.push(line.key);
                }
                if std::mem::replace(&mut last_page[key as usize], number as u32) == number as u32 {
                    continue;
                }
                fact.documents += 1;
                if fact.seen.len() < MOST_ASKED {
                    fact.seen.push((number as u32, at as u32));
                }
                fact.head += u32::from(at < first_prose);
                fact.tail += u32::from(at > last_prose);
                let prose = &self.prose[number];
                fact.in_prose += u32::from(at > 0 && prose[at - 1] && prose.get(at + 1) == Some(&true));
                fact.with_neighbours += u32::from(self.with_neighbours[number][at]);
                fact.chars = fact.chars.max(line.chars);
                fact.is_sentence |= line.is_sentence;
                fact.is_fragment = fact.is_fragment || begins_within(page.text(line));
                fact.places += 1000 * at as u64 / page.lines.len() as u64;
            }
        }
        facts.sort_unstable_by_key(|(key, _)| *key);
        facts
    }
}

/// A line that fewer documents hold may be prose.
fn rare_below(total: u32) -> u32 {
    (total / 10).max(2)
}

/// Whether the text begins as the middle of a sentence does.
fn begins_within(raw: &[u8]) -> bool {
    // Most lines begin with a capital letter.
    if raw.first().is_some_and(u8::is_ascii_uppercase) {
        return false;
    }
    let beginning = String::from_utf8_lossy(&raw[..raw.len().min(32)]);
    let first = beginning.trim_start().chars().next();
    first.is_some_and(|first| first.is_lowercase() || matches!(first, ',' | '.' | ';' | ')' | '\'' | '’' | '”'))
}

/// Lines that are candidates, by what they are counted as.
pub(super) struct Covered(Vec<bool>);

impl Covered {
    pub(super) fn new(pages: &Pages<'_>, keys: impl Iterator<Item = Key>) -> Covered {
        let mut covered = vec![false; pages.keys];
        keys.for_each(|key| covered[key as usize] = true);
        Covered(covered)
    }

    pub(super) fn has(&self, line: &PageLine) -> bool {
        self.0[line.key as usize] || self.0[line.family as usize]
    }
}
