//! Mining: what becomes a candidate, and that nothing but the set of documents decides it.

use std::collections::BTreeMap;

use dechrome::mine::{Candidate, CandidatePack, MineOptions, Miner, MinerBytesError, Shape};
use dechrome::{CleanOptions, Cleaner, Document, Kind, Pack, PackSet, Place};
use proptest::prelude::*;

const SITE: &str = "harbour.example";

/// A sentence that no other number has.
fn sentence(number: usize) -> String {
    const WHO: [&str; 7] =
        ["The keeper", "A pilot", "The mate", "Her cousin", "The baker", "An old diver", "The clerk"];
    const WHAT: [&str; 5] = ["counted the boats", "mended a sail", "sold a net", "heard a whistle", "found an anchor"];
    let (who, what) = (WHO[number % 7], WHAT[number / 7 % 5]);
    let (at, of) = (number * 37 % 101, number * 53 % 211);
    format!("{who} {what} at pier {at} before the tide of day {of} came in, and went home by way of street {number}.")
}

/// A document of two paragraphs, and lines before, between and behind them.
fn page(number: usize, before: &str, between: &str, behind: &str) -> String {
    let (first, second) = (sentence(2 * number), sentence(2 * number + 1));
    format!("{before}\n{first}\n{between}\n{second}\n{behind}\n")
}

fn known() -> Cleaner {
    Cleaner::new(&PackSet::built_in(), &CleanOptions::default()).unwrap()
}

fn mined(pages: &[String]) -> Option<CandidatePack> {
    let mut miner = Miner::new(MineOptions::default());
    pages.iter().for_each(|page| assert!(miner.add(page.as_bytes(), SITE)));
    miner.candidates(&known()).pop()
}

fn patterns(candidate: &Candidate) -> &[String] {
    match &candidate.shape {
        Shape::Is(patterns) | Shape::StartsWith(patterns) => patterns,
    }
}

/// The candidate that has the pattern.
fn candidate<'p>(pack: &'p CandidatePack, pattern: &str) -> Option<&'p Candidate> {
    pack.candidates.iter().find(|candidate| patterns(candidate).iter().any(|found| found == pattern))
}

#[test]
fn a_line_of_many_documents_is_a_candidate_with_its_evidence() {
    let pages: Vec<String> = (0..20)
        .map(|n| page(n, if n < 12 { "Harbour of the North" } else { "" }, "", "Tides by the harbour office"))
        .collect();
    let pack = mined(&pages).unwrap();
    let head = candidate(&pack, "Harbour of the North").unwrap();
    assert!(!head.weak);
    assert_eq!((head.evidence.documents, head.evidence.of, head.evidence.place), (12, 20, Place::Head));
    let [before, line, _] = head.evidence.example.as_ref().unwrap();
    assert_eq!((before.as_str(), line.as_str()), ("", "Harbour of the North"));
    assert_eq!(candidate(&pack, "Tides by the harbour office").unwrap().evidence.place, Place::Tail);
    assert_eq!((pack.site.as_str(), pack.documents, pack.seen), (SITE, 20, 20));
}

#[test]
fn a_line_amid_prose_is_no_candidate_unless_most_documents_have_it() {
    let lines = |share: usize| -> Vec<String> {
        (0..20).map(|n| page(n, "", if n < share { "What the pilots say" } else { "" }, "")).collect()
    };
    assert_eq!(mined(&lines(8)), None);
    let often = mined(&lines(12)).unwrap();
    assert_eq!(candidate(&often, "What the pilots say").unwrap().evidence.place, Place::Prose);
}

#[test]
fn a_byline_is_weak_however_many_documents_have_it() {
    let pages: Vec<String> = (0..20).map(|n| page(n, "By Ada Sounding", "", "")).collect();
    let pack = mined(&pages).unwrap();
    let byline = candidate(&pack, "By Ada Sounding").unwrap();
    assert!(byline.weak && byline.kind == Kind::Byline);
}

#[test]
fn counters_get_placeholders_and_facts_stay_as_they_are() {
    let pages: Vec<String> = (0..20)
        .map(|n| page(n, &format!("Price of the boat: {} crowns", 100 + n), "", &format!("Votes of the harbour: {n}")))
        .collect();
    let pack = mined(&pages).unwrap();
    let all: Vec<&String> = pack.candidates.iter().flat_map(patterns).collect();
    assert_eq!(all, ["Votes of the harbour: {number}"]);
}

