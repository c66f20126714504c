//! How much a line's facts strength: nothing, enough for a weak rule, or for a strong one.

use crate::pack::{Kind, LinePlace};
use crate::text::is_paragraph_of;

use super::lines::LineFacts;

/// What a line's facts are enough for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Strength {
    Strong,
    Weak,
}

/// The numbers by which it is decided, in one place. Shares are percentages of a site's documents, near-duplicates
/// apart.
mod bounds {
    /// Rarer lines are no candidates.
    pub(super) const LEAST_SHARE: u32 = 6;
    /// A line before or after the text of so many documents is the site's...
    pub(super) const STRONG_SHARE: u32 = 25;
    /// ...and one within the text of so many.
    pub(super) const STRONG_SHARE_WITHIN: u32 = 50;
    /// A line of so many characters is not said twice by chance.
    pub(super) const LONG_CHARS: u32 = 40;
}

/// Of so few documents two say as much as three of more.
const FEW_DOCUMENTS: u32 = 15;

/// Whether a line of so few documents is no candidate, whatever else is known of it.
pub(super) fn is_rare(facts: &LineFacts, of: u32) -> bool {
    facts.documents < 2 || facts.documents * 100 < bounds::LEAST_SHARE * of
}

/// What a line that is not rare is enough for.
pub(super) fn strength(facts: &LineFacts, of: u32, kind: Kind) -> Option<Strength> {
    let share = |percent: u32| facts.documents * 100 >= percent * of;
    let several = if of < FEW_DOCUMENTS { 2 } else { 3 };
    let is_long = |chars: u32| facts.chars >= chars;
    if is_paragraph_of(facts.chars as usize, facts.is_sentence) {
        return is_strong_prose(facts, of).then_some(Strength::Strong);
    }
    let with_neighbours = facts.with_neighbours * 2 > facts.documents;
    let enough = facts.documents >= several;
    let strong = match place(facts) {
        _ if kind == Kind::Byline => false,
        LinePlace::Prose => facts.documents > several && share(bounds::STRONG_SHARE_WITHIN),
        LinePlace::Head | LinePlace::Tail => {
            enough && (share(bounds::STRONG_SHARE) || with_neighbours || is_long(bounds::LONG_CHARS))
        }
        // Extractors that break lines at links leave words and pieces of sentences here.
        LinePlace::Middle if facts.is_fragment => false,
        LinePlace::Middle => enough && (share(bounds::STRONG_SHARE_WITHIN) || with_neighbours),
    };
    match strong {
        true => Some(Strength::Strong),
        false if place(facts) == LinePlace::Prose => None,
        false => Some(Strength::Weak),
    }
}

/// Whether a paragraph is the site's: many documents have it, or some where the site's lines stand, beside such lines.
fn is_strong_prose(facts: &LineFacts, of: u32) -> bool {
    let share = |percent: u32| facts.documents * 100 >= percent * of;
    let at_edge = matches!(place(facts), LinePlace::Head | LinePlace::Tail);
    let with_neighbours = facts.with_neighbours * 2 > facts.documents;
    let needed = if at_edge { bounds::STRONG_SHARE } else { bounds::STRONG_SHARE_WITHIN };
    facts.documents >= 3 && (share(needed) || at_edge && with_neighbours)
}

/// Where the line stands most of the time.
pub(super) fn place(facts: &LineFacts) -> LinePlace {
    match () {
        () if facts.in_prose * 2 > facts.documents => LinePlace::Prose,
        () if facts.head * 2 > facts.documents => LinePlace::Head,
        () if facts.tail * 2 > facts.documents => LinePlace::Tail,
        () => LinePlace::Middle,
    }
}
