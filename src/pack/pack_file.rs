//! One pack, as it is once it was read and found right.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Action, Pattern, Rule};

/// A file of rules: for the chrome of a site, of a family of sites, or of sites in general.
///
/// ```
/// use dechrome::Pack;
/// let source = r#"
///     [pack]
///     title = "Example Times"
///     sites = ["example-times.com"]
///
///     [[rule]]
///     id = "also-on"
///     kind = "related"
///     starts-with = ["Also on example-times.com"]
/// "#;
/// let pack = Pack::parse("example-times.com", "example-times.com.toml", source)?;
/// assert_eq!(pack.rules()[0].full_id(), "example-times.com/also-on");
/// # Ok::<(), dechrome::PackError>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pack {
    pub(crate) name: String,
    /// Left out where the pack is compiled, like `source`: the place and the text are known there.
    #[serde(skip)]
    pub(crate) file: Arc<str>,
    #[serde(skip)]
    pub(crate) source: Arc<Cow<'static, str>>,
    pub(crate) title: String,
    pub(crate) sites: Vec<String>,
    pub(crate) languages: Vec<String>,
    pub(crate) reviewed: Option<String>,
    pub(crate) include: Vec<Include>,
    pub(crate) signature: Vec<Pattern>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) examples: Vec<Example>,
    /// Those that come with the program have nothing to replace.
    #[serde(skip)]
    pub(crate) replaces: bool,
    #[serde(skip)]
    pub(crate) built_in: bool,
}

/// The name of a pack that another includes, and where that is said.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Include {
    pub(crate) pack: String,
    pub(crate) span: std::ops::Range<usize>,
}

/// A page and what must be left of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Example {
    /// The page.
    pub page: String,
    /// What must be left of it, to the byte.
    pub clean: String,
    /// The line of the pack's file where the page begins, from 1.
    pub line: usize,
    pub(crate) span: std::ops::Range<usize>,
}

/// When a pack is active.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Scope {
    /// Always.
    Generic,
    /// Where one of its signatures is found.
    Family,
    /// On its sites; where the site is not known, as a family.
    Site,
}

impl Pack {
    /// Puts back what is left out of a compiled pack.
    pub(crate) fn came_with_the_program(&mut self, file: Arc<str>, source: Cow<'static, str>) {
        self.rules.iter_mut().for_each(|rule| rule.file = file.clone());
        self.file = file;
        self.source = Arc::new(source);
        self.built_in = true;
    }

    /// Its name: the path below the folder of packs without `.toml`, and without `sites/`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its file: a path on disk, or `patterns/...` for one that is built in.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The text it was read from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What a person calls it.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The hosts it is for.
    pub fn sites(&self) -> &[String] {
        &self.sites
    }

    /// Whether that host is one of its sites or below one, as any is for a pack without sites.
    pub fn covers(&self, host: &str) -> bool {
        let is_below =
            |site: &String| host.strip_suffix(site.as_str()).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
        self.sites.is_empty() || self.sites.iter().any(is_below)
    }

    /// The languages of its phrases.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// The month in which its phrases were last compared with the site or the software, as `YYYY-MM`.
    pub fn reviewed(&self) -> Option<&str> {
        self.reviewed.as_deref()
    }

    /// Its rules, in the order of the file.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Its examples, in the order of the file.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// Whether it came with the program.
    pub fn is_built_in(&self) -> bool {
        self.built_in
    }

    /// Whether it takes the place of another pack of its name, instead of standing beside it.
    pub fn replaces(&self) -> bool {
        self.replaces
    }

    /// When it is active.
    pub fn scope(&self) -> Scope {
        match (self.sites.is_empty(), self.signature.is_empty()) {
            (false, _) => Scope::Site,
            (true, false) => Scope::Family,
            (true, true) => Scope::Generic,
        }
    }

    /// How many texts its rules look for; the words of `made-of` count too.
    pub fn pattern_count(&self) -> usize {
        let words = |rule: &Rule| match &rule.action {
            Action::Line { vocabulary, .. } => vocabulary.len(),
            _ => 0,
        };
        self.rules.iter().map(|rule| rule.patterns().count() + words(rule)).sum()
    }
}
