//! A set of packs, compiled for cleaning.

use std::sync::Mutex;

use crate::engine::{Engine, Purpose};
use crate::markup::{VisibleText, resolved};
use crate::pack::{PackSet, Rule, RuleId};
use crate::scorecard::FeatureValues;
use crate::text::{Cut, Document, Markup, Window, is_binary, next_cut};

use super::cleaned::Cleaned;
use super::evidence::Asked;
use super::explain::{self, Explanation};
use super::options::CleanOptions;
use super::removals::{self, Removal};
use super::round::Round;
use super::rounds::Memory;
use super::written::WrittenText;

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
    markup: Markup,
    /// Where more than rules decides.
    evidence: Option<Asked>,
    /// Memory of documents that were cleaned, for the next ones.
    spare: Mutex<Vec<CleaningMemory>>,
}

#[derive(Default, Debug)]
struct CleaningMemory {
    memory: Memory,
    visible: VisibleText,
}

impl Cleaner {
    /// A cleaner that takes nothing, for those who only read.
    pub(crate) fn without_rules() -> Cleaner {
        Cleaner::unchecked(&PackSet::empty(), &CleanOptions::default())
    }

    /// The built-in packs as they are, which were compiled while the program was built.
    pub(crate) fn built_in(options: &CleanOptions) -> Cleaner {
        Cleaner::of(Engine::built_in(), options)
    }

    /// A cleaner of packs whose includes are right.
    pub(crate) fn unchecked(packs: &PackSet, options: &CleanOptions) -> Cleaner {
        Cleaner::of(Engine::new(packs, &|rule| options.wants(rule)), options)
    }

    fn of(engine: Engine, options: &CleanOptions) -> Cleaner {
        Cleaner { engine, markup: options.markup, evidence: Asked::of(options), spare: Mutex::default() }
    }

    /// Removes the chrome of a document. One that is [binary](is_binary) stays as it is.
    pub fn clean<'t>(&self, document: &Document<'t>) -> Cleaned<'t> {
        Cleaned::new(document.text(), self.removals(document))
    }

    /// What would be removed of a document, in order; [`apply`](super::apply) removes it.
    pub fn removals(&self, document: &Document<'_>) -> Vec<Removal> {
        let mut removals = Vec::new();
        self.decide_windows(document, Purpose::Deciding, |round, base| removals::list(round, base, &mut removals));
        removals
    }

    /// Removes the chrome of one window of a document; see [`next_cut`].
    pub fn clean_window<'t>(&self, window: &Window<'t>) -> Cleaned<'t> {
        Cleaned::new(window.text, self.window_removals(window))
    }

    /// What would be removed of one window; [`apply`](super::apply) removes it.
    pub fn window_removals(&self, window: &Window<'_>) -> Vec<Removal> {
        let mut removals = Vec::new();
        self.decide(window, Purpose::Deciding, |round| removals::list(round, 0, &mut removals));
        removals
    }

    /// What becomes of each line that a pattern matches, and why. Decides by the same code as [`clean`](Self::clean), and takes about twice as long.
    pub fn explain(&self, document: &Document<'_>) -> Explanation {
        let mut explanation = Explanation::default();
        self.decide_windows(document, Purpose::Explaining, |round, base| {
            explain::add_window(round, document.text(), base, &mut explanation);
        });
        explanation
    }

    /// Calls `found` with each line that is not blank: where it begins in the document, in bytes, whether a rule takes it, and
    /// the values of its features where evidence may decide on it. For whoever makes a scorecard.
    pub(crate) fn each_feature(
        &self,
        document: &Document<'_>,
        mut found: impl FnMut(usize, bool, Option<&FeatureValues>),
    ) {
        let text = document.text();
        let markup = self.markup_of(document.markup(), text);
        let Cut::Window(len) = next_cut(text, true, false) else { return };
        let window = Window { text: &text[..len], site: document.site(), markup, opens: true, closes: true };
        let CleaningMemory { mut memory, mut visible } = CleaningMemory::default();
        let (seen, written) = self.seen(&window, &mut visible);
        memory.features(&self.engine, &seen, written, |round, line, values| {
            found(round.written_span(line.line).start, line.is_taken(), values);
        });
    }

    /// What is decided on of a window, and how it is written.
    fn seen<'w>(&self, window: &Window<'w>, visible: &'w mut VisibleText) -> (Window<'w>, WrittenText<'w>) {
        if self.markup_of(window.markup, window.text) != Markup::Markdown {
            return (*window, WrittenText { text: window.text, visible: None });
        }
        visible.read(window.text);
        let visible = &*visible;
        (Window { text: visible.text(), ..*window }, WrittenText { text: window.text, visible: Some(visible) })
    }

    /// How a text is written of which that is said, or left open.
    pub(crate) fn markup_of(&self, said: Markup, text: &[u8]) -> Markup {
        resolved(said.or(self.markup), text)
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
        self.engine.activation().covers(host)
    }

    fn decide_windows(&self, document: &Document<'_>, purpose: Purpose, mut decided: impl FnMut(&Round<'_>, usize)) {
        let text = document.text();
        if is_binary(text) {
            return;
        }
        let markup = self.markup_of(document.markup(), text);
        let (mut at, mut inside_line) = (0, false);
        while at < text.len() {
            match next_cut(&text[at..], true, inside_line) {
                Cut::Window(len) => {
                    let part = &text[at..at + len];
                    let (opens, closes) = (at == 0, at + len == text.len());
                    let window = Window { text: part, site: document.site(), markup, opens, closes };
                    self.decide(&window, purpose, |round| decided(round, at));
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

    fn decide(&self, window: &Window<'_>, purpose: Purpose, decided: impl FnOnce(&Round<'_>)) {
        // Who only reads has no rules, and nothing goes.
        if purpose == Purpose::Deciding && self.engine.rules().is_empty() {
            return;
        }
        let spare = self.spare.lock().map(|mut spare| spare.pop()).unwrap_or_default();
        let mut spare = spare.unwrap_or_default();
        let CleaningMemory { memory, visible } = &mut spare;
        let (seen, written) = self.seen(window, visible);
        decided(&memory.decide(&self.engine, &seen, written, (purpose, self.evidence.as_ref())));
        if let Ok(mut spares) = self.spare.lock() {
            spares.push(spare);
        }
    }
}
