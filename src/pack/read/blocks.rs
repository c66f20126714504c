//! Rules with `from` and `to`.

use super::patterns::{self, is_empty, non_empty};
use super::reader::PackReader;
use super::seen::PatternUse;
use crate::pack::source::{SourceEdge, SourceRule};
use crate::pack::{Action, BlockClosing, BlockOpening, Pattern};

/// Most lines of a block, blank ones not counted, unless the rule says otherwise.
const MAX_LINES: u32 = 40;
const MAX_LINES_TO_THE_EDGE: u32 = 60;
const MAX_LINES_TO_PROSE: u32 = 5;

pub(super) fn read(reader: &mut PackReader<'_>, rule: &mut SourceRule<'_>, exact_case: bool) -> Option<Action> {
    let span = rule.id.span();
    let (Some(from), Some(to)) = (rule.from.take(), rule.to.take()) else {
        let suggestion = Some("to = \"end\" takes everything to the document's end");
        reader.problem_with(span, "a block needs both `from` and `to`", suggestion);
        return None;
    };
    let from = match from {
        SourceEdge::Word(word) if word == "start" => BlockOpening::Start,
        SourceEdge::Word(word) => {
            reader.problem_with(span, format!("a block cannot begin at `{word}`"), Some("did you mean \"start\"?"));
            return None;
        }
        edge => BlockOpening::Lines(read_edge(reader, rule, edge, PatternUse::From, exact_case)?),
    };
    let to = match to {
        SourceEdge::Word(word) if word == "end" => BlockClosing::End,
        SourceEdge::Word(word) if word == "prose" => BlockClosing::Prose,
        SourceEdge::Word(word) => {
            reader.problem_with(span, format!("a block cannot end at `{word}`"), Some("did you mean \"end\"?"));
            return None;
        }
        edge => BlockClosing::Lines(read_edge(reader, rule, edge, PatternUse::To, exact_case)?),
    };
    let usual = match (&from, &to) {
        (BlockOpening::Start, BlockClosing::End | BlockClosing::Prose) => {
            reader.problem(span, "a block from the document's start needs a table of line patterns as `to`");
            return None;
        }
        (_, BlockClosing::Prose) => MAX_LINES_TO_PROSE,
        (BlockOpening::Start, _) | (_, BlockClosing::End) => MAX_LINES_TO_THE_EDGE,
        (BlockOpening::Lines(_), BlockClosing::Lines(_)) => {
            if rule.max_inner_chars.is_some() {
                reader.problem(span, "`max-inner-chars` has no meaning in a block between two patterns");
            }
            MAX_LINES
        }
    };
    let max_lines = rule.max_lines.unwrap_or(usual);
    Some(Action::Block { from, to, max_lines, max_inner_chars: rule.max_inner_chars })
}

fn read_edge(
    reader: &mut PackReader<'_>,
    rule: &SourceRule<'_>,
    edge: SourceEdge<'_>,
    pattern_use: PatternUse,
    exact_case: bool,
) -> Option<Vec<Pattern>> {
    let SourceEdge::Lines(lines) = edge else { return None };
    let patterns = patterns::read_lines(reader, &lines, pattern_use, exact_case);
    non_empty(reader, rule.id.span(), is_empty(&lines), patterns)
}
