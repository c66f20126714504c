//! Packs: whatever stands in one, it is refused or cleans as packs do, within seconds.

use std::path::Path;

use dechrome::{CleanOptions, Cleaner, Pack, PackSet};
use proptest::prelude::*;
use proptest::sample::select;

use super::mutations::{Bytes, changed, changes};
use super::{campaign, found_before};
use crate::documents::{self, HOSTILE, Page};
use crate::in_time::in_time;
use crate::promises::{a_second_time_changes_nothing, output_is_input_without_removals};

/// Packs to begin with: those of the program that are small, those of the promises, and those with one mistake.
fn sources() -> Vec<String> {
    let built_in = PackSet::built_in();
    let small = built_in.packs().iter().map(Pack::source).filter(|source| source.len() < 3000);
    let mut sources: Vec<String> = small.chain(HOSTILE.iter().map(|(_, source)| *source)).map(str::to_owned).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs");
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    sources.extend(files.map(|path| std::fs::read_to_string(path).unwrap()));
    sources
}

fn check(source: &[u8], text: Vec<u8>) {
    let source = String::from_utf8_lossy(source).into_owned();
    in_time(move || {
        let mut set = PackSet::empty();
        let parsed = Pack::parse("mine", "mine.toml", &source).map(|pack| {
            let _ = pack.warnings();
            set.insert(pack);
        });
        // A mistake is told in words, whatever it is.
        let refused = match parsed {
            Err(error) => Some(error.to_string()),
            Ok(()) => None,
        };
        if let Some(message) = refused {
            return assert!(message.contains("mine.toml"), "{message}");
        }
        if let Ok(cleaner) = Cleaner::new(&set, &CleanOptions::default()) {
            output_is_input_without_removals(&cleaner, &text, Some("site.example"));
            a_second_time_changes_nothing(&cleaner, &text, Some("site.example"));
        }
    });
}

#[test]
#[ignore = "runs for as long as CAMPAIGN_SECONDS says"]
fn damaged_packs() {
    let pack = (select(sources()), changes(4)).prop_map(|(source, changes)| Bytes(changed(source.into(), &changes)));
    let document = prop_oneof![documents::hostile(), documents::built_in()];
    campaign("damaged packs", (pack, document), |(pack, document): (Bytes, Page)| check(&pack.0, document.to_vec()));
}

#[test]
fn packs_that_were_a_fault_once_are_none_now() {
    for (path, source) in found_before("packs") {
        println!("{}", path.display());
        check(&source, b"The mill stood empty.\nAlpha\nShare\nRead more about the mill\nThe end.\n".to_vec());
    }
}
