//! The values of all features, line by line.

use std::ops::Range;

use crate::scorecard::{Feature, FeatureValues};
use crate::text::is_paragraph_of;

use super::super::round::Round;
use super::facts::{self, EvidenceLine};
use super::rows::{RunningSums, rows};

/// Where there is none, a paragraph or taken line is so many lines away.
const FAR: i32 = 999;
/// With fewer paragraphs a document is no page with a text, and what stands around its lines shows nothing.
const FEWEST_PARAGRAPHS: u32 = 3;
/// A run of paragraphs goes on over so many other lines.
const OTHERS_IN_RUN: u32 = 4;

/// What is known of the lines of a document when evidence is looked at. Used again from window to window.
#[derive(Default, Debug)]
pub(in super::super) struct DocumentFeatures {
    facts: Vec<EvidenceLine>,
    rows: Vec<u32>,
    sums: RunningSums,
    /// By line, the next paragraph; the number of lines where there is none.
    next_paragraph: Vec<u32>,
    first_paragraph: usize,
    of_document: FeatureValues,
}

/// What came before a line.
#[derive(Clone, Copy, Default)]
struct Passed {
    taken: Option<usize>,
    paragraph: Option<usize>,
}

impl DocumentFeatures {
    /// Looks at all lines that stood when the phase began. Whether there is a text around which things can stand; else evidence
    /// decides on no line.
    pub(in super::super) fn read(&mut self, round: &Round<'_>) -> bool {
        facts::read(round, &mut self.facts);
        self.sums.read(&self.facts);
        if !self.has_text() {
            self.facts.iter_mut().for_each(|line| line.is_open = false);
            return false;
        }
        rows(&self.facts, &mut self.rows);
        find_next_paragraphs(&self.facts, &mut self.next_paragraph);
        // A shorter paragraph may be a caption.
        let begins_text = |line: &EvidenceLine| line.is_paragraph && is_paragraph_of(line.form.chars as usize, false);
        self.first_paragraph = self.facts.iter().position(begins_text).unwrap_or(self.facts.len());
        self.of_document = self.of_document();
        true
    }

    /// Whether there are enough paragraphs, and a third of all characters in them. What else stands on pages of lists and shops looks
    /// like chrome, and is what the page is for (docs/quality.md has the figures).
    fn has_text(&self) -> bool {
        let all = self.sums.all();
        all.paragraphs >= FEWEST_PARAGRAPHS && 3 * all.paragraph_chars >= all.chars
    }

    fn of_document(&self) -> FeatureValues {
        let mut values = FeatureValues::default();
        let count = self.facts.len() as u32;
        let all = self.sums.all();
        values.set(Feature::DocumentRun, longest_run(&self.facts) as i32);
        values.set(Feature::DocumentLines, count as i32);
        values.set(Feature::DocumentTaken, percent(all.taken, count));
        let others = (count - all.paragraphs).max(1);
        values.set(Feature::DocumentShort, ((all.chars - all.paragraph_chars) / others) as i32);
        values
    }

    /// Calls `found` with what is known of each line, and its values where evidence may decide on it.
    pub(in super::super) fn each(&self, mut found: impl FnMut(&EvidenceLine, Option<&FeatureValues>)) {
        let mut passed = Passed::default();
        for (at, line) in self.facts.iter().enumerate() {
            if line.is_open {
                let mut values = self.of_document;
                self.set_form(line, &mut values);
                self.set_place(at, passed, &mut values);
                self.set_around(at, &mut values);
                self.set_markup(at, &mut values);
                found(line, Some(&values));
            } else {
                found(line, None);
            }
            if line.is_taken() {
                passed.taken = Some(at);
            }
            if line.is_paragraph {
                passed.paragraph = Some(at);
            }
        }
    }

    fn set_form(&self, line: &EvidenceLine, values: &mut FeatureValues) {
        let form = &line.form;
        values.set(Feature::Characters, form.chars as i32);
        values.set(Feature::Words, form.words as i32);
        values.set(Feature::Ending, form.ending as i32);
        values.set(Feature::Digits, percent(form.digits, form.chars));
        values.set(Feature::CapitalWords, percent(form.capital_words, form.words));
        values.set(Feature::Commas, form.commas as i32);
        values.set(Feature::Time, i32::from(form.has_year) + 2 * i32::from(form.has_clock));
        values.set(Feature::Rule, line.said as i32);
    }

