//! Every pattern of the generic packs takes the line that it is for: a strong one alone between paragraphs, a weak one
//! in a run. What they leave is in `tests/precision` and in the packs' examples.

use std::fmt::Write;

use dechrome::{CleanOptions, Cleaner, Document, Pack, PackSet};

// Paragraphs in no language, or else the weak rules of the others would not count.
const BEFORE: &str = "4 7 11 18 29 47 76, 123 199 322 521 843 1364 2207 3571 5778 9349 15127 24476 39603 64079 103682.";
const BEHIND: &str = "2 3 5 8 13 21 34, 55 89 144 233 377 610 987 1597 2584 4181 6765 10946 17711 28657 46368 75025.";

/// The patterns of one rule as its pack's TOML has them.
struct LineRule {
    id: String,
    weak: bool,
    lines: Vec<String>,
}

/// A line in which the pattern stands.
fn line_of(pattern: &str) -> String {
    let fills = [("{number}", "12"), ("{date}", "12 May 2024"), ("{time}", "10:30"), ("{any}", "Ada")];
    let filled = fills.iter().fold(pattern.to_owned(), |line, (name, text)| line.replace(name, text));
    filled.replace("{{", "{").replace("}}", "}")
}

fn line_rules(pack: &Pack) -> Vec<LineRule> {
    let table: toml::Table = pack.source().parse().unwrap();
    let rules = table["rule"].as_array().unwrap().iter();
    let line_rule = |rule: &toml::Value| {
        let texts = ["is", "starts-with", "ends-with", "contains"].iter().filter_map(|key| rule.get(key)?.as_array());
        let lines: Vec<String> = texts.flatten().filter_map(|text| Some(line_of(text.as_str()?))).collect();
        let acts_on_lines = rule.get("kind").is_some() && rule.get("keep").is_none() && !lines.is_empty();
        acts_on_lines.then(|| LineRule {
            id: rule["id"].as_str().unwrap().to_owned(),
            weak: rule.get("weak").is_some_and(|weak| weak.as_bool() == Some(true)),
            lines,
        })
    };
    rules.filter_map(line_rule).collect()
}

fn between_paragraphs(lines: &[&str]) -> String {
    format!("{BEFORE}\n\n{}\n\n{BEHIND}\n", lines.join("\n"))
}

fn goes(cleaner: &Cleaner, lines: &[&str]) -> bool {
    let text = between_paragraphs(lines);
    cleaner.clean(&Document::new(&text)).to_str().unwrap() == format!("{BEFORE}\n\n{BEHIND}\n")
}

/// The patterns of a rule that do not do what they are for.
fn dead(cleaner: &Cleaner, rule: &LineRule) -> Vec<String> {
    let is_dead = |line: &&String| match rule.weak {
        false => !goes(cleaner, &[line]),
        true => {
            let text = between_paragraphs(&[line]);
            !cleaner.explain(&Document::new(&text)).lines().iter().any(|explained| explained.number == 3)
        }
    };
    let mut dead: Vec<String> = rule.lines.iter().filter(is_dead).cloned().collect();
    if let (true, [first, second, third, ..]) = (rule.weak, rule.lines.as_slice())
        && !goes(cleaner, &[first, second, third])
    {
        dead.push(format!("{first} / {second} / {third}"));
    }
    dead
}

#[test]
fn every_pattern_takes_the_line_that_it_is_for() {
    let built_in = PackSet::built_in();
    let (mut report, mut patterns) = (String::new(), 0);
    for pack in built_in.packs().iter().filter(|pack| pack.name().starts_with("generic/")) {
        let alone = built_in.with_includes(pack.name());
        let cleaner = Cleaner::new(&alone, &CleanOptions::default()).unwrap();
        for rule in line_rules(pack) {
            patterns += rule.lines.len();
            for line in dead(&cleaner, &rule) {
                writeln!(report, "{}/{}: {line}", pack.name(), rule.id).unwrap();
            }
        }
    }
    assert!(report.is_empty(), "{report}");
    assert!(patterns > 20_000, "only {patterns} patterns were tried");
}
