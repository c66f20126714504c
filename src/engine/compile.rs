//! From packs to tables.

use crate::pack::{Action, Anchor, Pack, PackSet, Part, Pattern, Rule};
use crate::text::Case;

use super::awake::Awakening;
use super::edges::{Edge, LineEdges, WholeLines};
use super::glance::Glance;
use super::inner_texts::InnerTexts;
use super::pattern_table::PatternRecords;
use super::patterns::{CompiledPattern, Key, LONG_TEXT, Opening, PatternText, Role, key};
use super::vocabulary::{Vocabularies, VocabularySource};
use super::word_shape::InnerText;
use super::{Engine, Tables};

/// A signature inside a line counts only up to this length, in characters; at a line's head always.
const SIGNATURE_MAX_CHARS: u32 = 200;

pub(super) fn compile(set: &PackSet, wanted: &dyn Fn(&Rule) -> bool, menu: Option<Rule>) -> Engine {
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
    Engine { awake: Awakening::new(set), rules, rule_packs, has_menu_rule, tables }
}

/// The patterns so far, and by what they will be looked up.
#[derive(Default)]
struct Builder<'p> {
    patterns: PatternRecords,
    keys: Keys<'p>,
    vocabularies: Vec<VocabularySource<'p>>,
}

impl<'p> Builder<'p> {
    fn add_signatures(&mut self, pack: &'p Pack, owner: u32) {
        for pattern in &pack.signature {
            self.add(pattern, Anchor::StartsWith, pattern.max_chars, Role::Signature, owner);
            // A short one stands in other sites' sentences too; and looking for it would slow every line.
            if pattern.template.parts().filter_map(Part::literal).any(|text| text.len() >= LONG_TEXT) {
                self.add(pattern, pattern.anchor, Some(SIGNATURE_MAX_CHARS), Role::Signature, owner);
            }
        }
    }

    fn add_rule(&mut self, rule: &'p Rule, owner: u32) {
        match &rule.action {
            Action::Line { patterns, vocabulary } => {
                self.add_all(patterns, Role::Line, owner);
                if !vocabulary.is_empty() {
                    self.vocabularies.push(VocabularySource {
                        rule: owner,
                        max_chars: rule.max_chars,
                        words: vocabulary,
                    });
                }
            }
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
        Tables {
            glance: Glance::new(texts_of(&keys.whole), texts_of(&keys.heads), texts_of(&keys.tails)),
            whole: WholeLines::new(&keys.whole),
            heads: LineEdges::new(Edge::Head, &keys.heads),
            tails: LineEdges::new(Edge::Tail, &keys.tails),
            behind_numbers: LineEdges::new(Edge::Head, &keys.behind_numbers),
            anywhere: InnerTexts::new(&keys.anywhere),
            in_short: (keys.in_short.len() > keys.anywhere.len()).then(|| InnerTexts::new(&keys.in_short)),
            short_limit: keys.short_limit,
            no_text_opens: opening_of(keys.no_text.iter().map(|&pattern| patterns.get(pattern))),
            no_text: keys.no_text,
            vocabularies: Vocabularies::new(&vocabularies),
            patterns,
        }
    }
}

/// What all of the patterns begin with.
fn opening_of<'p>(mut patterns: impl Iterator<Item = CompiledPattern<'p>>) -> Opening {
    if patterns.all(|pattern| pattern.opening() == Opening::Number) { Opening::Number } else { Opening::Any }
}

fn texts_of<'p>(keyed: &[KeyedText<'p>]) -> impl Iterator<Item = &'p [u8]> {
    keyed.iter().map(|(text, _)| *text)
}

/// A text by which a pattern is looked up, and the pattern's number.
pub(super) type KeyedText<'p> = (&'p [u8], u32);

/// The keys of all patterns by where they are looked up.
#[derive(Default)]
struct Keys<'p> {
    whole: Vec<KeyedText<'p>>,
    heads: Vec<KeyedText<'p>>,
    tails: Vec<KeyedText<'p>>,
    behind_numbers: Vec<KeyedText<'p>>,
    anywhere: Vec<InnerText<'p>>,
    in_short: Vec<InnerText<'p>>,
    short_limit: u32,
    no_text: Vec<u32>,
}

impl<'p> Keys<'p> {
    fn add(&mut self, key: Key<'p>, max_chars: Option<u32>, index: u32) {
        match (key, max_chars) {
            (Key::Whole(text), _) => self.whole.push((text, index)),
            (Key::Head(text), _) => self.heads.push((text, index)),
            (Key::Tail(text), _) => self.tails.push((text, index)),
            (Key::BehindNumber(text), _) => self.behind_numbers.push((text, index)),
            (Key::Anywhere { text, begins_match }, limit) => {
                let inner = InnerText { text, pattern: index, begins_match };
                self.in_short.push(inner);
                match limit {
                    None => self.anywhere.push(inner),
                    Some(limit) => self.short_limit = self.short_limit.max(limit),
                }
            }
            (Key::NoText, _) => self.no_text.push(index),
        }
    }
}
