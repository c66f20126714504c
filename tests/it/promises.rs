//! The promises of the design, as properties of generated documents.

use std::collections::HashMap;
use std::sync::LazyLock;

use dechrome::{CleanOptions, Cleaner, Document, How, Kind, PackSet, Removal};
use proptest::prelude::*;

use crate::documents::{self, BUILT_IN_CLEANER, HOSTILE, HOSTILE_CLEANER};
use crate::doors::{self, CHUNKS};

/// So many cases, or as many as the environment's `PROPTEST_CASES` asks for.
pub(crate) fn cases(usual: u32) -> ProptestConfig {
    let default = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { default } else { ProptestConfig { cases: usual, ..default } }
}

/// The text without the removals, which must be in order, none empty, none over another.
pub(crate) fn without(text: &[u8], removals: &[Removal]) -> Vec<u8> {
    let mut left = Vec::new();
    let mut at = 0;
    for Removal { span, .. } in removals {
        assert!(at <= span.start && span.start < span.end && span.end <= text.len(), "{span:?} after byte {at}");
        left.extend_from_slice(&text[at..span.start]);
        at = span.end;
    }
    left.extend_from_slice(&text[at..]);
    left
}

pub(crate) fn output_is_input_without_removals(cleaner: &Cleaner, text: &[u8], site: Option<&str>) {
    let cleaned = cleaner.clean(&doors::document(text, site));
    assert_eq!(without(text, cleaned.removals()).escape_ascii().to_string(), cleaned.text().escape_ascii().to_string());
}

pub(crate) fn a_second_time_changes_nothing(cleaner: &Cleaner, text: &[u8], site: Option<&str>) {
    let once = cleaner.clean(&doors::document(text, site)).into_text().into_owned();
    let twice = cleaner.clean(&doors::document(&once, site));
    assert_eq!(once.escape_ascii().to_string(), twice.text().escape_ascii().to_string());
}

