//! Nothing but the set of documents decides what is mined, in bounded memory; and a miner can be sent about.

use std::collections::BTreeMap;

use dechrome::mine::{MineOptions, Miner, MinerBytesError};
use dechrome::{CleanOptions, Cleaner, Document, Pack, PackSet};
use proptest::prelude::*;

use super::{SITE, known, mined, page, patterns};

/// Documents of several sites, in the order of their numbers.
fn corpus() -> Vec<(String, String)> {
    let line = |n: usize| ["Harbour of the North", "By Ada Sounding", "Tides & times", ""][n % 4].to_owned();
    let of_site = |site: usize| {
        move |n: usize| {
            let text = page(100 * site + n, &line(n), &line(n / 4), &format!("{n} comments\nPort {site} authority"));
            (format!("https://port{site}.example/{n}"), text)
        }
    };
    (0..3).flat_map(|site| (0..30).map(of_site(site))).collect()
}

fn toml_of(miner: &Miner) -> BTreeMap<String, String> {
    miner.candidates(&known()).iter().map(|pack| (pack.site.clone(), pack.to_toml())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_and_parts_do_not_show(
        order in Just((0..90).collect::<Vec<usize>>()).prop_shuffle(),
        cuts in proptest::collection::vec(0..90_usize, 0..4),
        memory in prop_oneof![Just(usize::MAX), Just(9_000_usize), Just(3_000_usize)],
    ) {
        let corpus = corpus();
        let options = MineOptions { memory_bytes: memory, site_bytes: memory.min(6_000), ..MineOptions::default() };
        let add = |miner: &mut Miner, number: usize| {
            let (address, text) = &corpus[number];
            miner.add(text.as_bytes(), address);
        };
        let mut whole = Miner::new(options.clone());
        (0..90).for_each(|number| add(&mut whole, number));
        let mut parts = vec![Miner::new(options.clone())];
        for (at, &number) in order.iter().enumerate() {
            if cuts.contains(&at) {
                parts.push(Miner::new(options.clone()));
            }
            add(parts.last_mut().unwrap(), number);
        }
        let mut merged = Miner::new(options);
        parts.into_iter().rev().for_each(|part| merged.merge(part));
        prop_assert_eq!(toml_of(&merged), toml_of(&whole));
    }

    #[test]
    fn a_miner_out_of_bytes_merges_and_mines_like_the_one_that_wrote_them(
        cut in 0..90_usize,
        memory in prop_oneof![Just(usize::MAX), Just(9_000_usize), Just(3_000_usize)],
    ) {
        let options = MineOptions { memory_bytes: memory, site_bytes: memory.min(6_000), ..MineOptions::default() };
        let of = |documents: &[(String, String)]| {
            let mut miner = Miner::new(options.clone());
            documents.iter().for_each(|(address, text)| assert!(miner.add(text.as_bytes(), address)));
            miner
        };
        let corpus = corpus();
        let (first, second) = (of(&corpus[..cut]), of(&corpus[cut..]));
        let again = |miner: &Miner| Miner::from_bytes(&miner.to_bytes()).unwrap();
        let mut merged = again(&first);
        merged.merge(again(&second));
        let whole = of(&corpus);
        prop_assert_eq!(toml_of(&merged), toml_of(&whole));
        prop_assert_eq!(merged.to_bytes(), whole.to_bytes());
        prop_assert_eq!(merged.options(), &options);
    }

    #[test]
    fn damaged_bytes_are_an_error_and_no_more(
        places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut miner = Miner::new(MineOptions { site_bytes: 900, ..MineOptions::default() });
        corpus().iter().for_each(|(address, text)| assert!(miner.add(text.as_bytes(), address)));
        let whole = miner.to_bytes();
        let mut bytes = whole.clone();
        places.iter().for_each(|(at, byte)| bytes[at.index(whole.len())] = *byte);
        if let Some(cut) = cut {
            bytes.truncate(cut.index(whole.len()));
        }
        let read = Miner::from_bytes(&bytes);
        prop_assert_eq!(read.is_ok(), bytes == whole);
    }

    #[test]
    fn every_pack_loads_and_its_example_passes(
        lines in proptest::collection::vec("[ -~]{1,60}|[\\PC]{1,40}|[a-z{}\"'\\\\]{3,20}", 1..12),
    ) {
        let pages: Vec<String> =
            (0..8).map(|n| format!("{}\n{}\n{}", lines.join("\n"), page(n, "", "", ""), lines.join("\n\n"))).collect();
        if let Some(pack) = mined(&pages) {
            let read = Pack::parse(&pack.site, "mined.toml", &pack.to_toml());
            prop_assert!(read.is_ok(), "{}\n{}", read.unwrap_err(), pack.to_toml());
            let mut set = PackSet::empty();
            set.insert(read.unwrap());
            let cleaner = Cleaner::new(&set, &CleanOptions::default());
            prop_assert!(cleaner.is_ok(), "{}", cleaner.unwrap_err());
            // What strong rules were learned from goes.
            let cleaned = cleaner.unwrap().clean(&Document::new(&pages[0]).with_site(SITE)).into_text().into_owned();
            let left = String::from_utf8(cleaned).unwrap();
            for candidate in pack.candidates.iter().filter(|candidate| !candidate.weak) {
                for pattern in patterns(candidate).iter().filter(|pattern| !pattern.contains(['{', '}'])) {
                    prop_assert!(!left.lines().any(|line| line == *pattern), "{pattern:?} stays");
                }
            }
        }
    }
}

#[test]
fn bytes_that_are_no_miner_say_what_they_are() {
    let bytes = Miner::new(MineOptions::default()).to_bytes();
    assert!(Miner::from_bytes(&bytes).is_ok());
    let fault = |bytes: &[u8]| Miner::from_bytes(bytes).unwrap_err();
    assert_eq!(fault(b""), MinerBytesError::Foreign);
    assert_eq!(fault(b"{\"text\": \"a page\"}"), MinerBytesError::Foreign);
    assert_eq!(fault(&bytes[..12]), MinerBytesError::Damaged);
    assert_eq!(fault(&bytes[..bytes.len() - 1]), MinerBytesError::Damaged);
    assert_eq!(fault(&[&bytes[..], b"\0"].concat()), MinerBytesError::Damaged);
    let mut newer = bytes.clone();
    newer[7] = 200;
    assert_eq!(fault(&newer), MinerBytesError::Version { found: 200, read: 2 });
    assert!(fault(&newer).to_string().contains("same version"));
}

#[test]
fn memory_stays_within_its_bound_and_sites_stay_even() {
    let options = MineOptions { memory_bytes: 200_000, site_bytes: 50_000, ..MineOptions::default() };
    let mut miner = Miner::new(options);
    for number in 0..20_000_usize {
        let text = page(number, "Harbour of the North", "", "Tides by the harbour office");
        miner.add(text.as_bytes(), &format!("port{}.example", number % 50));
        assert!(miner.kept_bytes() <= 200_000, "{} bytes after {number} documents", miner.kept_bytes());
    }
    let packs = miner.candidates(&known());
    assert_eq!(packs.len(), 50, "each site has enough documents left");
    assert!(packs.iter().all(|pack| pack.seen == 400 && pack.documents >= 5));
}
