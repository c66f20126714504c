//! Rules and patterns, as they are once they were read and found right.

use std::num::NonZeroU32;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::anchor::Anchor;
use super::template::Template;
use super::{Evidence, Kind};

/// A rule's number in one [`Cleaner`](crate::Cleaner); [`Cleaner::rule`](crate::Cleaner::rule)
/// gives the rule. Numbers are not stable between cleaners, full ids are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RuleId(NonZeroU32);

impl RuleId {
    /// The number of the rule at `index`, of which there are fewer than 2^32 - 1.
    pub(crate) fn new(index: u32) -> RuleId {
        RuleId(NonZeroU32::MIN.saturating_add(index))
    }

    /// Its place among [`Cleaner::rules`](crate::Cleaner::rules).
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Patterns with one id, one kind and one way of acting.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rule {
    pub(crate) full_id: String,
    pub(crate) kind: Option<Kind>,
    #[serde(skip)]
    pub(crate) file: Arc<str>,
    pub(crate) line: usize,
    pub(crate) weak: bool,
    /// Whether its lines are evidence for a menu.
    pub(crate) menu_evidence: bool,
    pub(crate) first: Option<u32>,
    pub(crate) last: Option<u32>,
    pub(crate) max_chars: Option<u32>,
    pub(crate) action: Action,
    pub(crate) notes: Notes,
}

/// What a rule's author says about it; dechrome only shows it.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
pub(crate) struct Notes {
    pub(crate) why: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) since: Option<String>,
    pub(crate) until: Option<String>,
    pub(crate) evidence: Option<Evidence>,
}

/// The one way in which a rule acts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) enum Action {
    /// Takes a line.
    Line { patterns: Vec<Pattern>, vocabulary: Vec<Box<[u8]>> },
    /// Takes lines from a start to an end.
    Block { from: BlockOpening, to: BlockClosing, max_lines: u32, max_inner_chars: Option<u32> },
    /// Takes text out of a line.
    Cut(Vec<Pattern>),
    /// Protects a line.
    Keep(Vec<Pattern>),
    /// Takes what is a menu: a built-in rule.
    Menu,
    /// Takes what the lines around it show: a built-in rule.
    Evidence,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) enum BlockOpening {
    /// The document's start.
    Start,
    Lines(Vec<Pattern>),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) enum BlockClosing {
    /// The document's end.
    End,
    /// The first longer line, which stays.
    Prose,
    Lines(Vec<Pattern>),
}

/// One text that is looked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Pattern {
    pub(crate) anchor: Anchor,
    /// A longer line, in characters, is not taken.
    pub(crate) max_chars: Option<u32>,
    /// Folded, without case.
    pub(crate) template: Template,
    /// Folded with case, where the rule asks for it.
    pub(crate) exact: Option<Template>,
}

impl Rule {
    /// The rule's name for ever: pack, `/`, id.
    pub fn full_id(&self) -> &str {
        &self.full_id
    }

    /// What its chrome is; a keep-rule takes none and has no kind.
    pub fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// The name of its pack.
    pub fn pack(&self) -> &str {
        self.full_id.rsplit_once('/').map_or(&self.full_id, |(pack, _)| pack)
    }

    /// The pack's file: a path on disk, or `patterns/...` for one that is built in.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line of its id in that file, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Whether it takes a line only in a run.
    pub fn is_weak(&self) -> bool {
        self.weak
    }

    /// Why it is there, in its author's words.
    pub fn why(&self) -> Option<&str> {
        self.notes.why.as_deref()
    }

    /// Where its phrases come from, in its author's words.
    pub fn source(&self) -> Option<&str> {
        self.notes.source.as_deref()
    }

    /// When the site began and stopped using its phrases, as dates.
    pub fn in_use(&self) -> (Option<&str>, Option<&str>) {
        (self.notes.since.as_deref(), self.notes.until.as_deref())
    }

    /// What it was mined from.
    pub fn evidence(&self) -> Option<&Evidence> {
        self.notes.evidence.as_ref()
    }

