//! How fast the library itself cleans the documents that python/benches/speed.py wrote: one thread, CPU seconds of
//! three rounds, one a line. Arguments: a JSONL file with `text`, and a pack or `built-in`.

#![allow(clippy::print_stdout, reason = "it prints a figure")]

use std::io::{BufRead, BufReader};
use std::path::Path;

use dechrome::{CleanOptions, Cleaner, Document, PackSet};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let (Some(corpus), Some(pack)) = (arguments.get(1), arguments.get(2)) else {
        anyhow::bail!("usage: rate CORPUS.jsonl PACK.toml|built-in");
    };
    let mut packs = if pack == "built-in" { PackSet::built_in() } else { PackSet::empty() };
    if pack != "built-in" {
        packs.load(Path::new(pack))?;
    }
    let cleaner = Cleaner::new(&packs, &CleanOptions::default())?;
    let mut texts = Vec::new();
    for line in BufReader::new(std::fs::File::open(corpus)?).lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        texts.push(record["text"].as_str().unwrap_or_default().to_owned());
    }
    for _ in 0..3 {
        let before = cpu_seconds()?;
        let left: Vec<_> = texts.iter().map(|text| cleaner.clean(&Document::new(text)).into_text()).collect();
        println!("{:.4} {}", cpu_seconds()? - before, left.iter().map(|text| text.len()).sum::<usize>());
    }
    Ok(())
}

/// What this thread has had of a core so far.
fn cpu_seconds() -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: u64 = stat.split(' ').next().unwrap_or_default().parse()?;
    Ok(nanoseconds as f64 / 1e9)
}
