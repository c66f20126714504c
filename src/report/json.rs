//! Figures as JSON.

use serde_json::{Map, Value, json};

use super::stats::{Stats, Tally, kind_name};
use crate::clean::Cleaner;

impl Stats {
    /// The figures as JSON: `documents`, `changed`, `binary`, `failed`, `faults`, `textless`,
    /// `not_objects`, `html`, `markdown`, `emptied`, `dropped`, `suspect`, `bytes`, `removed`, and `removals` by `rule`, `kind`, `pack` and `site`; each with the number of `removals` and their
    /// `bytes`.
    pub fn to_json(&self, cleaner: &Cleaner) -> String {
        let value = json!({
            "documents": self.documents,
            "changed": self.changed,
            "binary": self.binary,
            "failed": self.failed,
            "faults": self.faults,
            "textless": self.textless,
            "not_objects": self.not_objects,
            "html": self.html,
            "markdown": self.markdown,
            "emptied": self.emptied,
            "dropped": self.dropped,
            "suspect": self.suspect,
            "bytes": self.bytes,
            "removed": tally_value(self.removed()),
            "removals": {
                "rule": object(self.grouped(cleaner, |rule| rule.full_id())),
                "kind": object(self.grouped(cleaner, kind_name)),
                "pack": object(self.grouped(cleaner, |rule| rule.pack())),
                "site": object(self.by_site().iter().map(|(site, tally)| (site.as_str(), *tally))),
            },
        });
        format!("{value:#}\n")
    }
}

fn object<'n>(tallies: impl IntoIterator<Item = (&'n str, Tally)>) -> Value {
    let entries = tallies.into_iter().map(|(name, tally)| (name.to_owned(), tally_value(tally)));
    Value::Object(entries.collect::<Map<_, _>>())
}

fn tally_value(tally: Tally) -> Value {
    json!({ "removals": tally.removals, "bytes": tally.bytes })
}
