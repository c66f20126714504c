//! Text of packs and names of files on a terminal: nothing in them moves its cursor.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Output, Stdio};

use crate::place::{Place, stderr};

/// Escape sequences, C1 controls and direction marks, wherever a pack has a text, and in its name.
const HOSTILE: &str = r#"
[pack]
title = "Clears\u001b[2J the \u009bscreen\u202e"
sites = ["mill.example"]

[[rule]]
id = "read-more"
kind = "related"
why = "As it is\u001b]0;title\u0007"
starts-with = ["Read more", "Re\u001b[2J"]

[[example]]
before = "Stays\u001b[2J\u202e\n"
after = "Goes\u001b[2J\n"
"#;

fn is_hostile(c: char) -> bool {
    c != '\n' && c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)
}

#[test]
fn no_command_about_packs_prints_escape_sequences() {
    let place = Place::new();
    let pack = OsStr::from_bytes(b"packs/ab.toml");
    place.write(pack, HOSTILE);
    place.write("pages/a\x1b[2J.txt", "One.\nRead more\n");
    place.write("packs\x1b[2J/wrong.toml", "[pack]\ntitle = \"Wrong\u{202e}\"\nwrong = 1\n");
    for arguments in [
        &["pack", "list", "--packs", "packs", "--no-builtin"][..],
        &["pack", "show", "ab/read-more", "--packs", "packs", "--no-builtin"],
        &["pack", "check", "packs"],
        &["pack", "check", "packs", "--pages", "pages"],
        &["pack", "test", "packs"],
        &["pack", "stats", "packs/ab.toml", "pages"],
        &["pack", "check", "packs\x1b[2J"],
        &["pack", "new", "mill.example", "-o", "new\x1b[2J"],
        &["explain", "pages/a\x1b[2J.txt", "--packs", "packs", "--no-builtin", "--site", "mill.example"],
        &["clean", "pages", "--packs", "packs", "--no-builtin", "--site", "mill.example", "--stats", "--dry-run"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dechrome"));
        let output = command.args(arguments).current_dir(place.folder.path()).stdin(Stdio::null()).output().unwrap();
        let said = [String::from_utf8(output.stdout.clone()).unwrap(), stderr(&output)].concat();
        assert!(!said.is_empty() && !said.contains(is_hostile), "{arguments:?}: {}", said.escape_debug());
    }
}

#[test]
fn a_pack_that_is_shown_to_a_file_is_the_pack() {
    let place = Place::new();
    let source = "[pack]\ntitle = \"A mark \u{202e}\"\n";
    place.write("packs/ab.toml", source);
    let show = |name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dechrome"));
        command.args(["pack", "show", name, "--packs", "packs", "--no-builtin"]).current_dir(place.folder.path());
        command.output().unwrap()
    };
    assert_eq!(show("ab").stdout, source.as_bytes());
}

/// `script` runs a command on a terminal of its own.
fn on_a_terminal(place: &Place, command: &str) -> Output {
    let mut script = Command::new("script");
    script.args(["-q", "-e", "-c", command, "/dev/null"]).current_dir(place.folder.path()).stdin(Stdio::null());
    let output = script.output().expect("the tests need `script`, of util-linux");
    assert!(output.status.success(), "{output:?}");
    output
}

#[test]
fn a_pack_that_is_shown_on_a_terminal_is_spelled_out() {
    let place = Place::new();
    place.write("packs/ab.toml", "[pack]\ntitle = \"A mark \u{202e}\u{9b}2J\"\n");
    let program = env!("CARGO_BIN_EXE_dechrome");
    let output = on_a_terminal(&place, &format!("{program} pack show ab --packs packs --no-builtin"));
    let shown = String::from_utf8(output.stdout).unwrap();
    assert_eq!(shown.replace('\r', ""), "[pack]\ntitle = \"A mark \\u{202e}\\u{9b}2J\"\n");
}

/// Names that forge a hunk, or that patch would read otherwise than as a name.
const NAMES: [&[u8]; 6] = [
    b"a\n--- b.txt\n+++ b.txt\n@@ -1 +1 @@\n-One.\n+Forged.\n.txt",
    b"a \"quoted\" name.txt",
    b"back\\slash.txt",
    b"tab\tand\x1b[2Jescape.txt",
    b"caf\xe9.txt",
    "caf\u{e9} \u{202e}txt.txt".as_bytes(),
];

#[test]
fn names_cannot_forge_hunks_of_a_diff() {
    for name in NAMES {
        let place = Place::new();
        place.write("b.txt", "One.\n");
        place.write(OsStr::from_bytes(name), "One.\nRead more\n");
        let diff = place.quiet([OsStr::new("clean"), OsStr::from_bytes(name), OsStr::new("--diff")]);
        let lines: Vec<String> =
            diff.split(|byte| *byte == b'\n').map(|line| String::from_utf8_lossy(line).into_owned()).collect();
        let begins = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
        assert_eq!((begins("--- "), begins("+++ "), begins("@@ ")), (1, 1, 1), "{lines:?}");
        let hostile = |line: &str| line.chars().any(|c| is_hostile(c) && c != '\t');
        assert!(!lines.iter().any(|line| hostile(line)), "{lines:?}");
    }
}

#[test]
fn git_and_patch_find_files_of_strange_names_by_the_diff() {
    for tool in [&["git", "apply", "-p0", "strange.patch"][..], &["patch", "-s", "-p0", "-i", "strange.patch"]] {
        for name in NAMES {
            // patch takes no name with a line feed in it.
            if tool[0] == "patch" && name.contains(&b'\n') {
                continue;
            }
            let place = Place::new();
            let name = OsStr::from_bytes(name);
            place.write(name, "One.\nRead more\nTwo.\n");
            let diff = place.quiet([OsStr::new("clean"), name, OsStr::new("--diff")]);
            place.write("strange.patch", &diff);
            let mut command = Command::new(tool[0]);
            command.args(&tool[1..]).current_dir(place.folder.path()).stdin(Stdio::null());
            let output = command.output().unwrap_or_else(|error| panic!("the tests need {}: {error}", tool[0]));
            assert!(output.status.success(), "{tool:?} {name:?}: {output:?} {}", diff.escape_ascii());
            assert_eq!(place.read(name), b"One.\nTwo.\n", "{tool:?} {name:?}");
        }
    }
}
