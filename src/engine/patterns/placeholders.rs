//! What `{number}`, `{date}` and `{time}` stand for, in folded text.

use crate::engine::patterns::months::MONTHS;
use crate::pack::TemplatePart;

/// The longest date, time or number that begins at `at`, with where it ends. A number that is part of a word ("mp3")
/// is none.
pub(crate) fn placeholder_at(text: &[u8], at: usize) -> Option<(TemplatePart<'static>, usize)> {
    if !crate::engine::patterns::boundaries::is_boundary(text, at) {
        return None;
    }
    let date = date_ends(text, at).first().map(|&end| (TemplatePart::Date, end));
    // "13.41" alone may be a price.
    let is_time = |end: &usize| text[at..*end].iter().any(|byte| *byte == b':' || byte.is_ascii_alphabetic());
    let time = || time_ends(text, at).into_iter().find(is_time).map(|end| (TemplatePart::Time, end));
    let letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
    let number = || {
        let end = *number_ends(text, at).first()?;
        let in_word = letter(at.checked_sub(1).and_then(|before| text.get(before))) || letter(text.get(end));
        (!in_word).then_some((TemplatePart::Number, end))
    };
    date.or_else(time).or_else(number)
}

/// The ends of the numbers that begin at `at`, longest first: `12`, `1,234`, `1 234`, `1.2k`, `3 m`
/// is none. Nothing if a number before reaches into it.
pub(in crate::engine) fn number_ends(text: &[u8], at: usize) -> Vec<usize> {
    if at > 0 && text[at - 1].is_ascii_digit() {
        return Vec::new();
    }
    let sign = usize::from(matches!(text.get(at), Some(b'+')));
    let Some(mut end) = digits(text, at + sign) else { return Vec::new() };
    while let Some(&separator) = text.get(end) {
        let Some(next) = digits(text, end + 1) else { break };
        // A space parts groups of three digits, and two numbers.
        let groups = matches!(separator, b',' | b'.' | b'\'') || (separator == b' ' && next - end == 4);
        if !groups {
            break;
        }
        end = next;
    }
    let mut ends = Vec::new();
    for suffix in [&b"k"[..], b"m", b"b", b"bn", b"mn", b"\xd0\xba"] {
        if text[end..].starts_with(suffix) && crate::engine::patterns::boundaries::is_boundary(text, end + suffix.len())
        {
            ends.push(end + suffix.len());
        }
    }
    ends.push(end);
    ends
}

fn digits(text: &[u8], at: usize) -> Option<usize> {
    let len = text.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (len > 0).then_some(at + len)
}

fn digits_of(text: &[u8], at: usize, most: usize) -> Option<usize> {
    digits(text, at).filter(|end| end - at <= most)
}

/// The ends of the times that begin at `at`, longest first: `13:41`, `1:41:20 pm`, `13h41`,
/// `13:41 gmt`.
pub(in crate::engine) fn time_ends(text: &[u8], at: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let Some(hours) = digits_of(text, at, 2) else { return ends };
    let mut end = hours;
    if let Some(b':' | b'.' | b'h') = text.get(hours)
        && let Some(minutes) = digits_of(text, hours + 1, 2).filter(|end| end - hours == 3)
    {
        end = minutes;
        ends.push(end);
        if text.get(end) == Some(&b':')
            && let Some(seconds) = digits_of(text, end + 1, 2)
        {
            end = seconds;
            ends.push(end);
        }
    }
    const SUFFIXES: [&str; 16] =
        ["am", "pm", "a.m.", "p.m.", "a.m", "p.m", "uhr", "h", "gmt", "utc", "et", "est", "edt", "bst", "ist", "cet"];
    // "1:41 pm et" has two.
    for _ in 0..2 {
        let space = usize::from(text.get(end) == Some(&b' '));
        let rest = text.get(end + space..).unwrap_or_default();
        let suffix =
            SUFFIXES.iter().filter(|suffix| rest.starts_with(suffix.as_bytes())).max_by_key(|suffix| suffix.len());
        let Some(suffix) = suffix else { break };
        if !crate::engine::patterns::boundaries::is_boundary(text, end + space + suffix.len()) {
            break;
        }
        end += space + suffix.len();
        ends.push(end);
    }
    ends.reverse();
    ends
}

/// The ends of the dates that begin at `at`, longest first: `2021-02-15`, `15.02.2021`,
/// `15 feb, 2021`, `mon, february 15th 2021`, `15 de febrero de 2021`, `2021年2月15日`.
pub(in crate::engine) fn date_ends(text: &[u8], at: usize) -> Vec<usize> {
    let at = skip_weekday(text, at);
    let mut ends: Vec<usize> = [all_digits(text, at), ideographic(text, at)].into_iter().flatten().collect();
    ends.extend(day_first(text, at));
    ends.extend(month_first(text, at));
    ends.retain(|&end| crate::engine::patterns::boundaries::is_boundary(text, end));
    ends.sort_unstable_by(|a, b| b.cmp(a));
    ends
}

fn all_digits(text: &[u8], at: usize) -> Option<usize> {
    let first = digits_of(text, at, 4)?;
    let separator = *text.get(first).filter(|byte| matches!(byte, b'-' | b'/' | b'.'))?;
    let spaced = usize::from(text.get(first + 1) == Some(&b' '));
    let second = digits_of(text, first + 1 + spaced, 2)?;
    if text.get(second) != Some(&separator) {
        return None;
    }
    let spaced = usize::from(text.get(second + 1) == Some(&b' '));
    digits_of(text, second + 1 + spaced, 4)
}

