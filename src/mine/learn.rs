//! Rules from examples: what a person took out of pages, as general as the pages allow and no more.

use std::collections::{BTreeMap, HashSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::clean::{CleanOptions, Cleaner};
use crate::pack::{Evidence, Kind, LinePlace, Pack, PackSet};
use crate::text::{Document, LineScanner};

use super::candidate::{Candidate, CandidatePack, CandidateShape};
use super::normalised::{Normaliser, pattern_of};
use super::rules::Ids;
use super::{example, kinds};

/// A page before and after somebody took the chrome out of it.
#[derive(Clone, Copy, Debug)]
pub struct Lesson<'l> {
    /// The page.
    pub before: &'l [u8],
    /// What was left of it.
    pub after: &'l [u8],
}

/// What was learned, and what comes of it on the same pages.
#[derive(Clone, PartialEq, Debug)]
pub struct Learned {
    /// The rules.
    pub pack: CandidatePack,
    /// Lines that were taken out.
    pub deleted: usize,
    /// Lines that were taken out and would stay, by their text.
    pub left: Vec<String>,
    /// Lines that were kept and would go, by their text.
    pub lost: Vec<String>,
    /// Lines that were changed or added, of which nothing is learned.
    pub changed: usize,
}

/// Lines that one pattern takes.
#[derive(Default)]
struct Taught<'l> {
    /// The first of them, as it stands.
    first: &'l [u8],
    literals: HashSet<Vec<u8>>,
    pages: HashSet<usize>,
    /// How many of them stand before or after everything that was kept.
    at_head: usize,
    at_tail: usize,
    lines: usize,
    example: [String; 3],
}

/// Learns rules for a site from pages before and after. Lines that differ only in numbers, dates and times become one
/// pattern; each other line stays as it is. A line that was also kept somewhere makes a weak rule.
///
/// ```
/// use dechrome::mine::{Lesson, learn};
/// let before = b"Quay Online\nThe boats came in.\n12 shares\n";
/// let lesson = Lesson { before, after: b"The boats came in.\n" };
/// let other = Lesson { before: b"The lamp is lit.\n7 shares\n", after: b"The lamp is lit.\n" };
/// let learned = learn("quay.example", &[lesson, other]);
/// assert!(learned.left.is_empty() && learned.lost.is_empty());
/// assert!(learned.pack.to_toml().contains("\"{number} shares\""));
/// ```
pub fn learn(site: &str, lessons: &[Lesson<'_>]) -> Learned {
    let mut taught: BTreeMap<Vec<u8>, Taught<'_>> = BTreeMap::new();
    let mut kept_lines: HashSet<Vec<u8>> = HashSet::new();
    let mut normaliser = Normaliser::default();
    let (mut deleted, mut changed) = (0, 0);
    for (page, lesson) in lessons.iter().enumerate() {
        let read = read(lesson);
        changed += read.changed;
        for line in &read.kept {
            let normalised = normaliser.normalise(line);
            kept_lines.insert(normalised.literal.to_vec());
            kept_lines.extend(normalised.template.map(<[u8]>::to_vec));
        }
        for gone in &read.gone {
            deleted += 1;
            let normalised = normaliser.normalise(gone.line);
            let key = normalised.template.unwrap_or(normalised.literal).to_vec();
            let entry = taught.entry(key).or_insert_with(|| Taught {
                first: gone.line,
                example: gone.example.clone(),
                ..Taught::default()
            });
            entry.literals.insert(normalised.literal.to_vec());
            entry.pages.insert(page);
            entry.lines += 1;
            entry.at_head += usize::from(gone.place == LinePlace::Head);
            entry.at_tail += usize::from(gone.place == LinePlace::Tail);
        }
    }
    let mut ids = Ids::default();
    let of = lessons.len() as u32;
    let rules = taught.iter().filter_map(|(key, taught)| {
        let was_kept = kept_lines.contains(key) || taught.literals.iter().any(|literal| kept_lines.contains(literal));
        rule(taught, was_kept, of, &mut ids)
    });
    let mut candidates: Vec<Candidate> = rules.collect();
    candidates.sort_by(|a, b| (a.weak, a.evidence.place, &a.id).cmp(&(b.weak, b.evidence.place, &b.id)));
    let pack = CandidatePack { site: site.to_owned(), seen: u64::from(of), documents: of, candidates, example: None };
    let pack = CandidatePack { example: example::example(&pack), ..pack };
    let (left, lost) = tried(&pack, lessons);
    Learned { pack, deleted, left, lost, changed }
}

fn rule(taught: &Taught<'_>, was_kept: bool, of: u32, ids: &mut Ids) -> Option<Candidate> {
    let pattern = pattern_of(taught.first, taught.literals.len() > 1)?;
    let kind: Kind = kinds::guess(&pattern);
    let place = match () {
        () if taught.at_head * 2 > taught.lines => LinePlace::Head,
        () if taught.at_tail * 2 > taught.lines => LinePlace::Tail,
        () => LinePlace::Middle,
    };
    Some(Candidate {
        id: ids.of(&pattern, kind),
        kind,
        weak: was_kept,
        shape: CandidateShape::Is(vec![pattern]),
        max_chars: None,
        evidence: Evidence { documents: taught.pages.len() as u32, of, place, example: Some(taught.example.clone()) },
    })
}

/// A line that was taken out.
struct Deleted<'l> {
    line: &'l [u8],
    place: LinePlace,
    example: [String; 3],
}

