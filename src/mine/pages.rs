//! The documents of one site as rows of counted lines.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::text::{Line, LineScanner, chars, ends_a_sentence};

use super::normalised::Normaliser;

/// The number of a key.
pub(super) type Key = u32;

/// A line of a document that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageLine {
    /// Which literal it is.
    pub(super) key: Key,
    /// Which lines are the same but for numbers, dates and times; its own key where there are none in it.
    pub(super) family: Key,
    /// Where it stands in the document, in bytes, without terminator.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Its length in characters.
    pub(super) chars: u32,
    /// Whether it ends as sentences do.
    pub(super) is_sentence: bool,
}

/// A document.
#[derive(Debug)]
pub(super) struct Page<'t> {
    pub(super) text: &'t [u8],
    pub(super) lines: Box<[PageLine]>,
}

impl<'t> Page<'t> {
    /// The text of a line, as it stands.
    pub(super) fn text(&self, line: &PageLine) -> &'t [u8] {
        &self.text[line.start as usize..line.end as usize]
    }
}

/// The documents of a site, and the keys of their lines.
#[derive(Debug)]
pub(super) struct Pages<'t> {
    pub(super) pages: Vec<Page<'t>>,
    pub(super) keys: usize,
    texts: Texts,
}

impl<'t> Pages<'t> {
    /// Reads documents. Keys are numbered in the order in which they come.
    pub(super) fn read(texts: impl Iterator<Item = &'t [u8]>) -> Pages<'t> {
        let mut keys = Keys::default();
        let mut lines = Vec::new();
        let pages = texts.map(|text| {
            let line = |line: Line| {
                let raw = line.text(text);
                let read = keys.read(raw);
                PageLine { start: line.start, end: line.start + raw.len() as u32, ..read }
            };
            lines.clear();
            lines.extend(LineScanner::new(text).map(line));
            Page { text, lines: lines.as_slice().into() }
        });
        Pages { pages: pages.collect(), keys: keys.numbers.len(), texts: keys.texts }
    }

    /// The folded text of a line.
    pub(super) fn literal(&self, key: Key) -> &[u8] {
        self.texts.get(key)
    }
}

/// Texts by key, in one piece of memory.
#[derive(Default, Debug)]
struct Texts {
    text: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
        self.ends.push(self.text.len());
    }

    fn get(&self, key: Key) -> &[u8] {
        let key = key as usize;
        &self.text[key.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[key]]
    }
}

/// Numbers lines. They are told apart by hashes: two of a site's lines have the same one in none of a thousand million sites.
#[derive(Default)]
struct Keys {
    numbers: HashMap<u64, Key, FixedState>,
    /// What is known of lines as they stand: the site's own are the same byte for byte on most pages.
    raw: HashMap<u64, PageLine, FixedState>,
    /// The texts that are numbered.
    texts: Texts,
    normaliser: Normaliser,
}

impl Keys {
    /// The line, but for where it stands.
    fn read(&mut self, raw: &[u8]) -> PageLine {
        let Keys { numbers, raw: seen, texts, normaliser } = self;
        *seen.entry(hash(raw)).or_insert_with(|| {
            let normalised = normaliser.normalise(raw);
            let mut number = |text: &[u8]| {
                let next = numbers.len() as Key;
                *numbers.entry(hash(text)).or_insert_with(|| {
                    texts.push(text);
                    next
                })
            };
            let key = number(normalised.literal);
            PageLine {
                key,
                family: normalised.template.map_or(key, number),
                start: 0,
                end: 0,
                chars: chars(raw) as u32,
                is_sentence: ends_a_sentence(normalised.literal.trim_ascii_end()),
            }
        })
    }
}

fn hash(text: &[u8]) -> u64 {
    FixedState::with_seed(0).hash_one(text)
}
