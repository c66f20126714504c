//! The engine: all patterns of all packs in one compiled, immutable value, and the matches of a
//! line. Crate-private and pure; knows nothing of what a match leads to.
//!
//! Chrome lines are short and mostly anchored, so whole lines, heads and tails are looked up by
//! hash; only `contains` and `cut` are scanned for, where words begin.

mod automaton;
mod awake;
mod buckets;
mod compile;
mod crowd;
mod edges;
mod ends;
mod gate;
mod glance;
mod grams;
mod hash;
mod inner_texts;
mod months;
mod pattern_table;
mod patterns;
mod placeholders;
mod rarest;
mod scan;
mod table;
mod template;
mod vocabulary;
mod word_shape;
mod word_texts;
mod words;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::pack::{PackSet, Rule, RuleId};
use crate::text::Languages;

pub(crate) use awake::{Awakening, Wakefulness};
use edges::{LineEdges, WholeLines};
use glance::Glance;
use inner_texts::InnerTexts;
use pattern_table::PatternTable;
use patterns::Opening;
pub(crate) use patterns::Role;
pub(crate) use placeholders::placeholder_at;
pub(crate) use scan::{Found, Reach, ScanScratch};
use vocabulary::Vocabularies;

/// All packs, compiled.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Engine {
    /// By [`RuleId`], in the order in which rules are named; without their patterns.
    rules: Vec<Rule>,
    /// The pack of each rule, as [`Awakening`] numbers them.
    rule_packs: Vec<u32>,
    /// Whether the last rule is the built-in one for menus.
    has_menu_rule: bool,
    awake: Awakening,
    tables: Tables,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Tables {
    patterns: PatternTable,
    /// Says of most lines that nothing below stands in them, inner texts apart.
    glance: Glance,
    whole: WholeLines,
    heads: LineEdges,
    tails: LineEdges,
    /// What stands behind a number that a line begins with.
    behind_numbers: LineEdges,
    /// Inner texts that are looked for in lines of any length...
    anywhere: InnerTexts,
    /// ...and all of them, for lines of up to `short_limit` characters, where there are more.
    in_short: Option<InnerTexts>,
    short_limit: u32,
    /// Patterns of placeholders with hardly any text.
    no_text: Vec<u32>,
    no_text_opens: Opening,
    vocabularies: Vocabularies,
}

impl Engine {
    /// Compiles the rules of the set that are wanted; `menu` is the built-in rule, if it is.
    pub(crate) fn new(set: &PackSet, wanted: &dyn Fn(&Rule) -> bool, menu: Option<Rule>) -> Engine {
        compile::compile(set, wanted, menu)
    }

    /// Says which file each pack's rules came from, which is not kept in a compiled engine.
    pub(crate) fn name_files(&mut self, files: &[Arc<str>]) {
        for (rule, &pack) in self.rules.iter_mut().zip(&self.rule_packs) {
            rule.file = files.get(pack as usize).cloned().unwrap_or_else(|| Rule::menu().file);
        }
    }

    /// Whether inner texts are ruled out by raw bytes; else each line is folded that may hold one.
    #[cfg(test)]
    pub(crate) fn tells_inner_texts(&self) -> bool {
        self.tables.anywhere.are_told() && self.tables.in_short.as_ref().is_none_or(InnerTexts::are_told)
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub(crate) fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.index()]
    }

    pub(crate) fn menu_rule(&self) -> Option<RuleId> {
        self.has_menu_rule.then(|| RuleId::new(self.rules.len() as u32 - 1))
    }

    /// The pack of a rule, as [`Awakening`] numbers them. The menu rule has none.
    pub(crate) fn pack_of(&self, id: RuleId) -> usize {
        self.rule_packs[id.index()] as usize
    }

    /// Whether the rule's pack counts in every document, whatever its site and text.
    pub(crate) fn always_counts(&self, id: RuleId) -> bool {
        self.awake.always_counts(self.pack_of(id))
    }

    /// Whether it matters for the rule in which language a document is.
    pub(crate) fn asks_for_language(&self, id: RuleId) -> bool {
        !self.awake.languages(self.pack_of(id)).is_empty()
    }

    /// Whether a document in these languages is in none of the rule's pack.
    pub(crate) fn is_foreign(&self, id: RuleId, languages: Languages) -> bool {
        self.asks_for_language(id) && !self.awake.languages(self.pack_of(id)).meets(languages)
    }

    pub(crate) fn awakening(&self) -> &Awakening {
        &self.awake
    }
}
