//! Command tests as files: `tests/cmd`, run by trycmd. `TRYCMD=overwrite` writes what came out, to be read before it
//! is believed.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::place::is_quiet;
use serde_json::{Value, json};

/// The folders of command tests that use the rules of `clean.in`; their copies are not kept.
const WITH_THE_SAME_RULES: [&str; 6] = ["corpora", "in-place", "mirror", "report", "restore", "stats"];

#[test]
fn commands_print_and_write_what_their_files_say() {
    for name in WITH_THE_SAME_RULES {
        let packs = Path::new("tests/cmd").join(format!("{name}.in/packs"));
        fs::create_dir_all(&packs).unwrap();
        fs::copy("tests/cmd/clean.in/packs/news.toml", packs.join("news.toml")).unwrap();
    }
    trycmd::TestCases::new()
        .register_bin("dechrome", Path::new(env!("CARGO_BIN_EXE_dechrome")))
        .case("tests/cmd/*.toml")
        .case("tests/cmd/*.trycmd");
}

fn dechrome(folder: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dechrome")).args(arguments).current_dir(folder).output().unwrap()
}

#[test]
fn explanations_as_json_hold_line_span_rule_and_reason() {
    let folder = "tests/cmd/explain.in";
    let output = dechrome(folder, &["explain", "page.txt", "--json", "--packs", "rules.toml", "--no-builtin"]);
    assert!(output.status.success() && is_quiet(&output), "{output:?}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let text = fs::read_to_string(format!("{folder}/page.txt")).unwrap();
    for line in &lines {
        let (start, end) = (line["start"].as_u64().unwrap() as usize, line["end"].as_u64().unwrap() as usize);
        assert_eq!(line["text"], text[start..end], "the span is the line's");
        let number = text[..start].matches('\n').count() + 1;
        assert_eq!(line["line"], number);
    }
    let rule =
        |id: &str, kind: &str, line: usize| json!({ "id": id, "kind": kind, "file": "rules.toml", "line": line });
    let numbers: Vec<u64> = lines.iter().map(|line| line["line"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 4, 6, 7, 8, 9, 14]);
    let cut = &lines[0];
    assert_eq!((&cut["verdict"], &cut["how"]), (&json!("gone"), &json!("cut")));
    assert_eq!(cut["rule"], rule("rules/ad-marker", "ad", 35));
    let (from, to) = (cut["removed"]["start"].as_u64().unwrap(), cut["removed"]["end"].as_u64().unwrap());
    assert_eq!(text[from as usize..to as usize].trim(), "(Advertisement)");
    assert_eq!((&lines[1]["how"], &lines[1]["removed"]), (&json!("line"), &json!({ "start": 68, "end": 104 })));
    let near = |line: &Value| {
        (line["verdict"].clone(), line["near"][0]["rule"]["id"].clone(), line["near"][0]["reason"].clone())
    };
    let want = [
        ("rules/share-bar", "not-in-a-run"),
        ("rules/cookies", "too-long"),
        ("rules/read-more", "kept"),
        ("rules/top-login", "out-of-range"),
        ("rules/appeal", "not-closed"),
        ("rules/rest", "long-line-inside"),
    ];
    for (line, (rule, reason)) in lines[2..].iter().zip(want) {
        assert_eq!(near(line), (json!("stays"), json!(rule), json!(reason)));
    }
    assert_eq!(lines[4]["near"][0]["kept_by"]["id"], "rules/editors");
    assert_eq!(lines[4]["near"][0]["kept_by"]["kind"], Value::Null);
    assert_eq!(lines[7]["near"][0]["long_line"], 15);
}

#[test]
fn json_explanations_of_menus_name_their_evidence() {
    let folder = "tests/cmd/explain.in";
    let output = dechrome(folder, &["explain", "gone.txt", "--json", "--packs", "rules.toml", "--no-builtin"]);
    let stdout = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let how: Vec<&str> = lines.iter().map(|line| line["how"].as_str().unwrap()).collect();
    assert_eq!(how[..5], ["run", "run", "run", "block", "block"]);
    assert_eq!(how[5..], ["menu"; 6]);
    for line in &lines[5..] {
        assert_eq!(line["rule"]["id"], "menu");
        assert_eq!(line["evidence"], json!(["rules/share-bar"]));
        assert_eq!(line["removed"], lines[5]["removed"], "a menu goes whole");
    }
}

#[test]
fn a_diff_is_taken_by_patch_and_gives_the_cleaned_text() {
    let folder = tempfile::tempdir().unwrap();
    let pages = [
        (
            "a page.txt",
            "Read more\nThe council met.\nWe use cookies here.\n\nIt left.\nRead more: x",
            "The council met.\n\nIt left.\n",
        ),
        ("crlf.txt", "One.\r\nRead more\r\nTwo.\r\n", "One.\r\nTwo.\r\n"),
        ("gone.txt", "Read more\n", ""),
        ("same.txt", "Nothing goes.", "Nothing goes."),
        ("tail.txt", "One.\nRead more\nThe end without a line end", "One.\nThe end without a line end"),
    ];
    for (name, text, _) in pages {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let packs = fs::canonicalize("tests/cmd/clean.in/packs").unwrap();
    let mut arguments: Vec<&str> = vec!["clean", "--diff", "--no-builtin", "--packs", packs.to_str().unwrap()];
    arguments.extend(pages.iter().map(|(name, ..)| *name));
    let diff = dechrome(folder.path().to_str().unwrap(), &arguments);
    assert!(diff.status.success() && is_quiet(&diff), "{diff:?}");
    let mut command = Command::new("patch");
    command.args(["-p0", "--binary"]).current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut patch = command.spawn().unwrap();
    patch.stdin.take().unwrap().write_all(&diff.stdout).unwrap();
    let patched = patch.wait_with_output().unwrap();
    assert!(patched.status.success(), "{patched:?}\n{}", String::from_utf8_lossy(&diff.stdout));
    for (name, _, clean) in pages {
        // patch takes a file away that is left empty.
        let left = fs::read_to_string(folder.path().join(name)).unwrap_or_default();
        assert_eq!(left, clean, "{name}");
    }
}
