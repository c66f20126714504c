//! A pack's example: lines of its rules around text that stays.

use crate::clean::{CleanOptions, Cleaner};
use crate::pack::{Pack, PackSet};
use crate::text::Document;

use super::candidate::{Candidate, CandidatePack, CandidateShape};

const TEXT: [&str; 2] = [
    "The keeper of the lighthouse wrote down the wind and the weather every evening for forty years.",
    "His books stand in the museum behind the harbour, and anybody may read in them on a Sunday.",
];
/// So many lines show how the pack acts.
const MOST_LINES: usize = 6;

/// A page with lines that strong rules of the pack take, and what is left of it. Nothing where the pack has no such
/// lines, or does more to the page than is meant.
pub(super) fn example(pack: &CandidatePack) -> Option<(String, String)> {
    let strong = pack.candidates.iter().filter(|candidate| !candidate.weak);
    let lines: Vec<&str> = strong.filter_map(a_line).take(MOST_LINES).collect();
    let (before, after) = lines.split_at(lines.len().div_ceil(2));
    let all = before.iter().chain([&TEXT[0]]).chain(after).chain([&TEXT[1]]);
    let page: String = all.flat_map(|line| [line, "\n"]).collect();
    let clean = format!("{}\n{}\n", TEXT[0], TEXT[1]);
    (!lines.is_empty() && left_of(pack, &page)? == clean).then_some((page, clean))
}

/// A line that the candidate takes, if its pattern is one as it stands.
fn a_line(candidate: &Candidate) -> Option<&str> {
    let takes_it_alone = matches!(candidate.shape, CandidateShape::Is(_) | CandidateShape::StartsWith(_));
    let mut patterns = candidate.shape.patterns().into_iter();
    if takes_it_alone { patterns.find(|pattern| !pattern.contains(['{', '}'])) } else { None }
}

fn left_of(pack: &CandidatePack, page: &str) -> Option<String> {
    let pack_read = Pack::parse(&pack.site, "candidate", &pack.to_toml()).ok()?;
    let mut set = PackSet::empty();
    set.insert(pack_read);
    let cleaner = Cleaner::new(&set, &CleanOptions::default()).ok()?;
    let cleaned = cleaner.clean(&Document::new(page).with_site(&pack.site));
    cleaned.to_str().ok().map(str::to_owned)
}

/// A line as it is shown: on one line, without control characters, cut where it is long.
pub(super) fn shortened(line: &[u8]) -> String {
    const MOST_CHARS: usize = 80;
    let text = String::from_utf8_lossy(line);
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain: String = plain.chars().filter(|c| !c.is_control()).collect();
    match plain.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", &plain[..end]),
        None => plain,
    }
}
