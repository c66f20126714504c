//! Cleaning: from matches to what goes, why, and what nearly went. Pure; cannot fail on content.

mod blocks;
mod cleaned;
mod cuts;
mod examples;
mod explain;
mod fates;
mod menus;
mod options;
mod overlaps;
mod reading;
mod removals;
mod runs;
mod settle;
mod shape;
mod spoken;
mod subject;
mod surroundings;
mod view;

use std::sync::Mutex;

use crate::engine::{Engine, Reach};
use crate::pack::{PackSet, Rule, RuleId};
use crate::text::{Cut, Document, Window, is_binary, next_cut};

pub use cleaned::{Cleaned, kept, take_out};
pub use examples::{ExampleFailure, check_examples};
pub use explain::{ExplainedLine, Explanation, Near, Reason, Verdict};
pub use fates::How;
pub use options::{CleanOptions, CleanerError, Meant};
pub use overlaps::Overlaps;
pub use removals::Removal;
use settle::Settlement;

/// Packs compiled for cleaning: immutable, shared between threads by reference.
///
/// Making one takes some milliseconds for the built-in packs; cleaning allocates per document, not
/// per line.
///
/// ```
/// use dechrome::{CleanOptions, Cleaner, Document, PackSet};
/// let cleaner = Cleaner::new(&PackSet::built_in(), &CleanOptions::default())?;
/// let cleaned = cleaner.clean(&Document::new("The council met.\n\nRead more\n"));
/// assert_eq!(cleaned.to_str()?, "The council met.\n");
/// let rule = cleaner.rule(cleaned.removals()[0].rule);
/// assert!(rule.full_id().starts_with("generic/en/"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Cleaner {
    engine: Engine,
    /// Memory of documents that were cleaned, for the next ones.
    spare: Mutex<Vec<Settlement>>,
}

impl Cleaner {
    /// Compiles packs. Those of the program as they are have been compiled while it was built.
    ///
    /// # Errors
    /// A pack includes what is not there or includes itself in a circle; an example of a pack that is
    /// not built in fails; `options` disable a rule that is not there.
    pub fn new(packs: &PackSet, options: &CleanOptions) -> Result<Cleaner, CleanerError> {
        if packs.are_the_programs_own() && options.want_all() {
            return Ok(Cleaner { engine: Engine::built_in(), spare: Mutex::default() });
        }
        packs.check_includes()?;
        options.check(packs)?;
        examples::prove_loaded(packs)?;
        Ok(Cleaner::unchecked(packs, options))
    }

    /// A cleaner that takes nothing, for those who only read.
    pub(crate) fn without_rules() -> Cleaner {
        Cleaner::unchecked(&PackSet::empty(), &CleanOptions::default())
    }

    /// A cleaner of packs whose includes are right.
    fn unchecked(packs: &PackSet, options: &CleanOptions) -> Cleaner {
        let menu = Some(Rule::menu()).filter(|menu| options.wants(menu) && !packs.packs().is_empty());
        let engine = Engine::new(packs, &|rule| options.wants(rule), menu);
        Cleaner { engine, spare: Mutex::default() }
    }

    /// Takes the chrome out of a document. One that is [binary](is_binary) stays as it is.
    pub fn clean<'t>(&self, document: &Document<'t>) -> Cleaned<'t> {
        Cleaned::new(document.text(), self.removals(document))
    }

    /// What would go of a document, in order; [`take_out`] takes it out.
    pub fn removals(&self, document: &Document<'_>) -> Vec<Removal> {
        let mut removals = Vec::new();
        self.settle_windows(document, Reach::Deciding, |window, settlement, base| {
            removals::list(window, settlement, base, &mut removals);
        });
        removals
    }

    /// Takes the chrome out of one window of a document; see [`next_cut`].
    pub fn clean_window<'t>(&self, window: &Window<'t>) -> Cleaned<'t> {
        Cleaned::new(window.text, self.window_removals(window))
    }

    /// What would go of one window; [`take_out`] takes it out.
    pub fn window_removals(&self, window: &Window<'_>) -> Vec<Removal> {
        let mut removals = Vec::new();
        self.settle(window, Reach::Deciding, |settlement| removals::list(window, settlement, 0, &mut removals));
        removals
    }

    /// Tells for each line in which some pattern stands what becomes of it, and why. Decides by the
    /// same code as [`clean`](Self::clean), and takes about twice as long.
    pub fn explain(&self, document: &Document<'_>) -> Explanation {
        let mut explanation = Explanation::default();
        self.settle_windows(document, Reach::Explaining, |window, settlement, base| {
            explain::add_window(&self.engine, document.text(), (window, base), settlement, &mut explanation);
        });
        explanation
    }

    /// The rule of that number.
    ///
    /// # Panics
    /// If the number is another cleaner's and too large for this one.
    pub fn rule(&self, id: RuleId) -> &Rule {
        self.engine.rule(id)
    }

    /// All rules that take part, by number: where several match a line, the first is named.
    pub fn rules(&self) -> &[Rule] {
        self.engine.rules()
    }

    /// Whether some pack is for that host or one of its parents.
    pub fn covers_site(&self, host: &str) -> bool {
        self.engine.awakening().covers(host)
    }

    fn settle_windows(
        &self,
        document: &Document<'_>,
        reach: Reach,
        mut settled: impl FnMut(&Window<'_>, &Settlement, usize),
    ) {
        let text = document.text();
        if is_binary(text) {
            return;
        }
        let (mut at, mut inside_line) = (0, false);
        while at < text.len() {
            match next_cut(&text[at..], true, inside_line) {
                Cut::Window(len) => {
                    let part = &text[at..at + len];
                    let window =
                        Window { text: part, site: document.site(), opens: at == 0, closes: at + len == text.len() };
                    self.settle(&window, reach, |settlement| settled(&window, settlement, at));
                    at += len;
                }
                Cut::Pass { len, line_ends } => {
                    at += len;
                    inside_line = !line_ends;
                }
                // All of the document is known.
                Cut::NeedMore => return,
            }
        }
    }

    fn settle(&self, window: &Window<'_>, reach: Reach, settled: impl FnOnce(&Settlement)) {
        let spare = self.spare.lock().map(|mut spare| spare.pop()).unwrap_or_default();
        let mut settlement = spare.unwrap_or_default();
        settlement.settle(&self.engine, window, reach);
        settled(&settlement);
        if let Ok(mut spare) = self.spare.lock() {
            spare.push(settlement);
        }
    }
}