pub(crate) fn every_door_leaves_the_same(cleaner: &Cleaner, text: &[u8], site: Option<&str>, chunk: usize) {
    let document = doors::document(text, site);
    let cleaned = cleaner.clean(&document);
    for left in doors::streamed(cleaner, text, site, chunk) {
        assert_eq!(left.escape_ascii().to_string(), cleaned.text().escape_ascii().to_string());
    }
    assert_eq!(cleaner.explain(&document).removals(), cleaned.removals(), "explain tells the same");
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn what_is_left_is_the_input_without_the_removals(text in documents::hostile(), site in documents::site()) {
        output_is_input_without_removals(&HOSTILE_CLEANER, &text, site);
    }

    #[test]
    fn cleaning_twice_changes_nothing(text in documents::hostile(), site in documents::site()) {
        a_second_time_changes_nothing(&HOSTILE_CLEANER, &text, site);
    }

    #[test]
    fn every_removal_names_a_rule_that_matches_there(text in documents::hostile()) {
        let cleaned = HOSTILE_CLEANER.clean(&Document::new(&*text));
        for row in cleaned.removals().chunk_by(|one, next| one.span.end == next.span.start && is_cut(one) && is_cut(next)) {
            match row {
                [removal] => names_a_rule_that_matches(&text, removal),
                [first, .., last] => {
                    // What is cut when another cut is out may stand on both sides of that.
                    let gone = &text[first.span.start..last.span.end];
                    let left = HOSTILE_CLEANER.clean(&doors::document(gone, Some("site.example"))).into_text();
                    prop_assert!(left.trim_ascii().is_empty(), "{:?} is not cut", String::from_utf8_lossy(gone));
                }
                [] => {}
            }
        }
    }

    #[test]
    fn weak_and_strong_lines_and_blank_lines_go_as_a_naive_model_says(lines in model::lines()) {
        let text: String = lines.iter().flat_map(|(line, end)| [*line, *end]).collect();
        let cleaned = model::CLEANER.clean(&Document::new(&*text));
        prop_assert_eq!(cleaned.to_str().unwrap(), model::clean(&lines));
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn built_in_packs_leave_the_input_without_the_removals(text in documents::built_in(), site in documents::site()) {
        output_is_input_without_removals(&BUILT_IN_CLEANER, &text, site);
    }

    #[test]
    fn built_in_packs_change_nothing_the_second_time(text in documents::built_in(), site in documents::site()) {
        a_second_time_changes_nothing(&BUILT_IN_CLEANER, &text, site);
    }

    #[test]
    fn any_thread_count_chunk_size_and_door_leaves_the_same(
        text in documents::hostile(),
        site in documents::site(),
        chunk in prop::sample::select(&CHUNKS[..]),
    ) {
        every_door_leaves_the_same(&HOSTILE_CLEANER, &text, site, chunk);
    }

    #[test]
    fn built_in_packs_leave_the_same_through_every_door(
        text in documents::built_in(),
        site in documents::site(),
        chunk in prop::sample::select(&CHUNKS[..]),
    ) {
        every_door_leaves_the_same(&BUILT_IN_CLEANER, &text, site, chunk);
    }

    #[test]
    fn without_packs_nothing_changes(text in documents::hostile(), site in documents::site()) {
        let cleaner = Cleaner::new(&PackSet::empty(), &CleanOptions::default()).unwrap();
        let cleaned = cleaner.clean(&doors::document(&text, site));
        prop_assert!(cleaned.removals().is_empty());
        prop_assert_eq!(cleaned.text(), &*text);
    }

    #[test]
    fn a_kind_that_is_left_out_takes_nothing(text in documents::hostile(), kind in prop::sample::select(Kind::ALL)) {
        let cleaner = &EXCEPT[&kind];
        let cleaned = cleaner.clean(&Document::new(&*text));
        prop_assert!(cleaned.removals().iter().all(|removal| cleaner.rule(removal.rule).kind() != Some(kind)));
    }

    #[test]
    fn bytes_that_no_rule_matches_stay_whatever_they_are(
        lines in prop::collection::vec(prop::collection::vec(0x7F..=0xFFu8, 1..60), 0..20),
    ) {
        let text = lines.join(&b'\n');
        let cleaned = BUILT_IN_CLEANER.clean(&Document::new(&*text));
        prop_assert_eq!(cleaned.text().escape_ascii().to_string(), text.escape_ascii().to_string());
    }

    #[test]
    fn any_bytes_at_all_are_cleaned_the_same_through_every_door(
        text in prop::collection::vec(any::<u8>(), 0..600),
        chunk in prop::sample::select(&CHUNKS[..]),
    ) {
        output_is_input_without_removals(&BUILT_IN_CLEANER, &text, None);
        a_second_time_changes_nothing(&BUILT_IN_CLEANER, &text, None);
        every_door_leaves_the_same(&BUILT_IN_CLEANER, &text, None, chunk);
    }
}

/// For each kind, the hostile packs without its rules.
static EXCEPT: LazyLock<HashMap<Kind, Cleaner>> = LazyLock::new(|| {
    let without = |&kind: &Kind| {
        let options = CleanOptions { except: vec![kind], ..CleanOptions::default() };
        (kind, doors::cleaner(HOSTILE, &options))
    };
    Kind::ALL.iter().map(without).collect()
});

/// For each rule of the hostile packs, by its full id, a cleaner in which it is the only one. The
/// packs of the site and the family are active in it.
static ALONE: LazyLock<HashMap<String, Cleaner>> = LazyLock::new(|| {
    let rules = HOSTILE_CLEANER.rules();
    let all: Vec<String> =
        rules.iter().filter(|rule| rule.kind().is_some()).map(|rule| rule.full_id().to_owned()).collect();
    let alone = |id: &String| {
        let disable = all.iter().filter(|other| *other != id).cloned().collect();
        (id.clone(), doors::cleaner(HOSTILE, &CleanOptions { disable, ..CleanOptions::default() }))
    };
    all.iter().map(alone).collect()
});

fn is_cut(removal: &Removal) -> bool {
    removal.how == How::Cut
}

/// A line that a rule took must go by this rule alone too, and what was cut must be cut alone too. Of blocks and menus the kind of rule is looked at.
fn names_a_rule_that_matches(text: &[u8], removal: &Removal) {
    let id = HOSTILE_CLEANER.rule(removal.rule).full_id();
    let gone = &text[removal.span.clone()];
    let at_line_start = removal.span.start == 0 || text[removal.span.start - 1] == b'\n';
    let whole_line = at_line_start && (gone.ends_with(b"\n") || removal.span.end == text.len());
    match removal.how {
        How::Line | How::Run if whole_line => {
            // Twice and beside a sentence, or it might be a title or a list; alone, where the rule counts lines.
            let contexts: [&[&[u8]]; 3] =
                [&[gone], &[gone, b"\n", gone, b"\nSo it is."], &[b"So it is.\n", gone, b"\n", gone]];
            let takes = |context: &&[&[u8]]| {
                let text = context.concat();
                let left = ALONE[id].clean(&doors::document(&text, Some("site.example"))).into_text();
                matches!(left.trim_ascii(), b"" | b"So it is.")
            };
            assert!(contexts.iter().any(takes), "{id} does not take {:?}", String::from_utf8_lossy(gone));
        }
        // The rest of a line of which something was cut before.
        How::Line | How::Run => {}
        How::Cut => {
            let left = ALONE[id].clean(&doors::document(gone, Some("site.example"))).into_text();
            assert!(left.trim_ascii().is_empty(), "{id} does not cut {:?}", String::from_utf8_lossy(gone));
        }
        How::Block => assert!(id.contains("/block"), "{id} is no block"),
        How::Evidence => assert_eq!(id, "evidence"),
        How::Menu => {
            assert_eq!(id, "menu");
            let line_rule = |id: &str| !["/block", "/cut", "/keep"].iter().any(|other| id.contains(other));
            let evidence = removal.evidence.iter().map(|rule| HOSTILE_CLEANER.rule(*rule).full_id());
            assert!(
                !removal.evidence.is_empty() && evidence.clone().all(line_rule),
                "{:?}",
                evidence.collect::<Vec<_>>()
            );
        }
    }
}

/// A second way to say what goes, for the simplest rules: whole lines, strong and weak.
mod model {
    use super::*;

    const PACK: &str = r#"
        [pack]
        title = "Model"
        [[rule]]
        id = "strong"
        kind = "ad"
        is = ["Strong"]
        [[rule]]
        id = "weak"
        kind = "share"
        weak = true
        is = ["Weak", "Feeble", "Frail"]
    "#;

    pub(super) static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| {
        let disable = vec!["menu".to_owned(), "evidence".to_owned()];
        let options = CleanOptions { disable, ..CleanOptions::default() };
        doors::cleaner([("model", PACK)], &options)
    });

    type Line = (&'static str, &'static str);

    pub(super) fn lines() -> impl Strategy<Value = Vec<Line>> {
        let text = prop_oneof![
            2 => Just("Strong"), 1 => Just(" strong "), 3 => Just("Weak"), 1 => Just("FEEBLE"), 1 => Just("Frail"),
            3 => Just("It is prose."), 3 => Just(""), 1 => Just(" \t"),
        ];
        let end = prop_oneof![3 => Just("\n"), 1 => Just("\r\n")];
        (prop::collection::vec((text, end), 0..24), any::<bool>()).prop_map(|(mut lines, ends)| {
            if let (false, Some(last)) = (ends, lines.last_mut()) {
                last.1 = "";
            }
            lines
        })
    }

    pub(super) fn clean(lines: &[Line]) -> String {
        let full: Vec<usize> = (0..lines.len()).filter(|&line| !is_blank(lines[line])).collect();
        let gone = gone(lines, &full);
        let last_kept = full.iter().rposition(|line| !gone.contains(line));
        let ends_in_removal = last_kept.map_or(0, |last| last + 1) < full.len();
        let end = match last_kept {
            _ if !ends_in_removal => lines.len(),
            Some(last) => full[last] + 1,
            None => 0,
        };
        let mut left = String::new();
        let (mut blank_before, mut blanks_go) = (true, false);
        for (number, &(text, terminator)) in lines[..end].iter().enumerate() {
            if gone.contains(&number) {
                blanks_go = blank_before;
                continue;
            }
            let blank = is_blank((text, terminator));
            if !blank {
                blanks_go = false;
            }
            if !(blank && blanks_go) {
                left.extend([text, terminator]);
                blank_before = blank;
            }
        }
        left
    }

    /// Which of the lines that are not blank go.
    fn gone(lines: &[Line], full: &[usize]) -> Vec<usize> {
        let strong = |line: usize| lines[line].0.trim().eq_ignore_ascii_case("strong");
        let matches =
            |line: usize| strong(line) || ["weak", "feeble", "frail"].contains(&&*lines[line].0.trim().to_lowercase());
        let mut gone = Vec::new();
        let has_prose = full.iter().any(|&line| !matches(line));
        for run in full.chunk_by(|&line, &next| matches(line) && matches(next)) {
            let names: std::collections::HashSet<String> =
                run.iter().map(|&line| lines[line].0.trim().to_lowercase()).collect();
            let may_be_title = names.len() == 1 && run.first() == full.first();
            let at_edge = !may_be_title && run.first() == full.first() || run.last() == full.last();
            let in_a_run = has_prose && (run.len() >= 3 && names.len() > 1 || at_edge);
            if matches(run[0]) && (in_a_run || run.iter().any(|&line| strong(line))) {
                gone.extend(run);
            }
        }
        // What was gone first makes others stand at an edge, or side by side.
        match gone.is_empty() {
            true => gone,
            false => {
                let left: Vec<usize> = full.iter().copied().filter(|line| !gone.contains(line)).collect();
                let more = self::gone(lines, &left);
                [gone, more].concat()
            }
        }
    }

    fn is_blank((text, _): Line) -> bool {
        text.trim().is_empty()
    }
}

