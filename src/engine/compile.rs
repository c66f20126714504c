//! From packs to tables.

use crate::pack::{Action, Anchor, Pack, PackSet, Part, Pattern, Rule, RuleId};
use crate::text::Case;

use super::awake::Awakening;
use super::edges::{Edge, LineEdges, WholeLines};
use super::glance::Glance;
use super::grams::Anywhere;
use super::patterns::{CompiledPattern, Key, PatternText, Role, key};
use super::vocabulary::{Vocabularies, VocabularySource};
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
#[derive(Default)]
struct Builder {
    patterns: Vec<CompiledPattern>,
    keys: Keys,
}

impl Builder {
    fn add_signatures(&mut self, pack: &Pack, owner: u32) {
        for pattern in &pack.signature {
            let at_head = Pattern { anchor: Anchor::StartsWith, ..pattern.clone() };
            let inside = Pattern { max_chars: Some(SIGNATURE_MAX_CHARS), ..pattern.clone() };
            self.add_all(&[at_head, inside], Role::Signature, owner);
        }
    }

    fn add_rule(&mut self, rule: &Rule, owner: u32) {
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

    fn add_all(&mut self, patterns: &[Pattern], role: Role, owner: u32) {
        for pattern in patterns {
            let text = match (&pattern.exact_parts, pattern.parts.as_slice()) {
                (Some(parts), _) => PatternText::Template { parts: parts.as_slice().into(), case: Case::Exact },
                (None, [Part::Literal(text)]) => PatternText::Fixed(text.clone()),
                (None, parts) => PatternText::Template { parts: parts.into(), case: Case::Folded },
            };
            let Pattern { anchor, max_chars, .. } = *pattern;
            self.keys.add(key(anchor, &pattern.parts), max_chars, self.patterns.len() as u32);
            self.patterns.push(CompiledPattern { owner, role, anchor, max_chars, next: None, text });
        }
    }

    fn build(self, rules: &[Rule]) -> Tables {
        let Builder { mut patterns, keys } = self;
        let mut whole = WholeLines::for_count(keys.whole.len());
        for (text, pattern) in &keys.whole {
            patterns[*pattern as usize].next = whole.insert(text, *pattern);
        }
        let mut edge_table = |edge, texts: &[(Box<[u8]>, u32)]| {
            let lengths: Vec<usize> = texts.iter().map(|(text, _)| text.len()).collect();
            let mut table = LineEdges::for_lengths(edge, &lengths);
            for (text, pattern) in texts {
                patterns[*pattern as usize].next = table.insert(text, *pattern);
            }
            table
        };
        let heads = edge_table(Edge::Head, &keys.heads);
        let tails = edge_table(Edge::Tail, &keys.tails);
        let vocabularies = (0..).zip(rules).filter_map(|(index, rule)| vocabulary(index, rule));
        Tables {
            glance: Glance::new(texts_of(&keys.whole), texts_of(&keys.heads), texts_of(&keys.tails)),
            whole,
            heads,
            tails,
            anywhere: Anywhere::new(&keys.anywhere),
            in_short: Anywhere::new(&keys.in_short),
            short_limit: keys.short_limit,
            no_text: keys.no_text,
            vocabularies: Vocabularies::new(&vocabularies.collect::<Vec<_>>()),
            patterns,
        }
    }
}

fn texts_of(keys: &[(Box<[u8]>, u32)]) -> impl Iterator<Item = &[u8]> {
    keys.iter().map(|(text, _)| text.as_ref())
}

fn vocabulary(index: u32, rule: &Rule) -> Option<VocabularySource<'_>> {
    match &rule.action {
        Action::Line { vocabulary, .. } if !vocabulary.is_empty() => {
            Some(VocabularySource { rule: index, max_chars: rule.max_chars, words: vocabulary })
        }
        _ => None,
    }
}

/// The keys of all patterns by where they are looked up.
#[derive(Default)]
struct Keys {
    whole: Vec<(Box<[u8]>, u32)>,
    heads: Vec<(Box<[u8]>, u32)>,
    tails: Vec<(Box<[u8]>, u32)>,
    anywhere: Vec<(Box<[u8]>, u32)>,
    in_short: Vec<(Box<[u8]>, u32)>,
    short_limit: u32,
    no_text: Vec<u32>,
}

impl Keys {
    fn add(&mut self, key: Key<'_>, max_chars: Option<u32>, index: u32) {
        match (key, max_chars) {
            (Key::Whole(text), _) => self.whole.push((text.into(), index)),
            (Key::Head(text), _) => self.heads.push((text.into(), index)),
            (Key::Tail(text), _) => self.tails.push((text.into(), index)),
            (Key::Anywhere(text), limit) => {
                self.in_short.push((text.into(), index));
                match limit {
                    None => self.anywhere.push((text.into(), index)),
                    Some(limit) => self.short_limit = self.short_limit.max(limit),
                }
            }
            (Key::NoText, _) => self.no_text.push(index),
        }
    }
}