#[test]
fn what_the_known_rules_take_is_left_out() {
    let pages: Vec<String> =
        (0..20).map(|n| page(n, "Skip to main content", "", "Tides by the harbour office")).collect();
    let pack = mined(&pages).unwrap();
    assert!(candidate(&pack, "Skip to main content").is_none());
    let mut miner = Miner::new(MineOptions::default());
    pages.iter().for_each(|page| assert!(miner.add(page.as_bytes(), SITE)));
    let nothing = Cleaner::new(&PackSet::empty(), &CleanOptions::default()).unwrap();
    assert!(candidate(&miner.candidates(&nothing)[0], "Skip to main content").is_some());
}

#[test]
fn near_duplicates_count_once() {
    let story = |n: usize| format!("{}\n{}\n{}\nPrinted {n} times", sentence(900), sentence(901), sentence(902));
    let mut pages: Vec<String> = (0..12).map(|n| page(n, "", "", "Tides by the harbour office")).collect();
    pages.extend((0..10).map(story));
    let pack = mined(&pages).unwrap();
    assert_eq!((pack.documents, pack.seen), (13, 22));
    assert!(candidate(&pack, &sentence(900)).is_none());
}

#[test]
fn a_paragraph_that_two_stories_share_is_no_candidate() {
    let mut pages: Vec<String> = (0..8).map(|n| page(n, "", "", "Tides by the harbour office")).collect();
    pages.extend((8..10).map(|n| page(n, "", &format!("{}\n{}", sentence(500), sentence(501)), "")));
    let pack = mined(&pages).unwrap();
    assert!(candidate(&pack, &sentence(500)).is_none() && candidate(&pack, &sentence(501)).is_none());
}

#[test]
fn subdomains_are_of_one_site_and_tenants_of_a_host_are_not() {
    let mut miner = Miner::new(MineOptions::default());
    for address in
        ["https://www.harbour.co.uk/a", "news.harbour.co.uk", "https://ada.github.io/x", "https://bob.github.io/x"]
    {
        assert!(miner.add(sentence(1).as_bytes(), address));
    }
    let sites: Vec<(&str, u64)> = miner.sites().collect();
    assert_eq!(sites, [("ada.github.io", 1), ("bob.github.io", 1), ("harbour.co.uk", 2)]);
    assert!(!miner.add(b"text", "no host at all"), "an address without a host");
    assert!(!miner.add(b"text", "localhost"), "a pack could not name it");
    assert!(!miner.add(b"GIF\0", "harbour.example"), "binary");
}

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
                    prop_assert!(!left.lines().any(|line| line == pattern), "{pattern:?} stays");
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
    assert_eq!(fault(&newer), MinerBytesError::Version { found: 200, read: 1 });
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

#[test]
fn a_long_document_is_kept_by_its_ends() {
    let middle = "x".repeat(500);
    let long = |n: usize| {
        let inner: String = (0..400).map(|line| format!("{middle} {n} {line}\n")).collect();
        format!("Harbour of the North\n{inner}Tides by the harbour office\n")
    };
    let pages: Vec<String> = (0..6).map(long).collect();
    let pack = mined(&pages).unwrap();
    let all: Vec<&String> = pack.candidates.iter().flat_map(patterns).collect();
    assert_eq!(all, ["Harbour of the North", "Tides by the harbour office"]);
}

#[test]
fn a_head_with_a_varying_rest_becomes_starts_with() {
    const BOATS: [&str; 5] = ["cutter", "barge", "yawl", "ketch", "dinghy"];
    let pages: Vec<String> = (0..20)
        .map(|n| {
            page(n, "", "", &format!("Related from the pier: the {} and street {}", BOATS[n % 5], sentence(n).len()))
        })
        .collect();
    let pack = mined(&pages).unwrap();
    let head = pack.candidates.iter().find(|candidate| matches!(candidate.shape, Shape::StartsWith(_))).unwrap();
    assert_eq!(patterns(head), ["Related from the pier: the"]);
    assert!(!head.weak && head.kind == Kind::Related && head.max_chars.is_some_and(|most| most < 100));
}

#[test]
fn what_was_taken_out_by_hand_is_learned_and_no_more() {
    let before = "Quay Online\nThe boats came in.\nShare\nThe lamp is lit.\nPier 4\nPier 5\nShare\n";
    let after = "The boats came in.\nShare\nThe lamp is lit.\nPier 5\n";
    let learned = dechrome::mine::learn(
        "quay.example",
        &[dechrome::mine::Lesson { before: before.as_bytes(), after: after.as_bytes() }],
    );
    let of = |pattern: &str| candidate(&learned.pack, pattern).unwrap();
    assert!(!of("Quay Online").weak);
    assert!(of("Share").weak, "one of them was kept");
    assert!(of("Pier 4").weak, "a line like it was kept");
    assert_eq!((learned.deleted, learned.changed), (3, 0));
    assert!(learned.lost.is_empty());
    assert_eq!(learned.left, ["Pier 4"], "alone between others it is not taken");
}
