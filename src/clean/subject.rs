//! Lines that the text itself is about: a title, what a paragraph speaks of, a document on cookies or terms.

use std::ops::Range;

use crate::pack::Kind;

use super::round::Round;
use super::shape::Trait;

/// Of longer rows a paragraph speaks by chance.
const MOST_LINES: usize = 8;
/// Shorter words stand in every sentence.
const FEWEST_CHARS: usize = 3;

/// Whether the document's first line is a weak one: it may be the title, unless it is the name of an icon.
pub(super) fn may_be_title(round: &Round<'_>) -> bool {
    let first = round.line(0);
    round.window.opens && first.strong.is_none() && first.weak.is_some() && !first.is_icon
}

/// What kind of chrome the document's title names, if it may be one: then the document is about it.
pub(super) fn subject(round: &Round<'_>) -> Option<Kind> {
    let stands_alone = round.count() > 1 && !round.line(1).is_matched();
    if stands_alone && may_be_title(round) { round.line(0).kind } else { None }
}

/// Whether the line at that position, of that kind, is a sentence of a document about that subject. What is said of cookies is said in
/// privacy policies and terms of use too.
pub(super) fn is_about(round: &Round<'_>, position: usize, kind: Option<Kind>, subject: Kind) -> bool {
    let is_legal = |kind| matches!(kind, Kind::Cookie | Kind::Legal);
    let is_akin = |kind| kind == subject || is_legal(kind) && is_legal(subject);
    kind.is_some_and(is_akin) && round.shows(position, Trait::Sentence)
}

/// Whether the sentence before a row of lines or after it speaks of one of them, spelled as it is there.
pub(super) fn is_spoken_of<'t>(
    round: &Round<'_>,
    row: &Range<usize>,
    mut texts: impl ExactSizeIterator<Item = &'t [u8]>,
) -> bool {
    if texts.len() > MOST_LINES {
        return false;
    }
    let beside = [row.start.checked_sub(1), Some(row.end)].into_iter().flatten();
    let sentences: Vec<_> = beside
        .filter(|&position| position < round.count() && !round.line(position).is_matched())
        .filter(|&position| round.shows(position, Trait::Sentence))
        .map(|position| String::from_utf8_lossy(round.text(position)))
        .collect();
    !sentences.is_empty()
        && texts.any(|text| {
            let text = String::from_utf8_lossy(text);
            sentences.iter().any(|sentence| speaks_of(sentence, &text))
        })
}

/// Whether whole words of the text stand in a sentence, and not at its beginning, where any word has a capital.
fn speaks_of(sentence: &str, text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let is_wide = text.chars().any(is_wide);
    if text.chars().count() < if is_wide { 2 } else { FEWEST_CHARS } {
        return false;
    }
    let goes_on = |c: Option<char>| !is_wide && c.is_some_and(char::is_alphanumeric);
    sentence.match_indices(text).any(|(at, _)| {
        let (before, after) = (&sentence[..at], &sentence[at + text.len()..]);
        at > 0 && !goes_on(before.chars().next_back()) && !goes_on(after.chars().next())
    })
}

/// Whether words of the character's script are not parted by spaces, or are written together with others.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_speaks_of_whole_words() {
        for (sentence, text, want) in [
            ("The button Close is grey.", "Close", true),
            ("Closet doors are grey.", "Close", false),
            ("It is Closed.", "Close", false),
            ("Close the door.", "Close", false),
            ("「閉じる」を押すと終わります。", "閉じる", true),
            ("It is on.", "on", false),
        ] {
            assert_eq!(speaks_of(sentence, text), want, "{sentence} / {text}");
        }
    }
}
