//! One document's explanation, as lines for people and as JSON.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

use crate::cli::sanitize::sanitized;
use crate::{Cleaner, ExplainedLine, Explanation, Near, Points, Reason, Removal, Rule, Verdict, Weighed};

/// So many characters of a line are shown.
const SHOWN_CHARS: usize = 100;

/// Prints what became of a text.
pub(super) struct Explainer<'e> {
    pub(super) cleaner: &'e Cleaner,
    pub(super) text: &'e [u8],
}

const GONE: Style = AnsiColor::Red.on_default();
const NEAR: Style = AnsiColor::Yellow.on_default();
const DIM: Style = Style::new().dimmed();

impl Explainer<'_> {
    /// Each line with its rules, and sums.
    pub(super) fn print(&self, out: &mut impl Write, explanation: &Explanation) -> io::Result<()> {
        for line in explanation.lines() {
            let shown = self.shown(line);
            match &line.verdict {
                Verdict::Gone(removal) => {
                    writeln!(out, "{GONE}{:>6} - {shown}{GONE:#}", line.number)?;
                    self.print_removal(out, removal)?;
                }
                Verdict::Stays(nears) => {
                    writeln!(out, "{NEAR}{:>6} = {shown}{NEAR:#}", line.number)?;
                    nears.iter().try_for_each(|near| self.print_near(out, near))?;
                }
            }
            line.evidence.iter().try_for_each(|weighed| print_weighed(out, weighed))?;
        }
        let bytes: usize = explanation.removals().iter().map(|removal| removal.span.len()).sum();
        let count = explanation.removals().len();
        writeln!(out, "{DIM}removals: {count}, bytes: {bytes} of {}{DIM:#}", self.text.len())
    }

    fn print_removal(&self, out: &mut impl Write, removal: &Removal) -> io::Result<()> {
        let rule = self.cleaner.rule(removal.rule);
        writeln!(out, "         {}{}", named(rule), how(removal))?;
        for evidence in &removal.evidence {
            writeln!(out, "           evidence: {}", named(self.cleaner.rule(*evidence)))?;
        }
        rule.why().map_or(Ok(()), |why| writeln!(out, "           {DIM}{}{DIM:#}", sanitized(why)))
    }

    fn print_near(&self, out: &mut impl Write, near: &Near) -> io::Result<()> {
        writeln!(out, "         {}, stays: {}", named(self.cleaner.rule(near.rule)), self.reason(near.reason))
    }

    fn shown(&self, line: &ExplainedLine) -> String {
        let text = String::from_utf8_lossy(&self.text[line.span.clone()]);
        let mut shown: String = text.chars().take(SHOWN_CHARS).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        sanitized(&shown).into_owned()
    }

    fn reason(&self, reason: Reason) -> String {
        match reason {
            Reason::NotInARun => "weak, and not in a run".to_owned(),
            Reason::TooLong => "the line is longer than max-chars".to_owned(),
            Reason::OutOfRange => "not among the lines that first or last allow".to_owned(),
            Reason::KeptBy(keep) => format!("kept by {}", named(self.cleaner.rule(keep))),
            Reason::NotClosed => "the block is not closed within max-lines".to_owned(),
            Reason::LongLineInside(number) => format!("line {number} inside the block is longer than max-chars"),
            Reason::PackInactive => "the pack is inactive: another site, and no signature".to_owned(),
            Reason::OtherLanguage => "weak, and the pack is for other languages than the document's".to_owned(),
            Reason::InCode(number) => format!("line {number} stands among code"),
            Reason::Introduced => "weak, and a line introduces the list that it stands in".to_owned(),
            Reason::Evidence => "what stands around it shows that it is content".to_owned(),
            Reason::OfTheText => "the text speaks of it, or is about it".to_owned(),
        }
    }

    pub(super) fn json(&self, line: &ExplainedLine) -> Value {
        let mut object = json!({
            "line": line.number,
            "start": line.span.start,
            "end": line.span.end,
            "text": String::from_utf8_lossy(&self.text[line.span.clone()]),
        });
        match &line.verdict {
            Verdict::Gone(removal) => {
                object["verdict"] = "gone".into();
                object["rule"] = rule_value(self.cleaner.rule(removal.rule));
                object["how"] = how_name(removal).into();
                object["removed"] = json!({ "start": removal.span.start, "end": removal.span.end });
                let evidence = removal.evidence.iter().map(|rule| self.cleaner.rule(*rule).full_id());
                object["evidence"] = evidence.collect::<Vec<_>>().into();
            }
            Verdict::Stays(nears) => {
                object["verdict"] = "stays".into();
                object["near"] = nears.iter().map(|near| self.near_value(near)).collect::<Vec<_>>().into();
            }
        }
        if let Some(weighed) = &line.evidence {
            object["weighed"] = weighed_value(weighed);
        }
        object
    }

    fn near_value(&self, near: &Near) -> Value {
        let mut value = json!({ "rule": rule_value(self.cleaner.rule(near.rule)), "reason": reason_name(near.reason) });
        match near.reason {
            Reason::KeptBy(keep) => value["kept_by"] = rule_value(self.cleaner.rule(keep)),
            Reason::LongLineInside(number) => value["long_line"] = number.into(),
            Reason::InCode(number) => value["code_line"] = number.into(),
            _ => {}
        }
        value
    }
}

