//! The one form of packs, and that the order of phrases in a rule decides nothing.

use dechrome::{CleanOptions, Cleaner, Document, Pack, PackSet};
use toml::{Table, Value};

/// The pack as a TOML library writes it, after `change` was made to it; without comments.
fn rewritten(pack: &Pack, change: fn(&mut Value)) -> Pack {
    let mut table = Value::Table(pack.source().parse::<Table>().unwrap());
    change(&mut table);
    Pack::parse(pack.name(), pack.file(), &toml::to_string(&table).unwrap()).unwrap()
}

/// The rules as they act; the lines of the file differ from form to form.
fn rules(pack: &Pack) -> String {
    let shown = format!("{:?}", pack.rules());
    let mut parts = shown.split(", line: ");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |all, part| all + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn reverse_phrases(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(reverse_phrases);
            if items.iter().all(Value::is_str) {
                items.reverse();
            }
        }
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| reverse_phrases(value)),
        _ => {}
    }
}

#[test]
fn built_in_packs_are_formatted() {
    for pack in PackSet::built_in().packs() {
        assert!(pack.formatted() == pack.source(), "dechrome pack fmt {}", pack.file());
    }
}

#[test]
fn a_formatted_pack_has_the_same_rules() {
    for pack in PackSet::built_in().packs() {
        let other = rewritten(pack, reverse_phrases);
        let formatted = Pack::parse(pack.name(), pack.file(), &other.formatted()).unwrap();
        assert_eq!(rules(&formatted), rules(pack), "{}", pack.name());
        assert_eq!(formatted.formatted(), other.formatted(), "{}", pack.name());
    }
}

#[test]
fn the_order_of_phrases_decides_nothing() {
    let built_in = PackSet::built_in();
    let mut reversed = PackSet::empty();
    reversed.extend(built_in.packs().iter().map(|pack| rewritten(pack, reverse_phrases)));
    let cleaners = [&built_in, &reversed].map(|set| Cleaner::new(set, &CleanOptions::default()).unwrap());
    let removals = |cleaner: &Cleaner, page: &str| {
        let cleaned = cleaner.clean(&Document::new(page));
        let named =
            |removal: &dechrome::Removal| (removal.span.clone(), cleaner.rule(removal.rule).full_id().to_owned());
        cleaned.removals().iter().map(named).collect::<Vec<_>>()
    };
    for example in built_in.packs().iter().flat_map(Pack::examples) {
        let [one, other] = cleaners.each_ref().map(|cleaner| removals(cleaner, &example.page));
        assert_eq!(one, other, "{}", example.page);
    }
}
