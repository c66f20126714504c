//! All packs in one compiled, immutable value.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::pack::{Rule, RuleId};

use super::activation::Activation;
use super::fit::PackNature;
use super::lookup::records::Table;
use super::rule_traits::{BYTES, RuleTraits};
use super::tables::Tables;

/// All packs, compiled.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Engine {
    /// By [`RuleId`], in the order in which rules are named; without their patterns.
    pub(super) rules: Vec<Rule>,
    /// Of each rule.
    pub(super) traits: Table<BYTES>,
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
        for (rule, traits) in self.rules.iter_mut().zip(self.traits.iter().map(RuleTraits::of_record)) {
            rule.file = files.get(traits.pack()).cloned().unwrap_or_else(|| Rule::menu().file);
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

    /// What is asked of a rule wherever one of its patterns stands.
    #[inline]
    pub(crate) fn traits(&self, id: RuleId) -> RuleTraits {
        RuleTraits::of_record(&self.traits[id.index()])
    }

    pub(crate) fn activation(&self) -> &Activation {
        &self.activation
    }
}
