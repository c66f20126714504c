//! What the TOML reader finds wrong, with a suggestion.

use crate::pack::error::Problem;
use crate::pack::suggest::nearest;

pub(super) fn problem(file: &str, source: &str, error: &toml::de::Error) -> Problem {
    let message = error.message();
    let span = error.span().unwrap_or(0..0);
    let end = span.end.min(span.start + source[span.start..].find('\n').unwrap_or(source.len() - span.start));
    Problem::at(file, source, span.start..end, message).suggest(suggestion(message))
}

/// serde names an unknown word first and then the known ones, each between backticks.
fn suggestion(message: &str) -> Option<String> {
    if !message.starts_with("unknown ") {
        return None;
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    nearest(unknown, quoted).map(|word| format!("did you mean `{word}`?"))
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn an_unknown_word_is_answered_with_the_nearest_known_one() {
        assert_eq!(
            suggestion("unknown field `start-with`, expected one of `is`, `starts-with`").as_deref(),
            Some("did you mean `starts-with`?")
        );
        assert_eq!(suggestion("unknown variant `zzz`, expected one of `ad`, `share`"), None);
        assert_eq!(suggestion("invalid type: integer `3`, expected a string"), None);
    }
}
