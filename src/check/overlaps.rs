//! Patterns that need not be there, because another rule takes what they take.

use crate::pack::{Action, Anchor, Pack, PackError, PackSet, Pattern, Rule, Scope, Template, Warning};
use crate::text::Document;

use crate::clean::{CleanOptions, Cleaner};

/// Two paragraphs, so that a line between them goes by itself or not at all.
const BEFORE: &str =
    "The ferry left the quay an hour late, because somebody had to be fetched from the far side of the bay.\n";
const AFTER: &str =
    "\nNobody was in a hurry that evening, and the lamp on the mole was lit before the wind turned to the west.\n";
/// How a line goes on after its head.
const REST: &str = " the lamp and the harbour";
/// What counts as a long line, in characters, where a rule takes lines of any length.
const LONG_LINE: usize = 600;

/// Finds patterns that another rule takes too: of a pack's own rules, and, in a pack for a site or a family, those that
/// a generic rule takes. A pattern counts as taken if all of it is: its long lines too, and wherever in a document they
/// stand. Of patterns with placeholders nothing is said. The generic packs are compiled once, and each pack that is asked
/// about.
///
/// ```
/// use dechrome::{Overlaps, Pack, PackSet};
/// let mut packs = PackSet::built_in();
/// let source = "[pack]\ntitle = \"T\"\nsites = [\"t.example\"]\n[[rule]]\nid = \"skip\"\nkind = \"navigation\"\nis = [\"Skip to main content\"]\n";
/// packs.insert(Pack::parse("t.example", "t.toml", source)?);
/// assert!(Overlaps::new(&packs)?.of("t.example")[0].message.contains("generic/en"));
/// # Ok::<(), dechrome::PackError>(())
/// ```
#[derive(Debug)]
pub struct Overlaps<'p> {
    packs: &'p PackSet,
    generic: Cleaner,
}

impl<'p> Overlaps<'p> {
    /// Makes ready to ask about packs of that set.
    ///
    /// # Errors
    /// A pack includes what is not there.
    pub fn new(packs: &'p PackSet) -> Result<Overlaps<'p>, PackError> {
        packs.check_includes()?;
        let mut generic = PackSet::empty();
        let everywhere = packs.packs().iter().filter(|pack| pack.scope() == Scope::Generic);
        everywhere.for_each(|pack| generic.insert(pack.clone()));
        Ok(Overlaps { packs, generic: Cleaner::unchecked(&generic, &CleanOptions::rules_alone()) })
    }

    /// One warning for each such pattern of the pack of that name; none if there is no such pack.
    pub fn of(&self, name: &str) -> Vec<Warning> {
        let Some(pack) = self.packs.get(name) else { return Vec::new() };
        let mut own = PackSet::empty();
        own.insert(pack.clone());
        own.activate_always(name);
        let mut warnings = within(pack, &Cleaner::unchecked(&own, &CleanOptions::rules_alone()));
        if pack.scope() == Scope::Site {
            warnings.extend(beside(pack, &self.generic));
        }
        warnings
    }
}

/// Patterns that other rules of the pack take.
fn within(pack: &Pack, cleaner: &Cleaner) -> Vec<Warning> {
    let shadowed = |rule: &Rule, taker: &Rule| taker.full_id() != rule.full_id();
    needless(pack, cleaner, shadowed, "")
}

/// Patterns that generic rules take.
fn beside(pack: &Pack, cleaner: &Cleaner) -> Vec<Warning> {
    needless(pack, cleaner, |_, _| true, " everywhere")
}

/// Warns of each pattern of which every line is taken by itself, by a rule of the cleaner that counts.
fn needless(pack: &Pack, cleaner: &Cleaner, counts: impl Fn(&Rule, &Rule) -> bool, where_: &str) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for rule in pack.rules() {
        let Action::Line { patterns, .. } = &rule.action else { continue };
        for (text, lines) in patterns.iter().filter_map(lines_of) {
            let taker = |line: &String| taker(cleaner, line, rule).filter(|taker| counts(rule, taker));
            let takers: Option<Vec<&Rule>> = lines.iter().map(taker).collect();
            let Some(takers) = takers else { continue };
            let Some(taker) = takers.last() else { continue };
            let message = format!("{}: \"{text}\" is needless: {} takes it{where_}", rule.full_id(), taker.full_id());
            warnings.push(Warning { file: pack.file().to_owned(), line: rule.line(), message });
        }
    }
    warnings
}

/// The rule that takes that line between paragraphs, if it does so in all the places where `asked` does.
fn taker<'c>(cleaner: &'c Cleaner, line: &str, asked: &Rule) -> Option<&'c Rule> {
    let page = format!("{BEFORE}{line}{AFTER}");
    let removals = cleaner.removals(&Document::new(&page));
    let removal = removals.iter().find(|removal| removal.span.start == BEFORE.len())?;
    let taker = cleaner.rule(removal.rule);
    let within = |asked: Option<u32>, taker: Option<u32>| match (asked, taker) {
        (_, None) => true,
        (Some(asked), Some(taker)) => asked <= taker,
        (None, Some(_)) => false,
    };
    (within(asked.first, taker.first) && within(asked.last, taker.last)).then_some(taker)
}

/// The text of a pattern, folded, and lines that it takes: of a head the shortest and the longest, about.
fn lines_of(pattern: &Pattern) -> Option<(String, Vec<String>)> {
    let text_of = |template: &Template| Some(std::str::from_utf8(template.fixed_text()?).ok()?.to_owned());
    let text = text_of(&pattern.template)?;
    let head = pattern.exact.as_ref().map_or_else(|| Some(text.clone()), text_of)?;
    let lines = match pattern.anchor {
        Anchor::Is => vec![head],
        Anchor::StartsWith => {
            let room = pattern.max_chars.map_or(LONG_LINE, |max| max as usize).saturating_sub(head.chars().count());
            let ends = [String::new(), ".".to_owned(), rest(room.min(REST.len())), rest(room)];
            ends.map(|end| format!("{head}{end}")).to_vec()
        }
        Anchor::EndsWith | Anchor::Contains => return None,
    };
    Some((text, lines))
}

/// How a line goes on, in so many characters.
fn rest(chars: usize) -> String {
    REST.chars().cycle().take(chars).collect()
}
