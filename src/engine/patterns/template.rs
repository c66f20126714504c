//! Whether a pattern with placeholders stands at a place.

use crate::pack::{TemplatePart, TemplateParts};

use crate::engine::patterns::placeholders::{date_ends, number_ends, time_ends};

/// How trying the rest of a template ended.
enum Tried {
    Matched(usize),
    Failed,
    /// Failed after a later `{any}`: an earlier placeholder that took more could not mend it, as
    /// the later one was tried at every place already. Keeps matching linear in each `{any}`.
    FailedForGood,
}

/// The end of the match of `parts` that begins at `at`, for which `accept` holds.
pub(in crate::engine) fn match_end(
    parts: TemplateParts<'_>,
    text: &[u8],
    at: usize,
    accept: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    match try_parts(parts, text, at, accept) {
        Tried::Matched(end) => Some(end),
        Tried::Failed | Tried::FailedForGood => None,
    }
}

fn try_parts(parts: TemplateParts<'_>, text: &[u8], at: usize, accept: &dyn Fn(usize) -> bool) -> Tried {
    let mut rest = parts;
    let Some(part) = rest.next() else {
        return if accept(at) { Tried::Matched(at) } else { Tried::Failed };
    };
    let ends = match part {
        TemplatePart::Literal(literal) if text[at..].starts_with(literal) => {
            return try_parts(rest, text, at + literal.len(), accept);
        }
        TemplatePart::Literal(_) => return Tried::Failed,
        TemplatePart::Any => return try_after_any(rest, text, at, accept),
        TemplatePart::Number => number_ends(text, at),
        TemplatePart::Date => date_ends(text, at),
        TemplatePart::Time => time_ends(text, at),
    };
    for end in ends {
        match try_parts(rest, text, end, accept) {
            Tried::Failed => {}
            ended => return ended,
        }
    }
    Tried::Failed
}

fn try_after_any(rest: TemplateParts<'_>, text: &[u8], at: usize, accept: &dyn Fn(usize) -> bool) -> Tried {
    match rest.first() {
        None => {
            let end = if accept(text.len()) { Some(text.len()) } else { (at..text.len()).find(|&end| accept(end)) };
            end.map_or(Tried::FailedForGood, Tried::Matched)
        }
        Some(TemplatePart::Literal(literal)) => {
            let starts = places(&text[at..], literal).map(|i| at + i);
            first_success(rest, text, starts, accept)
        }
        Some(_) => first_success(rest, text, at..=text.len(), accept),
    }
}

/// Where the literal stands in the text.
pub(in crate::engine) fn places<'t>(text: &'t [u8], literal: &'t [u8]) -> impl Iterator<Item = usize> + 't {
    // To prepare a search takes longer than to search a text of ordinary length, and a longer one must not take
    // the product of both lengths.
    const SHORT: usize = 512;
    let is_short = text.len() < SHORT;
    let first = literal.first().filter(|_| is_short).map(|first| memchr::memchr_iter(*first, text));
    let in_short = first.into_iter().flatten().filter(|&at| text[at..].starts_with(literal));
    let in_long = (!is_short).then(|| memchr::memmem::find_iter(text, literal));
    in_short.chain(in_long.into_iter().flatten())
}

fn first_success(
    rest: TemplateParts<'_>,
    text: &[u8],
    starts: impl Iterator<Item = usize>,
    accept: &dyn Fn(usize) -> bool,
) -> Tried {
    for start in starts {
        match try_parts(rest, text, start, accept) {
            Tried::Failed => {}
            ended => return ended,
        }
    }
    Tried::FailedForGood
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the template of that pattern takes the whole text.
    fn whole(pattern: &str, text: &str) -> bool {
        let source =
            format!("[pack]\ntitle = \"t\"\n[[rule]]\nid = \"r\"\nkind = \"share\"\nstarts-with = ['{pattern}']\n");
        let pack = crate::pack::Pack::parse("p", "p.toml", &source).unwrap();
        let template = &pack.rules()[0].patterns().next().unwrap().template;
        match_end(template.parts(), text.as_bytes(), 0, &|end| end == text.len()).is_some()
    }

    #[test]
    fn placeholders_take_what_they_stand_for() {
        assert!(whole("{number} likes", "1,234 likes"));
        assert!(!whole("{number} likes", "many likes"));
        assert!(whole("by {any} on {date}", "by a man on a mission on 3 may 2020"));
        assert!(!whole("by {any} on {date}", "by a man on a mission"));
        assert!(whole("a{any}", "a"), "any takes nothing too");
    }

    #[test]
    fn many_placeholders_in_a_long_line_take_linear_time() {
        // Backtracking over eight `{any}` would not end.
        assert!(!whole(&format!("{}b", "{any}a".repeat(8)), &"a".repeat(10_000)));
    }
}