#[test]
fn every_phrase_of_the_built_in_packs_is_found() {
    let mut lost = Vec::new();
    for pack in PackSet::built_in().packs() {
        let table: toml::Table = pack.source().parse().unwrap();
        let rules = table.get("rule").and_then(|rules| rules.as_array()).into_iter().flatten();
        for text in
            rules.flat_map(|rule| documents::texts_of(rule, &["is", "starts-with", "ends-with", "contains", "cut"]))
        {
            // On the pack's site, or with a signature, the line goes: it is the last.
            let header = &table["pack"];
            let signature = documents::texts_of(header, &["signature"]).pop().filter(|_| pack.sites().is_empty());
            // Twice: a sentence alone at the end of a document stays if its rule is weak.
            let document = format!("Some prose that stays.\n{}\n{text}\n{text}\n", signature.unwrap_or_default());
            let site = pack.sites().first().map(String::as_str);
            let cleaned = BUILT_IN_CLEANER.clean(&doors::document(document.as_bytes(), site));
            let lines = document.len() - 2 * (text.len() + 1)..document.len();
            // A signature goes by itself; the phrase's own lines must.
            if !cleaned
                .removals()
                .iter()
                .any(|removal| removal.span.start < lines.end && removal.span.end > lines.start)
            {
                lost.push(format!("{}: {text}", pack.name()));
            }
        }
    }
    assert!(lost.is_empty(), "{} lost: {lost:#?}", lost.len());
}

