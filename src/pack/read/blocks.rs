//! Rules with `from` and `to`.

use super::Reader;
use super::patterns::{self, Role};
use super::rules::{is_empty, non_empty};
use crate::pack::source::{SourceEdge, SourceRule};
use crate::pack::{Action, Closing, Opening, Pattern};

/// Most lines of a block, blank ones not counted, unless the rule says otherwise.
const MAX_LINES: u32 = 40;
const MAX_LINES_TO_THE_EDGE: u32 = 60;
const MAX_LINES_TO_PROSE: u32 = 5;

pub(super) fn read(reader: &mut Reader<'_>, rule: &mut SourceRule<'_>, exact_case: bool) -> Option<Action> {
    let span = rule.id.span();
    let (Some(from), Some(to)) = (rule.from.take(), rule.to.take()) else {
        let suggestion = Some("to = \"end\" takes everything to the document's end");
        reader.problem_with(span, "a block needs both `from` and `to`", suggestion);
        return None;
    };
    let from = match from {
        SourceEdge::Word(word) if word == "start" => Opening::Start,
        SourceEdge::Word(word) => {
            reader.problem_with(span, format!("a block cannot begin at `{word}`"), Some("did you mean \"start\"?"));
            return None;
        }
        edge => Opening::Lines(read_edge(reader, rule, edge, Role::From, exact_case)?),
    };
    let to = match to {
        SourceEdge::Word(word) if word == "end" => Closing::End,
        SourceEdge::Word(word) if word == "prose" => Closing::Prose,
        SourceEdge::Word(word) => {
            reader.problem_with(span, format!("a block cannot end at `{word}`"), Some("did you mean \"end\"?"));
            return None;
        }
        edge => Closing::Lines(read_edge(reader, rule, edge, Role::To, exact_case)?),
    };
    let usual = match (&from, &to) {
        (Opening::Start, Closing::End | Closing::Prose) => {
            reader.problem(span, "a block from the document's start needs a table of line patterns as `to`");
            return None;
        }
        (_, Closing::Prose) => MAX_LINES_TO_PROSE,
        (Opening::Start, _) | (_, Closing::End) => MAX_LINES_TO_THE_EDGE,
        (Opening::Lines(_), Closing::Lines(_)) => {
            if rule.max_chars.is_some() {
                reader.problem(span, "`max-chars` has no meaning in a block between two patterns");
            }
            MAX_LINES
        }
    };
    Some(Action::Block { from, to, max_lines: rule.max_lines.unwrap_or(usual) })
}

fn read_edge(
    reader: &mut Reader<'_>,
    rule: &SourceRule<'_>,
    edge: SourceEdge<'_>,
    role: Role,
    exact_case: bool,
) -> Option<Vec<Pattern>> {
    let SourceEdge::Lines(lines) = edge else { return None };
    let patterns = patterns::read_lines(reader, &lines, role, exact_case);
    non_empty(reader, rule.id.span(), is_empty(&lines), patterns)
}
