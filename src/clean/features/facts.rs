//! What is known of each line by itself when evidence is looked at, in the order of the document.

use crate::engine::PatternRole;
use crate::pack::Kind;
use crate::text::{LONGEST_IN_BOX, LineForm};

use super::super::round::Round;
use super::super::shape::Trait;
use super::super::surroundings::Setting;
use super::super::taken::How;
use super::kind_groups::group;

/// Of a line of more bytes the form is not looked at: evidence does not decide on it.
const LONGEST: usize = 2 * LONGEST_IN_BOX as usize;

/// What is known of a line by itself.
#[derive(Clone, Copy, Default, Debug)]
pub(in super::super) struct EvidenceLine {
    /// The number of the line in the window.
    pub(in super::super) line: u32,
    pub(super) form: LineForm,
    pub(super) said: Said,
    /// The group of kinds of the rule that matches it.
    pub(super) kind: u8,
    pub(super) is_paragraph: bool,
    pub(super) is_sentence: bool,
    /// Whether it goes on with a sentence.
    pub(super) is_fragment: bool,
    /// Whether a blank line stands between it and the next one.
    pub(super) is_parted: bool,
    pub(super) markup: Option<MarkupFacts>,
    /// Whether evidence may decide on it: nothing protects it, and it is neither code nor a paragraph too long to be chrome.
    pub(super) is_open: bool,
}

/// What markup says of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct MarkupFacts {
    pub(super) is_heading: bool,
    pub(super) link_chars: u32,
}

/// What rules make of a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub(super) enum Said {
    #[default]
    Nothing,
    WeaklyMatched,
    /// Taken as the item of a menu for the words beside it, and no rule matches it by itself.
    TakenUnknown,
    TakenInRun,
    TakenInMenu,
    TakenByRule,
    TakenInBlock,
}

impl EvidenceLine {
    /// Whether it is the unknown item of a menu.
    pub(in super::super) fn is_unknown_item(&self) -> bool {
        self.said == Said::TakenUnknown
    }

    pub(in super::super) fn is_taken(&self) -> bool {
        self.said >= Said::TakenUnknown
    }

    pub(super) fn is_short(&self) -> bool {
        !self.is_paragraph && !self.is_sentence
    }
}

/// What is known of each line that stood when the phase began.
pub(super) fn read(round: &Round<'_>, facts: &mut Vec<EvidenceLine>) {
    facts.clear();
    let mut position = 0;
    let stood = (0..round.scan.lines.len() as u32).filter(|&line| !round.taken.is_before_phase(line));
    for line in stood {
        while round.standing.lines.get(position).is_some_and(|&standing| standing < line) {
            position += 1;
        }
        let position = Some(position).filter(|&at| round.standing.lines.get(at) == Some(&line));
        facts.push(of_line(round, line, position));
    }
    for at in 1..facts.len() {
        let (line, next) = (facts[at - 1].line, facts[at].line);
        facts[at - 1].is_parted = round.scan.is_parted(line, next);
    }
}

fn of_line(round: &Round<'_>, line: u32, position: Option<usize>) -> EvidenceLine {
    let shape = round.scan.shape(round.window, line);
    let text = round.scan.text(round.window, line);
    let cause = round.taken.cause(line);
    let (said, kind) = match cause {
        Some(cause) if Some(cause.rule) == round.engine.menus().by_words() && !is_matched(round, line) => {
            (Said::TakenUnknown, round.rule(cause.rule).kind())
        }
        Some(cause) => (said_by(cause.how), round.rule(cause.rule).kind()),
        None => matched(round, position),
    };
    let setting = position.and_then(|position| round.setting(position));
    let is_long = text.len() > LONGEST;
    let form = match is_long {
        true => LineForm { chars: crate::text::chars(text) as u32, ..LineForm::default() },
        false => LineForm::of(text),
    };
    let is_kept = position.is_some_and(|position| round.line(position).kept.is_some());
    let markup = round.written.visible.map(|visible| {
        let own = round.scan.lines[line as usize];
        let links = visible.links_in(own.start..own.end).iter();
        MarkupFacts {
            is_heading: shape.shows(Trait::Heading),
            link_chars: links.map(|link| link.text.end - link.text.start).sum(),
        }
    });
    EvidenceLine {
        line,
        form,
        said,
        kind: kind.map_or(0, group),
        is_paragraph: shape.shows(Trait::Paragraph),
        is_sentence: shape.shows(Trait::Sentence),
        is_fragment: shape.shows(Trait::Fragment),
        is_parted: false,
        markup,
        is_open: !is_long
            && !is_kept
            && setting != Some(Setting::Code)
            && !shape.shows(Trait::Protected)
            && match cause {
                Some(cause) => matches!(cause.how, How::Line | How::Run | How::Menu),
                None => form.chars <= LONGEST_IN_BOX && setting != Some(Setting::Introduced),
            },
    }
}

fn said_by(how: How) -> Said {
    match how {
        How::Run => Said::TakenInRun,
        How::Menu => Said::TakenInMenu,
        How::Block => Said::TakenInBlock,
        How::Line | How::Cut | How::Evidence => Said::TakenByRule,
    }
}

/// Whether a rule that counts would take the line as it stands, or it is a menu by itself.
fn is_matched(round: &Round<'_>, line: u32) -> bool {
    let mut matches = round.scan.matches_in(line).iter();
    matches.any(|found| found.role == PatternRole::Line && round.scan.counts(round.engine, found.rule, found.role))
        || round.scan.inline_menus.binary_search(&line).is_ok()
}

/// What a rule says of a line that it does not take.
fn matched(round: &Round<'_>, position: Option<usize>) -> (Said, Option<Kind>) {
    let rule = position.and_then(|position| {
        let line = round.line(position);
        line.weak.or(line.strong)
    });
    match rule {
        Some(rule) => (Said::WeaklyMatched, round.engine.traits(rule).kind),
        None => (Said::Nothing, None),
    }
}