#[test]
fn a_menu_that_a_cut_brings_to_light_goes_at_once() {
    // The cut leaves a menu whose first item stood far behind the line's beginning.
    let phrase = "a very long notice ".repeat(12);
    let pack = format!(
        "[pack]\ntitle = \"Cut\"\n[[rule]]\nid = \"cut\"\nkind = \"ad\"\ncut = [\"{}\"]\n\
         [[rule]]\nid = \"words\"\nkind = \"navigation\"\nweak = true\nis = [\"Home\", \"News\", \"Sport\"]\n",
        phrase.trim()
    );
    let cleaner = doors::cleaner([("mine", &*pack)], &CleanOptions::default());
    let text = format!("Prose.\n{}Home | News | Sport | Lower | Upper | Bridge\nMore prose.\n", phrase);
    a_second_time_changes_nothing(&cleaner, text.as_bytes(), None);
}

#[test]
fn a_keep_rule_that_an_included_pack_brought_holds_the_second_time_too() {
    let family = "[pack]\ntitle = \"F\"\nsignature = [\"Fam sign\"]\ninclude = [\"keeper.example\"]\n\
        [[rule]]\nid = \"sign\"\nkind = \"legal\"\nis = [\"Fam sign\"]\n";
    let keeper = "[pack]\ntitle = \"K\"\nsites = [\"keeper.example\"]\n[[rule]]\nid = \"keep\"\nkeep = { is = [\"Share it\"] }\n";
    let generic = "[pack]\ntitle = \"G\"\n[[rule]]\nid = \"share\"\nkind = \"share\"\nis = [\"Share it\"]\n";
    let packs = [("families/fam", family), ("keeper.example", keeper), ("generic/en", generic)];
    let cleaner = doors::cleaner(packs, &CleanOptions::default());
    a_second_time_changes_nothing(&cleaner, b"Prose.\nFam sign\nMore prose.\nShare it\nThe end.\n", None);
}

#[test]
fn an_explanation_shows_nothing_of_an_earlier_document() {
    // The memory of one document is used for the next; nothing of the first may show in the second.
    let pack =
        "[pack]\ntitle = \"M\"\n[[rule]]\nid = \"end\"\nkind = \"related\"\nfrom = { is = [\"More\"] }\nto = \"end\"\n";
    let cleaner = doors::cleaner([("mine", pack)], &CleanOptions::default());
    let first = format!("Prose.\nMore\n{}\n", "long ".repeat(50));
    assert!(cleaner.clean(&Document::new(&first)).removals().is_empty());
    let explanation = cleaner.explain(&Document::new("Prose alone.\n"));
    assert!(explanation.lines().is_empty() && explanation.removals().is_empty());
}
