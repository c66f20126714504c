//! Logs and cleaned files that are not what they were: restoring refuses or restores, and writes nothing elsewhere.

use proptest::prelude::*;
use proptest::sample::select;

use super::child::{place, restore, run};
use super::mutations::{Bytes, changed, changes};
use super::{campaign, found_before};
use crate::documents::{self, Page};
use crate::place::Place;
use crate::wrapped::{Doc, Wrap};

/// A log in which a name is another one, beside all that can happen to bytes.
fn renamed() -> impl Strategy<Value = Option<&'static str>> {
    const NAMES: &[&str] =
        &["../x", "ABSOLUTE", "../../x", "", ".", "..", "a/../../x", "out", "\\u0000", "page.txt/x", "gone.jsonl"];
    prop_oneof![2 => Just(None), 1 => select(NAMES).prop_map(Some)]
}

/// Cleans a file, damages its log and what is left of it, and restores.
fn check(page: &[u8], wrap: Option<Wrap>, damage: impl Fn(&Place, &str)) {
    let place = place();
    let name = wrap.map_or("page.txt".to_owned(), |wrap| wrap.file_name(dechrome::io::Compression::None));
    let bytes = wrap.map_or_else(|| page.to_vec(), |wrap| wrap.wrapped(&[Doc { text: page, url: None }; 2]));
    place.write(format!("in/{name}"), bytes);
    let cleaned = run(&place, &["clean", "in", "-o", "out", "--removed", "gone.jsonl"]);
    if cleaned.status == 0 {
        // Found where a name leads out of the folder, were it looked for.
        place.write("x", place.read(format!("out/{name}")));
        damage(&place, &name);
        restore(&place);
    }
}

#[test]
#[ignore = "runs for as long as CAMPAIGN_SECONDS says"]
fn damaged_logs() {
    let wrap = select(&[None, Some(Wrap::Jsonl), Some(Wrap::Wet), Some(Wrap::Parquet)][..]);
    let cases = (documents::hostile(), wrap, renamed(), changes(3), changes(2));
    campaign("damaged logs", cases, |(page, wrap, renamed, in_log, in_output): (Page, _, _, _, _)| {
        check(&page, wrap, |place, name| {
            let mut log = String::from_utf8_lossy(&place.read("gone.jsonl")).into_owned();
            if let Some(other) = renamed {
                let other = other.replace("ABSOLUTE", place.path("x").to_str().unwrap());
                log = log.replacen(&format!("\"{name}\""), &format!("\"{other}\""), 1);
            }
            place.write("gone.jsonl", Bytes(changed(log.into_bytes(), &in_log)).0);
            let output = format!("out/{name}");
            place.write(&output, changed(place.read(&output), &in_output));
        });
    });
}

#[test]
fn logs_that_were_a_fault_once_are_none_now() {
    for (path, log) in found_before("logs") {
        println!("{}", path.display());
        check(b"The mill stood empty.\nAlpha\nThe end.\n", None, |place, _| place.write("gone.jsonl", &log));
    }
}
