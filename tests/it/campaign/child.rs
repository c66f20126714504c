//! The command in a folder of its own, watched: how it ended, in time, and what it touched.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::documents::HOSTILE;
use crate::doors;
use crate::place::Place;

/// A command of these campaigns ends by then, also in a debug build on a busy machine.
const MOST: Duration = Duration::from_secs(120);

/// Where originals are given back to: so deep that what a log leads out of it to is seen.
pub(super) const BACK: &str = "deep/down/back";

/// A folder with the packs of the promises in it. `Place` names its own pack to each command; that is one of them.
pub(super) fn place() -> Place {
    let place = Place::new();
    let [(_, hostile), others @ ..] = HOSTILE;
    place.write("pack.toml", hostile);
    others.iter().for_each(|(name, source)| place.write(format!("packs/{name}.toml"), source));
    place
}

/// How a command ended that was to end by itself.
#[derive(Debug)]
pub(super) struct Ended {
    /// From 0 to 2, or 130.
    pub(super) status: i32,
    pub(super) said: String,
}

/// Runs a command of the packs of the promises to its end, which must come in time and be one that the command knows.
pub(super) fn run(place: &Place, arguments: &[&str]) -> Ended {
    watch(place, place.command(arguments.iter().copied().chain(["--packs", "packs"])))
}

/// Restores `out` by `gone.jsonl` to [`BACK`], which must be all that is written.
pub(super) fn restore(place: &Place) -> Ended {
    let before = all_but(place, &[BACK]);
    let mut command = doors::command(["restore", "out", "--removed", "gone.jsonl", "-o", BACK]);
    command.current_dir(place.folder.path());
    let ended = watch(place, command);
    assert!(all_but(place, &[BACK]) == before, "only the output is written: {}", ended.said);
    ended
}

fn watch(place: &Place, mut command: Command) -> Ended {
    // Not pipes: nobody reads while it runs.
    let (out, err) = (place.path(".stdout"), place.path(".stderr"));
    command.stdout(File::create(&out).unwrap()).stderr(File::create(&err).unwrap()).stdin(Stdio::null());
    let mut child = command.spawn().unwrap();
    let begun = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if begun.elapsed() > MOST => {
                child.kill().unwrap();
                child.wait().unwrap();
                panic!("{command:?} does not end within {MOST:?}");
            }
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    };
    let said = String::from_utf8_lossy(&std::fs::read(&err).unwrap()).into_owned();
    for file in [out, err] {
        std::fs::remove_file(file).unwrap();
    }
    match status.code() {
        Some(status @ 0..=2) if !said.contains("panicked") => Ended { status, said },
        _ => panic!("{command:?} ended with {status}: {said}"),
    }
}

/// All files of the place but those below these folders or of these names.
pub(super) fn all_but(place: &Place, apart: &[&str]) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = place.files("");
    files.retain(|name, _| !apart.iter().any(|apart| name.starts_with(apart)));
    files
}

/// The files below a folder; none where it is not there.
pub(super) fn files(place: &Place, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    if place.path(folder).exists() { place.files(folder) } else { BTreeMap::new() }
}