    /// What stands for the file of a rule that is in none.
    pub(crate) const BUILT_IN: &str = "built in";

    /// The full id of the built-in rule for menus by known words.
    pub(crate) const MENU: &str = "menu";

    /// The full id of the built-in rule for rows of links.
    pub(crate) const MENU_LINKS: &str = "menu/links";

    /// The full id of the built-in rule for what no other rule names.
    pub(crate) const EVIDENCE: &str = "evidence";

    /// The full ids of the built-in rules, which have no patterns.
    pub(crate) const BUILT_IN_IDS: [&str; 3] = [Rule::MENU, Rule::MENU_LINKS, Rule::EVIDENCE];

    /// The built-in rules, in the order of their ids.
    pub(crate) fn without_packs() -> [Rule; 3] {
        let menu = (Kind::Navigation, Action::Menu);
        [
            Rule::built_in(Rule::MENU, menu.clone(), "known words are the evidence for the unknown ones beside them"),
            Rule::built_in(Rule::MENU_LINKS, menu, "rows of links before the text or after it are navigation"),
            Rule::built_in(
                Rule::EVIDENCE,
                (Kind::Evidence, Action::Evidence),
                "its form, its place and the lines around it show that it is chrome",
            ),
        ]
    }

    fn built_in(full_id: &str, (kind, action): (Kind, Action), why: &str) -> Rule {
        Rule {
            full_id: full_id.to_owned(),
            kind: Some(kind),
            file: Rule::BUILT_IN.into(),
            line: 1,
            weak: false,
            menu_evidence: kind == Kind::Navigation,
            first: None,
            last: None,
            max_chars: None,
            action,
            notes: Notes { why: Some(why.to_owned()), ..Notes::default() },
        }
    }

    /// The rule as it acts and what is said of it, but for its patterns.
    pub(crate) fn without_patterns(&self) -> Rule {
        let action = match &self.action {
            Action::Line { .. } => Action::Line { patterns: Vec::new(), vocabulary: Vec::new() },
            Action::Block { from, to, max_lines, max_inner_chars } => Action::Block {
                from: if let BlockOpening::Lines(_) = from {
                    BlockOpening::Lines(Vec::new())
                } else {
                    BlockOpening::Start
                },
                to: match to {
                    BlockClosing::Lines(_) => BlockClosing::Lines(Vec::new()),
                    BlockClosing::End => BlockClosing::End,
                    BlockClosing::Prose => BlockClosing::Prose,
                },
                max_lines: *max_lines,
                max_inner_chars: *max_inner_chars,
            },
            Action::Cut(_) => Action::Cut(Vec::new()),
            Action::Keep(_) => Action::Keep(Vec::new()),
            Action::Menu => Action::Menu,
            Action::Evidence => Action::Evidence,
        };
        let Rule { full_id, file, notes, .. } = self;
        let (full_id, file, notes) = (full_id.clone(), file.clone(), notes.clone());
        Rule { full_id, file, notes, action, ..*self }
    }

    pub(crate) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        let (own, from, to): (&[Pattern], &[Pattern], &[Pattern]) = match &self.action {
            Action::Line { patterns, .. } | Action::Cut(patterns) | Action::Keep(patterns) => (patterns, &[], &[]),
            Action::Block { from, to, .. } => (&[], from.patterns(), to.patterns()),
            Action::Menu | Action::Evidence => (&[], &[], &[]),
        };
        own.iter().chain(from).chain(to)
    }
}

impl BlockOpening {
    pub(crate) fn patterns(&self) -> &[Pattern] {
        match self {
            BlockOpening::Start => &[],
            BlockOpening::Lines(patterns) => patterns,
        }
    }
}

impl BlockClosing {
    pub(crate) fn patterns(&self) -> &[Pattern] {
        match self {
            BlockClosing::End | BlockClosing::Prose => &[],
            BlockClosing::Lines(patterns) => patterns,
        }
    }
}