/// So much is shown of what spoke for chrome, and of what spoke against it.
const SHOWN_POINTS: usize = 4;

fn print_weighed(out: &mut impl Write, weighed: &Weighed) -> io::Result<()> {
    let asked = match weighed.is_taken_by_rule {
        true => format!("stays below {}", weighed.gives_back),
        false => format!("goes from {} on", weighed.takes),
    };
    writeln!(out, "         evidence: {} points, {asked}", weighed.score)?;
    let parts = [("for", true), ("against", false)];
    parts.iter().try_for_each(|(side, is_for)| {
        let points = weighed.points.iter().filter(|points| (points.points > 0) == *is_for).take(SHOWN_POINTS);
        let shown: Vec<String> = points.map(shown_points).collect();
        if shown.is_empty() { Ok(()) } else { writeln!(out, "           {DIM}{side}: {}{DIM:#}", shown.join(", ")) }
    })
}

/// "place 97 +21", or of two features that count together "rule 0 with ending 2 -9".
fn shown_points(points: &Points) -> String {
    let (name, value) = points.first;
    let second = points.second.map_or(String::new(), |(name, value)| format!(" with {name} {value}"));
    format!("{name} {value}{second} {:+}", points.points)
}

fn weighed_value(weighed: &Weighed) -> Value {
    let feature = |(name, value): (&str, i16)| json!({ "feature": name, "value": value });
    let points = |points: &Points| {
        let features: Vec<Value> = std::iter::once(points.first).chain(points.second).map(feature).collect();
        json!({ "features": features, "points": points.points })
    };
    json!({
        "score": weighed.score,
        "takes": weighed.takes,
        "gives_back": weighed.gives_back,
        "points": weighed.points.iter().map(points).collect::<Vec<_>>(),
    })
}

fn named(rule: &Rule) -> String {
    format!("{} ({}:{})", sanitized(rule.full_id()), sanitized(rule.file()), rule.line())
}

fn rule_value(rule: &Rule) -> Value {
    json!({ "id": rule.full_id(), "kind": rule.kind().map(|kind| kind.name()), "file": rule.file(), "line": rule.line() })
}

fn how(removal: &Removal) -> &'static str {
    match removal.how {
        crate::How::Line => "",
        crate::How::Run => ", weak, in a run",
        crate::How::Block => ", a block",
        crate::How::Menu => "",
        crate::How::Cut => ", cut out of the line",
        crate::How::Evidence => "",
    }
}

fn how_name(removal: &Removal) -> &'static str {
    match removal.how {
        crate::How::Line => "line",
        crate::How::Run => "run",
        crate::How::Block => "block",
        crate::How::Menu => "menu",
        crate::How::Cut => "cut",
        crate::How::Evidence => "evidence",
    }
}

fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::NotInARun => "not-in-a-run",
        Reason::TooLong => "too-long",
        Reason::OutOfRange => "out-of-range",
        Reason::KeptBy(_) => "kept",
        Reason::NotClosed => "not-closed",
        Reason::LongLineInside(_) => "long-line-inside",
        Reason::PackInactive => "pack-inactive",
        Reason::OtherLanguage => "other-language",
        Reason::InCode(_) => "in-code",
        Reason::Introduced => "introduced",
        Reason::OfTheText => "of-the-text",
        Reason::Evidence => "evidence",
    }
}
