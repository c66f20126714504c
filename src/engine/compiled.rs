//! All packs in one compiled, immutable value.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::pack::{Rule, RuleId};

use super::activation::Activation;
use super::fit::PackNature;
use super::lookup::records::Table;
use super::rule_traits::{BYTES, RuleTraits};
use super::tables::Tables;

/// The built-in rules, as far as they take part: their indices.
#[derive(Clone, Copy, Default, Debug, Serialize, Deserialize)]
pub(crate) struct BuiltInRules {
    by_words: Option<u32>,
    of_links: Option<u32>,
    evidence: Option<u32>,
}

impl BuiltInRules {
    /// Adds those of the built-in rules that are wanted to the others.
    pub(super) fn add(built_in: [Rule; 3], rules: &mut Vec<Rule>, wanted: impl Fn(&Rule) -> bool) -> BuiltInRules {
        let [by_words, of_links, evidence] = built_in.map(|rule| {
            wanted(&rule).then(|| {
                rules.push(rule);
                rules.len() as u32 - 1
            })
        });
        BuiltInRules { by_words, of_links, evidence }
    }

    /// The rule for menus by the words that are known in them.
    pub(crate) fn by_words(self) -> Option<RuleId> {
        self.by_words.map(RuleId::new)
    }

    /// The rule for rows of links.
    pub(crate) fn of_links(self) -> Option<RuleId> {
        self.of_links.map(RuleId::new)
    }
}

/// All packs, compiled.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Engine {
    /// By [`RuleId`], in the order in which rules are named; without their patterns.
    pub(super) rules: Vec<Rule>,
    /// Of each rule.
    pub(super) traits: Table<BYTES>,
    pub(super) built_in: BuiltInRules,
    pub(super) activation: Activation,
    /// What each pack is for, as [`Activation`] numbers them.
    pub(super) natures: Vec<PackNature>,
    pub(super) tables: Tables,
}

impl Engine {
    /// Says which file each pack's rules came from, which is not kept in a compiled engine.
    pub(crate) fn name_files(&mut self, files: &[Arc<str>]) {
        for (rule, traits) in self.rules.iter_mut().zip(self.traits.iter().map(RuleTraits::of_record)) {
            rule.file = files.get(traits.pack()).cloned().unwrap_or_else(|| Rule::BUILT_IN.into());
        }
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub(crate) fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.index()]
    }

    pub(crate) fn menus(&self) -> BuiltInRules {
        self.built_in
    }

    /// The rule for what the lines around a line show.
    pub(crate) fn evidence(&self) -> Option<RuleId> {
        self.built_in.evidence.map(RuleId::new)
    }

    /// What is asked of a rule wherever one of its patterns stands.
    #[inline]
    pub(crate) fn traits(&self, id: RuleId) -> RuleTraits {
        RuleTraits::of_record(&self.traits[id.index()])
    }

    pub(crate) fn activation(&self) -> &Activation {
        &self.activation
    }
}
