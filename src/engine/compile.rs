//! From packs to tables.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::pack::{Action, Anchor, Pack, PackSet, Pattern, Rule, Template, TemplatePart};
use crate::text::Case;

use super::activation::Activation;
use super::compiled::{BuiltInRules, Engine};
use super::ends::edges::{Edge, LineEdges, WholeLines};
use super::ends::line_ends::LineEnds;
use super::fit::PackNature;
use super::inside::by_length::TextsByLength;
use super::patterns::keys::{KeyedText, LONG_TEXT, LookupKeys, key};
use super::patterns::opening::LineOpening;
use super::patterns::pattern::{CompiledPattern, Owner, PatternRole, PatternText};
use super::patterns::pattern_table::{PatternRecords, PatternTable};
use super::rule_traits::RuleTraits;
use super::tables::Tables;
use super::vocabulary::{Vocabularies, VocabularySource};

/// A signature inside a line counts only up to this length, in characters; at a line's head always.
const SIGNATURE_MAX_CHARS: u32 = 200;

impl Engine {
    /// Compiles the rules of the set that are wanted, and the built-in ones that are, unless the set is empty.
    pub(crate) fn new(set: &PackSet, wanted: &dyn Fn(&Rule) -> bool) -> Engine {
        compile(set, wanted)
    }
}

fn compile(set: &PackSet, wanted: &dyn Fn(&Rule) -> bool) -> Engine {
    let mut rules = Vec::new();
    let activation = Activation::new(set);
    let mut traits = Vec::new();
    let mut builder = Builder::default();
    for (pack_index, pack) in (0..).zip(set.packs()) {
        builder.add_signatures(pack, pack_index);
        let of_pack = RuleTraits::of_pack(pack_index, pack, activation.always_counts(pack_index as usize));
        for rule in pack.rules().iter().filter(|rule| wanted(rule)) {
            builder.add_rule(rule, rules.len() as u32);
            rules.push(rule.without_patterns());
            traits.push(of_pack.of_rule(rule));
        }
    }
    let built_in = BuiltInRules::add(Rule::without_packs(), &mut rules, |rule| wanted(rule) && !set.packs().is_empty());
    traits.extend(rules[traits.len()..].iter().map(|rule| RuleTraits::of_no_pack().of_rule(rule)));
    let traits = traits.into_iter().map(RuleTraits::record).collect();
    let tables = builder.build();
    let natures = set.packs().iter().map(PackNature::of).collect();
    Engine { activation, natures, rules, traits, built_in, tables }
}

/// The patterns so far, each once, and whose they are.
#[derive(Default)]
struct Builder<'p> {
    patterns: Vec<NewPattern<'p>>,
    /// By what tells patterns apart, where in `patterns` they are.
    known: HashMap<(Anchor, Case, &'p [u8]), u32, FixedState>,
    /// Each with the pattern's place in `patterns`.
    owners: Vec<(u32, Owner)>,
    vocabularies: Vec<VocabularySource<'p>>,
}

/// A pattern, and the template by which it is looked up: without case.
struct NewPattern<'p> {
    pattern: CompiledPattern<'p>,
    template: &'p Template,
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
            Action::Menu | Action::Evidence => {}
        }
    }

    fn add_all(&mut self, patterns: &'p [Pattern], role: PatternRole, owner: u32) {
        self.known.reserve(patterns.len());
        for pattern in patterns {
            self.add(pattern, (pattern.anchor, pattern.max_chars), role, owner);
        }
    }

    fn add(&mut self, pattern: &'p Pattern, place: (Anchor, Option<u32>), role: PatternRole, index: u32) {
        let (anchor, max_chars) = place;
        let (template, case) = match &pattern.exact {
            Some(exact) => (exact, Case::Exact),
            None => (&pattern.template, Case::Folded),
        };
        let text = match template.fixed_text() {
            Some(text) if case == Case::Folded => PatternText::Fixed(text),
            _ => PatternText::Template { parts: template.parts(), case },
        };
        let place = *self.known.entry((anchor, case, template.parts().bytes())).or_insert_with(|| {
            self.patterns.push(NewPattern { pattern: CompiledPattern { anchor, text }, template: &pattern.template });
            self.patterns.len() as u32 - 1
        });
        self.owners.push((place, Owner { index, role, max_chars }));
    }

    /// All patterns in one piece, and their keys.
    fn patterns(&mut self) -> (PatternTable, LookupKeys<'p>) {
        // In the order in which they were added: stable.
        self.owners.sort_by_key(|(place, _)| *place);
        let owners: Vec<Owner> = self.owners.iter().map(|(_, owner)| *owner).collect();
        let (mut records, mut keys) = (PatternRecords::default(), LookupKeys::default());
        let of_each = self.owners.chunk_by(|(a, _), (b, _)| a == b).map(<[_]>::len);
        let mut first = 0;
        for (NewPattern { pattern, template }, count) in self.patterns.iter().zip(of_each) {
            let owners = &owners[first..first + count];
            first += count;
            let number = records.push(*pattern, owners);
            // None where one of them has none.
            let max_chars = owners.iter().map(|owner| owner.max_chars.unwrap_or(u32::MAX)).max();
            let max_chars = max_chars.filter(|most| *most < u32::MAX);
            keys.add(key(pattern.anchor, template, template.fixed_text()), max_chars, number);
        }
        (records.finish(), keys)
    }

    fn build(mut self) -> Tables {
        let (patterns, keys) = self.patterns();
        let Builder { vocabularies, .. } = self;
        let vocabularies = Vocabularies::new(&vocabularies);
        // One look at a line's head is for both.
        let heads: Vec<KeyedText<'_>> =
            keys.heads.iter().copied().chain(vocabularies.words().zip(patterns.end()..)).collect();
        Tables {
            ends: LineEnds::new(texts_of(&keys.whole), texts_of(&heads), texts_of(&keys.tails)),
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

fn texts_of<'k, 'p>(keyed: &'k [KeyedText<'p>]) -> impl ExactSizeIterator<Item = &'p [u8]> + Clone + 'k {
    keyed.iter().map(|(text, _)| *text)
}
