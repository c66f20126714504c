//! From packs to tables.

use crate::pack::{Action, Anchor, Pack, PackSet, Part, Pattern, Rule, RuleId};
use crate::text::Case;

use super::awake::Awakening;
use super::edges::{Edge, LineEdges, WholeLines};
use super::glance::Glance;
use super::grams::Anywhere;
use super::patterns::{CompiledPattern, Key, Opening, PatternText, Role, key};
use super::raw_gate::{RawGate, can_be_told};
use super::vocabulary::{Vocabularies, VocabularySource};
use super::{Engine, Tables};

/// A signature inside a line counts only up to this length, in characters; at a line's head always.
const SIGNATURE_MAX_CHARS: u32 = 200;

pub(super) fn compile(set: &PackSet, wanted: &dyn Fn(&Rule) -> bool, menu: Option<Rule>) -> Engine {
    let mut rules = Vec::new();
    let mut rule_packs = Vec::new();
    let count = set.packs().iter().flat_map(Pack::rules).map(|rule| rule.patterns().count()).sum();
    let mut builder = Builder { patterns: Vec::with_capacity(count), keys: Keys::default() };
    for (pack_index, pack) in (0..).zip(set.packs()) {
        builder.add_signatures(pack, pack_index);
        for rule in pack.rules().iter().filter(|rule| wanted(rule)) {
            builder.add_rule(rule, rules.len() as u32);
            rules.push(rule.clone());
            rule_packs.push(pack_index);
        }
    }
    let menu_rule = menu.map(|menu| {
        rules.push(menu);
        rule_packs.push(u32::MAX);
        RuleId::new(rules.len() as u32 - 1)
    });
    let tables = builder.build(&rules);
    Engine { awake: Awakening::new(set), rules, rule_packs, menu_rule, tables }
}

/// The patterns so far, and by what they will be looked up.
struct Builder<'p> {
    patterns: Vec<CompiledPattern>,
    keys: Keys<'p>,
}

impl<'p> Builder<'p> {
    fn add_signatures(&mut self, pack: &'p Pack, owner: u32) {
        for pattern in &pack.signature {
            self.add(pattern, Anchor::StartsWith, pattern.max_chars, Role::Signature, owner);
            // A short one stands in other sites' sentences too; and looking for it would slow every line.
            if pattern.template.parts().filter_map(Part::literal).any(can_be_told) {
                self.add(pattern, pattern.anchor, Some(SIGNATURE_MAX_CHARS), Role::Signature, owner);
            }
        }
    }

    fn add_rule(&mut self, rule: &'p Rule, owner: u32) {
        match &rule.action {
            Action::Line { patterns, .. } => self.add_all(patterns, Role::Line, owner),
            Action::Cut(patterns) => self.add_all(patterns, Role::Cut, owner),
            Action::Keep(patterns) => self.add_all(patterns, Role::Keep, owner),
            Action::Block { from, to, .. } => {
                self.add_all(from.patterns(), Role::From, owner);
                self.add_all(to.patterns(), Role::To, owner);
            }
            Action::Menu => {}
        }
    }

    fn add_all(&mut self, patterns: &'p [Pattern], role: Role, owner: u32) {
        for pattern in patterns {
            self.add(pattern, pattern.anchor, pattern.max_chars, role, owner);
        }
    }

    fn add(&mut self, pattern: &'p Pattern, anchor: Anchor, max_chars: Option<u32>, role: Role, owner: u32) {
        let fixed = pattern.template.fixed_text();
        let text = match (&pattern.exact, fixed) {
            (Some(template), _) => PatternText::Template { template: template.clone(), case: Case::Exact },
            (None, Some(text)) => PatternText::Fixed(text.clone()),
            (None, None) => PatternText::Template { template: pattern.template.clone(), case: Case::Folded },
        };
        self.keys.add(key(anchor, &pattern.template, fixed.map(AsRef::as_ref)), max_chars, self.patterns.len() as u32);
        self.patterns.push(CompiledPattern { owner, role, anchor, max_chars, text });
    }

    fn build(self, rules: &[Rule]) -> Tables {
        let Builder { patterns, keys } = self;
        let vocabularies = (0..).zip(rules).filter_map(|(index, rule)| vocabulary(index, rule));
        Tables {
            glance: Glance::new(texts_of(&keys.whole), texts_of(&keys.heads), texts_of(&keys.tails)),
            whole: WholeLines::new(&keys.whole),
            heads: LineEdges::new(Edge::Head, &keys.heads),
            tails: LineEdges::new(Edge::Tail, &keys.tails),
            inner_gate: RawGate::new(&keys.in_short),
            anywhere: Anywhere::new(&keys.anywhere),
            in_short: Anywhere::new(&keys.in_short),
            short_limit: keys.short_limit,
            no_text_opens: opening_of(keys.no_text.iter().map(|&pattern| &patterns[pattern as usize])),
            no_text: keys.no_text,
            vocabularies: Vocabularies::new(&vocabularies.collect::<Vec<_>>()),
            patterns,
        }
    }
}

/// What all of the patterns begin with.
fn opening_of<'p>(patterns: impl Iterator<Item = &'p CompiledPattern>) -> Opening {
    let mut openings = patterns.map(CompiledPattern::opening);
    if openings.all(|opening| opening == Opening::Number) { Opening::Number } else { Opening::Any }
}

fn texts_of<'p>(keyed: &[KeyedText<'p>]) -> impl Iterator<Item = &'p [u8]> {
    keyed.iter().map(|(text, _)| *text)
}

fn vocabulary(index: u32, rule: &Rule) -> Option<VocabularySource<'_>> {
    match &rule.action {
        Action::Line { vocabulary, .. } if !vocabulary.is_empty() => {
            Some(VocabularySource { rule: index, max_chars: rule.max_chars, words: vocabulary })
        }
        _ => None,
    }
}

/// A text by which a pattern is looked up, and the pattern's number.
pub(super) type KeyedText<'p> = (&'p [u8], u32);

/// The keys of all patterns by where they are looked up.
#[derive(Default)]
struct Keys<'p> {
    whole: Vec<KeyedText<'p>>,
    heads: Vec<KeyedText<'p>>,
    tails: Vec<KeyedText<'p>>,
    anywhere: Vec<KeyedText<'p>>,
    in_short: Vec<KeyedText<'p>>,
    short_limit: u32,
    no_text: Vec<u32>,
}

impl<'p> Keys<'p> {
    fn add(&mut self, key: Key<'p>, max_chars: Option<u32>, index: u32) {
        match (key, max_chars) {
            (Key::Whole(text), _) => self.whole.push((text, index)),
            (Key::Head(text), _) => self.heads.push((text, index)),
            (Key::Tail(text), _) => self.tails.push((text, index)),
            (Key::Anywhere(text), limit) => {
                self.in_short.push((text, index));
                match limit {
                    None => self.anywhere.push((text, index)),
                    Some(limit) => self.short_limit = self.short_limit.max(limit),
                }
            }
            (Key::NoText, _) => self.no_text.push(index),
        }
    }
}
