//! Candidates that are no whole lines: ends, words, pieces and blocks.

use dechrome::mine::{Candidate, CandidatePack, CandidateShape, MineOptions, Miner};
use dechrome::{CleanOptions, Cleaner, Document, Kind, Pack, PackSet};

use super::{SITE, known, mined, page, patterns, sentence};

const BOATS: [&str; 7] = ["cutter", "barge", "yawl", "ketch", "dinghy", "skiff", "lugger"];

fn of_shape(pack: &CandidatePack, is_shape: impl Fn(&CandidateShape) -> bool) -> Option<&Candidate> {
    pack.candidates.iter().find(|candidate| is_shape(&candidate.shape))
}

/// What the pack leaves of a page.
fn cleaned(pack: &CandidatePack, page: &str) -> String {
    let mut set = PackSet::empty();
    set.insert(Pack::parse(SITE, "mined.toml", &pack.to_toml()).unwrap());
    let cleaner = Cleaner::new(&set, &CleanOptions::default()).unwrap();
    let cleaned = cleaner.clean(&Document::new(page).with_site(SITE));
    cleaned.to_str().unwrap().to_owned()
}

/// Two boats, other ones for each of the first 42 numbers.
fn boats(n: usize) -> String {
    let (first, second) = (n % 7, (n + 1 + n / 7) % 7);
    format!("the {} and the {}", BOATS[first], BOATS[second])
}

fn pages(page: impl Fn(usize) -> String) -> Vec<String> {
    (0..20).map(page).collect()
}

#[test]
fn a_head_with_a_varying_rest_becomes_starts_with() {
    let pages: Vec<String> = (0..20)
        .map(|n| {
            page(n, "", "", &format!("Related from the pier: the {} and street {}", BOATS[n % 7], sentence(n).len()))
        })
        .collect();
    let pack = mined(&pages).unwrap();
    let head =
        pack.candidates.iter().find(|candidate| matches!(candidate.shape, CandidateShape::StartsWith(_))).unwrap();
    assert_eq!(patterns(head), ["Related from the pier: the"]);
    assert!(!head.weak && head.kind == Kind::Related && head.max_chars.is_some_and(|most| most < 100));
}

#[test]
fn an_end_with_a_varying_start_becomes_ends_with() {
    let line = |n: usize| format!("News of {} (share this page)", boats(n));
    let pack = mined(&pages(|n| page(n, "", "", &line(n)))).unwrap();
    let tail = of_shape(&pack, |shape| matches!(shape, CandidateShape::EndsWith(_))).unwrap();
    assert_eq!(patterns(tail), ["(share this page)"]);
    assert!(!tail.weak && tail.kind == Kind::Share && tail.max_chars.is_some_and(|most| most < 80));
    assert_eq!(cleaned(&pack, "It rained.\nA new gig (share this page)\n"), "It rained.\n");
}

#[test]
fn an_end_within_the_text_is_weak() {
    let line = |n: usize| format!("News of {} (share this page)", boats(n));
    let pack = mined(&pages(|n| page(n, "", &line(n), ""))).unwrap();
    assert!(of_shape(&pack, |shape| matches!(shape, CandidateShape::EndsWith(_))).unwrap().weak);
}

#[test]
fn an_end_that_does_not_say_what_its_line_is_is_no_candidate() {
    let line = |n: usize| format!("News of {} of the northern harbour", boats(n));
    assert_eq!(mined(&pages(|n| page(n, "", "", &line(n)))), None);
}

/// Four of six words, another row for each of the first 24 numbers.
fn row(n: usize) -> String {
    let mut words = ["sunny", "cloudy", "foggy", "stormy", "windy", "misty"].to_vec();
    words.rotate_left(n % 6);
    words.remove(n / 6);
    words[..4].join(" ")
}

#[test]
fn rows_of_a_few_words_that_stand_nowhere_else_become_made_of() {
    let pack = mined(&pages(|n| page(n, "", "", &row(n)))).unwrap();
    let rows = of_shape(&pack, |shape| matches!(shape, CandidateShape::MadeOf(_))).unwrap();
    assert_eq!(patterns(rows), ["cloudy", "foggy", "misty", "stormy", "sunny", "windy"]);
    assert!(!rows.weak);
    let text = "It rained.\nmisty sunny foggy windy\nThe windy side of the pier\n";
    assert_eq!(cleaned(&pack, text), "It rained.\nThe windy side of the pier\n");
}

