//! Packs by the thousand and texts by the ten thousand: what takes time in proportion does not take its square.

use dechrome::{CleanOptions, Cleaner, Document, Pack, PackSet};

use crate::doors;
use crate::in_time::in_time;

fn pack(name: &str, header: &str, text: &str) -> Pack {
    let source =
        format!("[pack]\ntitle = \"{name}\"\n{header}\n[[rule]]\nid = \"line\"\nkind = \"share\"\nis = [\"{text}\"]\n");
    Pack::parse(name, name, &source).unwrap()
}

/// A row of packs, each of which includes the next one; the last one includes `last`.
fn row(count: usize, last: &str) -> PackSet {
    let include = |number: usize| match number + 1 {
        next if next < count => format!("site{next}.example"),
        _ => last.to_owned(),
    };
    let mut set = PackSet::empty();
    set.extend((0..count).map(|number| {
        let name = format!("site{number}.example");
        let header = format!("sites = [\"{name}\"]\ninclude = [\"{}\"]", include(number));
        pack(&name, &header, &format!("Line {number}"))
    }));
    set.insert(pack("end", "", "Last line"));
    set
}

#[test]
fn a_long_row_of_includes_is_activated_in_time() {
    in_time(|| {
        let cleaner = Cleaner::new(&row(3000, "end"), &CleanOptions::default()).unwrap();
        let text = "Prose.\nLine 0\nLine 2999\nProse.\nLast line\n";
        let cleaned = |site| cleaner.clean(&doors::document(text.as_bytes(), Some(site))).to_str().unwrap().to_owned();
        assert_eq!(cleaned("site0.example"), "Prose.\nProse.\n");
        assert_eq!(cleaned("site1.example"), "Prose.\nLine 0\nProse.\n");
        assert_eq!(cleaned("else.example"), "Prose.\nLine 0\nLine 2999\nProse.\n");
    });
}

#[test]
fn each_pack_of_a_long_circle_is_named_in_time() {
    in_time(|| {
        let error = Cleaner::new(&row(3000, "site0.example"), &CleanOptions::default()).unwrap_err();
        let message = error.to_string();
        assert!(message.contains("`site0.example` includes this pack in turn"), "{}", &message[..300]);
    });
}

#[test]
fn a_pack_is_included_whatever_its_scope_and_a_missing_one_is_named() {
    let mut set = row(2, "end");
    set.insert(pack("family", "signature = [\"Powered by the mill\"]\ninclude = [\"site1.example\"]", "Family"));
    assert!(Cleaner::new(&set, &CleanOptions::default()).is_ok());
    set.insert(pack("wrong", "include = [\"site1.exampel\"]", "Wrong"));
    let error = Cleaner::new(&set, &CleanOptions::default()).unwrap_err().to_string();
    assert!(error.contains("there is no pack `site1.exampel`") && error.contains("`site1.example`?"), "{error}");
}

#[test]
fn ten_thousand_texts_with_one_key_are_looked_up_in_time() {
    in_time(|| {
        const SHARED: &str = "this beginning is shared by all of the texts of this pack, which part only here: ";
        let texts = |key: &str| {
            let texts: Vec<String> = (0..10_000).map(|number| format!("\"{SHARED}{key} {number}.\"")).collect();
            texts.join(", ")
        };
        let source = format!(
            "[pack]\ntitle = \"Shared\"\n\
             [[rule]]\nid = \"head\"\nkind = \"share\"\nstarts-with = [{}]\n\
             [[rule]]\nid = \"inside\"\nkind = \"share\"\ncontains = [{}]\n\
             [[rule]]\nid = \"grams\"\nkind = \"share\"\ncontains = [{}]\n",
            texts("head"),
            texts("inside"),
            texts("[sign]"),
        );
        let cleaner = doors::cleaner([("shared", &*source)], &CleanOptions::default());
        // The key stands in each line, and a text in every tenth.
        let lines = |number: usize| match number % 10 {
            0 => format!("{SHARED}head {number}. And more.\n"),
            3 => format!("Before: {SHARED}inside {number}.\n"),
            6 => format!("Before: {SHARED}[sign] {number}.\n"),
            _ => format!("{SHARED}no number {number}\nBefore: {SHARED}no number\n"),
        };
        let text: String = (0..1500).map(lines).collect();
        let kept: String = (0..1500).filter(|number| !matches!(number % 10, 0 | 3 | 6)).map(lines).collect();
        let cleaned = cleaner.clean(&Document::new(&*text));
        assert!(cleaned.text() == kept.as_bytes(), "{} of {} bytes are left", cleaned.text().len(), kept.len());
    });
}
