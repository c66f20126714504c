//! Campaigns: random documents, packs, corpora, logs and kills for as long as one likes, against what is never to
//! happen. `make campaign` runs them; what they found once lies in `tests/campaign` and is tried by every run of the
//! tests.
#![cfg(unix)]

mod child;
mod corpora;
mod documents;
mod kills;
mod logs;
mod mutations;
mod packs;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Cases of one seed.
const CASES: u32 = 8;

/// Tries values for so many seconds as `CAMPAIGN_SECONDS` says (30 if it does not), seed after seed from `CAMPAIGN_SEED`
/// (0) on. A failure names its seed and the smallest value that fails as well.
fn campaign<S: Strategy>(name: &str, values: S, check: impl Fn(S::Value)) {
    let number = |variable, usual| match std::env::var(variable) {
        Ok(value) => value.parse().unwrap_or_else(|_| panic!("{variable}={value} is no number")),
        Err(_) => usual,
    };
    let end = Instant::now() + Duration::from_secs(number("CAMPAIGN_SECONDS", 30));
    let first = number("CAMPAIGN_SEED", 0);
    let mut seed = first;
    while seed == first || Instant::now() < end {
        // The seed that a failure names is enough to find it again.
        let config = Config { cases: CASES, failure_persistence: None, max_shrink_time: 30_000, ..Config::default() };
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
        let tried = runner.run(&values, |value| {
            check(value);
            Ok(())
        });
        if let Err(failure) = tried {
            panic!("campaign of {name}, CAMPAIGN_SEED={seed}: {failure}");
        }
        seed += 1;
    }
    println!("campaign of {name}: {} cases, seeds {first} to {}", (seed - first) * u64::from(CASES), seed - 1);
}

/// What a campaign found once: files of that folder, by name.
fn found_before(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/campaign").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", root.display());
    files.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}