fn ideographic(text: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    let mut found = None;
    for unit in [["年", "년"], ["月", "월"], ["日", "일"]] {
        let space = usize::from(end > at && text.get(end) == Some(&b' '));
        let Some(number) = digits_of(text, end + space, 4) else { break };
        let Some(unit) = unit.iter().find(|unit| text[number..].starts_with(unit.as_bytes())) else { break };
        end = number + unit.len();
        found = Some(end);
    }
    found
}

fn day_first(text: &[u8], at: usize) -> Vec<usize> {
    let Some(mut end) = digits_of(text, at, 2) else { return Vec::new() };
    for suffix in ["st", "nd", "rd", "th", "er", ".", "º", "°", "ª"] {
        if text[end..].starts_with(suffix.as_bytes()) {
            end += suffix.len();
            break;
        }
    }
    end = skip_words(text, end, &["de", "of"]);
    let Some(month) = month_end(text, end) else { return Vec::new() };
    with_year(text, month)
}

fn month_first(text: &[u8], at: usize) -> Vec<usize> {
    let Some(month) = month_end(text, at) else { return Vec::new() };
    let mut ends = Vec::new();
    let day_at = month + usize::from(text.get(month) == Some(&b' '));
    if let Some(mut day) = digits_of(text, day_at, 2) {
        for suffix in ["st", "nd", "rd", "th"] {
            if text[day..].starts_with(suffix.as_bytes()) {
                day += 2;
            }
        }
        ends.extend(with_year(text, day));
    }
    ends.extend(year_end(text, month));
    ends
}

/// After a day and a month: with and without a year.
fn with_year(text: &[u8], at: usize) -> Vec<usize> {
    year_end(text, at).into_iter().chain([at]).collect()
}

fn year_end(text: &[u8], at: usize) -> Option<usize> {
    let comma = at + usize::from(matches!(text.get(at), Some(b',' | b'.')));
    let at = skip_words(text, comma, &["de", "del"]);
    digits_of(text, at, 4).filter(|end| end - at == 4)
}

/// Skips spaces and, between them, at most one of the words.
fn skip_words(text: &[u8], at: usize, words: &[&str]) -> usize {
    let space = |at: usize| at + usize::from(text.get(at) == Some(&b' '));
    let at = space(at);
    for word in words {
        let end = at + word.len();
        if text[at.min(text.len())..].starts_with(word.as_bytes()) && text.get(end) == Some(&b' ') {
            return space(end);
        }
    }
    at
}

fn month_end(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let len = word_len(rest);
    let word = std::str::from_utf8(&rest[..len]).ok()?;
    MONTHS.contains(&word).then_some(())?;
    let dot = usize::from(rest.get(len) == Some(&b'.'));
    Some(at + len + dot)
}

/// "mon, " and "monday ": any word of letters before a date that begins with a digit.
fn skip_weekday(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let len = word_len(rest);
    let after = &rest[len..];
    if len == 0 || month_end(text, at).is_some() {
        return at;
    }
    let is_weekday =
        std::str::from_utf8(&rest[..len]).is_ok_and(|word| crate::engine::patterns::months::WEEKDAYS.contains(&word));
    let skip = match after {
        [b',', b' ', ..] | [b'.', b' ', ..] => 2,
        [b' ', ..] => 1,
        _ => 0,
    };
    if is_weekday && skip > 0 { at + len + skip } else { at }
}

fn word_len(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longest(ends: Vec<usize>, text: &str) -> bool {
        ends.first() == Some(&text.len())
    }

    #[test]
    fn numbers_are_found_as_sites_write_them() {
        for text in ["0", "12", "1,234", "1.234.567", "1 234", "1.2k", "3m", "+12", "12'000"] {
            assert!(longest(number_ends(text.as_bytes(), 0), text), "{text}");
        }
        for text in ["", "x", "k", "-", "+"] {
            assert!(number_ends(text.as_bytes(), 0).is_empty(), "{text}");
        }
        assert_eq!(number_ends(b"12 34", 0), [2], "two numbers");
        assert!(number_ends(b"123", 1).is_empty(), "the middle of a number");
        assert_eq!(number_ends(b"5 kids", 0), [1]);
    }

    #[test]
    fn times_are_found_as_sites_write_them() {
        for text in ["13:41", "1:41 pm", "1:41:20 a.m.", "13h41", "13.41 uhr", "9 am", "1:41 pm et", "13:41 gmt"] {
            assert!(longest(time_ends(text.as_bytes(), 0), text), "{text}");
        }
        for text in ["13", "1:4", "123:41", "noon"] {
            assert!(!longest(time_ends(text.as_bytes(), 0), text), "{text}");
        }
    }

    #[test]
    fn dates_are_found_as_sites_write_them() {
        for text in [
            "2021-02-15",
            "15.02.2021",
            "15. 02. 2021",
            "2/15/21",
            "15 feb, 2021",
            "15 feb",
            "feb 15, 2021",
            "february 2021",
            "mon, 15 february 2021",
            "monday, february 15th, 2021",
            "15. februar 2021",
            "15 de febrero de 2021",
            "15 février 2021",
            "1er mars 2024",
            "15 февраля 2021",
            "2021年2月15日",
            "2021년 2월 15일",
            "sept. 3, 2020",
        ] {
            assert!(longest(date_ends(text.as_bytes(), 0), text), "{text}");
        }
        for text in ["15", "2021", "may", "15 apples", "marching 15", "1.2", "monday"] {
            assert!(!longest(date_ends(text.as_bytes(), 0), text), "{text}");
        }
    }
}
