//! What is known of each recurring line of a site: in how many documents, where, and beside what.

use std::collections::{BTreeMap, HashMap};

use super::pages::{Key, Page, PageLine, Pages};

/// A line with this many characters that ends a sentence, or twice as many that do not, and that few documents have, is
/// prose.
const PROSE_CHARS: u32 = 50;

/// A neighbour in one of so many of a line's documents is company.
const COMPANY_PART: u32 = 3;

/// What is known of the lines of one key.
#[derive(Clone, Default, Debug)]
pub(super) struct LineFacts {
    /// Documents that hold it.
    pub(super) documents: u32,
    /// Those in which the rules that are there already take it.
    pub(super) known: u32,
    /// Documents in which it stands before the first line of prose, behind the last, and with prose on both sides.
    pub(super) head: u32,
    pub(super) tail: u32,
    pub(super) in_prose: u32,
    /// Documents in which a line beside it is one that stands beside it in other documents too.
    pub(super) in_company: u32,
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
    /// Its first document, and its line there.
    pub(super) first: (u32, u32),
}

const MOST_LITERALS: usize = 8;

impl LineFacts {
    /// How many different literals it has, up to a few.
    pub(super) fn literals(&self) -> usize {
        self.literals.len()
    }

    /// Where it typically stands, from 0 to 1000.
    pub(super) fn place(&self) -> u64 {
        self.places / u64::from(self.documents.max(1))
    }
}

/// By what lines are counted: a number for those that are the same.
pub(super) type Identity = fn(&PageLine) -> Key;

/// The facts of all lines that stand in at least two documents, by what they are counted.
pub(super) fn line_facts(pages: &Pages<'_>, known: &[Vec<bool>], identity: Identity) -> BTreeMap<Key, LineFacts> {
    let frequency = document_frequency(pages, identity);
    let total = pages.pages.len() as u32;
    let rare = rare_below(total);
    let literals = document_frequency(pages, |line| line.key);
    let is_prose = |line: &PageLine| {
        let long = line.chars >= 2 * PROSE_CHARS || line.is_sentence && line.chars >= PROSE_CHARS;
        long && literals[line.key as usize] < rare
    };
    let families = document_frequency(pages, |line| line.family);
    let pairs = pairs(pages, &families);
    let mut facts: BTreeMap<Key, LineFacts> = BTreeMap::new();
    for (number, page) in pages.pages.iter().enumerate() {
        let prose: Vec<bool> = page.lines.iter().map(is_prose).collect();
        let first_prose = prose.iter().position(|prose| *prose);
        let last_prose = prose.iter().rposition(|prose| *prose);
        let mut seen = std::collections::HashSet::new();
        for (at, line) in page.lines.iter().enumerate() {
            if frequency[identity(line) as usize] < 2 {
                continue;
            }
            let fact = facts.entry(identity(line)).or_default();
            if fact.literals.len() < MOST_LITERALS && !fact.literals.contains(&line.key) {
                fact.literals.push(line.key);
            }
            if !seen.insert(identity(line)) {
                continue;
            }
            if fact.documents == 0 {
                fact.first = (number as u32, at as u32);
            }
            fact.documents += 1;
            fact.known += u32::from(known[number][at]);
            fact.head += u32::from(first_prose.is_some_and(|first| at < first));
            fact.tail += u32::from(last_prose.is_some_and(|last| at > last));
            let between = at > 0 && prose[at - 1] && prose.get(at + 1) == Some(&true);
            fact.in_prose += u32::from(between);
            fact.in_company += u32::from(in_company(page, at, &pairs, &families));
            fact.chars = fact.chars.max(line.chars);
            fact.is_sentence |= line.is_sentence;
            fact.is_fragment |= begins_within(page.text(line));
            fact.places += 1000 * at as u64 / page.lines.len() as u64;
        }
    }
    facts
}

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

/// A line that fewer documents hold may be prose.
fn rare_below(total: u32) -> u32 {
    (total / 10).max(2)
}

type Pairs = HashMap<(Key, Key), u32>;

/// How many documents have the two keys in neighbouring lines, in this order.
fn pairs(pages: &Pages<'_>, frequency: &[u32]) -> Pairs {
    let mut pairs: HashMap<(Key, Key), (u32, u32)> = HashMap::new();
    for (number, page) in pages.pages.iter().enumerate() {
        for pair in page.lines.windows(2) {
            let keys = (pair[0].family, pair[1].family);
            if keys.0 != keys.1 && frequency[keys.0 as usize] > 1 && frequency[keys.1 as usize] > 1 {
                let (count, last) = pairs.entry(keys).or_insert((0, u32::MAX));
                if *last != number as u32 {
                    (*count, *last) = (*count + 1, number as u32);
                }
            }
        }
    }
    pairs.into_iter().map(|(keys, (count, _))| (keys, count)).collect()
}

/// Whether a neighbour is one that this line has in many of its documents: they come and go together.
fn in_company(page: &Page<'_>, at: usize, pairs: &Pairs, frequency: &[u32]) -> bool {
    let key = |at: usize| page.lines.get(at).map(|line| line.family);
    let least = (frequency[page.lines[at].family as usize] / COMPANY_PART).max(2);
    let recurs = |first: Option<Key>, second: Option<Key>| {
        first.zip(second).and_then(|keys| pairs.get(&keys)).is_some_and(|count| *count >= least)
    };
    at > 0 && recurs(key(at - 1), key(at)) || recurs(key(at), key(at + 1))
}

/// Whether the text begins as the middle of a sentence does.
fn begins_within(raw: &[u8]) -> bool {
    let beginning = String::from_utf8_lossy(&raw[..raw.len().min(32)]);
    let first = beginning.trim_start().chars().next();
    first.is_some_and(|first| first.is_lowercase() || matches!(first, ',' | '.' | ';' | ')' | '\'' | '’' | '”'))
}
