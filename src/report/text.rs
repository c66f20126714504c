//! Figures as text for people.

use std::fmt::Write;

use super::stats::{Stats, Tally, kind_name};
use crate::clean::Cleaner;

/// So many rules, packs and sites are listed; JSON has all.
const LISTED: usize = 20;

impl Stats {
    /// The figures as some lines of text: what took most comes first.
    pub fn to_text(&self, cleaner: &Cleaner) -> String {
        let removed = self.removed();
        let share = if self.bytes == 0 { 0.0 } else { 100.0 * removed.bytes as f64 / self.bytes as f64 };
        let mut text = format!(
            "documents: {} ({} changed), bytes: {}, removals: {}, bytes removed: {} ({share:.1} %)\n",
            self.documents, self.changed, self.bytes, removed.removals, removed.bytes
        );
        let counts = [
            ("binary, passed through", self.binary),
            ("records without a text", self.textless),
            ("records that are no JSON object", self.not_objects),
            ("documents that are HTML", self.html),
            ("documents read as Markdown", self.markdown),
            ("documents of which hardly anything is left", self.emptied),
            ("documents left out", self.dropped),
            ("suspect documents, left as they are", self.suspect),
            ("records that cannot be read", self.faults),
            ("failed", self.failed),
        ];
        for (name, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            line(&mut text, format_args!("{name}: {count}"));
        }
        section(&mut text, "kind", self.grouped(cleaner, kind_name));
        section(&mut text, "pack", self.grouped(cleaner, |rule| rule.pack()));
        section(&mut text, "rule", self.grouped(cleaner, |rule| rule.full_id()));
        section(&mut text, "site", self.by_site().iter().map(|(site, tally)| (site.as_str(), *tally)));
        text
    }
}

fn section<'n>(text: &mut String, title: &str, tallies: impl IntoIterator<Item = (&'n str, Tally)>) {
    let mut rows: Vec<_> = tallies.into_iter().collect();
    rows.sort_by_key(|(name, tally)| (std::cmp::Reverse(tally.removals), *name));
    if rows.is_empty() {
        return;
    }
    line(text, format_args!("{:>10} {:>12}  by {title}", "removals", "bytes"));
    for (name, tally) in rows.iter().take(LISTED) {
        line(text, format_args!("{:>10} {:>12}  {name}", tally.removals, tally.bytes));
    }
    if rows.len() > LISTED {
        line(text, format_args!("{:>10} {:>12}  and {} more", "", "", rows.len() - LISTED));
    }
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{arguments}");
}