/// A lesson as lines.
struct Read<'l> {
    kept: Vec<&'l [u8]>,
    gone: Vec<Deleted<'l>>,
    changed: usize,
}

fn lines_of(text: &[u8]) -> Vec<&[u8]> {
    LineScanner::new(text).map(|line| line.text(text)).collect()
}

fn read<'l>(lesson: &Lesson<'l>) -> Read<'l> {
    let (before, after) = (lines_of(lesson.before), lines_of(lesson.after));
    let trimmed = |lines: &[&'l [u8]]| -> Vec<&'l [u8]> { lines.iter().map(|line| line.trim_ascii()).collect() };
    let ops = capture_diff_slices(Algorithm::Myers, &trimmed(&before), &trimmed(&after));
    let mut stays = vec![false; before.len()];
    let mut deleted = Vec::new();
    let mut changed = 0;
    for op in ops {
        match op {
            DiffOp::Equal { old_index, len, .. } => stays[old_index..old_index + len].fill(true),
            DiffOp::Delete { old_index, old_len, .. } => deleted.extend(old_index..old_index + old_len),
            DiffOp::Insert { new_len, .. } => changed += new_len,
            DiffOp::Replace { old_len, new_len, .. } => changed += old_len.max(new_len),
        }
    }
    let first = stays.iter().position(|stays| *stays).unwrap_or(0);
    let last = stays.iter().rposition(|stays| *stays).unwrap_or(before.len());
    let place = |at: usize| match () {
        () if at < first => LinePlace::Head,
        () if at > last => LinePlace::Tail,
        () => LinePlace::Middle,
    };
    let shown =
        |at: Option<usize>| at.and_then(|at| before.get(at)).map_or_else(String::new, |line| example::shortened(line));
    let example = |at: usize| [shown(at.checked_sub(1)), shown(Some(at)), shown(Some(at + 1))];
    let gone =
        deleted.into_iter().map(|at| Deleted { line: before[at], place: place(at), example: example(at) }).collect();
    let kept = before.iter().zip(&stays).filter(|(_, stays)| **stays).map(|(line, _)| *line).collect();
    Read { kept, gone, changed }
}

/// What the pack does to the pages otherwise than the person: lines that it leaves, and lines that it takes.
fn tried(pack: &CandidatePack, lessons: &[Lesson<'_>]) -> (Vec<String>, Vec<String>) {
    let mut set = PackSet::empty();
    let (mut left, mut lost) = (Vec::new(), Vec::new());
    // What was emitted is right; a test tries it on all kinds of lines.
    let Ok(read_pack) = Pack::parse(&pack.site, "learned", &pack.to_toml()) else { return (left, lost) };
    set.insert(read_pack);
    let Ok(cleaner) = Cleaner::new(&set, &CleanOptions::default()) else { return (left, lost) };
    for lesson in lessons {
        let cleaned = cleaner.clean(&Document::new(lesson.before).with_site(&pack.site)).into_text();
        let differs = read(&Lesson { before: &cleaned, after: lesson.after });
        left.extend(differs.gone.iter().map(|gone| example::shortened(gone.line)));
        let back = read(&Lesson { before: lesson.after, after: &cleaned });
        lost.extend(back.gone.iter().map(|gone| example::shortened(gone.line)));
    }
    (left, lost)
}
