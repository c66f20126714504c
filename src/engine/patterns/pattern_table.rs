//! All patterns, each in one piece of memory with its text.

use serde::{Deserialize, Serialize};

use crate::pack::{Anchor, TemplateParts};
use crate::text::Case;

use crate::engine::lookup::records::{Table, record, u32_at};
use crate::engine::patterns::pattern::{CompiledPattern, Owner, PatternRole, PatternText};

/// All patterns, one after the other: bytes of the text, number of owners, anchor and kind of text; each owner's index,
/// `max-chars` (none is zero) and role; then the text. A pattern's number is where it begins: which pattern stands in a line
/// is hard to foresee, and each piece of memory has to be waited for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::engine) struct PatternTable(Table<1>);

/// Patterns on their way into a table.
#[derive(Default)]
pub(in crate::engine) struct PatternRecords(Vec<[u8; 1]>);

/// Bytes of what stands before a pattern's owners, and of each of these.
const HEADER: usize = 12;
const OWNER: usize = 12;

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
    /// Adds a pattern of these owners, and returns its number.
    pub(in crate::engine) fn push(&mut self, pattern: CompiledPattern<'_>, owners: &[Owner]) -> u32 {
        let (text, kind) = match pattern.text {
            PatternText::Fixed(text) => (text, FIXED),
            PatternText::Template { parts, case: Case::Folded } => (parts.bytes(), FOLDED_TEMPLATE),
            PatternText::Template { parts, case: Case::Exact } => (parts.bytes(), EXACT_TEMPLATE),
        };
        let number = self.0.len() as u32;
        let traits = u32::from_le_bytes([pattern.anchor as u8, kind, 0, 0]);
        let header: [u8; HEADER] = record(&[], &[text.len() as u32, owners.len() as u32, traits]);
        self.add(&header);
        for owner in owners {
            let owner: [u8; OWNER] = record(&[], &[owner.index, owner.max_chars.unwrap_or(0), owner.role as u32]);
            self.add(&owner);
        }
        self.add(text);
        number
    }

    fn add(&mut self, bytes: &[u8]) {
        self.0.extend(bytes.iter().map(|byte| [*byte]));
    }

    pub(in crate::engine) fn finish(self) -> PatternTable {
        PatternTable(self.0.into_iter().collect())
    }
}

impl PatternTable {
    /// The numbers from this one on are no pattern's.
    #[inline]
    pub(in crate::engine) fn end(&self) -> u32 {
        self.0.len() as u32
    }

    /// The pattern of that number.
    #[inline]
    pub(in crate::engine) fn get(&self, number: u32) -> CompiledPattern<'_> {
        let (header, rest) = self.0.as_flattened()[number as usize..].split_at(HEADER);
        let text = &rest[u32_at(header, 4) as usize * OWNER..][..u32_at(header, 0) as usize];
        let [anchor, kind, ..] = u32_at(header, 8).to_le_bytes();
        CompiledPattern {
            anchor: ANCHORS[usize::from(anchor)],
            text: match kind {
                FIXED => PatternText::Fixed(text),
                FOLDED_TEMPLATE => PatternText::Template { parts: TemplateParts::of(text), case: Case::Folded },
                _ => PatternText::Template { parts: TemplateParts::of(text), case: Case::Exact },
            },
        }
    }

    /// The owners of the pattern of that number.
    #[inline]
    pub(in crate::engine) fn owners(&self, number: u32) -> impl Iterator<Item = Owner> {
        let (header, rest) = self.0.as_flattened()[number as usize..].split_at(HEADER);
        let owners = rest[..u32_at(header, 4) as usize * OWNER].chunks_exact(OWNER);
        owners.map(|owner| Owner {
            index: u32_at(owner, 0),
            max_chars: Some(u32_at(owner, 4)).filter(|&most| most > 0),
            role: ROLES[u32_at(owner, 8) as usize],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_come_out_as_they_went_in() {
        let mut records = PatternRecords::default();
        let text = b"read more";
        let owners: Vec<Owner> = (0..)
            .zip(ROLES)
            .flat_map(|(index, role)| [None, Some(1), Some(400)].map(|max_chars| Owner { index, role, max_chars }))
            .collect();
        let mut patterns = Vec::new();
        for anchor in ANCHORS {
            let parts = TemplateParts::of(text);
            for text in [
                PatternText::Fixed(text),
                PatternText::Template { parts, case: Case::Folded },
                PatternText::Template { parts, case: Case::Exact },
            ] {
                let pattern = CompiledPattern { anchor, text };
                let owners = &owners[..patterns.len()];
                patterns.push((records.push(pattern, owners), pattern, owners));
            }
        }
        let table = records.finish();
        for (number, pattern, owners) in patterns {
            assert_eq!(format!("{:?}", table.get(number)), format!("{pattern:?}"));
            assert_eq!(format!("{:?}", table.owners(number).collect::<Vec<_>>()), format!("{owners:?}"));
        }
    }
}
