//! Rows of a list: lines whose words vary, but come from a small set that stands nowhere else.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;

use crate::pack::{Evidence, LinePlace};

use super::candidate::{Candidate, CandidateShape};
use super::existing_rules::{ExistingRules, MOST_ASKED};
use super::kinds;
use super::lines::{CountedLines, Covered};
use super::pages::{Key, Pages};
use super::rules::{Ids, shown};

/// The numbers by which rows are chosen.
mod bounds {
    /// Longer lines, in characters, are no rows.
    pub(super) const LONGEST_LINE: u32 = 120;
    /// `made-of` asks for as many.
    pub(super) const FEWEST_WORDS: usize = 3;
    /// A shorter word, in letters, stands within too many others: `made-of` looks into words that are glued together.
    pub(super) const SHORTEST_WORD: usize = 3;
    /// A list of more words is no small set.
    pub(super) const MOST_WORDS: usize = 40;
    /// So many of a word's occurrences on the site stand in rows, in percent.
    pub(super) const LEAST_IN_ROWS: u32 = 80;
    /// Rows have so many different texts, and stand in so many documents, and in so many percent of them.
    pub(super) const FEWEST_TEXTS: usize = 3;
    pub(super) const FEWEST_DOCUMENTS: usize = 3;
    pub(super) const LEAST_SHARE: usize = 25;
    /// Rounds after which no word is left out any more.
    pub(super) const MOST_ROUNDS: usize = 8;
}

/// A line that may be a row.
#[derive(Clone, Copy)]
struct Row {
    page: u32,
    at: u32,
    key: Key,
}

/// The words of rows.
#[derive(Default)]
struct RowWords<'p> {
    numbers: HashMap<&'p str, u32, FixedState>,
    texts: Vec<&'p str>,
    /// The words of a line by its key, each once; nothing where it may be no row.
    of_key: HashMap<Key, Option<Box<[u32]>>, FixedState>,
}

impl<'p> RowWords<'p> {
    /// Whether lines of this key may be rows.
    fn read(&mut self, pages: &'p Pages<'_>, key: Key) -> bool {
        let RowWords { numbers, texts, of_key } = self;
        let words = of_key.entry(key).or_insert_with(|| {
            let literal = std::str::from_utf8(pages.literal(key)).ok().filter(|literal| is_list(literal))?;
            let number = |word| {
                *numbers.entry(word).or_insert_with(|| {
                    texts.push(word);
                    texts.len() as u32 - 1
                })
            };
            let mut words: Vec<u32> = words_of(literal).map(number).collect();
            words.sort_unstable();
            words.dedup();
            Some(words.into())
        });
        words.is_some()
    }

    /// The words of a row.
    fn of(&self, row: &Row) -> &[u32] {
        self.of_key.get(&row.key).and_then(Option::as_deref).unwrap_or_default()
    }

    /// Leaves the rows of which all words are wanted, in rounds: without those rows others are not wanted any more.
    fn keep(&self, rows: &mut Vec<Row>, mut wanted: impl FnMut(&[Row]) -> Vec<bool>) {
        for _ in 0..bounds::MOST_ROUNDS {
            let before = rows.len();
            let wanted = wanted(rows);
            rows.retain(|row| self.of(row).iter().all(|word| wanted[*word as usize]));
            if rows.len() == before {
                break;
            }
        }
    }
}

/// Candidates of words of which lines are made that are no candidates by themselves.
pub(super) fn word_lists(
    counted: &CountedLines<'_, '_>,
    known: &ExistingRules<'_, '_>,
    covered: &Covered,
    ids: &mut Ids,
) -> Vec<Candidate> {
    let mut words = RowWords::default();
    let mut rows = short_lines(counted, covered, &mut words);
    keep_common(&mut rows, counted, &words);
    if !is_enough(&rows, counted) {
        return Vec::new();
    }
    keep_own(&mut rows, counted, &words);
    let lists = lists(&rows, &words);
    let is_new = |rows: &&Vec<Row>| {
        let places: Vec<_> = rows.iter().take(MOST_ASKED).map(|row| (row.page, row.at)).collect();
        is_enough(rows, counted) && !known.takes(&places)
    };
    lists.iter().filter(is_new).filter_map(|rows| candidate(counted, rows, &words, ids)).collect()
}

fn short_lines<'p>(counted: &'p CountedLines<'_, '_>, covered: &Covered, words: &mut RowWords<'p>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (number, page) in counted.pages.pages.iter().enumerate() {
        for (at, line) in page.lines.iter().enumerate() {
            if line.is_sentence || line.chars > bounds::LONGEST_LINE || covered.has(line) {
                continue;
            }
            if words.read(counted.pages, line.key) {
                rows.push(Row { page: number as u32, at: at as u32, key: line.key });
            }
        }
    }
    rows
}

/// Whether all words of the line may be words of a list.
fn is_list(literal: &str) -> bool {
    let (mut words, mut letters) = (0, 0);
    for c in literal.chars().chain([' ']) {
        if c.is_alphabetic() {
            letters += 1;
        } else if c.is_numeric() || (1..bounds::SHORTEST_WORD).contains(&letters) {
            return false;
        } else {
            words += usize::from(letters > 0);
            letters = 0;
        }
    }
    words >= bounds::FEWEST_WORDS
}

