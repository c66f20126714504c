//! All packs in one compiled, immutable value.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::pack::{Rule, RuleId};
use crate::text::Languages;

use super::activation::Activation;
use super::fit::PackNature;
use super::tables::Tables;

/// All packs, compiled.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Engine {
    /// By [`RuleId`], in the order in which rules are named; without their patterns.
    pub(super) rules: Vec<Rule>,
    /// The pack of each rule, as [`Activation`] numbers them.
    pub(super) rule_packs: Vec<u32>,
    /// Whether the last rule is the built-in one for menus.
    pub(super) has_menu_rule: bool,
    pub(super) activation: Activation,
    /// What each pack is for, as [`Activation`] numbers them.
    pub(super) natures: Vec<PackNature>,
    pub(super) tables: Tables,
}

impl Engine {
    /// Says which file each pack's rules came from, which is not kept in a compiled engine.
    pub(crate) fn name_files(&mut self, files: &[Arc<str>]) {
        for (rule, &pack) in self.rules.iter_mut().zip(&self.rule_packs) {
            rule.file = files.get(pack as usize).cloned().unwrap_or_else(|| Rule::menu().file);
        }
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

    /// The pack of a rule, as [`Activation`] numbers them. The menu rule has none.
    pub(crate) fn pack_of(&self, id: RuleId) -> usize {
        self.rule_packs[id.index()] as usize
    }

    /// Whether the rule's pack counts in every document, whatever its site and text.
    pub(crate) fn always_counts(&self, id: RuleId) -> bool {
        self.activation.always_counts(self.pack_of(id))
    }

    /// Whether it matters for the rule in which language a document is.
    pub(crate) fn asks_for_language(&self, id: RuleId) -> bool {
        !self.activation.languages(self.pack_of(id)).is_empty()
    }

    /// Whether a document in these languages is in none of the rule's pack.
    pub(crate) fn is_foreign(&self, id: RuleId, languages: Languages) -> bool {
        self.asks_for_language(id) && !self.activation.languages(self.pack_of(id)).meets(languages)
    }

    pub(crate) fn activation(&self) -> &Activation {
        &self.activation
    }
}
