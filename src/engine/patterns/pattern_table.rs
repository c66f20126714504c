//! All patterns by their number, as records.

use serde::{Deserialize, Serialize};

use crate::pack::{Anchor, TemplateParts};
use crate::text::Case;

use crate::engine::lookup::records::{Table, record, u32_at};
use crate::engine::patterns::pattern::{CompiledPattern, PatternRole, PatternText};

/// All patterns by their number.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct PatternTable {
    /// Owner, `max-chars` (none is zero), where the text begins and ends, and role, anchor and kind of text.
    records: Table<20>,
    /// The texts, one after the other.
    texts: Table<1>,
}

/// Patterns on their way into a table.
#[derive(Default)]
pub(in crate::engine) struct PatternRecords {
    records: Vec<[u8; 20]>,
    texts: Vec<[u8; 1]>,
}

const ROLES: [PatternRole; 6] = [
    PatternRole::Line,
    PatternRole::From,
    PatternRole::To,
    PatternRole::Cut,
    PatternRole::Keep,
    PatternRole::Signature,
];
const ANCHORS: [Anchor; 4] = [Anchor::Is, Anchor::StartsWith, Anchor::EndsWith, Anchor::Contains];

/// What a pattern's text is.
const FIXED: u8 = 0;
const FOLDED_TEMPLATE: u8 = 1;
const EXACT_TEMPLATE: u8 = 2;

impl PatternRecords {
    /// Adds a pattern, which gets the number of those before it.
    pub(in crate::engine) fn push(&mut self, pattern: CompiledPattern<'_>) {
        let (text, kind) = match pattern.text {
            PatternText::Fixed(text) => (text, FIXED),
            PatternText::Template { parts, case: Case::Folded } => (parts.bytes(), FOLDED_TEMPLATE),
            PatternText::Template { parts, case: Case::Exact } => (parts.bytes(), EXACT_TEMPLATE),
        };
        let start = self.texts.len() as u32;
        self.texts.extend(text.iter().map(|byte| [*byte]));
        let traits = u32::from_le_bytes([pattern.role as u8, pattern.anchor as u8, kind, 0]);
        let max_chars = pattern.max_chars.unwrap_or(0);
        self.records.push(record(&[], &[pattern.owner, max_chars, start, self.texts.len() as u32, traits]));
    }

    pub(in crate::engine) fn len(&self) -> usize {
        self.records.len()
    }

    pub(in crate::engine) fn finish(self) -> PatternTable {
        PatternTable { records: self.records.into_iter().collect(), texts: self.texts.into_iter().collect() }
    }
}

impl PatternTable {
    /// How many there are: the numbers from there on are no pattern's.
    pub(in crate::engine) fn len(&self) -> u32 {
        self.records.len() as u32
    }

    /// The pattern of that number.
    #[inline]
    pub(in crate::engine) fn get(&self, number: u32) -> CompiledPattern<'_> {
        let record = &self.records[number as usize];
        let (start, end) = (u32_at(record, 8) as usize, u32_at(record, 12) as usize);
        let text = &self.texts.as_flattened()[start..end];
        let [role, anchor, kind, _] = u32_at(record, 16).to_le_bytes();
        CompiledPattern {
            owner: u32_at(record, 0),
            role: ROLES[usize::from(role)],
            anchor: ANCHORS[usize::from(anchor)],
            max_chars: Some(u32_at(record, 4)).filter(|&most| most > 0),
            text: match kind {
                FIXED => PatternText::Fixed(text),
                FOLDED_TEMPLATE => PatternText::Template { parts: TemplateParts::of(text), case: Case::Folded },
                _ => PatternText::Template { parts: TemplateParts::of(text), case: Case::Exact },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_come_out_as_they_went_in() {
        let mut records = PatternRecords::default();
        let text = b"read more";
        let mut patterns = Vec::new();
        for (owner, role) in (0..).zip(ROLES) {
            for anchor in ANCHORS {
                for max_chars in [None, Some(1), Some(400)] {
                    let parts = TemplateParts::of(text);
                    for text in [
                        PatternText::Fixed(text),
                        PatternText::Template { parts, case: Case::Folded },
                        PatternText::Template { parts, case: Case::Exact },
                    ] {
                        patterns.push(CompiledPattern { owner, role, anchor, max_chars, text });
                    }
                }
            }
        }
        patterns.iter().for_each(|pattern| records.push(*pattern));
        let table = records.finish();
        for (number, pattern) in (0..).zip(&patterns) {
            assert_eq!(format!("{:?}", table.get(number)), format!("{pattern:?}"));
        }
    }
}