fn words_of(literal: &str) -> impl Iterator<Item = &str> {
    literal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Leaves the lines of which each word stands in such lines of several documents.
fn keep_common(rows: &mut Vec<Row>, counted: &CountedLines<'_, '_>, words: &RowWords<'_>) {
    let least = bounds::FEWEST_DOCUMENTS.max(counted.documents() as usize / 10);
    words.keep(rows, |rows| {
        let mut documents = vec![(0_usize, u32::MAX); words.texts.len()];
        for row in rows {
            for word in words.of(row) {
                let (count, last) = &mut documents[*word as usize];
                *count += usize::from(std::mem::replace(last, row.page) != row.page);
            }
        }
        documents.into_iter().map(|(count, _)| count >= least).collect()
    });
}

/// Leaves the lines of words that hardly stand anywhere else: those of sentences stand in sentences.
fn keep_own(rows: &mut Vec<Row>, counted: &CountedLines<'_, '_>, words: &RowWords<'_>) {
    let everywhere = everywhere(rows, counted, words);
    words.keep(rows, |rows| {
        let mut inside = vec![0_u32; words.texts.len()];
        rows.iter().flat_map(|row| words.of(row)).for_each(|word| inside[*word as usize] += 1);
        let is_own = |(inside, everywhere): (u32, &u32)| inside * 100 >= bounds::LEAST_IN_ROWS * everywhere;
        inside.into_iter().zip(&everywhere).map(is_own).collect()
    });
}

/// How often the words of rows stand on the site.
fn everywhere(rows: &[Row], counted: &CountedLines<'_, '_>, words: &RowWords<'_>) -> Vec<u32> {
    let mut lines = vec![0_u32; counted.pages.keys];
    counted.pages.pages.iter().flat_map(|page| &page.lines).for_each(|line| lines[line.key as usize] += 1);
    let mut everywhere = vec![0; words.texts.len()];
    let mut numbers: HashMap<&[u8], u32, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
    let texts = rows.iter().flat_map(|row| words.of(row)).map(|word| (words.texts[*word as usize].as_bytes(), *word));
    numbers.extend(texts);
    for (key, lines) in lines.into_iter().enumerate().filter(|(_, lines)| *lines > 0) {
        let literal = String::from_utf8_lossy(counted.pages.literal(key as Key));
        for word in words_of(&literal) {
            if let Some(word) = numbers.get(word.as_bytes()) {
                everywhere[*word as usize] += lines;
            }
        }
    }
    everywhere
}

/// Rows that are of one list.
struct RowList {
    words: usize,
    rows: Vec<Row>,
    /// The number of the row that joined it last.
    latest: usize,
}

/// The rows by the list they belong to: two that share a word are of one.
fn lists(rows: &[Row], words: &RowWords<'_>) -> Vec<Vec<Row>> {
    let mut lists: Vec<RowList> = Vec::new();
    // The list of each word, and the list that this one became part of.
    let mut of_word = vec![None; words.texts.len()];
    let mut became: Vec<usize> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let mut joined: Vec<usize> = words.of(row).iter().filter_map(|word| of_word[*word as usize]).collect();
        joined.iter_mut().for_each(|list| *list = current(&became, *list));
        joined.sort_unstable_by_key(|list| lists[*list].latest);
        joined.dedup();
        let list = joined.pop().unwrap_or_else(|| {
            lists.push(RowList { words: 0, rows: Vec::new(), latest: number });
            became.push(lists.len() - 1);
            lists.len() - 1
        });
        for other in joined {
            became[other] = list;
            let (more, rows) = (lists[other].words, std::mem::take(&mut lists[other].rows));
            lists[list].words += more;
            lists[list].rows.extend(rows);
        }
        for word in words.of(row) {
            lists[list].words += usize::from(of_word[*word as usize].is_none());
            of_word[*word as usize] = Some(list);
        }
        lists[list].rows.push(*row);
        lists[list].latest = number;
    }
    lists.retain(|list| !list.rows.is_empty() && list.words <= bounds::MOST_WORDS);
    lists.sort_unstable_by_key(|list| list.latest);
    lists.into_iter().map(|list| list.rows).collect()
}

/// The list that this one is part of now.
fn current(became: &[usize], mut list: usize) -> usize {
    while became[list] != list {
        list = became[list];
    }
    list
}

fn is_enough(rows: &[Row], counted: &CountedLines<'_, '_>) -> bool {
    // Rows of a list need not stand in order.
    let different = |mut numbers: Vec<u32>| {
        numbers.sort_unstable();
        numbers.dedup();
        numbers.len()
    };
    let pages = different(rows.iter().map(|row| row.page).collect());
    different(rows.iter().map(|row| row.key).collect()) >= bounds::FEWEST_TEXTS
        && pages >= bounds::FEWEST_DOCUMENTS
        && pages * 100 >= bounds::LEAST_SHARE * counted.documents() as usize
}

fn candidate(counted: &CountedLines<'_, '_>, rows: &[Row], words: &RowWords<'_>, ids: &mut Ids) -> Option<Candidate> {
    let words: BTreeSet<&str> =
        rows.iter().flat_map(|row| words.of(row)).map(|word| words.texts[*word as usize]).collect();
    let pages: BTreeSet<u32> = rows.iter().map(|row| row.page).collect();
    let first = rows.iter().min_by_key(|row| (row.page, row.at))?;
    let at_edge = |row: &&Row| {
        let (first_prose, last_prose) = counted.text_of(row.page as usize);
        (row.at as usize) < first_prose || row.at as usize > last_prose
    };
    let is_edge = rows.iter().filter(at_edge).count() * 2 > rows.len();
    let kind = kinds::guess(&words.iter().copied().collect::<Vec<_>>().join(" "));
    let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
    Some(Candidate {
        id: ids.of(&words[..words.len().min(2)].join(" "), kind),
        kind,
        // Within the text a row may be a row of a table.
        weak: !is_edge,
        shape: CandidateShape::MadeOf(words),
        max_chars: None,
        evidence: Evidence {
            documents: pages.len() as u32,
            of: counted.documents(),
            place: if is_edge { LinePlace::Tail } else { LinePlace::Middle },
            example: Some(shown(counted.pages, (first.page, first.at))),
        },
    })
}
