//! What counts as a needless pattern: one of which another rule takes all.

use dechrome::{Overlaps, Pack, PackSet};

/// What is said of the patterns of a site's pack, beside a generic one.
fn needless(generic: &str, site: &str) -> Vec<String> {
    let mut packs = PackSet::empty();
    let generic = format!("[pack]\ntitle = \"G\"\n[[rule]]\nid = \"g\"\nkind = \"share\"\n{generic}\n");
    let site =
        format!("[pack]\ntitle = \"S\"\nsites = [\"s.example\"]\n[[rule]]\nid = \"s\"\nkind = \"share\"\n{site}\n");
    packs.insert(Pack::parse("generic/g", "g.toml", &generic).unwrap());
    packs.insert(Pack::parse("s.example", "s.toml", &site).unwrap());
    Overlaps::new(&packs).unwrap().of("s.example").into_iter().map(|warning| warning.message).collect()
}

#[track_caller]
fn assert_needless(generic: &str, site: &str) {
    assert_eq!(needless(generic, site).len(), 1, "{generic} takes all of {site}");
}

#[track_caller]
fn assert_needed(generic: &str, site: &str) {
    let said = needless(generic, site);
    assert!(said.is_empty(), "{generic} does not take all of {site}: {said:?}");
}

#[test]
fn a_line_that_a_strong_generic_rule_takes_is_needless() {
    assert_needless(r#"is = ["Share the lamp"]"#, r#"is = ["Share the Lamp:"]"#);
    assert_needless(r#"starts-with = ["Share the lamp"]"#, r#"is = ["Share the lamp with us"]"#);
    assert_needless(r#"is = ["Share the lamp"]"#, "weak = true\nis = [\"Share the lamp\"]");
}

#[test]
fn a_line_that_the_generic_rule_takes_in_a_run_alone_is_needed() {
    assert_needed("weak = true\nis = [\"Share the lamp\"]", r#"is = ["Share the lamp"]"#);
}

#[test]
fn a_head_is_needless_if_the_generic_rule_takes_its_long_lines_too() {
    let head = |max: &str| format!("starts-with = [\"Share the lamp\"]\n{max}");
    assert_needless(&head("max-chars = 200"), &head("max-chars = 200"));
    assert_needless(&head(""), &head("max-chars = 200"));
    assert_needed(&head("max-chars = 100"), &head("max-chars = 200"));
    assert_needed(&head("max-chars = 100"), &head(""));
}

#[test]
fn a_head_is_needed_if_the_generic_rule_asks_for_more_behind_it() {
    let head = "starts-with = [\"Share the lamp with us\"]\nmax-chars = 90";
    assert_needed(r#"is = ["Share {any} with us {any}"]"#, head);
    assert_needless(r#"is = ["Share {any} with us{any}"]"#, head);
}

#[test]
fn a_line_is_needed_where_the_generic_rule_does_not_reach() {
    let line = |range: &str| format!("is = [\"Share the lamp\"]\n{range}");
    assert_needed(&line("last = 25"), &line(""));
    assert_needed(&line("first = 5"), &line("first = 10"));
    assert_needed(&line("first = 5"), &line("last = 5"));
    assert_needless(&line("last = 25"), &line("last = 10"));
    assert_needless(&line(""), &line("first = 5"));
}

#[test]
fn capitals_that_the_generic_rule_asks_for_are_compared() {
    let line = |text: &str, case: &str| format!("is = [\"{text}\"]\n{case}");
    assert_needed(&line("SHARE LAMP", "case = \"exact\""), &line("Share lamp", ""));
    assert_needless(&line("SHARE LAMP", "case = \"exact\""), &line("SHARE LAMP", "case = \"exact\""));
}

#[test]
fn a_head_of_which_another_rule_of_the_pack_takes_one_line_is_needed() {
    let head_and_line =
        "starts-with = [\"Share the lamp\"]\n[[rule]]\nid = \"t\"\nkind = \"share\"\nis = [\"Share the lamp\"]";
    let said = needless(r#"is = ["Something else"]"#, head_and_line);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("s.example/t: "), "it is the line that is needless: {said:?}");
}
