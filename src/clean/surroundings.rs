//! What the lines around a line show: that it is in a list which a line introduces, or among code.

use std::ops::Range;

use crate::text::{FEWEST_OF_PARAGRAPH, Line, Window};

use super::scan::Scan;
use super::shape::{LineShape, Trait};

/// A list that a line introduces has at most so many items; menus are longer.
const MOST_ITEMS: usize = 12;
/// Code stands on both sides of a line of code, at most so many lines away.
const CODE_WITHIN: usize = 2;
/// What a command printed stands below it, at most so many lines away.
const PRINTED_WITHIN: usize = 20;

/// Where a line stands that makes it content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Setting {
    /// Among code: nothing takes it.
    Code,
    /// In a list that a line introduces, or it is that line: neither a weak rule nor a menu takes it.
    Introduced,
}

/// Where lines stand, by the positions of those that still stand. Used again from round to round.
#[derive(Default, Debug)]
pub(super) struct Surroundings {
    /// Lists with the lines that introduce them, in order.
    introduced: Vec<Range<usize>>,
    fences: Vec<usize>,
    /// Lines that look like code, and of them those where a command was typed.
    code: Vec<usize>,
    prompts: Vec<usize>,
    /// Whether markup sets some lines apart.
    has_protected: bool,
    /// The first paragraph and the last.
    paragraphs: Option<(usize, usize)>,
    paragraph_count: usize,
    has_sentence: bool,
}

/// The lines that stand.
#[derive(Clone, Copy)]
pub(super) struct Lines<'s> {
    pub(super) window: &'s Window<'s>,
    pub(super) scan: &'s Scan,
    /// By position.
    pub(super) lines: &'s [u32],
}

impl Lines<'_> {
    #[inline]
    fn marks(&self, position: usize) -> LineShape {
        self.scan.marks(self.lines[position])
    }

    #[inline]
    fn shape(&self, position: usize) -> LineShape {
        self.scan.shape(self.window, self.lines[position])
    }

    fn is_paragraph(&self, position: usize) -> bool {
        let Line { start, end } = self.scan.lines[self.lines[position] as usize];
        (end - start) as usize >= FEWEST_OF_PARAGRAPH && self.shape(position).shows(Trait::Paragraph)
    }

    /// Whether a blank line stands between a position and the next one.
    fn is_parted_after(&self, position: usize) -> bool {
        self.scan.is_parted(self.lines[position], self.lines[position + 1])
    }
}

impl Surroundings {
    pub(super) fn clear(&mut self) {
        self.introduced.clear();
        self.fences.clear();
        self.code.clear();
        self.prompts.clear();
        self.has_protected = false;
        self.paragraphs = None;
        self.paragraph_count = 0;
        self.has_sentence = false;
    }

    /// Looks at all lines that stand. A rule would take the line at a position if `is_matched`, wherever it stands if
    /// `goes`.
    pub(super) fn look(&mut self, lines: Lines<'_>, is_matched: impl Fn(usize) -> bool, goes: impl Fn(usize) -> bool) {
        self.clear();
        // A line of a weak rule counts as what it is: whether the rule counts may depend on a signature that goes.
        let stays = |position: usize| !goes(position);
        // A teaser that is all one link leads to a text, and is none.
        let is_paragraph = |position: &usize| {
            lines.is_paragraph(*position) && stays(*position) && !lines.marks(*position).shows(Trait::OnlyLinks)
        };
        let mut positions = 0..lines.lines.len();
        self.paragraphs =
            positions.find(is_paragraph).map(|first| (first, positions.rfind(is_paragraph).unwrap_or(first)));
        // Who asks for their number has markup.
        if lines.scan.has_markup() {
            self.paragraph_count = (0..lines.lines.len()).filter(is_paragraph).count();
        }
        let is_sentence = |position: usize| lines.shape(position).shows(Trait::Sentence) && stays(position);
        self.has_sentence = self.paragraphs.is_some() || (0..lines.lines.len()).any(is_sentence);
        for position in 0..lines.lines.len() {
            let shape = lines.marks(position);
            if !shape.is_marked() {
                continue;
            }
            self.has_protected |= shape.shows(Trait::Protected);
            if shape.shows(Trait::Code) {
                self.code.push(position);
            }
            if shape.shows(Trait::Prompt) {
                self.prompts.push(position);
            }
            let follows_match = || position > 0 && is_matched(position - 1);
            if shape.shows(Trait::Fence) {
                self.fences.push(position);
            } else if shape.shows(Trait::Introduction) && !is_matched(position) && !follows_match() {
                self.introduced.push(position..end_of_list(lines, position));
            }
        }
    }