    fn set_place(&self, at: usize, passed: Passed, values: &mut FeatureValues) {
        let count = self.facts.len();
        let since = |passed: Option<usize>| passed.map_or(FAR, |passed| (at - passed - 1) as i32);
        let to = |next: u32| if next as usize >= count { FAR } else { next as i32 - at as i32 - 1 };
        let blank_before = at > 0 && self.facts[at - 1].is_parted;
        values.set(Feature::Blank, i32::from(blank_before) + 2 * i32::from(self.facts[at].is_parted));
        values.set(Feature::Place, percent(self.sums.over(0..at).chars, self.sums.all().chars));
        values.set(Feature::FirstParagraph, at as i32 - self.first_paragraph as i32);
        values.set(Feature::SinceParagraph, since(passed.paragraph));
        values.set(Feature::ToParagraph, to(self.next_paragraph[at]));
        values.set(Feature::SinceTaken, since(passed.taken));
        values.set(Feature::KindBefore, passed.taken.map_or(0, |taken| i32::from(self.facts[taken].kind)));
        values.set(Feature::Row, self.rows[at] as i32);
    }

    fn set_around(&self, at: usize, values: &mut FeatureValues) {
        let (before, after) = (|lines: usize| at.saturating_sub(lines)..at, |lines: usize| self.after(at, lines));
        values.set(Feature::TakenAfter15, self.sums.over(after(15)).taken as i32);
        values.set(Feature::TakenBefore, self.sums.over(0..at).taken as i32);
        values.set(Feature::ParagraphsBefore5, self.sums.over(before(5)).paragraphs as i32);
        values.set(Feature::ParagraphsAfter15, self.sums.over(after(15)).paragraphs as i32);
        values.set(Feature::LengthBefore5, self.mean_chars(before(5)));
        values.set(Feature::LengthAfter5, self.mean_chars(after(5)));
        let torn = |line: Option<&EvidenceLine>| i32::from(line.is_some_and(|line| line.is_fragment));
        values.set(Feature::Torn, torn(self.facts.get(at)) + 2 * torn(self.facts.get(at + 1)));
        let (before, after) = (self.sums.over(before(2)), self.sums.over(after(2)));
        let capital_words = before.capital_words + after.capital_words;
        values.set(Feature::CapitalsAround, percent(capital_words, before.words + after.words));
    }

    fn set_markup(&self, at: usize, values: &mut FeatureValues) {
        let Some(markup) = self.facts[at].markup else {
            values.set(Feature::Links, -1);
            values.set(Feature::LinksAround, -1);
            return;
        };
        values.set(Feature::Heading, 1 + i32::from(markup.is_heading));
        let own = self.sums.over(at..at + 1);
        values.set(Feature::Links, percent(own.link_chars, own.chars));
        let (before, after) = (self.sums.over(at.saturating_sub(2)..at), self.sums.over(self.after(at, 2)));
        let link_chars = before.link_chars + after.link_chars;
        values.set(Feature::LinksAround, percent(link_chars, before.chars + after.chars));
    }

    /// So many lines after that one.
    fn after(&self, at: usize, lines: usize) -> Range<usize> {
        at + 1..(at + 1 + lines).min(self.facts.len()).max(at + 1)
    }

    fn mean_chars(&self, lines: Range<usize>) -> i32 {
        let count = lines.len() as u32;
        self.sums.over(lines).chars.checked_div(count).map_or(-1, |mean| mean as i32)
    }
}

/// By line, the next paragraph; the number of lines where there is none.
fn find_next_paragraphs(facts: &[EvidenceLine], next: &mut Vec<u32>) {
    next.clear();
    next.resize(facts.len(), facts.len() as u32);
    for at in (1..facts.len()).rev() {
        next[at - 1] = if facts[at].is_paragraph { at as u32 } else { next[at] };
    }
}

fn longest_run(facts: &[EvidenceLine]) -> u32 {
    let (mut longest, mut run, mut others) = (0_u32, 0_u32, 0);
    for line in facts {
        if line.is_paragraph {
            (run, others) = (run.saturating_add(line.form.chars), 0);
        } else {
            others += 1;
            run = if others > OTHERS_IN_RUN { 0 } else { run };
        }
        longest = longest.max(run);
    }
    longest
}

/// Of a window, whose bytes can be counted a hundred times over.
#[inline]
fn percent(part: u32, whole: u32) -> i32 {
    (part * 100 / whole.max(1)).min(100) as i32
}
