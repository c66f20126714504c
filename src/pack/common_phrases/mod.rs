//! What ordinary text is made of, as counts: a pattern that stands in it takes content.
//!
//! The counts are of the lines of `tests/precision`, which nobody's chrome stands in. They come with dechrome; the
//! text does not.

#[cfg(test)]
mod count;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Action, Anchor, Pack, Pattern, Rule};

/// A row is a language, a place, a number of lines, the characters of the shortest of them, and a phrase.
const COUNTS: &str = include_str!("counts.tsv");

/// Text in so many lines of a language stands in any of its texts.
const FREQUENT: u32 = 8;

/// Where in a line a phrase stands, as the rows have it.
fn place_of(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Is => "line",
        Anchor::StartsWith => "head",
        Anchor::EndsWith => "tail",
        Anchor::Contains => "within",
    }
}

#[derive(Clone, Copy)]
struct Count {
    language: &'static str,
    lines: u32,
    /// In characters.
    shortest: u32,
}

type Counts = HashMap<(&'static str, &'static str), Vec<Count>>;

static COMMON_PHRASES: LazyLock<Counts> = LazyLock::new(|| {
    let mut counts = Counts::new();
    for row in COUNTS.lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        // Every row has five columns; a test makes the file.
        let &[language, place, lines, shortest, phrase] = columns.as_slice() else { continue };
        let count = Count { language, lines: number(lines), shortest: number(shortest) };
        counts.entry((place, phrase)).or_default().push(count);
    }
    counts
});

fn number(column: &str) -> u32 {
    column.parse().unwrap_or(u32::MAX)
}

/// What to do about a pattern that takes lines of ordinary text.
pub(super) fn warning(pack: &Pack, rule: &Rule, pattern: &Pattern) -> Option<String> {
    // Counted on the site's own pages, or near a document's edge, a word may well be chrome.
    let is_known = rule.notes.evidence.is_some() || rule.first.is_some() || rule.last.is_some();
    // A block's first line takes nothing without its last one.
    let takes_by_itself = matches!(rule.action, Action::Line { .. } | Action::Cut(_));
    if is_known || !takes_by_itself || pattern.exact.is_some() {
        return None;
    }
    let text = std::str::from_utf8(pattern.template.fixed_text()?).ok()?;
    let counts = COMMON_PHRASES.get(&(place_of(pattern.anchor), text))?;
    let speaks = |language: &str| pack.languages().iter().any(|own| own == language || own == "any");
    let takes = |count: &&Count| {
        let few = if rule.is_weak() { FREQUENT } else { 1 };
        let counts_here = pack.languages().is_empty() || speaks(count.language);
        counts_here && count.lines >= few && pattern.max_chars.is_none_or(|most| count.shortest <= most)
    };
    let Count { lines, shortest, .. } = counts.iter().filter(takes).max_by_key(|count| count.lines)?;
    let lines = if *lines == 1 { "a line".to_owned() } else { format!("{lines} lines") };
    Some(match pattern.anchor {
        Anchor::Is => format!("`is` \"{text}\" takes {lines} of ordinary text; make the rule weak"),
        Anchor::StartsWith => format!(
            "`starts-with` \"{text}\" takes {lines} of ordinary text, from {shortest} characters on; \
             write more of the line, set `max-chars`, or make the rule weak"
        ),
        Anchor::EndsWith => format!(
            "`ends-with` \"{text}\" takes {lines} of ordinary text, from {shortest} characters on; \
             write more of the line, set `max-chars`, or make the rule weak"
        ),
        Anchor::Contains => format!("`contains` \"{text}\" takes {lines} of ordinary text; anchor it"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a rule with that line in an English pack.
    fn said_of(rule: &str) -> Vec<String> {
        let text =
            format!("[pack]\ntitle = \"T\"\nlanguages = [\"en\"]\n[[rule]]\nid = \"a\"\nkind = \"ad\"\n{rule}\n");
        let pack = Pack::parse("t", "t.toml", &text).unwrap();
        let rule = &pack.rules()[0];
        rule.patterns().filter_map(|pattern| warning(&pack, rule, pattern)).collect()
    }

    #[test]
    fn words_of_ordinary_text_are_told_and_phrases_of_chrome_are_not() {
        for broad in ["contains = [\"the\"]", "starts-with = [\"Share\"]", "is = [\"Yes\"]", "cut = [\"of the\"]"] {
            assert_eq!(said_of(broad).len(), 1, "{broad}");
        }
        for narrow in [
            "is = [\"Skip to main content\"]",
            "starts-with = [\"Share\"]\nmax-chars = 12",
            "starts-with = [\"Share\"]\nweak = true",
            "starts-with = [\"Share:\"]",
            "is = [\"Yes\"]\nfirst = 3",
            "contains = [\"subscribe to our newsletter\"]",
        ] {
            assert_eq!(said_of(narrow), [""; 0], "{narrow}");
        }
        assert_eq!(said_of("contains = [\"the\"]\nweak = true").len(), 1, "three in a row are soon found");
    }

    #[test]
    fn every_row_has_a_language_a_place_two_numbers_and_a_phrase() {
        for row in COUNTS.lines() {
            let columns: Vec<&str> = row.split('\t').collect();
            assert!(columns.len() == 5 && columns[2..4].iter().all(|count| count.parse::<u32>().is_ok()), "{row:?}");
        }
        assert!(COUNTS.len() < 320 * 1024, "the counts are to stay small: they are part of the program");
    }
}
