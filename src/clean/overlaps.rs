//! Patterns that need not be there, because another rule takes what they take.

use crate::pack::{Action, Anchor, Pack, PackError, PackSet, Pattern, Rule, Scope, Warning};
use crate::text::Document;

use super::{CleanOptions, Cleaner};

/// Two paragraphs, so that a line between them goes by itself or not at all.
const BEFORE: &str =
    "The ferry left the quay an hour late, because somebody had to be fetched from the far side of the bay.\n";
const BEHIND: &str =
    "\nNobody was in a hurry that evening, and the lamp on the mole was lit before the wind turned to the west.\n";
/// How a line goes on behind its head.
const REST: &str = " the lamp and the harbour";

/// Patterns of the pack of that name that another of its rules takes too, and, in a pack for a site, those
/// that a generic rule takes. Of patterns with placeholders nothing is said.
///
/// ```
/// use dechrome::{Pack, PackSet, overlaps};
/// let mut packs = PackSet::built_in();
/// let source = "[pack]\ntitle = \"T\"\nsites = [\"t.example\"]\n[[rule]]\nid = \"skip\"\nkind = \"navigation\"\nis = [\"Skip to main content\"]\n";
/// packs.insert(Pack::parse("t.example", "t.toml", source)?);
/// assert!(overlaps(&packs, "t.example")?[0].message.contains("generic/en"));
/// # Ok::<(), dechrome::PackError>(())
/// ```
///
/// # Errors
/// The pack includes what is not there.
pub fn overlaps(packs: &PackSet, name: &str) -> Result<Vec<Warning>, PackError> {
    packs.check_includes()?;
    let Some(pack) = packs.get(name) else { return Ok(Vec::new()) };
    let mut own = PackSet::empty();
    own.insert(pack.clone());
    own.wake_always(name);
    let own = Cleaner::unchecked(&own, &CleanOptions::default());
    let mut warnings = within(pack, &own);
    if pack.scope() == Scope::Site {
        let mut generic = PackSet::empty();
        packs
            .packs()
            .iter()
            .filter(|other| other.scope() == Scope::Generic)
            .for_each(|other| generic.insert(other.clone()));
        warnings.extend(beside(pack, &Cleaner::unchecked(&generic, &CleanOptions::default())));
    }
    Ok(warnings)
}

/// Patterns that another rule of the pack takes.
fn within(pack: &Pack, cleaner: &Cleaner) -> Vec<Warning> {
    let shadowed = |rule: &Rule, text: &str, taker: &str| {
        let is_other = taker != rule.full_id();
        is_other.then(|| format!("\"{text}\" is needless: {taker} takes it"))
    };
    each_pattern(pack, cleaner, shadowed)
}

/// Patterns that a generic rule takes.
fn beside(pack: &Pack, cleaner: &Cleaner) -> Vec<Warning> {
    each_pattern(pack, cleaner, |_, text, taker| Some(format!("\"{text}\" is needless: {taker} takes it everywhere")))
}

/// Asks about each pattern that a line can be made of, and that some rule of the cleaner takes by itself.
fn each_pattern(pack: &Pack, cleaner: &Cleaner, ask: impl Fn(&Rule, &str, &str) -> Option<String>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for rule in pack.rules() {
        let Action::Line { patterns, .. } = &rule.action else { continue };
        for (text, line) in patterns.iter().filter_map(line_of) {
            let page = format!("{BEFORE}{line}{BEHIND}");
            let removals = cleaner.removals(&Document::new(&page));
            let taker = removals.iter().find(|removal| removal.span.start == BEFORE.len());
            let message = taker.and_then(|removal| ask(rule, &text, cleaner.rule(removal.rule).full_id()));
            warnings.extend(message.map(|message| Warning {
                file: pack.file().to_owned(),
                line: rule.line(),
                message: format!("{}: {message}", rule.full_id()),
            }));
        }
    }
    warnings
}

/// The text of a pattern, folded, and a line that it takes.
fn line_of(pattern: &Pattern) -> Option<(String, String)> {
    let text = std::str::from_utf8(pattern.template.fixed_text()?).ok()?.to_owned();
    let line = match pattern.anchor {
        Anchor::Is => text.clone(),
        Anchor::StartsWith => format!("{text}{REST}"),
        Anchor::EndsWith | Anchor::Contains => return None,
    };
    Some((text, line))
}