#[test]
fn words_that_stand_in_sentences_too_make_no_rows() {
    let said = |n: usize| format!("On day {n} it was {}, and on the next day nobody cared.", row(n));
    let asked = |n: usize| format!("Was it {} on day {n}, as the keeper had written down?", row(23 - n));
    assert_eq!(mined(&pages(|n| page(n, &said(n), &asked(n), &row(n)))), None);
}

#[test]
fn a_piece_in_brackets_that_says_what_it_is_becomes_a_cut() {
    let line = |n: usize| format!("{} (Sponsored message) {}", sentence(500 + n), sentence(600 + n));
    let pack = mined(&pages(|n| page(n, "", &line(n), ""))).unwrap();
    let piece = of_shape(&pack, |shape| matches!(shape, CandidateShape::Cut(_))).unwrap();
    assert_eq!(patterns(piece), ["(Sponsored message)"]);
    assert_eq!(cleaned(&pack, "It rained. (Sponsored message) Then it stopped.\n"), "It rained. Then it stopped.\n");
}

#[test]
fn what_an_author_puts_into_brackets_stays() {
    let line = |n: usize| format!("{} (Harbour News) {} (see chart {n})", sentence(500 + n), sentence(600 + n));
    assert_eq!(mined(&pages(|n| page(n, "", &line(n), ""))), None);
}

/// With blocks, as `--blocks` asks for them.
fn mined_with_blocks(pages: &[String]) -> CandidatePack {
    let mut miner = Miner::new(MineOptions::default());
    pages.iter().for_each(|page| assert!(miner.add(page.as_bytes(), SITE)));
    miner.candidates_with_blocks(&known()).pop().unwrap()
}

fn block(pack: &CandidatePack) -> Option<&Candidate> {
    of_shape(pack, |shape| matches!(shape, CandidateShape::Block { .. }))
}

/// Teasers of other stories.
fn teasers(n: usize) -> String {
    (0..3).map(|at| format!("The {} of street {}\n", BOATS[(n + at) % 7], 100 * at + n)).collect()
}

#[test]
fn a_box_behind_the_text_becomes_a_block_from_its_first_to_its_last_line() {
    let behind = |n: usize| format!("Also recommended at the pier\n{}Timetable of all ferries", teasers(n));
    let pages = pages(|n| page(n, "", "", &behind(n)));
    assert!(block(&mined(&pages).unwrap()).is_none(), "blocks are asked for");
    let pack = mined_with_blocks(&pages);
    let CandidateShape::Block { from, to, max_lines } = &block(&pack).unwrap().shape else { unreachable!() };
    assert_eq!((from.as_str(), to.as_deref()), ("Also recommended at the pier", Some("Timetable of all ferries")));
    assert_eq!(*max_lines, 6, "five were seen");
    let text = "It rained.\nAlso recommended at the pier\nA tale of two gigs\nTimetable of all ferries\n";
    assert_eq!(cleaned(&pack, text), "It rained.\n");
}

#[test]
fn a_box_that_nothing_closes_becomes_a_block_to_the_end() {
    let pack = mined_with_blocks(&pages(|n| page(n, "", "", &format!("Also recommended at the pier\n{}", teasers(n)))));
    let CandidateShape::Block { to, .. } = &block(&pack).unwrap().shape else { unreachable!() };
    assert_eq!(*to, None);
}

#[test]
fn no_block_goes_over_a_paragraph_or_stands_before_one() {
    let paragraph = |n: usize| format!("Also recommended at the pier\n{}{}", teasers(n), sentence(700 + n));
    assert!(block(&mined_with_blocks(&pages(|n| page(n, "", "", &paragraph(n))))).is_none());
    let before = |n: usize| format!("Also recommended at the pier\n{}Timetable of all ferries", teasers(n));
    assert!(block(&mined_with_blocks(&pages(|n| page(n, &before(n), "", "")))).is_none());
}
