//! Packs' own examples.

use crate::pack::{Pack, PackError, PackSet, Problem};
use crate::text::Document;

use crate::clean::{CleanOptions, Cleaner};

/// An example that does not come out as its pack says.
#[derive(Clone, Debug)]
pub struct ExampleFailure {
    /// The pack's name.
    pub pack: String,
    /// The pack's file.
    pub file: String,
    /// The line of the file where the page begins, from 1.
    pub line: usize,
    /// What should be left.
    pub expected: String,
    /// What is left.
    pub actual: String,
    problem: Problem,
}

impl ExampleFailure {
    /// The failure as a mistake of the pack, with its place.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

/// Cleans the examples of the pack of that name (of several the one that was added last) with it and what it includes,
/// active as on its own site, and gives those that do not come out as they should. Other packs take no part.
///
/// # Errors
/// The pack includes what is not there.
pub fn check_examples(packs: &PackSet, name: &str) -> Result<Vec<ExampleFailure>, PackError> {
    packs.check_includes_from(name)?;
    Ok(packs.get(name).map(|pack| failures(packs, pack)).unwrap_or_default())
}

/// Fails where an example of a pack that is not built in does; those that are, tests have run.
pub(super) fn check_loaded(packs: &PackSet) -> Result<(), PackError> {
    let loaded = packs.packs().iter().filter(|pack| !pack.is_built_in());
    let problems: Vec<Problem> = loaded.flat_map(|pack| failures(packs, pack)).map(|failure| failure.problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(PackError::new(problems)) }
}

fn failures(packs: &PackSet, pack: &Pack) -> Vec<ExampleFailure> {
    if pack.examples.is_empty() {
        return Vec::new();
    }
    let mut alone = packs.of_pack(pack);
    alone.activate_always(&pack.name);
    let cleaner = Cleaner::unchecked(&alone, &CleanOptions::rules_alone());
    pack.examples.iter().filter_map(|example| failure(&cleaner, pack, example)).collect()
}

fn failure(cleaner: &Cleaner, pack: &Pack, example: &crate::pack::Example) -> Option<ExampleFailure> {
    let cleaned = cleaner.clean(&Document::new(&example.page));
    let actual = String::from_utf8_lossy(cleaned.text()).into_owned();
    if actual == example.clean {
        return None;
    }
    let (number, expected, got) = first_difference(&example.clean, &actual);
    let message = format!("the example does not come out as it says: at line {number} of what is left");
    let shown = |line: Option<&str>| line.map_or("the end".to_owned(), |line| format!("{line:?}"));
    let help = format!("expected {}, got {}", shown(expected), shown(got));
    let problem = Problem::at(&pack.file, &pack.source, example.span.clone(), message).suggest(Some(help));
    Some(ExampleFailure {
        pack: pack.name.clone(),
        file: pack.file.to_string(),
        line: example.line,
        expected: example.clean.clone(),
        actual,
        problem,
    })
}

fn first_difference<'a>(expected: &'a str, actual: &'a str) -> (usize, Option<&'a str>, Option<&'a str>) {
    let (mut expected, mut actual) = (expected.split('\n'), actual.split('\n'));
    for number in 1.. {
        match (expected.next(), actual.next()) {
            (a, b) if a != b => return (number, a, b),
            (None, None) => return (number, None, None),
            _ => {}
        }
    }
    (0, None, None)
}
