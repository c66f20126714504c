//! The documents of one site as rows of counted lines.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::text::{LineScanner, chars};

use super::spelling::Speller;

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
    pub(super) lines: Vec<PageLine>,
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
}

impl<'t> Pages<'t> {
    /// Reads documents. Keys are numbered in the order in which they come.
    pub(super) fn read(texts: impl Iterator<Item = &'t [u8]>) -> Pages<'t> {
        let mut keys: HashMap<Box<[u8]>, Key, FixedState> = HashMap::with_hasher(FixedState::with_seed(0));
        let mut speller = Speller::default();
        let mut pages = Vec::new();
        for text in texts {
            let mut lines = Vec::new();
            for line in LineScanner::new(text) {
                let raw = line.text(text);
                let spelled = speller.spell(raw);
                let mut number = |text: &[u8]| match keys.get(text) {
                    Some(&key) => key,
                    None => {
                        let next = keys.len() as Key;
                        keys.insert(text.into(), next);
                        next
                    }
                };
                let key = number(spelled.literal);
                let family = spelled.template.map_or(key, number);
                lines.push(PageLine {
                    key,
                    family,
                    start: line.start,
                    end: line.start + raw.len() as u32,
                    chars: chars(raw) as u32,
                    is_sentence: ends_a_sentence(spelled.literal),
                });
            }
            pages.push(Page { text, lines });
        }
        Pages { pages, keys: keys.len() }
    }
}

/// Whether the folded text ends as sentences do, in any script.
fn ends_a_sentence(literal: &[u8]) -> bool {
    let last = literal.trim_ascii_end();
    let last = last.strip_suffix(b"\"").or(last.strip_suffix(b"'")).or(last.strip_suffix(b")")).unwrap_or(last);
    if last.ends_with(b"..") {
        return false;
    }
    [".", "!", "?", "。", "！", "？", "।", "؟"].iter().any(|mark| last.ends_with(mark.as_bytes()))
}
