//! Rows of a list: lines whose words vary, but come from a small set that stands nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use crate::pack::{Evidence, LinePlace};

use super::candidate::{Candidate, CandidateShape};
use super::existing_rules::{ExistingRules, MOST_ASKED};
use super::kinds;
use super::lines::{CountedLines, Covered};
use super::normalised::Normaliser;
use super::pages::{Key, PageLine};
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
struct Row {
    page: u32,
    at: u32,
    key: Key,
    words: BTreeSet<String>,
}

/// Candidates of words of which lines are made that are no candidates by themselves.
pub(super) fn word_lists(
    counted: &CountedLines<'_, '_>,
    known: &ExistingRules<'_, '_>,
    covered: &Covered,
    ids: &mut Ids,
) -> Vec<Candidate> {
    let mut rows = short_lines(counted, covered);
    keep_common(&mut rows, counted);
    if !is_enough(&rows, counted) {
        return Vec::new();
    }
    keep_own(&mut rows, counted);
    let lists = lists(rows);
    let is_new = |rows: &&Vec<Row>| {
        let places: Vec<_> = rows.iter().take(MOST_ASKED).map(|row| (row.page, row.at)).collect();
        is_enough(rows, counted) && !known.takes(&places)
    };
    lists.iter().filter(is_new).filter_map(|rows| candidate(counted, rows, ids)).collect()
}

fn short_lines(counted: &CountedLines<'_, '_>, covered: &Covered) -> Vec<Row> {
    let mut normaliser = Normaliser::default();
    let mut rows = Vec::new();
    for (number, page) in counted.pages.pages.iter().enumerate() {
        for (at, line) in page.lines.iter().enumerate() {
            if covered.has(line) || line.is_sentence || line.chars > bounds::LONGEST_LINE {
                continue;
            }
            let Ok(literal) = std::str::from_utf8(normaliser.literal(page.text(line))) else { continue };
            if is_list(literal) {
                let words = words(literal).map(str::to_owned).collect();
                rows.push(Row { page: number as u32, at: at as u32, key: line.key, words });
            }
        }
    }
    rows
}

/// Whether all words of the line may be words of a list.
fn is_list(literal: &str) -> bool {
    let is_word = |word: &str| word.chars().count() >= bounds::SHORTEST_WORD && word.chars().all(char::is_alphabetic);
    words(literal).count() >= bounds::FEWEST_WORDS && words(literal).all(is_word)
}

fn words(literal: &str) -> impl Iterator<Item = &str> {
    literal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Leaves the lines of which each word stands in such lines of several documents.
fn keep_common(rows: &mut Vec<Row>, counted: &CountedLines<'_, '_>) {
    let least = bounds::FEWEST_DOCUMENTS.max(counted.documents() as usize / 10);
    for _ in 0..bounds::MOST_ROUNDS {
        let before = rows.len();
        let mut documents: BTreeMap<&str, (usize, u32)> = BTreeMap::new();
        for row in rows.iter() {
            for word in &row.words {
                let (count, last) = documents.entry(word).or_insert((0, u32::MAX));
                *count += usize::from(std::mem::replace(last, row.page) != row.page);
            }
        }
        let common: BTreeSet<String> =
            documents.into_iter().filter(|(_, (count, _))| *count >= least).map(|(word, _)| word.to_owned()).collect();
        rows.retain(|row| row.words.iter().all(|word| common.contains(word)));
        if rows.len() == before {
            break;
        }
    }
}

/// Leaves the lines of words that hardly stand anywhere else: those of sentences stand in sentences.
fn keep_own(rows: &mut Vec<Row>, counted: &CountedLines<'_, '_>) {
    let mut everywhere: BTreeMap<String, u32> =
        rows.iter().flat_map(|row| &row.words).map(|word| (word.clone(), 0)).collect();
    let mut normaliser = Normaliser::default();
    let mut count = |text: &str| {
        for word in words(text) {
            if let Some(count) = everywhere.get_mut(word) {
                *count += 1;
            }
        }
    };
    for page in &counted.pages.pages {
        let text = |line: &PageLine| page.text(line);
        page.lines.iter().for_each(|line| count(&String::from_utf8_lossy(normaliser.literal(text(line)))));
    }
    for _ in 0..bounds::MOST_ROUNDS {
        let before = rows.len();
        let mut inside: BTreeMap<&str, u32> = BTreeMap::new();
        rows.iter().flat_map(|row| &row.words).for_each(|word| *inside.entry(word).or_default() += 1);
        let own: BTreeSet<String> = inside
            .into_iter()
            .filter(|(word, inside)| inside * 100 >= bounds::LEAST_IN_ROWS * everywhere[*word])
            .map(|(word, _)| word.to_owned())
            .collect();
        rows.retain(|row| row.words.iter().all(|word| own.contains(word)));
        if rows.len() == before {
            break;
        }
    }
}

/// The rows by the list they belong to: two that share a word are of one.
fn lists(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut lists: Vec<(BTreeSet<String>, Vec<Row>)> = Vec::new();
    for row in rows {
        let (mut joined, others): (Vec<_>, Vec<_>) =
            lists.into_iter().partition(|(words, _)| !words.is_disjoint(&row.words));
        lists = others;
        let (mut words, mut members) = joined.pop().unwrap_or_default();
        for (more, rows) in joined {
            words.extend(more);
            members.extend(rows);
        }
        words.extend(row.words.iter().cloned());
        members.push(row);
        lists.push((words, members));
    }
    lists.into_iter().filter(|(words, _)| words.len() <= bounds::MOST_WORDS).map(|(_, rows)| rows).collect()
}

fn is_enough(rows: &[Row], counted: &CountedLines<'_, '_>) -> bool {
    let pages: BTreeSet<u32> = rows.iter().map(|row| row.page).collect();
    let texts: BTreeSet<Key> = rows.iter().map(|row| row.key).collect();
    texts.len() >= bounds::FEWEST_TEXTS
        && pages.len() >= bounds::FEWEST_DOCUMENTS
        && pages.len() * 100 >= bounds::LEAST_SHARE * counted.documents() as usize
}

fn candidate(counted: &CountedLines<'_, '_>, rows: &[Row], ids: &mut Ids) -> Option<Candidate> {
    let words: BTreeSet<&str> = rows.iter().flat_map(|row| &row.words).map(String::as_str).collect();
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
