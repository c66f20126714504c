//! Counting.

use std::collections::BTreeMap;

use crate::clean::{Cleaner, Removal};
use crate::text::Markup;

/// Removals and the bytes that they took.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    /// How many.
    pub removals: u64,
    /// Bytes of the documents that went.
    pub bytes: u64,
}

/// What a run did, in figures. Parts that were counted apart add up by [`merge`](Stats::merge).
///
/// ```
/// use dechrome::{CleanOptions, Cleaner, Document, PackSet, Stats};
/// let cleaner = Cleaner::new(&PackSet::built_in(), &CleanOptions::default())?;
/// let mut stats = Stats::default();
/// let document = Document::new("The council met.\n\nRead more\n").with_site("example.com");
/// stats.add_document(&document, cleaner.clean(&document).removals());
/// assert_eq!((stats.documents, stats.changed), (1, 1));
/// assert!(stats.to_json(&cleaner).contains("\"example.com\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Stats {
    /// Documents that were cleaned.
    pub documents: u64,
    /// Documents of which something went.
    pub changed: u64,
    /// Files that are no text and were passed through.
    pub binary: u64,
    /// Inputs that could not be read or written.
    pub failed: u64,
    /// Records that could not be read, within inputs that could.
    pub faults: u64,
    /// Records without a text.
    pub textless: u64,
    /// Records that are JSON, and no object with fields.
    pub not_objects: u64,
    /// Documents whose text is HTML.
    pub html: u64,
    /// Documents that were read as Markdown; all others as plain text.
    pub markdown: u64,
    /// Documents of which something went, and nothing or hardly anything was left: at most a twentieth of their bytes.
    pub emptied: u64,
    /// Documents that were left out, because too little was left of them.
    pub dropped: u64,
    /// Documents that were left as they are, because too much would have gone.
    pub suspect: u64,
    /// Bytes of all documents.
    pub bytes: u64,
    by_rule: Vec<Tally>,
    by_site: BTreeMap<String, Tally>,
    /// Fields with texts of the first record that has none where it was looked for.
    other_fields: Vec<String>,
}

impl Stats {
    /// Counts a document and what went of it.
    pub fn add_document(&mut self, document: &crate::text::Document<'_>, removals: &[Removal]) {
        self.add_part(document.text().len(), document.site(), removals);
        self.markdown += u64::from(document.markup() == Markup::Markdown);
        self.end_document(!removals.is_empty());
    }

    /// Counts a part of a document; [`end_document`](Stats::end_document) follows the last one.
    pub fn add_part(&mut self, bytes: usize, site: Option<&str>, removals: &[Removal]) {
        self.bytes += bytes as u64;
        for removal in removals {
            let index = removal.rule.index();
            if self.by_rule.len() <= index {
                self.by_rule.resize(index + 1, Tally::default());
            }
            self.by_rule[index].add(removal);
            if let Some(site) = site {
                match self.by_site.get_mut(site) {
                    Some(tally) => tally.add(removal),
                    None => self.by_site.entry(site.to_owned()).or_default().add(removal),
                }
            }
        }
    }

    /// Counts a document whose parts were added.
    pub fn end_document(&mut self, changed: bool) {
        self.documents += 1;
        self.changed += u64::from(changed);
    }

    /// Adds what was counted apart, with the same [`Cleaner`].
    pub fn merge(&mut self, other: &Stats) {
        self.documents += other.documents;
        self.changed += other.changed;
        self.binary += other.binary;
        self.failed += other.failed;
        self.faults += other.faults;
        self.textless += other.textless;
        self.not_objects += other.not_objects;
        self.html += other.html;
        self.markdown += other.markdown;
        self.emptied += other.emptied;
        if self.other_fields.is_empty() {
            self.other_fields.clone_from(&other.other_fields);
        }
        self.dropped += other.dropped;
        self.suspect += other.suspect;
        self.bytes += other.bytes;
        if self.by_rule.len() < other.by_rule.len() {
            self.by_rule.resize(other.by_rule.len(), Tally::default());
        }
        self.by_rule.iter_mut().zip(&other.by_rule).for_each(|(mine, theirs)| mine.merge(*theirs));
        for (site, tally) in &other.by_site {
            self.by_site.entry(site.clone()).or_default().merge(*tally);
        }
    }

    /// Counts a record without a text; `fields` names those that it has instead, if it is the first one.
    pub(crate) fn add_textless(&mut self, fields: impl FnOnce() -> Vec<String>) {
        if self.textless == 0 {
            self.other_fields = fields();
        }
        self.textless += 1;
    }

    /// Paths of the fields with texts, the longest text first, of the first record that has none where it was looked
    /// for.
    pub fn other_fields(&self) -> &[String] {
        &self.other_fields
    }

    /// Everything that went.
    pub fn removed(&self) -> Tally {
        let mut sum = Tally::default();
        self.by_rule.iter().for_each(|tally| sum.merge(*tally));
        sum
    }

    /// What went by rule, named by its full id; only rules that took something.
    pub fn by_rule<'c>(&'c self, cleaner: &'c Cleaner) -> impl Iterator<Item = (&'c crate::pack::Rule, Tally)> {
        let counted = cleaner.rules().iter().zip(&self.by_rule);
        counted.filter(|(_, tally)| tally.removals > 0).map(|(rule, tally)| (rule, *tally))
    }

    /// What went by site, for documents whose site is known.
    pub fn by_site(&self) -> &BTreeMap<String, Tally> {
        &self.by_site
    }

    /// What went, under names that rules share.
    pub(super) fn grouped<'c>(
        &'c self,
        cleaner: &'c Cleaner,
        name: impl Fn(&'c crate::pack::Rule) -> &'c str,
    ) -> BTreeMap<&'c str, Tally> {
        let mut groups: BTreeMap<&str, Tally> = BTreeMap::new();
        for (rule, tally) in self.by_rule(cleaner) {
            groups.entry(name(rule)).or_default().merge(tally);
        }
        groups
    }
}

impl Tally {
    fn add(&mut self, removal: &Removal) {
        self.removals += 1;
        self.bytes += removal.span.len() as u64;
    }

    fn merge(&mut self, other: Tally) {
        self.removals += other.removals;
        self.bytes += other.bytes;
    }
}

pub(super) fn kind_name(rule: &crate::pack::Rule) -> &str {
    rule.kind().map_or("", |kind| kind.name())
}
