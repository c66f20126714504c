//! The languages of a document, told from the lines that still stand.

use crate::text::{LanguageCount, Languages};

/// A line of so many bytes is prose enough to tell a language...
const TELLING_LINE: usize = 80;
/// ...and so many bytes of such lines tell it.
const TELLING_BYTES: usize = 2048;

/// What is known of a document's languages. Used again from window to window.
#[derive(Default, Debug)]
pub(super) struct Spoken {
    languages: Option<Languages>,
    /// The lines that told it.
    lines: Vec<u32>,
}

impl Spoken {
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.languages = None;
    }

    /// The document's languages; nothing where they are not sure.
    pub(super) fn languages(&self) -> Option<Languages> {
        self.languages
    }

    /// The lines that told it, none if nothing was told as yet.
    pub(super) fn told_by(&self) -> &[u32] {
        &self.lines
    }

    /// Tells it anew from lines with their numbers.
    pub(super) fn tell<'t>(&mut self, standing: impl Iterator<Item = (u32, &'t [u8])>) {
        self.clear();
        let (mut count, mut bytes) = (LanguageCount::default(), 0);
        for (line, text) in standing.filter(|(_, text)| text.len() >= TELLING_LINE) {
            let text = &text[..text.len().min(TELLING_BYTES)];
            self.lines.push(line);
            count.add(text);
            bytes += text.len();
            if bytes >= TELLING_BYTES {
                break;
            }
        }
        self.languages = count.languages();
    }
}
