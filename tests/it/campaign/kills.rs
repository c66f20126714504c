//! Runs that are killed at any moment and gone on with: in the end all is as if nothing had happened.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use dechrome::io::Compression;
use proptest::collection::vec;

use super::campaign;
use super::child::{place, run};
use crate::documents::{self, Page};
use crate::place::{Place, RUN_MARK};
use crate::wrapped::{Doc, Wrap, compressed};

/// Many small files of every format, and some larger ones.
fn write_tree(place: &Place, pages: &[Page]) {
    const COMPRESSIONS: [Compression; 3] = [Compression::None, Compression::Gzip, Compression::Zstd];
    for number in 0..60 {
        let of_file: Vec<Doc<'_>> =
            (0..1 + number % 9).map(|page| Doc { text: &pages[(number + page) % pages.len()], url: None }).collect();
        let wrap = Wrap::ALL[number % 4];
        let compression = if wrap == Wrap::Parquet { Compression::None } else { COMPRESSIONS[number % 3] };
        let times = if number % 20 == 0 && wrap != Wrap::Parquet { 40 } else { 1 };
        let bytes = compressed(&wrap.wrapped(&of_file).repeat(times), compression);
        place.write(format!("tree/{}/{number}-{}", number % 7, wrap.file_name(compression)), bytes);
    }
}

/// The outputs under their final names; what is still being written has others.
fn outputs(place: &Place, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let is_final = |name: &PathBuf| {
        let own = name.file_name().unwrap().to_string_lossy();
        name.extension() != Some(OsStr::new("part")) && !own.starts_with(RUN_MARK) && !own.starts_with(".dechrome-")
    };
    place.files(folder).into_iter().filter(|(name, _)| is_final(name)).collect()
}

fn sorted_lines(log: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = log.split_inclusive(|byte| *byte == b'\n').collect();
    lines.sort_unstable();
    lines
}

fn check(pages: &[Page], threads: u8, kills: &[u16]) {
    let place = place();
    write_tree(&place, pages);
    let threads = format!("-j{threads}");
    let whole = run(&place, &["clean", "tree", "-o", "whole", "--removed", "whole.jsonl", &threads]);
    assert_eq!(whole.status, 0, "{}", whole.said);
    let wanted = outputs(&place, "whole");
    let first = ["clean", "tree", "-o", "out", "--removed", "gone.jsonl", &threads];
    let resuming = [&first[..], &["--resume"]].concat();
    for (number, millis) in kills.iter().enumerate() {
        let arguments = if number == 0 { &first[..] } else { &resuming };
        let mut command = place.command(arguments.iter().copied().chain(["--packs", "packs"]));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis((*millis).into()));
        child.kill().unwrap();
        child.wait().unwrap();
        if place.path("out").exists() {
            for (name, bytes) in outputs(&place, "out") {
                assert!(wanted.get(&name) == Some(&bytes), "{} is whole after kill {number}", name.display());
            }
        }
    }
    // A run that was over before it was killed is not gone on with, nor is one that had not begun.
    let begun = place.path("out").join(RUN_MARK).exists();
    let last = run(&place, if begun { &resuming } else { &first });
    assert_eq!(last.status, 0, "{}", last.said);
    assert!(outputs(&place, "out") == wanted, "the outputs are those of an undisturbed run");
    assert!(place.files("out").len() == wanted.len(), "nothing else is left: {:?}", place.files("out").keys());
    let (log, wanted) = (place.read("gone.jsonl"), place.read("whole.jsonl"));
    assert!(sorted_lines(&log) == sorted_lines(&wanted), "the log is that of an undisturbed run");
}

#[test]
#[ignore = "runs for as long as CAMPAIGN_SECONDS says"]
fn kills() {
    let pages = vec(documents::hostile(), 3..12);
    campaign("kills", (pages, 1..5_u8, vec(0..400_u16, 1..5)), |(pages, threads, kills)| {
        check(&pages, threads, &kills)
    });
}

#[test]
fn a_run_that_is_killed_twice_comes_to_what_an_undisturbed_one_does() {
    let pages = ["Alpha\nThe mill stood empty.\n", "Beta\n", "The end.\nAlpha\nBeta\n"].map(Page::from);
    check(&pages, 2, &[60, 90]);
}
