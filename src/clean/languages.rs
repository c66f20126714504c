//! The languages of a document, by the lines that still stand.

use std::cell::OnceCell;

use crate::text::{LanguageCount, Languages};

/// A line of so many bytes is prose enough to show a language...
const SAMPLE_LINE: usize = 80;
/// ...and so many bytes of such lines are enough to decide.
const SAMPLE_BYTES: usize = 2048;
/// Fewer will do where only the name of a rule depends on it.
const SAMPLE_BYTES_FOR_NAMES: usize = 768;

/// What is known of a document's languages. Used again from window to window.
#[derive(Default, Debug)]
pub(super) struct DocumentLanguages {
    languages: Option<Languages>,
    /// The same where only the name of a rule depends on it.
    for_names: OnceCell<Option<Languages>>,
    /// The lines that decided it.
    sample: Vec<u32>,
}

impl DocumentLanguages {
    pub(super) fn clear(&mut self) {
        self.sample.clear();
        self.languages = None;
        self.for_names.take();
    }

    /// The document's languages; nothing where they are not sure.
    pub(super) fn known(&self) -> Option<Languages> {
        self.languages
    }

    /// The document's languages for the choice of a rule's name, by these lines if they are not known as yet.
    pub(super) fn for_names<'t>(&self, standing: impl Iterator<Item = (u32, &'t [u8])>) -> Option<Languages> {
        let find = || {
            let mut found = DocumentLanguages::default();
            found.find_in(SAMPLE_BYTES_FOR_NAMES, standing);
            found.known()
        };
        self.known().or_else(|| *self.for_names.get_or_init(find))
    }

    /// The lines that decided it, none if nothing was decided as yet.
    pub(super) fn sample(&self) -> &[u32] {
        &self.sample
    }

    /// Decides it from lines with their numbers.
    pub(super) fn find<'t>(&mut self, standing: impl Iterator<Item = (u32, &'t [u8])>) {
        self.find_in(SAMPLE_BYTES, standing);
    }

    fn find_in<'t>(&mut self, most: usize, standing: impl Iterator<Item = (u32, &'t [u8])>) {
        self.clear();
        let (mut count, mut bytes) = (LanguageCount::default(), 0);
        for (line, text) in standing.filter(|(_, text)| text.len() >= SAMPLE_LINE) {
            let text = &text[..text.len().min(most)];
            self.sample.push(line);
            count.add(text);
            bytes += text.len();
            if bytes >= most {
                break;
            }
        }
        self.languages = count.languages();
    }
}
