//! From packs to tables.

use crate::pack::{Action, Anchor, Pack, PackSet, Pattern, Rule, TemplatePart};
use crate::text::Case;

use super::activation::Activation;
use super::compiled::Engine;
use super::ends::beginnings::Beginnings;
use super::ends::edges::{Edge, LineEdges, WholeLines};
use super::fit::PackNature;
use super::inside::by_length::TextsByLength;
use super::patterns::keys::{KeyedText, LONG_TEXT, LookupKeys, key};
use super::patterns::opening::LineOpening;
use super::patterns::pattern::{CompiledPattern, PatternRole, PatternText};
use super::patterns::pattern_table::PatternRecords;
use super::tables::Tables;
use super::vocabulary::{Vocabularies, VocabularySource};

/// A signature inside a line counts only up to this length, in characters; at a line's head always.
const SIGNATURE_MAX_CHARS: u32 = 200;

impl Engine {
    /// Compiles the rules of the set that are wanted; `menu` is the built-in rule, if it is.
    pub(crate) fn new(set: &PackSet, wanted: &dyn Fn(&Rule) -> bool, menu: Option<Rule>) -> Engine {
        compile(set, wanted, menu)
    }
}

fn compile(set: &PackSet, wanted: &dyn Fn(&Rule) -> bool, menu: Option<Rule>) -> Engine {
    let mut rules = Vec::new();
    let mut rule_packs = Vec::new();
    let mut builder = Builder::default();
    for (pack_index, pack) in (0..).zip(set.packs()) {
        builder.add_signatures(pack, pack_index);
        for rule in pack.rules().iter().filter(|rule| wanted(rule)) {
            builder.add_rule(rule, rules.len() as u32);
            rules.push(rule.without_patterns());
            rule_packs.push(pack_index);
        }
    }
    let has_menu_rule = menu.is_some();
    rules.extend(menu);
    rule_packs.resize(rules.len(), u32::MAX);
    let tables = builder.build();
    let natures = set.packs().iter().map(PackNature::of).collect();
    Engine { activation: Activation::new(set), natures, rules, rule_packs, has_menu_rule, tables }
}

/// The patterns so far, and by what they will be looked up.
#[derive(Default)]
struct Builder<'p> {
    patterns: PatternRecords,
    keys: LookupKeys<'p>,
    vocabularies: Vec<VocabularySource<'p>>,
}

impl<'p> Builder<'p> {
    fn add_signatures(&mut self, pack: &'p Pack, owner: u32) {
        for pattern in &pack.signature {
            self.add(pattern, (Anchor::StartsWith, pattern.max_chars), PatternRole::Signature, owner);
            // A short one stands in other sites' sentences too; and looking for it would slow every line.
            if pattern.template.parts().filter_map(TemplatePart::literal).any(|text| text.len() >= LONG_TEXT) {
                self.add(pattern, (pattern.anchor, Some(SIGNATURE_MAX_CHARS)), PatternRole::Signature, owner);
            }
        }
    }

    fn add_rule(&mut self, rule: &'p Rule, owner: u32) {
        match &rule.action {
            Action::Line { patterns, vocabulary } => {
                self.add_all(patterns, PatternRole::Line, owner);
                if !vocabulary.is_empty() {
                    self.vocabularies.push(VocabularySource {
                        rule: owner,
                        max_chars: rule.max_chars,
                        words: vocabulary,
                    });
                }
            }
            Action::Cut(patterns) => self.add_all(patterns, PatternRole::Cut, owner),
            Action::Keep(patterns) => self.add_all(patterns, PatternRole::Keep, owner),
            Action::Block { from, to, .. } => {
                self.add_all(from.patterns(), PatternRole::From, owner);
                self.add_all(to.patterns(), PatternRole::To, owner);
            }
            Action::Menu => {}
        }
    }

    fn add_all(&mut self, patterns: &'p [Pattern], role: PatternRole, owner: u32) {
        for pattern in patterns {
            self.add(pattern, (pattern.anchor, pattern.max_chars), role, owner);
        }
    }

    fn add(&mut self, pattern: &'p Pattern, place: (Anchor, Option<u32>), role: PatternRole, owner: u32) {
        let (anchor, max_chars) = place;
        let fixed = pattern.template.fixed_text();
        let text = match (&pattern.exact, fixed) {
            (Some(template), _) => PatternText::Template { parts: template.parts(), case: Case::Exact },
            (None, Some(text)) => PatternText::Fixed(text),
            (None, None) => PatternText::Template { parts: pattern.template.parts(), case: Case::Folded },
        };
        self.keys.add(key(anchor, &pattern.template, fixed), max_chars, self.patterns.len() as u32);
        self.patterns.push(CompiledPattern { owner, role, anchor, max_chars, text });
    }

    fn build(self) -> Tables {
        let Builder { patterns, keys, vocabularies } = self;
        let patterns = patterns.finish();
        let vocabularies = Vocabularies::new(&vocabularies);
        // One look at a line's head is for both.
        let heads: Vec<KeyedText<'_>> =
            keys.heads.iter().copied().chain(vocabularies.words().zip(patterns.len()..)).collect();
        Tables {
            beginnings: Beginnings::new(keys.whole.iter().map(|(text, _)| *text), heads.iter().map(|(text, _)| *text)),
            whole: WholeLines::new(&keys.whole),
            heads: LineEdges::new(Edge::Head, &heads),
            tails: LineEdges::new(Edge::Tail, &keys.tails),
            after_numbers: LineEdges::new(Edge::Head, &keys.after_numbers),
            inside: TextsByLength::new(&keys.inside),
            no_text_opens: opening_of(keys.no_text.iter().map(|&pattern| patterns.get(pattern))),
            no_text: keys.no_text,
            vocabularies,
            patterns,
        }
    }
}

/// What all of the patterns begin with.
fn opening_of<'p>(mut patterns: impl Iterator<Item = CompiledPattern<'p>>) -> LineOpening {
    if patterns.all(|pattern| pattern.opening() == LineOpening::Number) {
        LineOpening::Number
    } else {
        LineOpening::Any
    }
}
