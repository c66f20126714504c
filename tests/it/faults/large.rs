//! Large input: endless lines, many lines, many patterns.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::place::{PACK, Place};

#[test]
fn one_line_of_a_gibibyte_passes_through_a_pipe() {
    const CHUNK: usize = 1 << 20;
    let place = Place::new();
    let mut child = place.command(["clean"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        let chunk = vec![b'x'; CHUNK];
        for _ in 0..1024 {
            stdin.write_all(&chunk).unwrap();
        }
        stdin.write_all(b"\nRead more\nEnd.\n").unwrap();
    });
    let mut stdout = child.stdout.take().unwrap();
    let (mut read, mut tail, mut buffer) = (0, Vec::new(), vec![0; CHUNK]);
    loop {
        let got = stdout.read(&mut buffer).unwrap();
        if got == 0 {
            break;
        }
        read += got;
        tail.extend_from_slice(&buffer[got.saturating_sub(64)..got]);
        tail.drain(..tail.len().saturating_sub(64));
    }
    writer.join().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(read, (1 << 30) + "\nEnd.\n".len());
    assert!(tail.ends_with(b"xx\nEnd.\n"), "what follows the line is cleaned");
}

#[test]
fn a_line_longer_than_the_limit_is_left_alone_and_its_neighbours_are_not() {
    let place = Place::new();
    let long = format!("Read more {}", "x".repeat(2 << 20));
    let page = format!("One.\nRead more\n{long}\nRead more\nTwo.\n");
    assert!(place.clean(&page) == format!("One.\n{long}\nTwo.\n").into_bytes());
}

#[test]
fn a_million_empty_lines_stay_and_a_line_among_them_goes() {
    let place = Place::new();
    let blank = "\n".repeat(500_000);
    assert!(place.clean(format!("{blank}{blank}")) == format!("{blank}{blank}").into_bytes());
    // Blank lines at a cut between windows stay.
    let left = place.clean(format!("One.\n{blank}Read more\n{blank}Two.\n"));
    let lines: Vec<&[u8]> = left.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, [&b"One."[..], b"Two."]);
}

#[test]
fn empty_lines_around_a_line_that_goes_become_those_before_it() {
    let place = Place::new();
    // In one window.
    let blank = "\n".repeat(30_000);
    // The blank lines behind it go too, as one stands before it.
    let left = place.clean(format!("One.\n{blank}Read more\n{blank}Two.\n"));
    assert!(left == format!("One.\n{blank}Two.\n").into_bytes());
    // At the document's end those before it go.
    let left = place.clean(format!("One.\n{blank}Read more\n{blank}"));
    assert!(left == b"One.\n", "{} bytes", left.len());
}

#[test]
fn a_hundred_thousand_chrome_lines_go() {
    let place = Place::new();
    let page = format!("One.\n{}Two.\n", "Read more\n\nShare\nSave\n".repeat(25_000));
    assert_eq!(place.clean(page), b"One.\nTwo.\n");
}

#[test]
fn a_pack_of_a_hundred_thousand_patterns_loads_and_takes_its_lines() {
    let place = Place::new();
    let patterns: String = (0..100_000).map(|i| format!("  \"Invented phrase {i} of a large pack\",\n")).collect();
    place.write("pack.toml", format!("{PACK}\n[[rule]]\nid = \"large\"\nkind = \"share\"\nis = [\n{patterns}]\n"));
    let page = "One.\nInvented phrase 0 of a large pack\nInvented phrase 99999 of a large pack\n\
                Invented phrase 100000 of a large pack\nTwo.\n";
    assert_eq!(place.clean(page), b"One.\nInvented phrase 100000 of a large pack\nTwo.\n");
}

#[test]
fn among_patterns_that_begin_alike_the_earliest_rule_is_named() {
    let place = Place::new();
    let mut pack = "[pack]\ntitle = \"Nested\"\n".to_owned();
    let heads = ["Read on and on and on", "Read on and on", "Read on"];
    for (number, head) in heads.iter().enumerate() {
        pack += &format!("[[rule]]\nid = \"starts-{number}\"\nkind = \"related\"\nstarts-with = [\"{head}\"]\n");
    }
    // The same texts once more, with other anchors and under other conditions.
    pack += "[[rule]]\nid = \"is\"\nkind = \"related\"\nis = [\"Read on\", \"Go on\", \"Go on and on\", \"Go\"]\n";
    pack += "[[rule]]\nid = \"last\"\nkind = \"related\"\nlast = 9\nis = [\"Read on\", \"Go on\"]\n";
    pack +=
        "[[rule]]\nid = \"ends\"\nkind = \"related\"\nends-with = [\"on\", \"and on\", \"go on\"]\nmax-chars = 20\n";
    place.write("pack.toml", pack);
    let page = "A first line.\nRead on\nRead on and on\nRead on and on and on\nRead on and onwards\nGo on\nGo on and on\n\
                We go on\nReading\nReadon\nA last line.\n";
    // So many short lines would else go as a menu.
    place.write("page.txt", page);
    let left = place.quiet(["clean", "page.txt", "--disable", "menu"]);
    assert_eq!(String::from_utf8(left).unwrap(), "A first line.\nReading\nReadon\nA last line.\n");
    let figures = place.figures(["clean", "page.txt", "--disable", "menu"]);
    let named: BTreeMap<String, u64> = figures["removals"]["rule"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(rule, tally)| (rule.clone(), tally["removals"].as_u64().unwrap()))
        .collect();
    let want = [("ends", 1), ("is", 2), ("starts-0", 1), ("starts-1", 1), ("starts-2", 2)];
    let want: BTreeMap<String, u64> = want.map(|(rule, count)| (format!("pack/{rule}"), count)).into();
    assert_eq!(named, want);
}

#[test]
fn explaining_takes_time_in_proportion_to_the_page() {
    let place = Place::new();
    place.write("page.txt", "Read more\nA line of an article.\n".repeat(60_000));
    let mut child = place.command(["explain", "page.txt"]).stdout(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("two megabytes take more than 20 seconds");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
