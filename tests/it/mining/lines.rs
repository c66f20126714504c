//! Which lines become candidates.

use dechrome::mine::{MineOptions, Miner};
use dechrome::{CleanOptions, Cleaner, Kind, LinePlace, PackSet};

use super::{SITE, candidate, mined, page, patterns, sentence};

#[test]
fn a_line_of_many_documents_is_a_candidate_with_its_evidence() {
    let pages: Vec<String> = (0..20)
        .map(|n| page(n, if n < 12 { "Harbour of the North" } else { "" }, "", "Tides by the harbour office"))
        .collect();
    let pack = mined(&pages).unwrap();
    let head = candidate(&pack, "Harbour of the North").unwrap();
    assert!(!head.weak);
    assert_eq!((head.evidence.documents, head.evidence.of, head.evidence.place), (12, 20, LinePlace::Head));
    let [before, line, _] = head.evidence.example.as_ref().unwrap();
    assert_eq!((before.as_str(), line.as_str()), ("", "Harbour of the North"));
    assert_eq!(candidate(&pack, "Tides by the harbour office").unwrap().evidence.place, LinePlace::Tail);
    assert_eq!((pack.site.as_str(), pack.documents, pack.seen), (SITE, 20, 20));
}

#[test]
fn a_line_amid_prose_is_no_candidate_unless_most_documents_have_it() {
    let lines = |share: usize| -> Vec<String> {
        (0..20).map(|n| page(n, "", if n < share { "What the pilots say" } else { "" }, "")).collect()
    };
    assert_eq!(mined(&lines(8)), None);
    let often = mined(&lines(12)).unwrap();
    assert_eq!(candidate(&often, "What the pilots say").unwrap().evidence.place, LinePlace::Prose);
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
    let all: Vec<&str> = pack.candidates.iter().flat_map(patterns).collect();
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

#[test]
fn a_long_document_is_kept_by_its_ends() {
    let middle = "x".repeat(500);
    let long = |n: usize| {
        let inner: String = (0..400).map(|line| format!("{middle} {n} {line}\n")).collect();
        format!("Harbour of the North\n{inner}Tides by the harbour office\n")
    };
    let pages: Vec<String> = (0..6).map(long).collect();
    let pack = mined(&pages).unwrap();
    let all: Vec<&str> = pack.candidates.iter().flat_map(patterns).collect();
    assert_eq!(all, ["Harbour of the North", "Tides by the harbour office"]);
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
