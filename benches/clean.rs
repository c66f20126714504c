//! Cleaning in process, without start-up: by hit rate, number of patterns, job and language.
//! `cargo bench` prints the time of one pass over a document of about 4 MB, and its rate.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::fmt::Write;

use dechrome::{CleanOptions, Cleaner, Document, Pack, PackSet};
use divan::{Bencher, counter::BytesCount};

fn main() {
    divan::main();
}

/// Numbers that look random and are the same in every run (a linear congruential generator with the
/// constants of Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

#[derive(Clone, Copy, Debug)]
enum Language {
    English,
    Russian,
}

#[derive(Clone, Copy, Debug)]
enum Job {
    Is,
    Contains,
}

impl Language {
    fn words(self) -> Vec<String> {
        let syllables: &[&str] = match self {
            Language::English => {
                &["ba", "co", "den", "fer", "gan", "hil", "jor", "lum", "mar", "net", "pol", "rin", "sta", "ter", "vo"]
            }
            Language::Russian => {
                &["ба", "ко", "ден", "фер", "ган", "хил", "жор", "лум", "мар", "нет", "пол", "рин", "ста", "тер", "во"]
            }
        };
        let mut dice = Dice(7);
        let word = |_| (0..1 + dice.roll(4)).map(|_| syllables[dice.roll(syllables.len())]).collect();
        (0..4000).map(word).collect()
    }
}

/// So many phrases of two to six words, each marked by a number that ordinary text does not hold.
fn phrases(language: Language, count: usize) -> Vec<String> {
    let words = language.words();
    let mut dice = Dice(11);
    let phrase = |index| {
        let head: Vec<&str> = (0..1 + dice.roll(5)).map(|_| words[dice.roll(words.len())].as_str()).collect();
        format!("{} {index} {}", head.join(" "), words[dice.roll(words.len())])
    };
    (0..count).map(phrase).collect()
}

/// Lines of about 130 bytes, of which `percent` are chrome.
fn document(language: Language, job: Job, phrases: &[String], percent: usize) -> String {
    let words = language.words();
    let mut dice = Dice(13);
    let mut text = String::new();
    while text.len() < 4 << 20 {
        let phrase = &phrases[dice.roll(phrases.len())];
        match (dice.roll(100) < percent, job) {
            (true, Job::Is) => text.push_str(phrase),
            (true, Job::Contains) => {
                write!(text, "{} {phrase} {}", words[dice.roll(4000)], words[dice.roll(4000)]).unwrap()
            }
            (false, _) => {
                let line: Vec<&str> = (0..12 + dice.roll(16)).map(|_| words[dice.roll(words.len())].as_str()).collect();
                text.push_str(&line.join(" "));
                text.push('.');
            }
        }
        text.push('\n');
    }
    text
}

fn cleaner(job: Job, phrases: &[String]) -> Cleaner {
    let (key, limit) = match job {
        Job::Is => ("is", ""),
        Job::Contains => ("contains", "max-chars = 1000000\n"),
    };
    let source =
        format!("[pack]\ntitle = \"bench\"\n[[rule]]\nid = \"bench\"\nkind = \"ad\"\n{limit}{key} = {phrases:?}\n");
    let mut packs = PackSet::empty();
    packs.insert(Pack::parse("bench", "bench.toml", &source).unwrap());
    Cleaner::new(&packs, &CleanOptions::default()).unwrap()
}

fn clean(bencher: Bencher<'_, '_>, cleaner: &Cleaner, text: &str) {
    let document = Document::new(text);
    bencher.counter(BytesCount::of_str(text)).bench_local(|| cleaner.clean(&document));
}

const COUNTS: [usize; 4] = [100, 1_000, 10_000, 100_000];
const PERCENTS: [usize; 3] = [0, 20, 60];

#[divan::bench_group(sample_count = 10)]
mod by_patterns {
    use super::*;

    #[divan::bench(args = COUNTS)]
    fn english_is(bencher: Bencher<'_, '_>, count: usize) {
        run(bencher, Language::English, Job::Is, count, 20);
    }

    #[divan::bench(args = COUNTS)]
    fn english_contains(bencher: Bencher<'_, '_>, count: usize) {
        run(bencher, Language::English, Job::Contains, count, 20);
    }

    #[divan::bench(args = COUNTS)]
    fn russian_is(bencher: Bencher<'_, '_>, count: usize) {
        run(bencher, Language::Russian, Job::Is, count, 20);
    }

    #[divan::bench(args = COUNTS)]
    fn russian_contains(bencher: Bencher<'_, '_>, count: usize) {
        run(bencher, Language::Russian, Job::Contains, count, 20);
    }
}

#[divan::bench_group(sample_count = 10)]
mod by_hit_rate {
    use super::*;

    #[divan::bench(args = PERCENTS)]
    fn english_is(bencher: Bencher<'_, '_>, percent: usize) {
        run(bencher, Language::English, Job::Is, 1_000, percent);
    }

    #[divan::bench(args = PERCENTS)]
    fn english_contains(bencher: Bencher<'_, '_>, percent: usize) {
        run(bencher, Language::English, Job::Contains, 1_000, percent);
    }

    #[divan::bench(args = PERCENTS)]
    fn russian_contains(bencher: Bencher<'_, '_>, percent: usize) {
        run(bencher, Language::Russian, Job::Contains, 1_000, percent);
    }
}

fn run(bencher: Bencher<'_, '_>, language: Language, job: Job, count: usize, percent: usize) {
    let phrases = phrases(language, count);
    let text = document(language, job, &phrases, percent);
    clean(bencher, &cleaner(job, &phrases), &text);
}

#[divan::bench_group(sample_count = 10)]
mod built_in {
    use super::*;

    #[divan::bench(args = [Language::English, Language::Russian])]
    fn no_chrome(bencher: Bencher<'_, '_>, language: Language) {
        let text = document(language, Job::Is, &phrases(language, 100), 0);
        let cleaner = Cleaner::new(&PackSet::built_in(), &CleanOptions::default()).unwrap();
        clean(bencher, &cleaner, &text);
    }

    #[divan::bench]
    fn read_and_compile() -> Cleaner {
        Cleaner::new(&PackSet::built_in(), &CleanOptions::default()).unwrap()
    }
}
