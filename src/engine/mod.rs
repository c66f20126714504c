//! The engine: all patterns of all packs in one compiled, immutable value, and the matches of a
//! line. Crate-private and pure; knows nothing of what a match leads to.
//!
//! Chrome lines are short and mostly anchored, so whole lines, heads and tails are looked up by
//! hash; only `contains` and `cut` are scanned for, behind a gate of sampled grams.

mod awake;
mod compile;
mod edges;
mod ends;
mod glance;
mod grams;
mod hashing;
mod months;
mod patterns;
mod placeholders;
mod raw_gate;
mod scan;
mod template;
mod vocabulary;
mod words;

use crate::pack::{PackSet, Rule, RuleId};

pub(crate) use awake::{Awakening, Wakefulness};
use edges::{LineEdges, WholeLines};
use glance::Glance;
use grams::Anywhere;
pub(crate) use patterns::Role;
use patterns::{CompiledPattern, Opening};
pub(crate) use placeholders::placeholder_at;
use raw_gate::RawGate;
pub(crate) use scan::{Found, Reach, ScanScratch};
use vocabulary::Vocabularies;

/// All packs, compiled.
#[derive(Debug)]
pub(crate) struct Engine {
    /// By [`RuleId`], in the order in which rules are named.
    rules: Vec<Rule>,
    /// The pack of each rule, as [`Awakening`] numbers them.
    rule_packs: Vec<u32>,
    menu_rule: Option<RuleId>,
    awake: Awakening,
    tables: Tables,
}

#[derive(Debug)]
struct Tables {
    patterns: Vec<CompiledPattern>,
    /// Says of most lines that nothing below stands in them, inner texts apart.
    glance: Glance,
    whole: WholeLines,
    heads: LineEdges,
    tails: LineEdges,
    /// Says of most lines that no inner text stands in them.
    inner_gate: Option<RawGate>,
    /// Inner texts that are looked for in lines of any length...
    anywhere: Anywhere,
    /// ...and all of them, for lines of up to `short_limit` characters.
    in_short: Anywhere,
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

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub(crate) fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.index()]
    }

    pub(crate) fn menu_rule(&self) -> Option<RuleId> {
        self.menu_rule
    }

    /// The pack of a rule, as [`Awakening`] numbers them. The menu rule has none.
    pub(crate) fn pack_of(&self, id: RuleId) -> usize {
        self.rule_packs[id.index()] as usize
    }

    pub(crate) fn awakening(&self) -> &Awakening {
        &self.awake
    }
}