    /// Whether the window is a whole document of items, headings and labels: then a menu looks like a list.
    pub(super) fn is_list(&self, window: &Window<'_>) -> bool {
        window.opens && window.closes && !self.has_sentence
    }

    /// Whether there are so many paragraphs, and these positions lie wholly before the first or after the last of them.
    pub(super) fn are_beside_paragraphs(&self, positions: &Range<usize>, fewest: usize) -> bool {
        let are_beside = |(first, last)| positions.end <= first || last < positions.start;
        self.paragraph_count >= fewest && self.paragraphs.is_some_and(are_beside)
    }

    /// Whether paragraphs stand before these positions and after them.
    pub(super) fn is_between_paragraphs(&self, positions: &Range<usize>) -> bool {
        self.paragraphs.is_none_or(|(first, last)| first < positions.start && positions.end <= last)
    }

    /// What the lines around the one at that position make of it.
    #[inline]
    pub(super) fn setting(&self, lines: Lines<'_>, position: usize) -> Option<Setting> {
        // Most documents have neither code nor lists that a line introduces.
        let holds_any = !self.introduced.is_empty() || self.holds_code();
        if holds_any { self.setting_among(lines, position) } else { None }
    }

    fn holds_code(&self) -> bool {
        self.has_protected || !(self.code.is_empty() && self.fences.is_empty() && self.prompts.is_empty())
    }

    fn setting_among(&self, lines: Lines<'_>, position: usize) -> Option<Setting> {
        if self.is_code(lines, position) {
            return Some(Setting::Code);
        }
        let at = self.introduced.partition_point(|list| list.end <= position);
        let is_introduced = self.introduced.get(at).is_some_and(|list| list.start <= position);
        is_introduced.then_some(Setting::Introduced)
    }

    fn is_code(&self, lines: Lines<'_>, position: usize) -> bool {
        if lines.marks(position).shows(Trait::Protected) {
            return true;
        }
        let fences_before = self.fences.partition_point(|&fence| fence < position);
        if fences_before % 2 == 1 || self.fences.get(fences_before) == Some(&position) {
            return true;
        }
        let holds_code = |positions: Range<usize>| {
            let at = self.code.partition_point(|&code| code < positions.start);
            self.code.get(at).is_some_and(|code| positions.contains(code))
        };
        let above = holds_code(position.saturating_sub(CODE_WITHIN)..position);
        let below = holds_code(position + 1..position + 1 + CODE_WITHIN);
        above && below
            || (above || below) && lines.shape(position).shows(Trait::Indented)
            || self.is_printed(lines, position)
    }

    /// Whether a command stands above, without a blank line between.
    fn is_printed(&self, lines: Lines<'_>, position: usize) -> bool {
        let Some(last) = self.prompts.partition_point(|&prompt| prompt < position).checked_sub(1) else { return false };
        let prompt = self.prompts[last];
        position - prompt <= PRINTED_WITHIN && !(prompt..position).any(|above| lines.is_parted_after(above))
    }
}

/// Where the list ends that a line introduces.
fn end_of_list(lines: Lines<'_>, introduction: usize) -> usize {
    let start = introduction + 1;
    let mut end = start;
    let is_item = |position| {
        let shape = lines.shape(position);
        shape.shows(Trait::Item) && !shape.shows(Trait::Introduction)
    };
    while end < lines.lines.len() && is_item(end) {
        if end - start == MOST_ITEMS {
            return start;
        }
        end += 1;
        // A list whose items stand together ends where a blank line does.
        let together = !lines.is_parted_after(end - 2);
        if together && end < lines.lines.len() && lines.is_parted_after(end - 1) {
            break;
        }
    }
    end
}
