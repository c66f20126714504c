//! The cases of `tests/cases` as records of corpora: the text that comes out is the case's, and all around it stays.

use dechrome::Cleaner;
use dechrome::io::Compression;

use crate::cases::{self, Case, CaseRun, Group};
use crate::doors;
use crate::wrapped::{Doc, SEPARATOR, Wrap, compressed, decompressed, table_content};

const COMPRESSIONS: [Compression; 3] = [Compression::None, Compression::Gzip, Compression::Zstd];

#[test]
fn every_case_comes_out_as_it_should_as_a_record_of_every_format() {
    let mut failures = Vec::new();
    let mut checked = 0;
    for CaseRun { file, packs, groups } in cases::all() {
        for group in &groups {
            let cleaner = cases::cleaner(&packs, group);
            for wrap in Wrap::ALL {
                checked += through(&cleaner, group, wrap, &file, &mut failures);
            }
        }
    }
    assert!(checked > 1000, "{checked} cases of all formats");
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n\n"));
}

/// All cases of the group in one run, and where they do not come out as they should each alone, so that it is named.
fn through(cleaner: &Cleaner, group: &Group, wrap: Wrap, file: &str, failures: &mut Vec<String>) -> usize {
    let cases: Vec<&Case> =
        group.cases.iter().filter(|case| wrap != Wrap::Separated || can_be_separated(case)).collect();
    for compression in COMPRESSIONS {
        // A table is compressed inside.
        if wrap == Wrap::Parquet && compression != Compression::None {
            continue;
        }
        if fault_of(cleaner, group, &cases, wrap, compression).is_none() {
            continue;
        }
        let alone = cases.iter().filter_map(|case| {
            let fault = fault_of(cleaner, group, &[case], wrap, compression)?;
            Some(format!("{file}: {}\n  {wrap:?}, {compression:?}: {fault}", case.name))
        });
        let before = failures.len();
        failures.extend(alone);
        if failures.len() == before {
            failures.push(format!("{file}: {wrap:?}, {compression:?}: the cases of {:?} together", group.site));
        }
    }
    cases.len()
}

/// What is wrong with what comes out.
fn fault_of(cleaner: &Cleaner, group: &Group, cases: &[&Case], wrap: Wrap, compression: Compression) -> Option<String> {
    let url = group.site.as_deref().filter(|_| wrap != Wrap::Separated);
    let wrapped = |text: fn(&Case) -> &[u8]| {
        let docs: Vec<Doc<'_>> = cases.iter().map(|case| Doc { text: text(case), url }).collect();
        wrap.wrapped(&docs)
    };
    let (dirty, clean) = (wrapped(|case| &case.text), wrapped(|case| &case.clean));
    let mut input = doors::stream(compressed(&dirty, compression));
    // Plain text has no addresses.
    input.site = group.site.as_deref().filter(|_| wrap == Wrap::Separated).map(site_of);
    let run = doors::corpus(cleaner, input, &wrap.options());
    if run.stats.failed + run.stats.faults > 0 {
        return Some(format!("{:?}", run.said));
    }
    let left = decompressed(&run.left, compression);
    let is_right = match wrap {
        Wrap::Parquet => text_columns(&left) == cases.iter().map(|case| Some(case.clean.clone())).collect::<Vec<_>>(),
        _ => left == clean,
    };
    (!is_right).then(|| format!("expected {}\n     but found {}", clean.escape_ascii(), left.escape_ascii()))
}

fn text_columns(table: &[u8]) -> Vec<Option<Vec<u8>>> {
    table_content(table).1.into_iter().map(|row| row[1].clone()).collect()
}

fn site_of(host_or_url: &str) -> String {
    doors::document(b"", Some(host_or_url)).site().unwrap().to_owned()
}

/// A separator follows a line end, and the text does not hold it.
fn can_be_separated(case: &Case) -> bool {
    let has_separator = case.text.split(|byte| *byte == b'\n').any(|line| line.trim_ascii() == SEPARATOR.as_bytes());
    !has_separator && (case.text.is_empty() || case.text.ends_with(b"\n"))
}
